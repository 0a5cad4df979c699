package import CostModel

/// A quarter of the calendar in which ranks begin anew.
package struct Season: Hashable, Sendable, CustomStringConvertible {
    package let year: Int
    /// From 1.
    package let quarter: Int
    package let days: Range<Day>

    package init(of day: Day) {
        let month = day.month
        year = month.year
        quarter = (month.month - 1) / 3 + 1
        let first = Month(year: year, month: (quarter - 1) * 3 + 1)
        days = first.firstDay..<first.advanced(by: 3).firstDay
    }

    package var previous: Season { Season(of: days.lowerBound.advanced(by: -1)) }

    /// `2026-Q4`
    package var description: String { "\(year)-Q\(quarter)" }

    /// The days that count today: those of weeks that are over, and of a season that is over all. Ranks move weekly, never daily.
    package func countedDays(on today: Day) -> Range<Day> {
        let end = today >= days.upperBound ? days.upperBound : max(days.lowerBound, today.monday)
        return days.lowerBound..<end
    }
}
