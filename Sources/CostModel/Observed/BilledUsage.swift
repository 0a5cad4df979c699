/// What single resources used and cost day by day: charges of the category *Usage* only, so that credits, taxes and purchases move nothing.
package struct BilledUsage: Hashable, Sendable {
    /// What a resource was charged for on one day; several rows add.
    package struct BilledDay: Hashable, Sendable {
        package var effective: FixedDecimal
        /// Nil: some row states none, or the rows count in different units.
        package var quantity: FixedDecimal?
        package var unit: String?
        /// The price or the product; nil: none is stated, or the rows differ.
        package var sku: String?

        package init(effective: FixedDecimal, quantity: FixedDecimal? = nil, unit: String? = nil, sku: String? = nil) {
            self.effective = effective
            self.quantity = quantity
            self.unit = unit
            self.sku = sku
        }
    }

    /// By the resource's identifier as billed. A day without an entry has no charge.
    package var series: [String: [Day: BilledDay]]
    /// The first and the last day up to now on which the bill, of whatever resource, has a charge of usage; nil: it has none.
    package var covered: ClosedRange<Day>?
    /// Days in between without any such charge: of them nothing is known.
    package var gaps: Set<Day>

    package init(series: [String: [Day: BilledDay]] = [:], covered: ClosedRange<Day>? = nil, gaps: Set<Day> = []) {
        self.series = series
        self.covered = covered
        self.gaps = gaps
    }
}
