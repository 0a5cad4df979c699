import Dispatch

/// Lets several threads take the batches of one text in turn, each batch once: while one of them finds the next records, the others work on
/// theirs.
///
/// Whoever takes a batch keeps its page until it comes again.
final class CSVSharing: @unchecked Sendable {
    // Everything below is touched by the one who holds the gate.
    private let gate = DispatchSemaphore(value: 1)
    private let reader: CSVReader
    private var isAtEnd = false
    private var taken = 0

    init(_ reader: CSVReader, takers: Int) {
        self.reader = reader
        reader.share(among: takers)
    }

    /// The next batch, and how many were taken before it. A fault goes to one of the takers; for the others the text ends there.
    func next(for taker: Int) throws(FileFault) -> (batch: CSVBatch, number: Int)? {
        gate.wait()
        defer { gate.signal() }
        guard !isAtEnd else { return nil }
        do throws(FileFault) {
            guard let batch = try reader.next(for: taker) else {
                isAtEnd = true
                return nil
            }
            defer { taken += 1 }
            return (batch, taken)
        } catch {
            isAtEnd = true
            throw error
        }
    }
}
