import CostModel
import Diagnostics

/// Why a field of a row cannot be read.
struct FieldFault: Error, Hashable, Sendable {
    /// Its index in the record.
    var field: Int
    /// What was expected.
    var message: String
}

/// A CSV text whose first record names its columns.
final class CSVTable {
    static let columnLimit = 4096

    private static let batchesAhead = 3
    /// One page for each batch that is ahead or handed out, one for the header's, and one to fill.
    private static let pages = batchesAhead + 2

    let columns: [String]
    /// The record that names the columns; valid until the rows are handed out.
    let header: CSVRecord
    /// The records behind the header that were handed out or refused; blank lines are none.
    private(set) var recordCount = 0
    /// Where the batches come from.
    private enum Supply {
        case reader(CSVReader, isLarge: Bool)
        /// With others: which of the takers this one is.
        case shared(CSVSharing, taker: Int)
    }

    private var supply: Supply
    /// Where rows are shared: told the number of each batch before its rows are handed out.
    var beginBatch: ((Int) -> Void)?
    /// The batch that holds the header; its other records are the first rows.
    private var first: CSVBatch?
    /// The batch whose records are being handed out.
    private var current: CSVBatch?
    /// Which of its records is.
    private var currentIndex = 0
    /// Up to where lines of that batch were counted, and which line that is: where a record is many lines, each is counted once.
    private var counted = (offset: 0, line: 0)

    /// Nil when the text is empty or its header cannot be read; the problem is then added.
    ///
    /// - Parameter ahead: whether to read and scan on a thread of their own; worth its while for large files.
    init?(_ source: any ByteSource, ahead: Bool = false, problems: RowProblems) {
        let reader = ahead ? CSVReader(source, pages: Self.pages) : CSVReader(source)
        supply = .reader(reader, isLarge: ahead)
        do throws(FileFault) {
            first = try reader.next()
        } catch {
            problems.add(error)
            return nil
        }
        guard let first else {
            problems.add(.partial, id: "no-header", "the file is empty: expected a header with the names of the columns")
            return nil
        }
        guard first.count > 0 else {
            if let fault = first.fault {
                problems.add(.partial, id: "bad-quotes", line: fault.line, column: fault.column, fault.message)
            }
            return nil
        }
        let header = first[0]
        self.header = header
        guard header.count <= Self.columnLimit else {
            problems.add(.partial, id: "no-header", line: 1, "\(header.count) columns: expected at most \(Self.columnLimit)")
            return nil
        }
        let names = (0..<header.count).map { header[$0].text }
        columns = Array(names.prefix(Self.width(of: first)))
        guard columns.count < names.count else { return }
        let (missing, more) = (names[columns.count], names.count - columns.count - 1)
        problems.add(
            .warning, id: "short-rows", line: 1,
            "the header names \(names.count) columns and every row has \(columns.count) fields: '\(missing.prefix(60))'"
                + "\(more > 0 ? " and \(more) behind it are" : " is") taken as missing")
    }

    /// How many columns there are: those of the header, or fewer where all rows at the beginning agree that there are fewer. A row that was cut off
    /// agrees with no other one.
    private static func width(of batch: CSVBatch) -> Int {
        let names = batch[0].count
        let counts = (1..<max(batch.count, 1)).map { batch[$0] }.filter { !$0.isBlank }.prefix(shortRowsLookedAt).map(\.count)
        guard counts.count > 1, let width = counts.first, width < names, counts.allSatisfy({ $0 == width }) else { return names }
        return width
    }

    private static let shortRowsLookedAt = 100

    /// A part of a table whose rows are shared.
    private init(_ table: CSVTable, _ supply: Supply) {
        columns = table.columns
        header = table.header
        self.supply = supply
    }

    /// Divides the rows among this table and others, each for a thread of its own: together they hand out each row once, and each its own in
    /// their order. Nil where the text is too short for it. Called before rows are handed out.
    func divided(among count: Int) -> [CSVTable]? {
        guard count > 1, case .reader(let reader, isLarge: true) = supply else { return nil }
        let sharing = CSVSharing(reader, takers: count)
        supply = .shared(sharing, taker: 0)
        return [self] + (1..<count).map { CSVTable(self, .shared(sharing, taker: $0)) }
    }

    /// Counts the records of other parts.
    func count(_ parts: [CSVTable]) {
        for part in parts where part !== self { recordCount += part.recordCount }
    }

    /// Hands out the rows that have as many fields as there are columns. Every other line becomes a problem, except blank ones.
    func forEachRow(problems: RowProblems, _ read: (CSVRecord) throws(FieldFault) -> Void) throws(FileFault) {
        let nextBatch = batches()
        if first != nil { beginBatch?(-1) }
        var next = first == nil ? try nextBatch() : first
        var start = first == nil ? 0 : 1
        while let batch = next {
            if WorkLimit.isReached { throw .unreadable("reading was stopped") }
            current = batch
            counted = (0, batch.firstLine)
            recordCount += max(batch.count - start, 0)
            for index in start..<max(batch.count, start) {
                let record = batch[index]
                guard record.count == columns.count else {
                    if record.isBlank { recordCount -= 1 } else { addWrongCount(record, batch, problems) }
                    continue
                }
                currentIndex = index
                do throws(FieldFault) {
                    try read(record)
                } catch {
                    problems.addRow(
                        id: "bad-row", at: batch.place(of: error.field, in: record), "\(columns[error.field]): \(error.message)")
                }
            }
            if let fault = batch.fault {
                problems.addRow(id: "bad-quotes", at: (fault.line, fault.column), fault.message)
            }
            start = 0
            first = nil
            next = try nextBatch()
        }
    }

    /// The line on which a record starts that is being handed out.
    func line(of record: CSVRecord) -> Int {
        guard let current else { return 0 }
        if current.isPlain { return current.firstLine + currentIndex }
        let offset = Int(record.starts[0])
        if offset < counted.offset { counted = (0, current.firstLine) }
        counted.line += current.newlines(in: counted.offset..<offset)
        counted.offset = offset
        return counted.line
    }

    /// Those behind the header's.
    private func batches() -> () throws(FileFault) -> CSVBatch? {
        switch supply {
        case .reader(let reader, isLarge: false): return reader.next
        case .reader(let reader, isLarge: true):
            let batches = Ahead<Result<CSVBatch, FileFault>>(depth: Self.batchesAhead) {
                do throws(FileFault) {
                    return try reader.next().map { .success($0) }
                } catch {
                    return .failure(error)
                }
            }
            return { () throws(FileFault) in try batches.next()?.get() }
        case .shared(let sharing, let taker):
            return { [weak self] () throws(FileFault) in
                guard let (batch, number) = try sharing.next(for: taker) else { return nil }
                self?.beginBatch?(number)
                return batch
            }
        }
    }

    private func addWrongCount(_ record: CSVRecord, _ batch: CSVBatch, _ problems: RowProblems) {
        problems.addRow(
            id: "wrong-field-count", at: batch.place(of: min(columns.count, record.count - 1), in: record),
            "\(record.count) fields: expected \(columns.count), as in the header")
    }
}
