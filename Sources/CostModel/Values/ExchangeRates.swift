/// What currencies were worth on each day: reference rates, as the European Central Bank publishes them.
///
/// A rate is how much of a currency one euro buys. There is one for each working day; on a day on which the central banks' payment system is
/// closed, that of the working day before holds. A working day without a rate has none: what another day's rate would say of it is a guess.
package struct ExchangeRates: Hashable, Sendable {
    /// The currency against which all rates are stated.
    package static let base = Currency("EUR")!

    private var rates: [Currency: [Day: FixedDecimal]] = [:]

    package init() {}

    package var isEmpty: Bool { rates.isEmpty }

    /// Every rate, in no order.
    package func forEach(_ body: (Currency, Day, FixedDecimal) -> Void) {
        for (currency, days) in rates { for (day, rate) in days { body(currency, day, rate) } }
    }

    /// What was stated for a day itself.
    package func stated(_ currency: Currency, on day: Day) -> FixedDecimal? { rates[currency]?[day] }

    /// - Precondition: the rate is above zero.
    package mutating func set(_ currency: Currency, on day: Day, to rate: FixedDecimal) {
        precondition(rate > .zero, "a rate is above zero")
        rates[currency, default: [:]][day] = rate
    }

    /// How much of a currency one euro buys on a day; nil: nobody says.
    package func rate(of currency: Currency, on day: Day) -> FixedDecimal? {
        guard currency != Self.base else { return FixedDecimal(1) }
        guard let days = rates[currency] else { return nil }
        var day = day
        // The longest closure is that of Easter, four days.
        while days[day] == nil, day.isTargetClosed { day = day.advanced(by: -1) }
        return days[day]
    }

    /// What turns amounts of one currency into another on a day: multiplied by the first and divided by the second.
    package func factor(from source: Currency, into target: Currency, on day: Day) -> ExchangeFactor? {
        guard let source = rate(of: source, on: day), let target = rate(of: target, on: day) else { return nil }
        return ExchangeFactor(numerator: target, denominator: source)
    }
}

/// A ratio of two rates. It is kept as both: most ratios are no decimal number.
package struct ExchangeFactor: Hashable, Sendable {
    let numerator: FixedDecimal
    let denominator: FixedDecimal

    fileprivate init(numerator: FixedDecimal, denominator: FixedDecimal) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// What undoes a multiplication by a rate; nil: the rate is not above zero.
    package init?(dividingBy rate: FixedDecimal) {
        guard rate > .zero else { return nil }
        self.init(numerator: FixedDecimal(1), denominator: rate)
    }

    /// The amount in the other currency, rounded half to even in the 18th digit; nil where that is more than a limit.
    ///
    /// - Parameter limit: at most a 4,096th of what can be held.
    package func converted(_ amount: FixedDecimal, limit: UInt128) -> FixedDecimal? {
        // Bounds the quotient from above; where it would be tight, the exact product decides.
        let (high, low) = amount.raw.magnitude.multipliedFullWidth(by: numerator.raw.magnitude)
        guard high < denominator.raw.magnitude else { return nil }
        let quotient = denominator.raw.magnitude.dividingFullWidth((high, low)).quotient
        return quotient < limit ? amount.scaled(by: numerator.raw, over: denominator.raw) : nil
    }
}

extension Day {
    /// Whether the euro's payment system is closed, and no reference rate is published: weekends, New Year, Good Friday, Easter Monday, the
    /// first of May, and the 25th and 26th of December, as the European Central Bank has it since 2002.
    var isTargetClosed: Bool {
        let (year, month, day) = components
        if weekday >= 5 { return true }
        if [(1, 1), (5, 1), (12, 25), (12, 26)].contains(where: { $0 == (month, day) }) { return true }
        let easter = Day.easter(of: year)
        return self == easter.advanced(by: -2) || self == easter.advanced(by: 1)
    }

    /// Easter Sunday of the Gregorian calendar: the algorithm of Butcher's Ecclesiastical Calendar (1876), after Meeus, *Astronomical
    /// Algorithms*, chapter 8.
    static func easter(of year: Int) -> Day {
        let (century, inCentury, golden) = (year / 100, year % 100, year % 19)
        let epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30
        let weekday = (32 + 2 * (century % 4) + 2 * (inCentury / 4) - epact - inCentury % 4) % 7
        let correction = (golden + 11 * epact + 22 * weekday) / 451
        let number = epact + weekday - 7 * correction + 114
        return Day(year: year, month: number / 31, day: number % 31 + 1)
    }
}
