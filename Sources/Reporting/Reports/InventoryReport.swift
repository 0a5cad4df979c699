package import CostModel

/// What `inventory` says: which resources exist, whose they are, what they cost and where each tag comes from.
package struct InventoryReport: Report {
    package var context: ReportContext
    package var currency: Currency
    /// By identity.
    package var resources: [Resource]
    package var owners: [ResourceIdentity: String]
    /// Effective cost of the 28 closed days before now.
    package var spend: [ResourceIdentity: Money]
    package var problems: [Problem]
    /// Without a bill a sum of costs is no sum.
    package var hasBill = true

    package init(
        context: ReportContext, currency: Currency, resources: [Resource], owners: [ResourceIdentity: String],
        spend: [ResourceIdentity: Money],
        problems: [Problem] = []
    ) {
        self.context = context
        self.currency = currency
        self.resources = resources.sorted { $0.identity < $1.identity }
        self.owners = owners
        self.spend = spend
        self.problems = problems.sorted()
    }

    /// A twelfth of a year at the rate of the 28 days; nil: the bill does not know the resource.
    func monthlyCost(of resource: Resource) -> Money? {
        spend[resource.identity].map { Money($0.amount.scaled(by: 365, over: 336), $0.currency) }
    }

    /// The size the code gives it, else the one that runs.
    func size(of resource: Resource) -> String? { resource.size?.value ?? resource.deployed?.size }
}
