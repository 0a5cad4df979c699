import CostModel

/// What an open period will have cost at its end: the actual to date and, for every day that has not arrived, the mean of that weekday over the
/// last four weeks of the scope.
///
/// What does not come every day is kept apart: a fee, a tax, a credit or a single day far above the others counts where it stands, and again
/// only on the day of the month on which it stood in both of the last two months. Where the spend moved to another level for at least a week,
/// the days since then decide.
struct Forecast: Hashable {
    /// Nil where nothing can be forecast.
    let amount: FixedDecimal?
    /// As the weeks with the least and the most spend would have it; days before the bill begins count in the highest only.
    let low: FixedDecimal?
    let high: FixedDecimal?
    /// `amount` without the days before the bill begins, of which only a guess is known.
    let withoutEarlierDays: FixedDecimal?
    /// How it was made, or why it was not.
    let method: String

    /// - Parameters:
    ///   - days: those of the period.
    ///   - bill: the first and the last charge day of the bill.
    ///   - isKnown: whether a day of the scope is there.
    init(of totals: BudgetTotals, days: Range<Day>, windows: Windows, bill: ClosedRange<Day>?, isKnown: (Day) -> Bool) {
        let history = totals.history
        let first = bill.map { max($0.lowerBound, windows.current.lowerBound) } ?? windows.end
        let billed = (first..<max(first, windows.end)).filter { !windows.isLeftOut($0) }
        guard Set(billed.map(\.weekday)).count == 7 else {
            (amount, low, high, withoutEarlierDays) = (nil, nil, nil, nil)
            method = "no forecast: the bill covers \(billed.count) of the last 28 days, at least a week is needed"
            return
        }
        let own = history.firstDay.map { first in billed.filter { $0 >= first } } ?? billed
        let rate = DailyRate(history, days: own.isEmpty ? billed : own, windows: windows)
        let begin = bill?.lowerBound ?? days.lowerBound
        let open = days.filter { !isKnown($0) }
        let (earlier, rest) = (open.filter { $0 < begin }, open.filter { $0 >= begin })
        let arriving = rest.reduce(totals.actual) { $0 + rate.lacking(on: $1, of: rate.expected(on: $1)) }
        // What was announced for days that have arrived is in the spend already.
        let changes = totals.plan.filter { $0.from >= windows.end }
        let announced = rest.reduce(FixedDecimal.zero) { sum, day in
            changes.reduce(sum) { $1.from <= day ? $0 + $1.perDay.amount : $0 }
        }
        let sum = arriving + announced
        let filled = sum + earlier.reduce(.zero) { $0 + rate.expected(on: $1) }
        // Days of which nothing has arrived go by whole weeks, and of the others only what they lack.
        let begun = rest.filter { rate.hasBegun($0) }
        let fees = rest.reduce(FixedDecimal.zero) { rate.hasBegun($1) ? $0 : $0 + rate.recurring(on: $1) }
        func extreme(_ count: Int, _ share: (Int) -> FixedDecimal) -> FixedDecimal {
            begun.reduce(totals.actual + fees + announced + share(count - begun.count)) { sum, day in
                sum + rate.lacking(on: day, of: share(1) + rate.recurring(on: day))
            }
        }
        amount = filled
        withoutEarlierDays = sum
        low = min(sum, extreme(rest.count, rate.lowest))
        high = max(filled, extreme(open.count, rate.highest))
        let basis = rate.hasEveryWeekday ? "the mean of that weekday" : "the mean"
        method =
            "the actual to date and, for every remaining day, \(basis) over the last \(rate.days.count) days"
            + (changes.isEmpty ? "" : "; with what is announced") + Self.guess(earlier.count)
    }

    private static func guess(_ days: Int) -> String {
        switch days {
        case 0: ""
        case 1: "; 1 day before the bill begins is a guess"
        default: "; \(days) days before the bill begins are a guess"
        }
    }
}

/// What a scope costs on a day, by its own last days.
private struct DailyRate {
    /// The days that decide.
    let days: [Day]
    private let history: SpendHistory
    private let end: Day
    /// Those that run from day to day.
    private let streams: [SpendHistory.Stream]
    /// What runs from day to day, added up; single days far above the others are cut off.
    private let regular: [Day: FixedDecimal]
    private var weekdays: [(sum: FixedDecimal, count: Int)]
    /// By day of the month: what comes once a month.
    private var monthly: [Int: FixedDecimal] = [:]
    /// What comes on the last day of each month, whichever it is.
    private var monthEnd = FixedDecimal.zero
    private let weeks: [(sum: FixedDecimal, days: Int)]

