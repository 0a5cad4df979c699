import CostModel
import Diagnostics
import YAML

/// One entry of `cost`: a bill in files, or in a table of a query engine.
enum CostSourceObject: NestedObject {
    static let doc = "A bill."
    static let name = Field("name", .text, .required, "What the source is called.")
    static let format = Field("format", .format(BillFormatName.self), .required, "How the files, or the table, are written.")
    static let paths = Field("paths", .list(of: .observedPath()), "Where the files are.")
    static let maxAge = Field(
        "maxAge", .timeSpanOrNone, default: "72h", "How old the newest charge day may be; 'none' for any age.")
    static let delivery = Field(
        "delivery", .choice(CostSource.Delivery.self), default: "parts",
        "Whether files are parts of one bill, or later files restate earlier months (snapshot).")
    static let settles = Field(
        "settles", .timeSpan, "How long after its end the rows of a day keep arriving; without it the bill's last days show it.")
    static let rates = Field(
        "rates", .choice(CostSource.Rates.self), default: "observed",
        "What converts charges in other currencies: 'observe.rates', or the rate that each row of the bill states.")
    static let engine = Field("engine", .choice(QueryEngine.self), "The query engine that holds the bill; its client is the operator's.")
    static let table = Field("table", .tableName, "The engine's table: catalog.schema.table.")
    static let columns = Field(
        "columns", .map(key: .choice(BillTable.Column.allCases.map(\.rawValue)), of: .columnName),
        "What the table calls columns of FOCUS, where it is another name; 'none' where it lacks one.")
    static let tags = Field(
        "tags", .choice(BillTable.TagStorage.self), default: "map", "Whether the table has tags as a map, or as a JSON object.")
    static let times = Field(
        "times", .choice(BillTable.TimeStorage.self), default: "timestamp", "Whether the table has times as timestamps, or as text.")
    static let months = Field(
        "months", .integer(1...600),
        "How many billing months are asked for, the present one included; without it all of a table, and 13 of a command.")
    static let command = SourceOrigin.command
    static let fields = [
        name.description, format.description, paths.description, command.description, maxAge.description, delivery.description,
        settles.description,
        rates.description, engine.description, table.description, columns.description, tags.description, times.description,
        months.description,
    ]
    static let choice: KeyChoice? = .exactlyOne(of: [paths.key, engine.key, command.key])

    static func build(_ record: Record) -> NamedSource<CostSource>? {
        let name = record.located(name)
        let format = record.value(of: format)
        let maxAge = record.value(of: maxAge)
        let delivery = record.value(of: delivery)
        let place = Place(record.node.range)
        let settles = record.value(of: settles)
        if record.has(command) { return asked(record, name, format, maxAge, settles) }
        guard record.has(engine) else {
            let paths = paths(record)
            guard let name, let format, let maxAge, let delivery, let paths else { return nil }
            var source = CostSource(
                name: name.value, place: place, format: format, paths: paths, maxAge: maxAge, delivery: delivery, settles: settles)
            source.rates = record.value(of: rates) ?? .observed
            return NamedSource(name: name, source: source)
        }
        let table = billTable(record, format)
        guard let name, let format, let maxAge, let table else { return nil }
        return NamedSource(
            name: name,
            source: CostSource(
                name: name.value, place: place, format: format, paths: [], maxAge: maxAge, settles: settles, table: table))
    }

    /// A bill that a command of the operator's prints, month by month.
    private static func asked(
        _ record: Record, _ name: Located<String>?, _ format: BillFormatName?, _ maxAge: TimeSpan??, _ settles: TimeSpan?
    ) -> NamedSource<CostSource>? {
        for key in [paths.key, engine.key, table.key, columns.key, tags.key, times.key, delivery.key, rates.key]
        where record.node[key] != nil {
            record.report(
                "wrong-value", "'\(key)' is of another bill than one that a command prints: leave it out, or the 'command'",
                at: record.node[key]?.range ?? record.node.range)
            return nil
        }
        if let format, format != .costExplorer, let range = record.range(of: Self.format) {
            record.report("wrong-value", "a command is asked for 'cost-explorer' only, found '\(format.rawValue)'", at: range)
            return nil
        }
        guard let command = record.value(of: command), let name, format != nil, let maxAge else { return nil }
        var source = CostSource(
            name: name.value, place: Place(record.node.range), format: .costExplorer, paths: [], maxAge: maxAge, settles: settles)
        source.command = command
        source.months = record.value(of: months) ?? CostSource.standardMonths
        return NamedSource(name: name, source: source)
    }

