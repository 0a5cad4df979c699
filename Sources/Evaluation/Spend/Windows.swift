import CostModel

/// The runs of 28 whole days that monthly costs and scores are made of: the newest one, and up to three before that.
///
/// A day is closed when it is a whole UTC day before now, and whole when its rows have arrived. The current window ends with the newest whole
/// day: a day that has not arrived would count as one without spend, and every score would rise. Days that are missing within a window are
/// left out everywhere, and the rest is taken for 28 days.
struct Windows: Hashable, Sendable {
    static let length = 28
    static let mostPast = 3
    /// A window with fewer days that are there says nothing.
    private static let fewest = 14
    /// How late a bill may be for the period of its newest day to be the judged one; of an older bill nobody waits for rows.
    private static let patience = 14

    /// The day that holds now; the first one that is not closed.
    let today: Day
    /// The first day that is not whole.
    let end: Day
    /// How many earlier windows the bill covers: its first charge day is not later than theirs, its last not earlier.
    let pastCount: Int
    /// The days of the windows of which something is missing.
    private let leftOut: Set<Day>
    /// Days behind the newest window without rows, as runs, though later ones have some.
    let holes: [Range<Day>]

    init(now: Instant, bill: CostTable) {
        let today = now.day

        guard let coverage = bill.coverage else {
            self.init(today: today, end: today, bill: bill.days, leftOut: [], holes: [])
            return
        }
        let ends = coverage.sources.compactMap(\.newestWhole).map { min(today, $0.advanced(by: 1)) }
        // A source that stopped long ago holds nobody up: its days are left out.
        let recent = ends.filter { $0.distance(to: today) <= Self.patience }
        let end = recent.min() ?? ends.max() ?? today
        let start = end.advanced(by: -Self.length * (Self.mostPast + 1))
        let first = coverage.firstDay ?? end
        func days(_ days: Range<Day>, where isMeant: (BillCoverage.State) -> Bool) -> [Day] {
            days.filter { day in
                coverage.sources.contains { source in
                    guard let begun = source.firstDay, begun <= day else { return false }
                    return isMeant(source.state(of: day))
                }
            }
        }
        let leftOut = days(max(first, start)..<max(first, end)) { !$0.isKnown }
        let holes = days(end..<max(end, today)) { $0 == .missing }
        self.init(today: today, end: end, bill: bill.days, leftOut: Set(leftOut), holes: [Range<Day>](runsOf: holes))
    }

    private init(today: Day, end: Day, bill: ClosedRange<Day>?, leftOut: Set<Day>, holes: [Range<Day>]) {
        self.today = today
        self.end = end
        self.leftOut = leftOut
        self.holes = holes
        pastCount =
            bill.map { days in
                (1...Self.mostPast).prefix { past in
                    let window = end.advanced(by: -Self.length * (past + 1))..<end.advanced(by: -Self.length * past)
                    return days.lowerBound <= window.lowerBound && days.upperBound >= window.upperBound.advanced(by: -1)
                        && window.count { !leftOut.contains($0) } >= Self.fewest
                }.count
            } ?? 0
    }

    var count: Int { pastCount + 1 }
    var current: Range<Day> { end.advanced(by: -Self.length)..<end }
    /// The days of the windows before the current one that are there, oldest first.
    var earlierDays: [Day] {
        (current.lowerBound.advanced(by: -Self.length * pastCount)..<current.lowerBound).filter { !isLeftOut($0) }
    }
    /// Why sums of 28 days say nothing: more than half of the newest ones are missing. Nil: they do.
    var gap: String? {
        let days = current.filter(isLeftOut)
        guard days.count > Self.length - Self.fewest else { return nil }
        let runs = [Range<Day>](runsOf: days).texts
        let more = runs.count > 3 ? " and \(runs.count - 3) more" : ""
        return "the bill lacks \(days.count) of the 28 days to \(end.advanced(by: -1)): \(runs.prefix(3).joined(separator: ", "))\(more)"
    }
    /// Whether some day of the windows is left out.
    var hasGaps: Bool { !leftOut.isEmpty }
    /// The day whose period budgets judge: the newest whole one, unless the bill stopped long ago.
    var judgedDay: Day { (end.distance(to: today) <= Self.patience ? end : today).advanced(by: -1) }

    /// The days of the windows of which something is missing, as runs.
    var gaps: [Range<Day>] { [Range<Day>](runsOf: leftOut.sorted()) }

    func isLeftOut(_ day: Day) -> Bool { leftOut.contains(day) }

    /// 0 is the current window, 1 the one before it; nil for a day in none that counts.
    func index(of day: Day) -> Int? {
        let age = Int(end.number) - Int(day.number)
        guard age >= 1 else { return nil }
        let index = (age - 1) / Self.length
        return index < count && (leftOut.isEmpty || !leftOut.contains(day)) ? index : nil
    }

    /// What the days of a window that are there cost, taken for all 28.
    func whole(_ amount: FixedDecimal, window: Int) -> FixedDecimal {
        guard !leftOut.isEmpty else { return amount }
        let days = end.advanced(by: -Self.length * (window + 1))..<end.advanced(by: -Self.length * window)
        let there = days.count { !leftOut.contains($0) }
        return there == 0 || there == Self.length ? amount : amount.scaled(by: Int128(Self.length), over: Int128(there))
    }
}
