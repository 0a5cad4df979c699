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
    var note: String?
    /// The bill names it by another resource than the code does: an instance's volumes.
    var isBilledApart = false
    /// Why no list is asked for it: its product has no name there.
    var obstacle: String?

    /// What it is the price of, for prices that the workspace's own bill shows.
    var key: PriceQuery? { options.first?.query }
}
