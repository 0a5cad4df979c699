import CostModel

/// What ended a stage before its end.
struct StageError: Error, Hashable {
    var condition: StageStatus.Condition
    var reason: StageStatus.Reason
    var message: String
    /// Seconds that somebody asked us to wait.
    var retryAfter: Int?
    /// It concerns one request only: others may still come off.
    var isOfOne = false
    /// The ledger can be read no further: it is restored, and the run begins anew.
    var isLedgerDamaged = false

    init(_ condition: StageStatus.Condition, _ reason: StageStatus.Reason, _ message: String, retryAfter: Int? = nil) {
        self.condition = condition
        self.reason = reason
        self.message = message
        self.retryAfter = retryAfter
    }
}
