/// The stages of a reconciliation, in their order.
package enum Stage: String, Hashable, Sendable, Comparable, CaseIterable {
    /// Brings the repository's newest revision here, and verifies who signed it.
    case fetch
    /// Reads policies, code, state, bill and utilisation.
    case observe
    case evaluate
    case score
    case plan
    /// Branches, requests, statuses, ledger.
    case write

    package static func < (a: Stage, b: Stage) -> Bool { a.rank < b.rank }
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// How one stage stands.
package struct StageStatus: Hashable, Sendable {
    package enum Condition: String, Hashable, Sendable, CaseIterable {
        /// Its last attempt did what it should.
        case ready
        /// At work, or failed in a way that may pass: it is tried again by itself.
        case reconciling
        /// A person must fix something: it is not tried again until what it reads has changed.
        case stalled
    }

    package var stage: Stage
    package var condition: Condition
    /// A word for machines, of a short closed list: `Succeeded`, `FetchFailed`, `InvalidPolicy`.
    package var reason: Reason
    /// For people; lower case, no full stop; holds no secret.
    package var message: String
    /// When the attempt began that it tells of.
    package var started: Instant
    /// How long that took.
    package var milliseconds: Int

    package init(
        stage: Stage, condition: Condition, reason: Reason, message: String = "", started: Instant, milliseconds: Int = 0
    ) {
        self.stage = stage
        self.condition = condition
        self.reason = reason
        self.message = message
        self.started = started
        self.milliseconds = milliseconds
    }

    /// Why a condition holds: a closed list, so that it can be a label of a metric.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        case succeeded = "Succeeded"
        case progressing = "Progressing"
        case suspended = "Suspended"
        case fetchFailed = "FetchFailed"
        case unverified = "Unverified"
        case invalidPolicy = "InvalidPolicy"
        case invalidConfiguration = "InvalidConfiguration"
        /// Observations are missing, torn, stale or partial: judged, but nothing was closed.
        case partialObservation = "PartialObservation"
        case evaluationFailed = "EvaluationFailed"
        case writeFailed = "WriteFailed"
        /// The code host answered with an error, or asked to wait.
        case forgeFailed = "ForgeFailed"
        case ledgerFailed = "LedgerFailed"
        case deadlineExceeded = "DeadlineExceeded"
        /// Another process holds the workspace.
        case locked = "Locked"
        case interrupted = "Interrupted"
    }
}
