/// What each team spends itself, what it gives away and what it is given, by the workspace's allocations.
package struct Showback: Hashable, Sendable {
    /// What the bill is added up by beside teams.
    package enum Unit: String, Hashable, Sendable, CaseIterable {
        case day, month

        package func text(of day: Day) -> String { self == .day ? "\(day)" : "\(day.month)" }
    }

    /// One team's part of what an allocation divides.
    package struct Share: Hashable, Sendable {
        package var allocation: String
        /// Whose it was; nil: nobody's.
        package var giver: String?
        package var receiver: String
        /// `2026-10`, `2026-10-31`; nil: all days.
        package var time: String?
        package var amount: FixedDecimal

        package init(allocation: String, giver: String?, receiver: String, time: String?, amount: FixedDecimal) {
            self.allocation = allocation
            self.giver = giver
            self.receiver = receiver
            self.time = time
            self.amount = amount
        }
    }

    package struct Row: Hashable, Sendable {
        package var time: String?
        /// Nil: nobody's.
        package var team: String?
        /// What the team owns of the bill.
        package var direct = FixedDecimal.zero
        /// What allocations took from it, and gave to it.
        package var given = FixedDecimal.zero
        package var received = FixedDecimal.zero
        package var total: FixedDecimal { direct - given + received }

        package init(time: String?, team: String?) {
            self.time = time
            self.team = team
        }
    }

    /// What was to be divided and could not be: it stays where it was.
    package struct Undivided: Hashable, Sendable {
        package var allocation: String
        package var month: Month
        package var amount: FixedDecimal
        package var reason: String

        package init(allocation: String, month: Month, amount: FixedDecimal, reason: String) {
            self.allocation = allocation
            self.month = month
            self.amount = amount
            self.reason = reason
        }
    }

    /// A metric that lacks days of a month by which something is divided: the others decide.
    package struct Gap: Hashable, Sendable {
        package var metric: String
        package var month: Month
        package var days: Int
        package var daysInAll: Int

        package init(metric: String, month: Month, days: Int, daysInAll: Int) {
            self.metric = metric
            self.month = month
            self.days = days
            self.daysInAll = daysInAll
        }
    }

    package var currency: Currency
    package var unit: Unit?
    /// Of the days that were counted; nil: there is none.
    package var days: Range<Day>?
    /// By time, teams by name, and what is nobody's last.
    package var rows: [Row]
    package var shares: [Share]
    package var undivided: [Undivided]
    package var gaps: [Gap] = []
    /// How many of the days are there; nil where nobody knows.
    package var coverage: DayCoverage?
    /// The same by the time of rows; empty where they have none.
    package var coverages: [String: DayCoverage] = [:]

    /// How many of the days of a row are there.
    package func coverage(of row: Row) -> DayCoverage? { row.time.flatMap { coverages[$0] } ?? coverage }

    package init(
        currency: Currency, unit: Unit?, days: Range<Day>?, rows: [Row], shares: [Share], undivided: [Undivided], coverage: DayCoverage?
    ) {
        self.currency = currency
        self.unit = unit
        self.days = days
        self.rows = rows
        self.shares = shares
        self.undivided = undivided
        self.coverage = coverage
    }
}
