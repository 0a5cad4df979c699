/// A currency by its ISO 4217 code.
package struct Currency: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let code: String

    /// Nil unless the code is three capital letters.
    package init?(_ code: String) {
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else { return nil }
        self.code = code
    }

    private init(known code: String) { self.code = code }
    package static let usd = Currency(known: "USD")
    package var description: String { code }
    package static func < (a: Currency, b: Currency) -> Bool { a.code < b.code }
}

/// An exact amount in one currency. Amounts in different currencies are never added.
package struct Money: Hashable, Sendable {
    package var amount: FixedDecimal
    package var currency: Currency

    package init(_ amount: FixedDecimal, _ currency: Currency) {
        self.amount = amount
        self.currency = currency
    }

    package static func zero(_ currency: Currency) -> Money { Money(.zero, currency) }

    /// - Precondition: both have one currency.
    package static func + (a: Money, b: Money) -> Money {
        precondition(a.currency == b.currency, "amounts in different currencies are never added")
        return Money(a.amount + b.amount, a.currency)
    }

    /// `12000 USD`, exactly.
    package var exact: String { "\(amount) \(currency)" }

    /// Of 28 days, the amount of a twelfth of a year: times 365/336.
    package var monthly: Money { scaled(by: 365, over: 336) }
    /// Of a twelfth of a year, the amount of 28 days: times 336/365.
    package var of28Days: Money { scaled(by: 336, over: 365) }

    package func scaled(by numerator: Int128, over denominator: Int128) -> Money {
        Money(amount.scaled(by: numerator, over: denominator), currency)
    }
}
