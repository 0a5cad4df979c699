/// What some resources will cost in a month of 730 hours, each with where its amounts are from.
package struct Estimate: Hashable, Sendable {
    package var currency: Currency
    /// By identity.
    package var resources: [ResourceEstimate]

    package init(currency: Currency, resources: [ResourceEstimate]) {
        self.currency = currency
        self.resources = resources
    }
}

/// What one resource will cost in a month.
package struct ResourceEstimate: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        /// There is an amount; `reason` says what it lacks.
        case priced
        /// The type is known to cost nothing by itself.
        case free
        /// Only usage costs, and none of it is known.
        case usage
        /// No price is known: of the type, the region, the product.
        case notPriced = "not-priced"
        /// Count, size or region cannot be known before apply.
        case unknown
    }

    package var identity: ResourceIdentity
    package var type: String
    package var region: String?
    package var team: String?
    package var status: Status
    /// Why there is no amount, or what the amount does not hold.
    package var reason: String?
    /// Nil: nobody knows.
    package var monthly: FixedDecimal?
    package var components: [EstimateComponent]

    package init(
        identity: ResourceIdentity, type: String, region: String? = nil, team: String? = nil, status: Status, reason: String? = nil,
        monthly: FixedDecimal? = nil, components: [EstimateComponent] = []
    ) {
        self.identity = identity
        self.type = type
        self.region = region
        self.team = team
        self.status = status
        self.reason = reason
        self.monthly = monthly
        self.components = components
    }

    /// Where most of the amount is from; nil without an amount.
    package var mainSource: EstimateSource.Kind? {
        var sums: [EstimateSource.Kind: FixedDecimal] = [:]
        for component in components {
            if let amount = component.monthly, let source = component.source { sums[source.kind, default: .zero] += amount.magnitude }
        }
        return EstimateSource.Kind.allCases.filter { sums[$0] != nil }.max { (sums[$0] ?? .zero) < (sums[$1] ?? .zero) }
    }

    /// Usage that costs and that nobody knows the amount of.
    package var openUsage: Int { components.count { $0.isUsageBased && $0.monthly == nil } }
}

/// One part of a resource's price, such as an instance's hours or a volume's gigabytes.
package struct EstimateComponent: Hashable, Sendable {
    package var name: String
    /// Per month; nil: it depends on usage, or on what the code does not say.
    package var quantity: FixedDecimal?
    /// `hour`, `GB-month`
    package var unit: String
    /// Nil: no price is known.
    package var unitPrice: FixedDecimal?
    package var monthly: FixedDecimal?
    package var isUsageBased: Bool
    package var source: EstimateSource?
    /// What is worth knowing: that a price is derived, that an image decides the size.
    package var note: String?

    package init(
        name: String, quantity: FixedDecimal?, unit: String, unitPrice: FixedDecimal?, monthly: FixedDecimal?, isUsageBased: Bool = false,
        source: EstimateSource?, note: String? = nil
    ) {
        self.name = name
        self.quantity = quantity
        self.unit = unit
        self.unitPrice = unitPrice
        self.monthly = monthly
        self.isUsageBased = isUsageBased
        self.source = source
        self.note = note
    }
}

/// Where an amount is from.
package struct EstimateSource: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// This resource's own bill.
        case billed
        /// The unit price that the workspace's bill shows for the same thing in the same region.
        case ownPrice = "own-price"
        /// A published price.
        case list
    }

    package var kind: Kind
    /// Of a list: when the price was published. Of the bill: the last day that counts.
    package var date: Day?
    /// The rule by which the price was computed from others; nil: it was published.
    package var derived: String?
    /// The list's own name for where it has the price from.
    package var list: String?

    package init(_ kind: Kind, date: Day? = nil, derived: String? = nil, list: String? = nil) {
        self.kind = kind
        self.date = date
        self.derived = derived
        self.list = list
    }
}

extension Estimate {
    /// How many resources there are of each status, and what those with an amount cost together.
    package struct Totals: Hashable, Sendable {
        package var monthly = FixedDecimal.zero
        package var counts: [ResourceEstimate.Status: Int] = [:]
        /// Monthly amounts by where they are from.
        package var sources: [EstimateSource.Kind: FixedDecimal] = [:]
        /// Resources with an amount that some usage will add to.
        package var openUsage = 0

        package init() {}

        package subscript(status: ResourceEstimate.Status) -> Int { counts[status] ?? 0 }

        package mutating func add(_ resource: ResourceEstimate) {
            counts[resource.status, default: 0] += 1
            if let amount = resource.monthly { monthly += amount }
            for component in resource.components {
                if let amount = component.monthly, let source = component.source { sources[source.kind, default: .zero] += amount }
            }
            if resource.openUsage > 0, resource.status != .usage { openUsage += 1 }
        }
    }

    package var totals: Totals { resources.reduce(into: Totals()) { $0.add($1) } }
}

/// What a change does to the monthly cost of resources.
package struct EstimateChange: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        /// Nil: the resource is added.
        package var before: ResourceEstimate?
        /// Nil: it is removed.
        package var after: ResourceEstimate?

        package init(before: ResourceEstimate?, after: ResourceEstimate?) {
            precondition(before != nil || after != nil, "a change is of something")
            self.before = before
            self.after = after
        }

        /// As it is after the change, else as it was.
        package var resource: ResourceEstimate {
            after ?? before ?? ResourceEstimate(identity: ResourceIdentity(root: "", address: ""), type: "", status: .unknown)
        }

        /// After less before; nil where one of both is not known. What is free, or not there, costs nothing.
        package var difference: FixedDecimal? {
            guard let old = Self.amount(before), let new = Self.amount(after) else { return nil }
            return new - old
        }

        private static func amount(_ side: ResourceEstimate?) -> FixedDecimal? {
            guard let side else { return .zero }
            return side.status == .free || side.status == .usage ? side.monthly ?? .zero : side.monthly
        }
    }

    /// What the change does to a budget's forecast of its present period.
    package struct BudgetEffect: Hashable, Sendable {
        package var name: String
        package var amount: Money
        package var before: Money
        package var after: Money
        /// How many resources of the change may count in it: whether they do, or what they cost, is not known.
        package var unsure: Int

        package init(name: String, amount: Money, before: Money, after: Money, unsure: Int = 0) {
            self.name = name
            self.amount = amount
            self.before = before
            self.after = after
            self.unsure = unsure
        }
    }

    package var currency: Currency
    /// The revision that the change is held against.
    package var base: String
    /// Only resources that differ. Those whose cost changes most come first, what is not known last.
    package var entries: [Entry]
    /// Of the whole estate on both sides.
    package var before: Estimate.Totals
    package var after: Estimate.Totals
    /// The budgets that the change moves, by name.
    package var budgets: [BudgetEffect] = []
    /// Types of the change whose estimates the bill has shown to be off again and again.
    package var unreliable: [EstimateAccuracy.Group] = []
    /// What policies about changes say of it, passes too.
    package var findings: [Finding] = []

    package init(currency: Currency, base: String, entries: [Entry], before: Estimate.Totals, after: Estimate.Totals) {
        self.currency = currency
        self.base = base
        self.entries = entries
        self.before = before
        self.after = after
    }

    /// What the change adds to a month, as far as it is known.
    package var difference: FixedDecimal { entries.reduce(.zero) { $0 + ($1.difference ?? .zero) } }
}
