import CostModel
import Diagnostics
import JSON

/// What an engine's client printed, held against its control row, and written as a bill in FOCUS for the reader of all bills.
struct EngineAnswer {
    /// The column behind FOCUS's: how many charges a row stands for.
    static let chargesColumn = "x_BursarCharges"

    private let question: EngineQuestion
    /// In the order of the question's fields.
    private var rows: [[[UInt8]]] = []
    private var charges = 0

    /// - Throws: a fault for whatever is not the whole answer to this question.
    init(_ bytes: [UInt8], to question: EngineQuestion, output: EngineClient.Output) throws(FileFault) {
        self.question = question
        switch output {
        case .csv: rows = try Self.csv(bytes, question.fields)
        case .jsonLines: rows = try Self.jsonLines(bytes, question.fields)
        case .json: rows = try Self.json(bytes, question.fields)
        }
        try takeControlRow()
    }

    /// A bill in FOCUS, in the order of its bytes.
    var bill: AnsweredBill {
        let lines = rows.map { line(of: $0) }.sorted { $0.lexicographicallyPrecedes($1) }
        return AnsweredBill(text: Array(([header] + lines).joined()), charges: charges)
    }

    // MARK: The forms of answers

    private static func csv(_ bytes: [UInt8], _ fields: [String]) throws(FileFault) -> [[[UInt8]]] {
        guard !bytes.isEmpty else { throw incomplete("it is empty") }
        let problems = RowProblems(file: "")
        guard let table = CSVTable(MemorySource(bytes), problems: problems) else {
            throw incomplete(problems.all.first?.message ?? "it has no header")
        }
        let columns = table.columns.map { $0.lowercased() }
        guard columns == fields.map({ $0.lowercased() }) else { throw otherColumns(table.columns) }
        var rows: [[[UInt8]]] = []
        try table.forEachRow(problems: problems) { record throws(FieldFault) in
            rows.append((0..<record.count).map { record[$0].unquoted })
        }
        if let problem = problems.all.first { throw incomplete("line \(problem.line ?? 0): \(problem.message)") }
        return rows
    }

    private static func jsonLines(_ bytes: [UInt8], _ fields: [String]) throws(FileFault) -> [[[UInt8]]] {
        var rows: [[[UInt8]]] = []
        let lines = JSONLines(MemorySource(bytes))
        while let line = try lines.next() { rows.append(try row(try value(Array(line)), fields)) }
        return rows
    }

    private static func json(_ bytes: [UInt8], _ fields: [String]) throws(FileFault) -> [[[UInt8]]] {
        guard case .array(let elements) = try value(bytes) else { throw incomplete("expected a list of JSON objects") }
        var rows: [[[UInt8]]] = []
        for element in elements { rows.append(try row(element, fields)) }
        return rows
    }

    private static func value(_ bytes: [UInt8]) throws(FileFault) -> JSONValue {
        do throws(JSONError) {
            return try JSONReader.read(bytes, limits: JSONLimits(size: .max, depth: 4, members: .max))
        } catch { throw incomplete("it is no JSON: \(error)") }
    }

