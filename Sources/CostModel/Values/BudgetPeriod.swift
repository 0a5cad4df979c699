/// How long a budget's period is.
package enum PeriodLength: String, Hashable, Sendable, CaseIterable {
    case daily, monthly, quarterly, annually
}

/// One period of a budget: a range of whole UTC days, end exclusive.
package struct BudgetPeriod: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var length: PeriodLength
    package var days: Range<Day>

    /// The period that holds the day.
    package init(_ length: PeriodLength, holding day: Day) {
        self.length = length
        let month = day.month
        switch length {
        case .daily: days = day..<day.advanced(by: 1)
        case .monthly: days = month.days
        case .quarterly:
            let first = Month(year: month.year, month: (month.month - 1) / 3 * 3 + 1)
            days = first.firstDay..<first.advanced(by: 3).firstDay
        case .annually: days = Month(year: month.year, month: 1).firstDay..<Month(year: month.year + 1, month: 1).firstDay
        }
    }

    /// Reads `2026-12-24`, `2026-12`, `2026-Q4` or `2026`, as the length has it.
    package init?(_ length: PeriodLength, _ text: String) {
        let day: Day?
        switch length {
        case .daily: day = Day(text)
        case .monthly: day = Month(text)?.firstDay
        case .quarterly:
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[1].count == 2, parts[1].first == "Q", let quarter = Int(parts[1].dropFirst()),
                (1...4).contains(quarter)
            else { return nil }
            day = Day("\(parts[0])-01-01").map { Month(year: $0.month.year, month: quarter * 3 - 2).firstDay }
        case .annually: day = text.utf8.count == 4 ? Day("\(text)-01-01") : nil
        }
        guard let day else { return nil }
        self.init(length, holding: day)
    }

    package var previous: BudgetPeriod { BudgetPeriod(length, holding: days.lowerBound.advanced(by: -1)) }
    package static func < (a: BudgetPeriod, b: BudgetPeriod) -> Bool { a.days.lowerBound < b.days.lowerBound }

    package var description: String {
        let month = days.lowerBound.month
        switch length {
        case .daily: return "\(days.lowerBound)"
        case .monthly: return "\(month)"
        case .quarterly: return "\(month.description.prefix(4))-Q\((month.month + 2) / 3)"
        case .annually: return String(month.description.prefix(4))
        }
    }
}
