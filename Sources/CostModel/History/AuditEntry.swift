/// Something that was written, and who or what caused it.
package struct AuditEntry: Hashable, Sendable {
    package enum Action: String, Hashable, Sendable, CaseIterable {
        case branchWritten = "branch-written"
        case branchDeleted = "branch-deleted"
        case requestOpened = "request-opened"
        case requestUpdated = "request-updated"
        case requestClosed = "request-closed"
        case commented
        case issueWritten = "issue-written"
        case boxTicked = "box-ticked"
        case statusSet = "status-set"
        case suspended, resumed
        case applyAsked = "apply-asked"
        case dismissAsked = "dismiss-asked"
        case rollbackAsked = "rollback-asked"
        case ledgerMigrated = "ledger-migrated"
        case ledgerRebuilt = "ledger-rebuilt"
        case ledgerPruned = "ledger-pruned"
        case ledgerRestored = "ledger-restored"
        case ledgerRebound = "ledger-rebound"
        case lockTakenOver = "lock-taken-over"
    }

    package var time: Instant
    /// The run in which it happened; nil outside of one.
    package var run: String?
    /// `interval`, `webhook github push`, `user alice`: what caused it.
    package var cause: String
    package var action: Action
    /// What was written: a branch, a request's URL.
    package var object: String
    /// The findings, the commit, the reason; holds no secret.
    package var detail: String

    package init(time: Instant, run: String?, cause: String, action: Action, object: String, detail: String = "") {
        self.time = time
        self.run = run
        self.cause = cause
        self.action = action
        self.object = object
        self.detail = detail
    }
}

extension AuditEntry: ColumnRecord {
    package static let columns: [Column<AuditEntry>] = [
        .init("time", \.time, "when it was written"),
        .init("run", \.run, "the run in which it was written; null outside of one"),
        .init("cause", \.cause, "what caused it: 'interval', 'webhook github push', 'user alice'"),
        .init("action", \.action, "what was done"),
        .init("object", \.object, "what it was done to: a branch, a request's URL, a file"),
        .init("detail", \.detail, "the findings, the commit or the reason"),
    ]

    package static var blank: AuditEntry { AuditEntry(time: .blank, run: nil, cause: "", action: .branchWritten, object: "") }
}