    private static func row(_ value: JSONValue, _ fields: [String]) throws(FileFault) -> [[UInt8]] {
        guard case .object(let members) = value else { throw incomplete("expected a JSON object for each row") }
        let values = Dictionary(members.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
        var row: [[UInt8]] = []
        for field in fields {
            guard let value = values[field.lowercased()], case .string(let text) = value, values.count == fields.count else {
                throw otherColumns(members.map(\.key))
            }
            row.append(Array(text.utf8))
        }
        return row
    }

    // MARK: The control row

    /// Takes the control row away, and holds the others against it.
    private mutating func takeControlRow() throws(FileFault) {
        let controls = rows.filter { $0[0] == Array(EngineStatement.control.utf8) }
        rows.removeAll { $0[0] == Array(EngineStatement.control.utf8) }
        guard let control = controls.first else { throw Self.incomplete("its control row is missing") }
        guard controls.count == 1, rows.allSatisfy({ $0[0] == Array(EngineStatement.row.utf8) }) else {
            throw Self.incomplete("it has rows that were not asked for")
        }
        let checks = Self.text(control[checksIndex])
        guard checks == EngineStatement.soundChecks else { throw Self.unsound(checks) }
        try compare("rows", rows.map { $0[chargesIndex] }, with: control[chargesIndex])
        guard let count = Int(Self.text(control[chargesIndex])) else { throw Self.incomplete("it counts no rows") }
        charges = count
        for (at, column) in question.sums.enumerated() {
            let index = chargesIndex + 1 + at
            guard let flag = question.keys.firstIndex(of: .isStated(column)) else { continue }
            // Of rows that do not state a cost there is no sum; some engines say 0.
            let stated = rows.filter { $0[flag + 1] == Array("1".utf8) }
            guard !stated.isEmpty else { continue }
            try compare(column.rawValue, stated.map { $0[index] }, with: control[index])
        }
    }

    private func compare(_ name: String, _ values: [[UInt8]], with control: [UInt8]) throws(FileFault) {
        var sum: Int128 = 0
        for value in values {
            let (next, overflow) = sum.addingReportingOverflow(try Self.number(value, name).raw)
            guard !overflow else { throw Self.incomplete("its \(name) add up to more than can be held exactly") }
            sum = next
        }
        let expected = try Self.number(control.isEmpty && values.isEmpty ? Array("0".utf8) : control, name)
        guard sum == expected.raw else {
            throw Self.incomplete("its \(name) add up to \(FixedDecimal(raw: sum)), and its control row says \(expected)")
        }
    }

    private static func number(_ bytes: [UInt8], _ name: String) throws(FileFault) -> FixedDecimal {
        do throws(FixedDecimal.ParseError) { return try FixedDecimal(text(bytes)) } catch {
            throw incomplete("\(name): \(error), found '\(String(text(bytes).prefix(60)).printable)'")
        }
    }

    private var checksIndex: Int { question.keys.count + 1 }
    private var chargesIndex: Int { question.keys.count + 2 }

    // MARK: As a bill

    private enum Field {
        case value(Int)
        /// A sum, empty where its rows do not state it.
        case sum(Int, isStated: Int)
        /// The end of a period behind its last day.
        case end(Int)
    }

    private var columns: [(name: String, field: Field)] {
        var columns: [(String, Field)] = []
        for (at, key) in question.keys.enumerated() {
            switch key {
            case .day(let column), .text(let column): columns.append((column.rawValue, .value(at + 1)))
            case .lastDay(let column): columns.append((column.rawValue, .end(at + 1)))
            case .isStated(let column):
                guard let sum = question.sums.firstIndex(of: column) else { continue }
                columns.append((column.rawValue, .sum(chargesIndex + 1 + sum, isStated: at + 1)))
            case .tag: break
            }
        }
        return columns
    }

    private var tags: [(key: String, index: Int)] {
        question.keys.enumerated().compactMap { at, key in
            if case .tag(let index) = key { (question.tagKeys[index], at + 1) } else { nil }
        }
    }

    private var header: [UInt8] {
        let names = columns.map(\.name) + (tags.isEmpty ? [] : [BillTable.Column.tags.rawValue])
        let times = question.saysTimes ? ["x_BursarFirst", "x_BursarLast"] : []
        return Array(((names + times + [Self.chargesColumn]).joined(separator: ",") + "\n").utf8)
    }

    private func line(of row: [[UInt8]]) -> [UInt8] {
        var fields = columns.map { Self.field($0.field, row) }
        if !tags.isEmpty { fields.append(tagField(row)) }
        if question.saysTimes { fields += row.suffix(2).map { Array($0) } }
        fields.append(row[chargesIndex])
        return Array(fields.map(Self.written).joined(separator: [UInt8(ascii: ",")])) + [UInt8(ascii: "\n")]
    }

    private static func field(_ field: Field, _ row: [[UInt8]]) -> [UInt8] {
        switch field {
        case .value(let index): return row[index]
        case .sum(let index, let flag): return row[flag] == Array("1".utf8) ? row[index] : []
        case .end(let index):
            guard let last = Day(text(row[index])) else { return row[index] }
            return Array(last.advanced(by: 1).description.utf8)
        }
    }

    /// A JSON object of the tags that are there; empty where none is.
    private func tagField(_ row: [[UInt8]]) -> [UInt8] {
        let members = tags.compactMap { tag in
            row[tag.index].first == UInt8(ascii: "=")
                ? JSONValue.Member(tag.key, .string(Self.text(Array(row[tag.index].dropFirst())))) : nil
        }
        return members.isEmpty ? [] : JSONWriter.bytes(of: .object(members), .compact, escaping: .standard)
    }

    /// Always between quotes where it is not plain: a value may hold anything.
    private static func written(_ field: [UInt8]) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        let isPlain = field.allSatisfy { ($0 | 0x20) &- 97 < 26 || $0 &- 48 < 10 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
        guard !isPlain else { return field }
        return [quote] + field.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    // MARK: Messages

    private static func incomplete(_ reason: String) -> FileFault {
        FileFault(id: "engine-answer", description: "the engine's answer is not whole: \(reason)")
    }

    private static func otherColumns(_ columns: [String]) -> FileFault {
        let shown = columns.prefix(3).map { "'\(String($0.prefix(40)).printable)'" }.joined(separator: ", ")
        return FileFault(
            id: "engine-answer",
            description: "the engine's answer has other columns than were asked for: \(shown)\(columns.count > 3 ? ", …" : "")")
    }

    private static func unsound(_ checks: String) -> FileFault {
        let words = checks.split(separator: " ")
        let days = EngineStatement.soundChecks.split(separator: " ").prefix(2)
        if words.count == 3, words.prefix(2).elementsEqual(days) {
            return FileFault(
                id: "engine-answer",
                description: "the engine cannot read the costs, quantities or tags of \(words[2]) rows, and passes over them")
        }
        return FileFault(
            id: "engine-answer",
            description: "the engine's session is not in UTC, so that days would be others: set its time zone, or that of the client")
    }
}