    private static func paths(_ record: Record) -> [String]? {
        for key in [table.key, columns.key, tags.key, times.key, months.key] where record.node[key] != nil {
            record.report(
                "wrong-value", "'\(key)' is of a bill in a query engine: name the 'engine', or leave '\(key)' out",
                at: record.node[key]?.range ?? record.node.range)
            return nil
        }
        guard record.has(paths) else {
            if record.hasKnownKeysOnly {
                record.report(
                    "missing-key", "missing 'paths' in \(record.context.subject), or 'engine' and 'table', or 'command'; it must be a list",
                    at: record.node.range)
            }
            return nil
        }
        return record.value(of: paths)
    }

    private static func billTable(_ record: Record, _ format: BillFormatName?) -> BillTable? {
        // A group of rows has no single rate.
        for key in [paths.key, delivery.key, rates.key] where record.node[key] != nil {
            record.report(
                "wrong-value", "'\(key)' is of a bill in files: leave it out, or the 'engine'",
                at: record.node[key]?.range ?? record.node.range
            )
            return nil
        }
        if let format, format != .focus, let range = record.range(of: Self.format) {
            record.report("wrong-value", "a query engine is asked for 'focus' only, found '\(format.rawValue)'", at: range)
            return nil
        }
        guard record.has(table) else {
            record.report("missing-key", "missing 'table' in \(record.context.subject); 'engine' needs it", at: record.node.range)
            return nil
        }
        let engine = record.value(of: engine)
        let name = record.value(of: table)
        let tags = record.value(of: tags)
        let times = record.value(of: times)
        guard let engine, let name, let tags, let times, let spelling = spelling(record) else { return nil }
        return BillTable(
            engine: engine, name: name, columns: spelling.columns, missing: spelling.missing, tags: tags, times: times,
            months: record.value(of: months))
    }

    private static func spelling(_ record: Record) -> (columns: [BillTable.Column: String], missing: Set<BillTable.Column>)? {
        var columns: [BillTable.Column: String] = [:]
        var missing: Set<BillTable.Column> = []
        guard record.has(Self.columns) else { return (columns, missing) }
        guard let entries = record.value(of: Self.columns) else { return nil }
        for entry in entries {
            guard let column = BillTable.Column(rawValue: entry.key.value) else {
                let known = BillTable.Column.allCases.map(\.rawValue)
                let hint = DidYouMean.nearest(to: entry.key.value, in: known).map { "; did you mean '\($0)'?" } ?? ""
                record.report("unknown-key", "'\(entry.key.value)' is no column of FOCUS that is asked for\(hint)", at: entry.key.range)
                return nil
            }
            guard entry.value == "none" else {
                columns[column] = entry.value
                continue
            }
            guard !BillTable.Column.required.contains(column) else {
                record.report("wrong-value", "no table is a bill without '\(column.rawValue)'", at: entry.key.range)
                return nil
            }
            missing.insert(column)
        }
        return (columns, missing)
    }
}

extension Shape where Value == [String] {
    /// `catalog.schema.table`, as its parts.
    static var tableName: Shape {
        let description = ValueDescription.form(
            name: "a table's name of up to three parts of letters, digits, '_' and '-'", examples: ["lake.billing.focus"],
            pattern: "^[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z_][A-Za-z0-9_-]*){0,2}$")
        return Shape(description) { node, context in
            guard let text = context.text(of: node, expected: description) else { return nil }
            guard let parts = BillTable.parts(of: text) else {
                context.reportWrongValue(description, text, at: node.range)
                return nil
            }
            return parts
        }
    }
}

extension Shape where Value == String {
    /// A column of a table, as the engine spells it.
    static var columnName: Shape {
        form(
            "a column's name of letters, digits, '_' and '-'", "resource_id", pattern: "^[A-Za-z_][A-Za-z0-9_-]*$",
            test: BillTable.isIdentifier)
    }

    /// A program's place.
    static var programPath: Shape {
        form("an absolute path", "/usr/bin/duckdb", pattern: "^/", test: { $0.hasPrefix("/") && !$0.utf8.contains(0) })
    }

    /// The name of a variable of the environment.
    static var variableName: Shape {
        form("a variable's name", "PGPASSFILE", pattern: "^[A-Za-z_][A-Za-z0-9_]*$") { text in
            BillTable.isIdentifier(text) && !text.utf8.contains(UInt8(ascii: "-"))
        }
    }
}
