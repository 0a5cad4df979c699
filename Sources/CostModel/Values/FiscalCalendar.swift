/// How the days of a year are divided into the periods of budgets.
package struct FiscalCalendar: Hashable, Sendable {
    package enum Division: String, Hashable, Sendable, CaseIterable {
        /// Calendar months; a year begins with one of them.
        case months
        /// Whole weeks: each quarter has periods of four, four and five of them.
        case weeks = "4-4-5"
    }

    package enum Weekday: String, Hashable, Sendable, CaseIterable {
        case monday, tuesday, wednesday, thursday, friday, saturday, sunday

        /// As `Day.weekday` counts.
        fileprivate var number: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// The calendar's own years, quarters and months.
    package static let gregorian = FiscalCalendar()

    /// The month with which a year begins, from 1; of years in weeks the first of them is the one whose first day is nearest to that of this month.
    package var startMonth: Int
    package var division: Division
    /// The first day of each week.
    package var weekStart: Weekday

    package init(startMonth: Int = 1, division: Division = .months, weekStart: Weekday = .sunday) {
        precondition((1...12).contains(startMonth), "a year has twelve months")
        self.startMonth = startMonth
        self.division = division
        // Where nothing counts weeks, their start sets no two calendars apart.
        self.weekStart = division == .weeks ? weekStart : .sunday
    }

    /// The days of a year.
    ///
    /// - Parameter number: of the calendar year in which its first month begins.
    func year(_ number: Int) -> Range<Day> { firstDay(of: number)..<firstDay(of: number + 1) }

    /// The number of the year that holds a day.
    func yearNumber(holding day: Day) -> Int {
        let number = day.components.year
        if day < firstDay(of: number) { return number - 1 }
        return day < firstDay(of: number + 1) ? number : number + 1
    }

    /// The weekday nearest to the first of the month: three days before it at most, and three behind.
    private func firstDay(of year: Int) -> Day {
        let first = Month(year: year, month: startMonth).firstDay
        guard division == .weeks else { return first }
        let since = (first.weekday - weekStart.number + 7) % 7
        return first.advanced(by: since <= 3 ? -since : 7 - since)
    }

    private static let weeks = [4, 4, 5]
    private static let quarterWeeks = 13

    /// A quarter of a year, from 0. The last one of a year of 53 weeks has 14.
    func quarter(_ index: Int, of year: Int) -> Range<Day> {
        switch division {
        case .months:
            let first = Month(year: year, month: startMonth).advanced(by: 3 * index)
            return first.firstDay..<first.advanced(by: 3).firstDay
        case .weeks:
            let days = self.year(year)
            let first = days.lowerBound.advanced(by: 7 * Self.quarterWeeks * index)
            return first..<(index == 3 ? days.upperBound : first.advanced(by: 7 * Self.quarterWeeks))
        }
    }

    /// A twelfth of a year, from 0. The last one of a year of 53 weeks has six.
    func period(_ index: Int, of year: Int) -> Range<Day> {
        switch division {
        case .months: return Month(year: year, month: startMonth).advanced(by: index).days
        case .weeks:
            let quarter = quarter(index / 3, of: year)
            let before = Self.weeks.prefix(index % 3).reduce(0, +)
            let first = quarter.lowerBound.advanced(by: 7 * before)
            return first..<(index % 3 == 2 ? quarter.upperBound : first.advanced(by: 7 * Self.weeks[index % 3]))
        }
    }

    /// Which of the parts of a year, from 0, holds a day of it.
    func index(of day: Day, in year: Int, parts count: Int, _ part: (Int, Int) -> Range<Day>) -> Int {
        (0..<count).first { part($0, year).contains(day) } ?? 0
    }

    /// What a year is called: `2026`, `FY2026`, or `FY2026-27` where it ends in another calendar year than it begins.
    func name(of year: Int) -> String {
        if self == .gregorian { return padded(year) }
        return startMonth == 1 ? "FY\(padded(year))" : "FY\(padded(year))-\(padded(year + 1).suffix(2))"
    }

    /// The year of a name.
    func year(named text: Substring) -> Int? {
        let digits = self == .gregorian ? text : text.dropFirst(2)
        guard let year = Int(digits.prefix(4)), (1...9998).contains(year), name(of: year) == text else { return nil }
        return year
    }

    private func padded(_ year: Int) -> String { Month(year: year, month: 1).description.prefix(4).description }
}
