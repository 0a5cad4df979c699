/// How long a budget's period is.
package enum PeriodLength: String, Hashable, Sendable, CaseIterable {
    case daily, monthly, quarterly, annually
}

/// One period of a budget: a range of whole UTC days, end exclusive.
package struct BudgetPeriod: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var length: PeriodLength
    package var days: Range<Day>
    package var calendar: FiscalCalendar

    /// The period that holds the day.
    package init(_ length: PeriodLength, holding day: Day, in calendar: FiscalCalendar = .gregorian) {
        self.length = length
        self.calendar = calendar
        let year = calendar.yearNumber(holding: day)
        switch length {
        case .daily: days = day..<day.advanced(by: 1)
        case .monthly: days = calendar.period(calendar.index(of: day, in: year, parts: 12, calendar.period), of: year)
        case .quarterly: days = calendar.quarter(calendar.index(of: day, in: year, parts: 4, calendar.quarter), of: year)
        case .annually: days = calendar.year(year)
        }
    }

    /// Reads `2026-12-24`, `2026-12`, `2026-Q4` or `2026`, as the length has it; of fiscal years `FY2026-27-Q4`, `FY2026-27`, and of those in
    /// weeks `FY2026-27-P12`.
    package init?(_ length: PeriodLength, _ text: String, in calendar: FiscalCalendar = .gregorian) {
        let day: Day?
        switch length {
        case .daily: day = Day(text)
        case .monthly where calendar.division == .months: day = Month(text)?.firstDay
        case .monthly: day = Self.part(text, "-P", 12, in: calendar).map { calendar.period($1, of: $0).lowerBound }
        case .quarterly: day = Self.part(text, "-Q", 4, in: calendar).map { calendar.quarter($1, of: $0).lowerBound }
        case .annually: day = calendar.year(named: text[...]).map { calendar.year($0).lowerBound }
        }
        guard let day else { return nil }
        self.init(length, holding: day, in: calendar)
    }

    /// Year and part, from 0, of `2026-Q4` or `FY2026-27-P12`.
    private static func part(_ text: String, _ mark: String, _ count: Int, in calendar: FiscalCalendar) -> (year: Int, index: Int)? {
        guard let at = text.range(of: mark), let year = calendar.year(named: text[..<at.lowerBound]),
            let index = (0..<count).first(where: { text[at.lowerBound...] == mark + number($0, of: count) })
        else { return nil }
        return (year, index)
    }

    /// `4` of four, `04` of twelve.
    private static func number(_ index: Int, of count: Int) -> String { count > 9 && index < 9 ? "0\(index + 1)" : "\(index + 1)" }

    package var previous: BudgetPeriod { BudgetPeriod(length, holding: days.lowerBound.advanced(by: -1), in: calendar) }
    package static func < (a: BudgetPeriod, b: BudgetPeriod) -> Bool { a.days.lowerBound < b.days.lowerBound }

    package var description: String {
        let first = days.lowerBound
        let year = calendar.yearNumber(holding: first)
        switch length {
        case .daily: return "\(first)"
        case .monthly where calendar.division == .months: return "\(first.month)"
        case .monthly:
            return "\(calendar.name(of: year))-P\(Self.number(calendar.index(of: first, in: year, parts: 12, calendar.period), of: 12))"
        case .quarterly:
            return "\(calendar.name(of: year))-Q\(Self.number(calendar.index(of: first, in: year, parts: 4, calendar.quarter), of: 4))"
        case .annually: return calendar.name(of: year)
        }
    }
}

extension StringProtocol {
    /// Where a text stands in it first.
    fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
