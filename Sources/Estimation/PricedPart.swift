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
    var note: String?
    /// The bill names it by another resource than the code does: an instance's volumes.
    var isBilledApart = false
    /// Why no list is asked for it: its product has no name there.
    var obstacle: String?
    /// Whether it costs nothing, because something else that is paid for as a whole holds it; the note says what.
    var isIncluded = false
    /// What the list has instead, for where it does not have this.
    var remark: String?

    /// The same, without a quantity that nobody has.
    var counted: PricedPart {
        guard let quantity, quantity.isTooMuchToUse else { return self }
        var part = self
        part.quantity = nil
        part.obstacle = "there would be more of it than \(FixedDecimal.mostUsed.rounded(to: 0))"
        return part
    }

    /// What it is the price of, for prices that the workspace's own bill shows.
    var key: PriceQuery? { options.first?.query }
}
