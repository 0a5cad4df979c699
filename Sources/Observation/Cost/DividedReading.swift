import CostModel
import Diagnostics

extension BillDecoder {
    /// Reads the rows of a file on several cores, where its format and its size allow that: everything comes out as if they had been read one
    /// after another.
    ///
    /// - Returns: false where they add up to more than can be held. Nothing is added then: which row is too much only their order tells.
    func read(_ file: BillFile, into tally: BillSums, cores: Int) throws(FileFault) -> Bool {
        let tallies = (0..<cores).map { _ in tally.empty() }
        guard cores > 1, let decoders = divided(among: tallies.map(\.numbers)) else {
            try read(file, into: tally.receiver)
            return true
        }
        let parts = zip(decoders, tallies).map { divided, tally in
            ReadingPart(divided.table, tally, file.part()) { (file, receiver) throws(FileFault) in
                try divided.decoder.read(file, into: receiver)
            }
        }
        let faults = parts.concurrentMap { $0.read() }
        guard let numbers = tally.merge(parts.map { ($0.tally, $0.steps) }) else { return false }
        file.add(zip(parts, numbers).map { ($0.file, $1) })
        add(decoders.map(\.decoder))
        if let fault = faults.lazy.compactMap(\.self).first { throw fault }
        return true
    }
}

/// What one thread reads of a file, and what it adds that up to.
private final class ReadingPart: @unchecked Sendable {
    // All of it is touched by one thread until that has read its part.
    let tally: BillSums
    let file: BillFile
    /// How far the tally had grown by the end of each of its batches.
    private(set) var steps: [(number: Int, marks: BillSums.Marks)] = []
    private let table: CSVTable
    private let readRows: (BillFile, RowReceiver) throws(FileFault) -> Void
    private var batch: Int?

    init(
        _ table: CSVTable, _ tally: BillSums, _ file: BillFile,
        _ readRows: @escaping (BillFile, RowReceiver) throws(FileFault) -> Void
    ) {
        self.table = table
        self.tally = tally
        self.file = file
        self.readRows = readRows
    }

    func read() -> FileFault? {
        table.beginBatch = { [unowned self] in begin($0) }
        defer { endBatch() }
        do throws(FileFault) {
            try readRows(file, tally.receiver)
            return nil
        } catch {
            return error
        }
    }

    private func begin(_ number: Int) {
        endBatch()
        batch = number
    }

    private func endBatch() {
        guard let batch else { return }
        steps.append((batch, tally.marks))
    }
}
