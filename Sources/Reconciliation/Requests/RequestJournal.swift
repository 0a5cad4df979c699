import CostModel

/// Tells of each change of a request once, as the ledger comes to know of it. A class because all of a run's steps write into it; it lives in
/// one run and never leaves its thread.
final class RequestJournal {
    private var known: [RequestRecord.Key: RequestRecord]
    private let tell: (LoopEvent.Kind) -> Void

    /// - Parameter records: what the ledger knew before.
    init(_ records: [RequestRecord], tell: @escaping (LoopEvent.Kind) -> Void) {
        known = Dictionary(records.map { ($0.key, $0) }, uniquingKeysWith: { _, last in last })
        self.tell = tell
    }

    /// A record that was written.
    func note(_ record: RequestRecord) {
        let before = known.updateValue(record, forKey: record.key)
        if let change = RequestChange(from: before, to: record) { tell(.requestChanged(change)) }
    }

    /// A record of what only others remembered.
    func noteAdopted(_ record: RequestRecord) {
        known[record.key] = record
        tell(.requestChanged(RequestChange(.adopted, record)))
    }
}
