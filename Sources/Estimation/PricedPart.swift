import CostModel

/// A part of what a resource costs, before its price is looked up.
struct PricedPart: Hashable, Sendable {
    /// One way to ask for its price. The newest published answer counts.
    struct Option: Hashable, Sendable {
        var query: PriceQuery
        /// How many of the list's units there are in one of the part's: 730 where a list states hours and the part counts months.
        var factor = FixedDecimal(1)
        /// As the part's unit is called with this price; nil: as the list calls it.
        var unit: String?
        /// Further prices of which the answer is made, each with how often it counts.
        var further: [Term] = []
        /// By which rule the answer is computed from what the list has; nil: the list has the price itself.
        var rule: String?
    }

    /// Stated numbers that are multiplied: requests by how long one of them lasts.
    struct UsageProduct: Hashable, Sendable {
        var keys: [String]
        /// How many of the part's unit one of the product is.
        var factor: FixedDecimal

        /// Nil: one of them is not stated, or it comes to more than anybody uses.
        func amount(of expected: ExpectedUsage.Values) -> FixedDecimal? {
            let stated = keys.compactMap { expected[$0] }
            guard stated.count == keys.count else { return nil }
            guard stated.reduce(factor.approximation, { $0 * $1.approximation }) < 1e15 else { return nil }
            guard stated.dropLast().reduce(factor.approximation, { $0 * $1.approximation }) < 1e15 else { return nil }
            return stated.reduce(factor) { $0.times($1) }
        }
    }

    /// A price and how often it counts in a sum.
    struct Term: Hashable, Sendable {
        var query: PriceQuery
        var factor: FixedDecimal
    }

    var name: String
    /// Per month; nil: it is not known.
    var quantity: FixedDecimal?
    var unit: String
    var options: [Option]
    var isUsageBased = false
    /// Under which key of a usage file its quantity stands, and how many of those make one of the unit: 1,000,000 requests.
    var usageKey: String?
    var usageScale = 1
    /// What its quantity is the product of, where a usage file says it by several keys.
    var usageProduct: UsageProduct?
    var note: String?
    /// The bill names it by another resource than the code does: an instance's volumes.
    var isBilledApart = false
    /// Why no list is asked for it: its product has no name there.
    var obstacle: String?
    /// Whether it costs nothing, because something else that is paid for as a whole holds it; the note says what.
    var isIncluded = false
    /// What the list has instead, for where it does not have this.
    var remark: String?

    /// What it is the price of, for prices that the workspace's own bill shows.
    var key: PriceQuery? { options.first?.query }
}
