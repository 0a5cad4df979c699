package import CostModel
import Observation
package import Store

extension Observations {
    /// Puts what a ledger remembers beside what is there now: a day or a resource that it knows and that is not there any more is missing,
    /// and a fix that it saw merged divides what was measured.
    ///
    /// - Returns: what of it cannot be read, for a warning; nil: all of it can.
    @discardableResult
    package mutating func remember(_ ledger: Ledger, _ history: History) throws(LedgerError) -> String? {
        fixedAt = history.fixedAt
        deployed = DeployedMemory(text: try ledger.value(RunCheckpoint.Key.deployed)).resources
        guard let text = try ledger.value(RunCheckpoint.Key.billed) else { return nil }
        billed = BillCoverage(text: text)
        return billed == nil ? "which days the bill had before cannot be read: days that it lost are not noticed" : nil
    }
}

extension History {
    /// By the name of a finding: when a merged change that fixes it took effect last; the merge itself, until the bill shows more.
    fileprivate var fixedAt: [String: Instant] {
        let effects = savings.flatMap { record in
            let effect = max(record.change.merged, record.since?.start ?? record.change.merged)
            return record.change.change.names.map { ($0, effect) }
        }
        return Dictionary(effects, uniquingKeysWith: max)
    }
}
