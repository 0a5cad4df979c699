package import CostModel

/// What came of an action, for the report of a run.
package struct RequestOutcome: Hashable, Sendable {
    package var action: RequestAction
    /// The record afterwards; nil where there is none.
    package var record: RequestRecord?
    /// What the request is called, where the action has a group; without it the record's.
    package var title: String?
    /// Why it did not come off.
    package var failure: String?

    init(_ action: RequestAction, record: RequestRecord?) {
        self.action = action
        self.record = record
    }

    init(_ action: RequestAction, failure: String) {
        self.action = action
        self.failure = failure
    }
}
