package import CostModel
package import Game

/// A week or a month that is over.
package struct ReportSpan: Hashable, Sendable {
    package enum Length: String, Hashable, Sendable { case week, month }

    package var length: Length
    package var days: Range<Day>

    /// The newest one that is over.
    package init(_ length: Length, before today: Day) {
        self.length = length
        switch length {
        case .week: days = today.monday.advanced(by: -7)..<today.monday
        case .month: days = today.month.advanced(by: -1).firstDay..<today.month.firstDay
        }
    }

    /// `the week of 2026-10-26`, `2026-10`
    package var title: String { length == .week ? "the week of \(days.lowerBound)" : "\(days.lowerBound.month)" }

    /// As long, and just before it.
    package var before: Range<Day> { ReportSpan(length, before: days.lowerBound).days }

    /// As `--period` takes it.
    package var period: String { "\(days.lowerBound)..\(days.upperBound.advanced(by: -1))" }
}

/// What `report --weekly` and `--monthly` say of a span: of the whole, and of each team.
package struct PeriodReport: Report {
    package var context: ReportContext
    package var workspace: String
    package var span: ReportSpan
    package var currency: Currency
    /// The whole first, then teams by name; of one team alone where that was asked for.
    package var sections: [PeriodSection]
    package var problems: [Problem]
    /// Whether texts are written into CSV so that no spreadsheet takes one for a formula.
    package var isGuarded = true

    package init(
        context: ReportContext, workspace: String, span: ReportSpan, currency: Currency, sections: [PeriodSection], problems: [Problem]
    ) {
        self.context = context
        self.workspace = workspace
        self.span = span
        self.currency = currency
        self.sections = sections
        self.problems = problems.sorted()
    }
}

/// What there is to say about a span, of a team or of the whole. Messages say the same lines (`lines`).
package struct PeriodSection: Hashable, Sendable {
    package enum Spend: Hashable, Sendable {
        /// - Parameter before: in the span before; nil: not known.
        case known(Money, before: Money?)
        case unknown(String)
    }

    /// A team whose score moved, and what moved it most.
    package struct Mover: Hashable, Sendable {
        package var team: String
        package var points: Points
        package var why: Scorecard.Movement?

        package init(team: String, points: Points, why: Scorecard.Movement?) {
            self.team = team
            self.points = points
            self.why = why
        }
    }

    /// How many findings opened and were fixed.
    package struct Movements: Hashable, Sendable {
        package var opened: Int
        package var fixed: Int

        package init(opened: Int, fixed: Int) {
            self.opened = opened
            self.fixed = fixed
        }
    }

    package struct Ending: Hashable, Sendable {
        package var exemption: String
        package var day: Day

        package init(exemption: String, day: Day) {
            self.exemption = exemption
            self.day = day
        }
    }

    /// A finding to begin with.
    package struct Step: Hashable, Sendable {
        package var finding: String
        package var message: String
        /// In a month; nil: not known.
        package var atStake: Money?
        package var command: String { "bursar explain \(finding)" }

        package init(finding: String, message: String, atStake: Money?) {
            self.finding = finding
            self.message = message
            self.atStake = atStake
        }
    }

    /// Nil: the whole.
    package var team: String?
    package var spend: Spend
    /// In the period that is judged.
    package var budgets: [BudgetStatus] = []
    /// This month's, of the whole bill; nil: of a team, or there is none.
    package var month: BudgetStatus?
    /// Of a team.
    package var card: Scorecard?
    /// Nil: there is no ledger.
    package var findings: Movements?
    package var prevented: PreventedFindings?
    /// What branches had on their way and did not bring; nil: nobody has looked.
    package var caught: CaughtFindings.Count?
    /// In a month, by how many merged changes; nil: there is no ledger, or nothing was measured.
    package var verified: Money?
    package var verifiedChanges = 0
    package var hasHistory = false
    /// The best three by rank: nobody's last place is shown to others.
    package var best: [Scorecard] = []
    package var mostImproved: Mover?
    package var movers: [Mover] = []
    package var endings: [Ending] = []
    /// Of the campaigns that run, or ended in the span.
    package var campaigns: [CampaignProgress] = []
    /// Who leads the season, and of a team where it is; nil: not known.
    package var season: String?
    package var next: [Step] = []
    package var statement: SpendStatement?

    package init(team: String?, spend: Spend) {
        self.team = team
        self.spend = spend
    }
}
