/// The finest part of a bill that is judged by itself: a team's cost of one SKU in one account and region.
///
/// Resources are no leaves: their ids change with every scaling. They are looked up when a leaf is unusual.
package struct CostLeaf: Hashable, Comparable, Sendable {
    /// Nil: nobody's.
    package var team: String?
    package var account: String
    package var service: String
    package var region: String
    package var sku: String

    package init(team: String?, account: String, service: String, region: String, sku: String) {
        self.team = team
        self.account = account
        self.service = service
        self.region = region
        self.sku = sku
    }

    package static func < (a: CostLeaf, b: CostLeaf) -> Bool {
        (a.team ?? "", a.account, a.service, a.region, a.sku) < (b.team ?? "", b.account, b.service, b.region, b.sku)
    }
}

/// A leaf and what it cost and used, a value per day of the period. Costs of days without a row are 0, quantities too.
package struct LeafDays: Sendable {
    package var leaf: CostLeaf
    /// Money per day.
    package var cost: [Double]
    /// Units per day; empty where the bill says none.
    package var quantity: [Double]

    package init(leaf: CostLeaf, cost: [Double], quantity: [Double] = []) {
        self.leaf = leaf
        self.cost = cost
        self.quantity = quantity
    }

    /// Money per unit, NaN where nothing was used.
    var price: [Double] {
        zip(cost, quantity).map { $1 > 0 && $0 > 0 ? $0 / $1 : .nan }
    }
}
