/// One reconciliation of one workspace, as the ledger keeps it.
package struct Run: Hashable, Sendable {
    /// What started it.
    package enum Trigger: String, Hashable, Sendable, CaseIterable {
        case once, interval, retry, webhook, manual
    }

    package enum Outcome: String, Hashable, Sendable, CaseIterable {
        case running
        case succeeded
        /// Nothing had changed: nothing was evaluated or written.
        case unchanged
        /// Failed in a way that may pass.
        case failed
        /// Failed in a way that a person must fix.
        case stalled
        /// The process ended in the middle of it.
        case interrupted
    }

    /// `r-` and twelve hexadecimal digits.
    package var id: String
    package var trigger: Trigger
    package var started: Instant
    /// Nil while it runs.
    package var finished: Instant?
    package var outcome: Outcome
    /// The commit it looked at; nil where it did not get so far. Also `observedRevision` of the status.
    package var revision: String?
    package var policyDigest: String?
    package var observedDigest: String?
    /// Whether it only said what it would write.
    package var isDryRun: Bool
    /// Not everything could be observed.
    package var isPartial: Bool
    package var stages: [StageStatus]
    /// Nil where nothing was evaluated.
    package var summary: RunSummary?

    package init(
        id: String, trigger: Trigger, started: Instant, finished: Instant? = nil, outcome: Outcome = .running, revision: String? = nil,
        policyDigest: String? = nil, observedDigest: String? = nil, isDryRun: Bool = false, isPartial: Bool = false,
        stages: [StageStatus] = [], summary: RunSummary? = nil
    ) {
        self.id = id
        self.trigger = trigger
        self.started = started
        self.finished = finished
        self.outcome = outcome
        self.revision = revision
        self.policyDigest = policyDigest
        self.observedDigest = observedDigest
        self.isDryRun = isDryRun
        self.isPartial = isPartial
        self.stages = stages
        self.summary = summary
    }
}

/// What a run found, in figures.
package struct RunSummary: Hashable, Sendable {
    package var resources: Int
    /// Failing findings, exempt ones left out, by severity.
    package var failing: [Severity: Int]
    package var unknown: Int
    package var exempt: Int
    /// Monthly dollars that failing findings put at stake.
    package var atStake: Money?
    /// Monthly dollars that fixing every finding would save.
    package var potentialSavings: Money?
    /// Offered requests that are open after the run.
    package var openRequests: Int

    package init(
        resources: Int, failing: [Severity: Int], unknown: Int, exempt: Int, atStake: Money?, potentialSavings: Money?,
        openRequests: Int = 0
    ) {
        self.resources = resources
        self.failing = failing
        self.unknown = unknown
        self.exempt = exempt
        self.atStake = atStake
        self.potentialSavings = potentialSavings
        self.openRequests = openRequests
    }
}

/// How a workspace stands in the loop.
package struct WorkspaceStatus: Hashable, Sendable {
    package var name: String
    package var isSuspended: Bool
    package var stages: [StageStatus]
    /// The newest revision that was seen.
    package var observedRevision: String?
    /// The newest revision that was reconciled wholly; the one in force.
    package var appliedRevision: String?
    /// The newest request to reconcile at once that was taken up.
    package var lastHandledRequest: String?
    package var lastSuccess: Instant?
    /// When the next attempt begins; nil: none is planned.
    package var next: Instant?
    /// Failures in a row, for the back-off.
    package var failures: Int

    package init(
        name: String, isSuspended: Bool = false, stages: [StageStatus] = [], observedRevision: String? = nil,
        appliedRevision: String? = nil, lastHandledRequest: String? = nil, lastSuccess: Instant? = nil, next: Instant? = nil,
        failures: Int = 0
    ) {
        self.name = name
        self.isSuspended = isSuspended
        self.stages = stages
        self.observedRevision = observedRevision
        self.appliedRevision = appliedRevision
        self.lastHandledRequest = lastHandledRequest
        self.lastSuccess = lastSuccess
        self.next = next
        self.failures = failures
    }

    /// The worst of its stages.
    package var condition: StageStatus.Condition {
        if stages.contains(where: { $0.condition == .stalled }) { return .stalled }
        return stages.allSatisfy { $0.condition == .ready } ? .ready : .reconciling
    }
}
