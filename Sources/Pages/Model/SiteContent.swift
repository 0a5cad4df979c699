package import CostModel
package import Game
package import Reporting

/// Everything that the pages show, as values: of an evaluation, of what a ledger remembers, or of both. What is not known is nil or empty, and
/// the pages then say so or leave the part out.
package struct SiteContent: Sendable {
    package var workspace: String
    package var context: ReportContext
    package var currency: Currency
    package var toolVersion: String
    /// In the order of the leaderboard.
    package var teams: [Scorecard] = []
    /// Why nobody is scored; nil: that is told team by team.
    package var unscored: String?
    /// Effective cost of 28 days that belongs to nobody.
    package var unowned: Money?
    /// In the order in which they are shown: the most severe first, then the most money.
    package var findings: [FindingEntry] = []
    /// The newest first.
    package var fixed: [FindingEntry] = []
    package var overview: SpendOverview?
    /// By day, team and service.
    package var costs: [DailyCost] = []
    package var budgets: [BudgetEntry] = []
    package var exemptions: [ExemptionEntry] = []
    /// By each policy about commitments; nil: the bill was not read.
    package var commitments: [CommitmentEntry]?
    /// Nil: no code was read.
    package var references: ResourceGraph?
    /// What a plan offers; the most valuable first.
    package var changes: [Plan.Change] = []
    /// The newest first.
    package var requests: [RequestRecord] = []
    package var savings: [SavingsRecord] = []
    /// By team and day.
    package var scores: [ScoreDay] = []
    package var badges: [Badge] = []
    /// In the newest 28 days; nil: nothing is remembered.
    package var prevented: PreventedFindings?
    /// What branches had on their way and did not bring; nil: nobody has looked.
    package var caught: CaughtFindings?
    /// Campaigns and seasons; nil: nobody knows which there are, or nothing is remembered.
    package var game: SiteGame?
    package var problems: [Problem] = []
    package var code: CodeLinks?
    /// Whether a ledger was read: without one nothing is known of the past.
    package var hasHistory = false
    /// Whether a server shows it, which can be asked for more than one page of a kind.
    package var isServed = false

    package init(workspace: String, context: ReportContext, currency: Currency, toolVersion: String) {
        self.workspace = workspace
        self.context = context
        self.currency = currency
        self.toolVersion = toolVersion
    }

    private var wholeCostDays: ClosedRange<Day>?

    /// The first and the last day that has costs in the site's currency; of a part of a site those of the whole.
    var costDays: ClosedRange<Day>? {
        get {
            if let wholeCostDays { return wholeCostDays }
            guard let first = costs.first(where: { $0.amount.currency == currency }),
                let last = costs.last(where: { $0.amount.currency == currency })
            else { return nil }
            return first.day...max(first.day, last.day)
        }
        set { wholeCostDays = newValue }
    }

    package var today: Day { context.evaluatedAt.day }

    /// What was caught in the newest 28 days.
    var caughtOfLate: CaughtFindings.Count? {
        caught?.count(in: today.advanced(by: -PreventedPage.days)..<today.advanced(by: 1))
    }
}

/// A finding, from an evaluation or as a ledger remembers it.
package struct FindingEntry: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case open
        /// Failing, and accepted in the baseline.
        case baseline
        case unknown, error, exempt, shadow, fixed
        /// A person closed the request that would have fixed it.
        case dismissed
    }

    package var id: String
    package var policy: String
    package var rule: String
    package var status: Status
    package var severity: Severity
    package var team: String?
    /// `root:address`; nil for a budget.
    package var resource: String?
    package var place: Place?
    package var message: String
    /// In a month; nil: not known.
    package var atStake: Money?
    package var monthlySavings: Money?
    package var firstSeen: Day?
    package var due: Day?
    package var fixed: Day?
    /// A commit.
    package var fixedBy: String?
    /// Whether a plan fixes it.
    package var isFixable = false

    package init(
        id: String, policy: String, rule: String, status: Status, severity: Severity, team: String?, resource: String?, place: Place?,
        message: String, atStake: Money?, monthlySavings: Money? = nil
    ) {
        self.id = id
        self.policy = policy
        self.rule = rule
        self.status = status
        self.severity = severity
        self.team = team
        self.resource = resource
        self.place = place
        self.message = message
        self.atStake = atStake
        self.monthlySavings = monthlySavings
    }

    /// Whether it was first seen within the last seven days.
    package func isNew(on today: Day) -> Bool { firstSeen.map { $0.distance(to: today) < 7 } ?? false }
    package func isOverdue(on today: Day) -> Bool { due.map { $0 < today } ?? false }
}

/// How commitments did in the newest month that is whole, by a policy's rules.
package struct CommitmentEntry: Hashable, Sendable {
    package var policy: String
    /// Nil: the bill holds no whole month.
    package var statement: CommitmentStatement?
    package var proposals: [CommitmentProposal]

    package init(policy: String, statement: CommitmentStatement?, proposals: [CommitmentProposal] = []) {
        self.policy = policy
        self.statement = statement
        self.proposals = proposals
    }
}

package struct ExemptionEntry: Hashable, Sendable {
    package var name: String
    package var standing: ExemptionStatus
    package var reason: String
    package var approvedBy: String
    package var expires: Day
    /// Nil: only a ledger remembers it.
    package var place: Place?
    package var covered: Int
    package var returning: Int
    /// What counts again when it ends, in a month; nil: not known.
    package var returningStake: Money?

    package init(
        name: String, standing: ExemptionStatus, reason: String, approvedBy: String, expires: Day, place: Place?, covered: Int,
        returning: Int, returningStake: Money?
    ) {
        self.name = name
        self.standing = standing
        self.reason = reason
        self.approvedBy = approvedBy
        self.expires = expires
        self.place = place
        self.covered = covered
        self.returning = returning
        self.returningStake = returningStake
    }
}
