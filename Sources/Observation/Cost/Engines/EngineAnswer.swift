import CostModel
import Diagnostics
import Glibc
import JSON

/// What an engine's client printed, held against its control row, and written as a bill in FOCUS for the reader of all bills.
struct EngineAnswer {
    /// The column behind FOCUS's: how many charges a row stands for.
    static let chargesColumn = "x_BursarCharges"

    private let question: EngineQuestion
    /// In the order of the question's fields, without the control row.
    private(set) var rows: AnswerRows
    private(set) var charges = 0
    private var controls: AnswerRows

    /// - Throws: a fault for whatever is not the whole answer to this question.
    init(_ bytes: [UInt8], to question: EngineQuestion, output: EngineClient.Output) throws(FileFault) {
        self.question = question
        rows = AnswerRows(width: question.fields.count)
        controls = rows
        switch output {
        case .csv: try readCSV(bytes)
        case .jsonLines: try readJSONLines(bytes)
        case .json: try readJSON(bytes)
        }
        try checkControlRow()
    }

    /// An answer that is put together from rows of several whole ones.
    init(_ rows: AnswerRows, to question: EngineQuestion) throws(FileFault) {
        self.question = question
        self.rows = rows
        controls = AnswerRows(width: rows.width)
        for row in rows.indices { charges += try count(of: row) }
    }

    /// How many charges a row stands for.
    func count(of row: Int) throws(FileFault) -> Int {
        guard let count = Int(rows.text(row, chargesIndex)), count >= 0 else { throw Self.incomplete("it counts no rows") }
        return count
    }

    /// On which billing periods start, by row; nil: the row does not say.
    func period(of row: Int) -> Day? {
        question.keys.firstIndex(of: .day(.billingPeriodStart)).flatMap { Day(rows.text(row, $0 + 1)) }
    }

    /// The last fields of a row, behind those that tell it apart.
    func sums(of row: Int) -> [String] { (chargesIndex..<rows.width).map { rows.text(row, $0) } }

    /// A bill in FOCUS, in the order of its bytes.
    var bill: AnsweredBill {
        var lines: [UInt8] = []
        var starts: [Int] = []
        let (columns, tags) = (columns, tags)
        for row in rows.indices {
            starts.append(lines.count)
            addLine(of: row, columns, tags, to: &lines)
        }
        let ends = starts.dropFirst() + [lines.count]
        var text = header
        text.reserveCapacity(text.count + lines.count)
        lines.withUnsafeBytes { lines in
            let spans = zip(starts, ends).map { UnsafeRawBufferPointer(rebasing: lines[$0..<$1]) }
            for span in spans.sorted(by: Self.precedes) { text.append(contentsOf: span) }
        }
        return AnsweredBill(text: text, charges: charges)
    }

    private static func precedes(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
        guard let left = a.baseAddress, let right = b.baseAddress else { return a.count < b.count }
        let order = memcmp(left, right, min(a.count, b.count))
        return order == 0 ? a.count < b.count : order < 0
    }

    // MARK: The forms of answers

    private mutating func add(_ record: CSVRecord) {
        if record[0].bytes.elementsEqual(EngineStatement.control.utf8) { controls.append(record) } else { rows.append(record) }
    }

    private mutating func add(_ row: [[UInt8]]) {
        if row[0].elementsEqual(EngineStatement.control.utf8) { controls.append(row) } else { rows.append(row) }
    }

    private mutating func readCSV(_ bytes: [UInt8]) throws(FileFault) {
        guard !bytes.isEmpty else { throw Self.incomplete("it is empty") }
        let problems = RowProblems(file: "")
        guard let table = CSVTable(MemorySource(bytes), problems: problems) else {
            throw Self.incomplete(problems.all.first?.message ?? "it has no header")
        }
        let columns = table.columns.map { $0.lowercased() }
        guard columns == question.fields.map({ $0.lowercased() }) else { throw Self.otherColumns(table.columns) }
        rows.reserve(bytes: bytes.count)
        try table.forEachRow(problems: problems) { record throws(FieldFault) in add(record) }
        if let problem = problems.all.first { throw Self.incomplete("line \(problem.line ?? 0): \(problem.message)") }
    }

    private mutating func readJSONLines(_ bytes: [UInt8]) throws(FileFault) {
        let lines = JSONLines(MemorySource(bytes))
        while let line = try lines.next() { add(try Self.row(try Self.value(Array(line)), question.fields)) }
    }

