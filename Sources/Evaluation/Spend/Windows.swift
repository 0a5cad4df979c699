import CostModel

/// The runs of 28 closed days that monthly costs and scores are made of: the one before now, and up to three before that.
///
/// A day is closed when it is a whole UTC day before now, so the current window ends where now's own day begins.
struct Windows: Hashable, Sendable {
    static let length = 28
    static let mostPast = 3

    /// The day that holds now; the first one that is not closed.
    let today: Day
    /// How many earlier windows the bill covers fully: its first charge day is not later than theirs, its last not earlier.
    let pastCount: Int

    init(now: Instant, bill: ClosedRange<Day>?) {
        today = now.day
        let today = self.today
        pastCount =
            bill.map { days in
                (1...Self.mostPast).prefix { past in
                    days.lowerBound <= today.advanced(by: -Self.length * (past + 1))
                        && days.upperBound >= today.advanced(by: -Self.length * past - 1)
                }.count
            } ?? 0
    }

    var count: Int { pastCount + 1 }
    var current: Range<Day> { today.advanced(by: -Self.length)..<today }

    /// 0 is the current window, 1 the one before it; nil for a day in none that counts.
    func index(of day: Day) -> Int? {
        let age = Int(today.number) - Int(day.number)
        guard age >= 1 else { return nil }
        let index = (age - 1) / Self.length
        return index < count ? index : nil
    }
}
