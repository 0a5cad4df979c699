import CostModel
import Diagnostics
import Glibc

/// A Parquet file with a bill in FOCUS, which DuckDB's client reads.
struct ParquetFile {
    static let signature = Array("PAR1".utf8)

    let table: BillTable
    let relation: String
    /// The same with the number of each row, from 0, as `file_row_number`.
    private let numberedRelation: String

    /// Asks the client for the file's columns.
    init(_ file: ObservedFile, asking runner: EngineRunner) throws(FileFault) {
        // The client runs elsewhere.
        guard let path = Self.absolute(file.path), Self.isPlain(path) else {
            throw FileFault(
                id: "engine-client",
                description: "the file's path has more than letters, digits, blanks and '/._=+@,-', and is not given to an engine")
        }
        let source = "read_parquet('\(path)', hive_partitioning = false)"
        let numbered = "read_parquet('\(path)', hive_partitioning = false, file_row_number = true)"
        let asked = "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM \(source))\n"
        let types = try Self.types(try runner.ask(asked))
        var names: [BillTable.Column: String] = [:]
        for column in BillTable.Column.allCases { names[column] = types.name(of: column.rawValue) }
        // Since FOCUS 1.3 the provider of the service is called otherwise.
        if let name = types.name(of: "ServiceProviderName") { names[.providerName] = name }
        if let lacking = BillTable.Column.allCases.first(where: { BillTable.Column.required.contains($0) && names[$0] == nil }) {
            throw FileFault(
                id: "no-bill",
                description: "the column '\(lacking.rawValue)' is missing: of Parquet only bills in FOCUS are read; export others as CSV")
        }
        var missing = Set(BillTable.Column.allCases.filter { names[$0] == nil })
        let tags = names[.tags].flatMap { types.type(of: $0) } ?? ""
        let isMap = tags.hasPrefix("MAP(")
        if names[.tags] != nil, !isMap, !["VARCHAR", "JSON"].contains(tags) {
            throw FileFault(id: "no-bill", description: "Tags: expected a map or JSON, found '\(String(tags.prefix(60)).printable)'")
        }
        // Azure's export states wrong costs here, see `FOCUSRow`: told apart they can only be row by row.
        if types.name(of: "x_PricingBlockSize") != nil { missing.formUnion([.listCost, .contractedCost]) }
        table = BillTable(
            engine: .duckdb, name: [], columns: names, missing: missing, tags: isMap ? .map : .json, times: .timestamp)
        relation = Self.relation(source, types, names, tagsAreMap: isMap)
        numberedRelation = Self.relation(numbered, types, names, tagsAreMap: isMap)
    }

    /// One row, as a bill in FOCUS of that row alone; without rows where the file has fewer.
    ///
    /// - Parameter number: from 1.
    func row(_ number: Int, asking runner: EngineRunner) throws(FileFault) -> AnsweredBill {
        let dialect = EngineDialects.dialect(of: .duckdb)
        let columns = BillTable.Column.allCases.compactMap { column -> String? in
            guard let name = table.columns[column].map(dialect.quoted) else { return nil }
            let text =
                switch column {
                case .billingPeriodStart, .billingPeriodEnd, .chargePeriodStart, .chargePeriodEnd:
                    "strftime(\(dialect.time(name, .timestamp)), '%Y-%m-%dT%H:%M:%SZ')"
                case .tags where table.tags == .map: dialect.text("to_json(\(name))")
                default: dialect.text(name)
                }
            return "COALESCE(\(text), '') AS \(dialect.quoted(column.rawValue))"
        }
        let statement =
            "SELECT\n    \(columns.joined(separator: ",\n    "))\nFROM \(numberedRelation)\nWHERE file_row_number = \(number - 1)\n"
        return AnsweredBill(text: try runner.ask(statement), charges: 1)
    }

    /// The file, with what FOCUS's reader makes of two columns at once.
    private static func relation(
        _ source: String, _ types: Types, _ names: [BillTable.Column: String], tagsAreMap: Bool
    ) -> String {
        var replaced: [String] = []
        // Of the marketplace Azure's export names the publisher only.
        if types.name(of: "x_PricingBlockSize") != nil, let service = names[.serviceName], let publisher = types.name(of: "PublisherName") {
            replaced.append("coalesce(nullif(\"\(service)\", ''), \"\(publisher)\") AS \"\(service)\"")
        }
        if let tags = names[.tags], let allocated = types.name(of: "AllocatedTags") {
            let joined =
                tagsAreMap
                ? "map_concat(\"\(tags)\", \"\(allocated)\")"
                : "json_merge_patch(coalesce(nullif(CAST(\"\(tags)\" AS VARCHAR), ''), '{}'), "
                    + "coalesce(nullif(CAST(\"\(allocated)\" AS VARCHAR), ''), '{}'))"
            replaced.append("\(joined) AS \"\(tags)\"")
        }
        return replaced.isEmpty ? source : "(SELECT * REPLACE (\(replaced.joined(separator: ", "))) FROM \(source)) AS rows_of_file"
    }

    private static func absolute(_ path: String) -> String? {
        guard let absolute = realpath(path, nil) else { return nil }
        defer { free(absolute) }
        return String(cString: absolute)
    }

    /// Whether a path can stand between quotes, and means one file.
    private static func isPlain(_ path: String) -> Bool {
        let marks = Set("/._=+@,- ".utf8)
        return path.hasPrefix("/")
            && path.utf8.allSatisfy { ($0 | 0x20) &- UInt8(ascii: "a") < 26 || $0 &- UInt8(ascii: "0") < 10 || marks.contains($0) }
    }

    /// The columns of a file with their types.
    private struct Types {
        var columns: [(name: String, type: String)]

        /// The only column of a name in whatever case that an engine may be asked for.
        func name(of column: String) -> String? {
            let alike = columns.filter { $0.name.lowercased() == column.lowercased() }
            return alike.count == 1 && BillTable.isIdentifier(alike[0].name) ? alike[0].name : nil
        }

        func type(of column: String) -> String? { columns.first { $0.name == column }?.type }
    }

    private static func types(_ bytes: [UInt8]) throws(FileFault) -> Types {
        let problems = RowProblems(file: "")
        guard let table = CSVTable(MemorySource(bytes), problems: problems), table.columns == ["column_name", "column_type"] else {
            throw FileFault(id: "engine-answer", description: "the engine's answer is not whole: it does not name the file's columns")
        }
        var columns: [(String, String)] = []
        try table.forEachRow(problems: problems) { record throws(FieldFault) in columns.append((record[0].text, record[1].text)) }
        if let problem = problems.all.first {
            throw FileFault(id: "engine-answer", description: "the engine's answer is not whole: \(problem.message)")
        }
        return Types(columns: columns)
    }
}