    private mutating func readJSON(_ bytes: [UInt8]) throws(FileFault) {
        guard case .array(let elements) = try Self.value(bytes) else { throw Self.incomplete("expected a list of JSON objects") }
        for element in elements { add(try Self.row(element, question.fields)) }
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

    /// Holds the rows against the control row.
    private mutating func checkControlRow() throws(FileFault) {
        guard controls.count > 0 else { throw Self.incomplete("its control row is missing") }
        guard controls.count == 1, rows.indices.allSatisfy({ rows.isWord(EngineStatement.row, $0, 0) }) else {
            throw Self.incomplete("it has rows that were not asked for")
        }
        let checks = controls.text(0, checksIndex)
        guard checks == EngineStatement.soundChecks else { throw Self.unsound(checks) }
        try compare("rows", at: chargesIndex, of: rows.indices)
        guard let count = Int(controls.text(0, chargesIndex)) else { throw Self.incomplete("it counts no rows") }
        charges = count
        for (at, column) in question.sums.enumerated() {
            guard let flag = question.keys.firstIndex(of: .isStated(column)) else { continue }
            // Of rows that do not state a cost there is no sum; some engines say 0.
            let stated = rows.indices.filter { rows.isWord("1", $0, flag + 1) }
            guard !stated.isEmpty else { continue }
            try compare(column.rawValue, at: chargesIndex + 1 + at, of: stated)
        }
    }

    private func compare(_ name: String, at field: Int, of some: some Collection<Int>) throws(FileFault) {
        var sum: Int128 = 0
        for row in some {
            let (next, overflow) = sum.addingReportingOverflow(try Self.number(rows[row, field], name).raw)
            guard !overflow else { throw Self.incomplete("its \(name) add up to more than can be held exactly") }
            sum = next
        }
        let control = controls[0, field]
        let expected = try Self.number(control.isEmpty && some.isEmpty ? Array("0".utf8)[...] : control, name)
        guard sum == expected.raw else {
            throw Self.incomplete("its \(name) add up to \(FixedDecimal(raw: sum)), and its control row says \(expected)")
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>, _ name: String) throws(FileFault) -> FixedDecimal {
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

    private func addLine(
        of row: Int, _ columns: [(name: String, field: Field)], _ tags: [(key: String, index: Int)], to text: inout [UInt8]
    ) {
        for (_, field) in columns {
            switch field {
            case .value(let index): Self.write(rows[row, index], to: &text)
            case .sum(let index, let flag): if rows.isWord("1", row, flag) { Self.write(rows[row, index], to: &text) }
            case .end(let index):
                let last = Day(rows.text(row, index))
                Self.write(last.map { Array($0.advanced(by: 1).description.utf8)[...] } ?? rows[row, index], to: &text)
            }
            text.append(UInt8(ascii: ","))
        }
        if !tags.isEmpty {
            Self.write(tagField(row, tags)[...], to: &text)
            text.append(UInt8(ascii: ","))
        }
        if question.saysTimes {
            for index in rows.width - 2..<rows.width {
                Self.write(rows[row, index], to: &text)
                text.append(UInt8(ascii: ","))
            }
        }
        Self.write(rows[row, chargesIndex], to: &text)
        text.append(UInt8(ascii: "\n"))
    }

    /// A JSON object of the tags that are there; empty where none is.
    private func tagField(_ row: Int, _ tags: [(key: String, index: Int)]) -> [UInt8] {
        let members = tags.compactMap { tag in
            let value = rows[row, tag.index]
            return value.first == UInt8(ascii: "=") ? JSONValue.Member(tag.key, .string(Self.text(value.dropFirst()))) : nil
        }
        return members.isEmpty ? [] : JSONWriter.bytes(of: .object(members), .compact, escaping: .standard)
    }

    /// Always between quotes where it is not plain: a value may hold anything.
    private static func write(_ field: ArraySlice<UInt8>, to text: inout [UInt8]) {
        let quote = UInt8(ascii: "\"")
        let isPlain = field.allSatisfy { ($0 | 0x20) &- 97 < 26 || $0 &- 48 < 10 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
        guard !isPlain else { return text.append(contentsOf: field) }
        text.append(quote)
        for byte in field {
            if byte == quote { text.append(quote) }
            text.append(byte)
        }
        text.append(quote)
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

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
            guard words[2] != EngineStatement.overflow else {
                return FileFault(
                    id: "engine-answer", description: "the sums are larger than this version of the engine adds up exactly")
            }
            return FileFault(
                id: "engine-answer",
                description: "the engine cannot read the costs, quantities or tags of \(words[2]) rows, and passes over them")
        }
        return FileFault(
            id: "engine-answer",
            description: "the engine's session is not in UTC, so that days would be others: set its time zone, or that of the client")
    }
}
