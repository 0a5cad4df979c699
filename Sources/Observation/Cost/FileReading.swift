import CostModel

/// What became of one file of a bill, besides what its rows add up to.
struct FileReading: Hashable {
    /// On which its charges start.
    var days = DaySet()
    /// Of which its rows count.
    var months: Set<Month> = []
    var rowCount = 0
    /// The costs that it can state, and what to do about the others.
    var costs = StatedCosts.all
    var advice: String?
    /// Whether it states none of the costs that are asked for.
    var isAside = false
    /// All that it states, also where another delivery counts.
    var statedMonths: Set<Month> = []
    /// What people call its format; nil: it is none that can be read.
    var format: String?
    var problems: [ObservationProblem] = []
    /// Costs that some row does not state.
    var unstated: Set<CostBasis> = []
    /// Billing periods that are no calendar months.
    var billingPeriods: [Month: Range<Day>] = [:]
    /// How often each of its rows stands in it, until all files of the bill are compared.
    var distinctRows = DistinctRows()

    /// Why something of it is missing; nil: it is whole.
    var fault: String? { problems.first { $0.severity == .partial }?.message }
    var isPartial: Bool { fault != nil }

    /// From its first charge to its newest one up to a day.
    func span(upTo today: Day) -> ClosedRange<Day>? {
        days.oldest.map { $0...max($0, days.newest(upTo: today) ?? $0) }
    }
}
