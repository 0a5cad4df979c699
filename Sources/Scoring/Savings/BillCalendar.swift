import CostModel

/// The days of a bill that can be compared: closed, settled, and not missing as a whole.
struct BillCalendar {
    let first: Day
    /// Not before the first.
    let last: Day
    private let gaps: Set<Day>

    /// Nil where there is no such day.
    init?(_ usage: BilledUsage, today: Day) {
        guard let covered = usage.covered else { return nil }
        first = covered.lowerBound
        last = min(covered.upperBound.advanced(by: -BeforeAndAfter.settling), today.advanced(by: -1))
        gaps = usage.gaps
        guard first <= last else { return nil }
    }

    func days(in range: Range<Day>) -> [Day] {
        let clamped = range.clamped(to: first..<last.advanced(by: 1))
        return clamped.filter { !gaps.contains($0) }
    }

    /// As many as a side may have.
    func days(before day: Day) -> [Day] { days(in: day.advanced(by: -BeforeAndAfter.most)..<day) }
    func days(from day: Day) -> [Day] { days(in: day..<day.advanced(by: BeforeAndAfter.most)) }
}
