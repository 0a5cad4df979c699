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

    let columns: [String]
    /// The record that names the columns; valid until the rows are handed out.
    let header: CSVRecord
    /// The records behind the header that were handed out or refused; blank lines are none.
    private(set) var recordCount = 0
    private let nextBatch: () throws(FileFault) -> CSVBatch?
    /// The batch that holds the header; its other records are the first rows.
    private var first: CSVBatch?
    /// The batch whose records are being handed out.
    private var current: CSVBatch?

    /// Nil when the text is empty or its header cannot be read; the problem is then added.
    ///
    /// - Parameter ahead: whether to read and scan on a thread of their own; worth its while for large files.
    init?(_ source: any ByteSource, ahead: Bool = false, problems: RowProblems) {
        nextBatch = ahead ? Self.readingAhead(source) : CSVReader(source).next
        do throws(FileFault) {
            first = try nextBatch()
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
        columns = (0..<header.count).map { header[$0].text }
    }

    /// Hands out the rows that have as many fields as there are columns. Every other line becomes a problem, except blank ones.
    func forEachRow(problems: RowProblems, _ read: (CSVRecord) throws(FieldFault) -> Void) throws(FileFault) {
        var next = first
        var start = 1
        while let batch = next {
            if WorkLimit.isReached { throw .unreadable("reading was stopped") }
            current = batch
            recordCount += max(batch.count - start, 0)
            for index in start..<max(batch.count, start) {
                let record = batch[index]
                guard record.count == columns.count else {
                    if record.isBlank { recordCount -= 1 } else { addWrongCount(record, batch, problems) }
                    continue
                }
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
    func line(of record: CSVRecord) -> Int { current?.place(of: 0, in: record).line ?? 0 }

    private static func readingAhead(_ source: any ByteSource) -> () throws(FileFault) -> CSVBatch? {
        let reader = CSVReader(source, pages: batchesAhead + 1)
        let batches = Ahead<Result<CSVBatch, FileFault>>(depth: batchesAhead) {
            do throws(FileFault) {
                return try reader.next().map { .success($0) }
            } catch {
                return .failure(error)
            }
        }
        return { () throws(FileFault) in try batches.next()?.get() }
    }

    private func addWrongCount(_ record: CSVRecord, _ batch: CSVBatch, _ problems: RowProblems) {
        problems.addRow(
            id: "wrong-field-count", at: batch.place(of: min(columns.count, record.count - 1), in: record),
            "\(record.count) fields: expected \(columns.count), as in the header")
    }
}
