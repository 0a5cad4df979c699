import CostModel

/// A resource as the judges see it: with its owner and its money.
///
/// A class because every policy looks at every subject, and copying a resource each time would cost more than judging it.
final class EvaluatedResource: Sendable {
    let resource: Resource
    let reference: Finding.ResourceReference
    let owner: Team?
    /// Effective cost of the 28 closed days; nil without a row in them.
    let spend: Money?
    /// Of the 28 days before those; nil where the bill does not cover them.
    let previousSpend: Money?
    /// Without a bill nobody knows what is at stake.
    let hasBill: Bool

    init(resource: Resource, owner: Team?, spend: Money?, previousSpend: Money? = nil, hasBill: Bool = true) {
        self.resource = resource
        self.owner = owner
        self.spend = spend
        self.previousSpend = previousSpend
        self.hasBill = hasBill
        reference = Finding.ResourceReference(
            identity: resource.identity, id: resource.deployed?.id, type: resource.type, provider: resource.provider)
    }

    var monthlyCost: Money? { spend.map(\.monthly) }

    /// What is at stake when the whole resource is. Credits may turn a spend negative; nothing is at stake then.
    func stake(in currency: Currency) -> Money? {
        guard hasBill else { return nil }
        guard let spend, !spend.amount.isNegative else { return .zero(currency) }
        return spend
    }
}
