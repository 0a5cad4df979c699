/// A finding's life over many evaluations.
///
/// A finding opens and closes after two consecutive evaluations that agree, so that one odd reading moves no score. An evaluation that
/// could not observe everything never counts as one in which a finding was gone.
package struct FindingLife: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// Seen in one evaluation.
        case appearing
        case open
        /// Open, and missing in the last evaluation.
        case disappearing
        case fixed
    }

    package var id: String
    package var policy: PolicyReference
    package var rule: String
    /// Failing or unknown.
    package var verdict: Verdict
    package var severity: Severity
    package var team: String?
    /// `root:address`; nil for a budget.
    package var resource: String?
    package var subject: String?
    package var message: String
    package var state: State
    package var firstSeen: Instant
    package var lastSeen: Instant
    /// The first of the evaluations that opened it, the last time it opened; nil before.
    package var opened: Instant?
    /// When its verdict became *unknown*; nil while it is not.
    package var unknownSince: Instant?
    /// The first evaluation without it; nil while it is there. One that was fixed and appears again keeps it until it is open again.
    package var missedSince: Instant?
    package var fixed: Instant?
    /// The commit at which it was first missing, or the merged change that fixed it.
    package var fixedBy: String?
    /// How often it came back after it was fixed.
    package var reopened: Int
    /// The day by which its policy wants it fixed; nil: the policy does not say, or an exemption lifted it.
    package var due: Day?
    package var isExempt: Bool
    /// In 28 days.
    package var atStake: Money
    package var monthlySavings: Money?

    package init(
        id: String, policy: PolicyReference, rule: String, verdict: Verdict, severity: Severity, team: String?, resource: String?,
        subject: String?, message: String, state: State, firstSeen: Instant, lastSeen: Instant, opened: Instant? = nil,
        unknownSince: Instant? = nil, missedSince: Instant? = nil, fixed: Instant? = nil, fixedBy: String? = nil, reopened: Int = 0,
        due: Day? = nil, isExempt: Bool = false, atStake: Money, monthlySavings: Money? = nil
    ) {
        self.id = id
        self.policy = policy
        self.rule = rule
        self.verdict = verdict
        self.severity = severity
        self.team = team
        self.resource = resource
        self.subject = subject
        self.message = message
        self.state = state
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.opened = opened
        self.unknownSince = unknownSince
        self.missedSince = missedSince
        self.fixed = fixed
        self.fixedBy = fixedBy
        self.reopened = reopened
        self.due = due
        self.isExempt = isExempt
        self.atStake = atStake
        self.monthlySavings = monthlySavings
    }
}
