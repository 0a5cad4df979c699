import CostModel

/// A resource as the judges see it: with its owner and its money.
///
/// A class because every policy looks at every subject, and copying a resource each time would cost more than judging it.
final class EvaluatedResource: Sendable {
    /// Of all of them, and where it is among them: the resource itself is large, and would be there twice.
    private let resources: [Resource]
    private let index: Int
    let reference: Finding.ResourceReference
    let owner: Team?
    /// Effective cost of the 28 closed days; nil without a row in them.
    let spend: Money?
    /// Of one whose first charge lies in the 28 days: what it costs in 28 days at the rate since then; nil for older ones.
    let runRate: Money?
    /// Of the 28 days before those; nil where the bill does not cover them.
    let previousSpend: Money?
    /// What it cost in 28 days of the earlier periods, since it was first charged; nil: it was not.
    let usualSpend: Money?
    /// Why nobody knows what it spends and what is at stake; nil: it is known.
    let unknownSpend: String?

    /// - Parameter isNamed: whether it alone is what its state says is deployed.
    init(
        _ resources: [Resource], at index: Int, owner: Team?, spend: Money?, runRate: Money? = nil, previousSpend: Money? = nil,
        usualSpend: Money? = nil, unknownSpend: String? = nil, isNamed: Bool = true
    ) {
        self.resources = resources
        self.index = index
        let resource = resources[index]
        self.owner = owner
        self.spend = spend
        self.runRate = runRate
        self.previousSpend = previousSpend
        self.usualSpend = usualSpend
        self.unknownSpend = unknownSpend
        reference = Finding.ResourceReference(
            identity: resource.identity, id: resource.deployed?.id, type: resource.type, provider: resource.provider,
            deployedName: isNamed ? resource.deployedName : nil)
    }

    var resource: Resource {
        _read { yield resources[index] }
    }

    var monthlyCost: Money? { spend.map(\.monthly) }
    /// What it will cost in a month, as far as its days tell: of a new one more than it cost so far.
    var monthlyRate: Money? { (runRate ?? spend).map(\.monthly) }

    /// What is at stake when the whole resource is: of one that is new, at its rate, so that nothing is won by making it anew again and
    /// again. Credits may turn a spend negative; nothing is at stake then.
    func stake(in currency: Currency) -> Money? {
        guard unknownSpend == nil else { return nil }
        guard let spend = runRate ?? spend, !spend.amount.isNegative else { return .zero(currency) }
        return spend
    }
}

extension Finding {
    /// Puts a part of what a resource spends at stake, and says what that was in the earlier periods.
    mutating func stake(_ part: Int128 = 1, of whole: Int128 = 1, on subject: EvaluatedResource, in currency: Currency) {
        atStake = subject.stake(in: currency)?.scaled(by: part, over: whole)
        usualStake = atStake == nil ? nil : subject.usualSpend?.scaled(by: part, over: whole)
    }
}
