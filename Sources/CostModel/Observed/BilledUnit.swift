/// What one resource was charged for one thing, added up over the newest 28 days of the bill: charges of usage at on-demand prices only.
package struct BilledUnit: Hashable, Sendable {
    /// The price, else the product; nil: the bill states none.
    package var sku: String?
    /// `Hours`; nil: the bill counts nothing.
    package var unit: String?
    /// Contracted cost, so that negotiated discounts count.
    package var cost: FixedDecimal
    /// In the unit; nil: some row does not say it.
    package var quantity: FixedDecimal?
    /// On how many days it was charged.
    package var days: Int

    package init(sku: String?, unit: String?, cost: FixedDecimal, quantity: FixedDecimal?, days: Int) {
        self.sku = sku
        self.unit = unit
        self.cost = cost
        self.quantity = quantity
        self.days = days
    }
}