    init(_ history: SpendHistory, days all: [Day], windows: Windows) {
        self.history = history
        end = windows.end
        let streams = SpendHistory.Stream.allCases.filter { stream in
            stream == .usage || all.count { !history.amount(stream, on: $0).isZero } * 2 >= all.count
        }
        self.streams = streams
        func sum(_ day: Day) -> FixedDecimal { streams.reduce(.zero) { $0 + history.amount($1, on: day) } }
        let limit = Self.limit(all.map(sum))
        func cut(_ day: Day) -> FixedDecimal {
            let amount = sum(day)
            guard let limit, amount > limit.highest else { return amount }
            return limit.usual
        }
        regular = Dictionary(all.map { ($0, cut($0)) }, uniquingKeysWith: { first, _ in first })
        let kept = regular
        days = Self.sinceStep(all) { kept[$0] ?? .zero }
        weekdays = Array(repeating: (.zero, 0), count: 7)
        for day in days {
            weekdays[day.weekday].sum += kept[day] ?? .zero
            weekdays[day.weekday].count += 1
        }
        weeks = Self.weeks(all, kept)
        // What stands apart, on two days that are a month apart.
        func apart(_ day: Day) -> FixedDecimal {
            let others = SpendHistory.Stream.allCases.filter { !streams.contains($0) }
            return others.reduce(sum(day) - cut(day)) { $0 + history.amount($1, on: day) }
        }
        for day in end.advanced(by: -31)..<end {
            let (year, month, number) = day.components
            let own = Month(year: year, month: month)
            let before = own.advanced(by: -1)
            let now = apart(day)
            func came(on number: Int) -> Bool {
                let then = apart(before.firstDay.advanced(by: number - 1))
                return !now.isZero && !then.isZero && now.isNegative == then.isNegative
            }
            if number == own.dayCount, came(on: before.dayCount) {
                monthEnd = now
            } else if number <= before.dayCount, came(on: number) {
                monthly[number] = now
            }
        }
    }

    var hasEveryWeekday: Bool { weekdays.allSatisfy { $0.count > 0 } }

    func recurring(on day: Day) -> FixedDecimal {
        let (year, month, number) = day.components
        return (monthly[number] ?? .zero) + (number == Month(year: year, month: month).dayCount ? monthEnd : .zero)
    }

    func expected(on day: Day) -> FixedDecimal {
        let rate =
            if hasEveryWeekday {
                weekdays[day.weekday].sum.scaled(by: 1, over: Int128(weekdays[day.weekday].count))
            } else {
                weekdays.reduce(FixedDecimal.zero) { $0 + $1.sum }.scaled(by: 1, over: Int128(max(1, days.count)))
            }
        return rate + recurring(on: day)
    }

    /// What is still to come of a day of which so much is expected: what has arrived of it is in the actual already. More than was expected stays; where
    /// credits are worth more than what is used, nobody can tell which of both is lacking.
    func lacking(on day: Day, of expected: FixedDecimal) -> FixedDecimal {
        let lacking = expected - arrived(on: day)
        return expected.isNegative ? lacking : max(.zero, lacking)
    }

    func hasBegun(_ day: Day) -> Bool { !arrived(on: day).isZero }

    /// What there is of what was expected: of what runs from day to day all, of what comes once a month no more than it is.
    private func arrived(on day: Day) -> FixedDecimal {
        let daily = streams.reduce(FixedDecimal.zero) { $0 + history.amount($1, on: day) }
        let apart = SpendHistory.Stream.allCases.reduce(FixedDecimal.zero) { sum, stream in
            streams.contains(stream) ? sum : sum + history.amount(stream, on: day)
        }
        let fee = recurring(on: day)
        return daily + (fee.isNegative ? max(fee, min(.zero, apart)) : min(fee, max(.zero, apart)))
    }

    /// What has cost something for less than a week may cost nothing from now on.
    func lowest(of count: Int) -> FixedDecimal { !hasEveryWeekday ? .zero : weeks.map { Self.share($0, of: count) }.min() ?? .zero }
    func highest(of count: Int) -> FixedDecimal { weeks.map { Self.share($0, of: count) }.max() ?? .zero }

    private static func share(_ week: (sum: FixedDecimal, days: Int), of count: Int) -> FixedDecimal {
        week.sum.scaled(by: Int128(count), over: Int128(week.days))
    }

    /// Weeks back from the newest day; single days where there are not two weeks.
    private static func weeks(_ days: [Day], _ amounts: [Day: FixedDecimal]) -> [(sum: FixedDecimal, days: Int)] {
        let length = days.count >= 14 ? 7 : 1
        return (1...max(1, days.count / length)).compactMap { number in
            guard number * length <= days.count else { return nil }
            let week = days[(days.count - number * length)..<(days.count - (number - 1) * length)]
            return (week.reduce(.zero) { $0 + (amounts[$1] ?? .zero) }, length)
        }
    }

    /// More than four times the median is no usual day, if there are few of them; it then counts as one.
    private static func limit(_ amounts: [FixedDecimal]) -> (highest: FixedDecimal, usual: FixedDecimal)? {
        guard amounts.count >= 7 else { return nil }
        let median = amounts.sorted()[amounts.count / 2]
        let highest = median.scaled(by: 4, over: 1)
        let count = amounts.count { $0 > highest }
        return median > .zero && count > 0 && count <= max(1, amounts.count / 14) ? (highest, median) : nil
    }

    /// The days since the spend moved to another level: every one of at least seven is a quarter above, or a fifth below, all days before.
    private static func sinceStep(_ days: [Day], _ amount: (Day) -> FixedDecimal) -> [Day] {
        let amounts = days.map(amount)
        for count in stride(from: 7, through: days.count - 7, by: 1) {
            let (old, new) = (amounts.dropLast(count), amounts.suffix(count))
            guard let lowOld = old.min(), let highOld = old.max(), let lowNew = new.min(), let highNew = new.max() else { continue }
            let isAbove = lowNew > .zero && lowNew.scaled(by: 4, over: 5) > highOld
            let isBelow = lowOld > .zero && highNew < lowOld.scaled(by: 4, over: 5)
            if isAbove || isBelow { return Array(days.suffix(count)) }
        }
        return days
    }
}
