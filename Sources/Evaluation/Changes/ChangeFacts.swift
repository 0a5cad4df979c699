import CostModel

/// What is known of the resources of both sides of a change, and of the bill that they share.
struct ChangeFacts {
    let teams: [Team]
    let lineage: Lineage
    let now: Instant
    let currency: Currency
    let before: ResourceIndex
    let after: ResourceIndex
    private let tagRules: TagRules
    /// By the root; only where all that is deployed of it is in one.
    private let accounts: [String: String]
    /// By the resource's type: the service on the bill that such resources are mostly charged by.
    private let services: [String: String]

    init(_ policies: PolicySet, before: ObservedState, after: ObservedState, now: Instant) {
        teams = policies.teams
        lineage = Lineage(policies.teams)
        self.now = now
        currency = policies.workspace.currency
        self.before = ResourceIndex(before.resources)
        self.after = ResourceIndex(after.resources)
        tagRules = policies.tagRules
        var accounts: [String: Set<String>] = [:]
        for resource in before.resources {
            guard let account = resource.deployed?.account, !account.isEmpty else { continue }
            accounts[resource.identity.root, default: []].insert(account)
        }
        self.accounts = accounts.compactMapValues { $0.count == 1 ? $0.first : nil }
        services = Self.services(before)
    }

    /// By cost: a machine's charges may name a service for its volumes and one for its traffic.
    private static func services(_ state: ObservedState) -> [String: String] {
        let table = state.cost
        var types: [Int32: String] = [:]
        let named = Dictionary(
            state.resources.flatMap { resource in (resource.deployed?.comparableNames ?? []).map { ($0, resource.type) } },
            uniquingKeysWith: { first, _ in first })
        for (number, name) in table.names.enumerated() where !name.isEmpty {
            if let type = named[BilledName.comparable(name)] { types[Int32(number)] = type }
        }
        guard !types.isEmpty else { return [:] }
        var sums: [String: [Int32: FixedDecimal]] = [:]
        for line in table.lines where line.key.category == .usage {
            guard let type = types[line.key.resource] else { continue }
            sums[type, default: [:]][line.key.service, default: .zero] += line.amounts.effective
        }
        return sums.compactMapValues { costs in
            costs.max { ($0.value, table.name($1.key)) < ($1.value, table.name($0.key)) }.map { table.name($0.key) }
        }.filter { !$0.value.isEmpty }
    }

    /// As the change leaves it, else as it was.
    func resource(_ identity: ResourceIdentity) -> Resource? { after[identity] ?? before[identity] }

    func account(of resource: Resource) -> String? {
        if let account = resource.deployed?.account, !account.isEmpty { return account }
        return accounts[resource.identity.root]
    }

    func service(of resource: Resource) -> String? { services[resource.type] }

    func tags(of resource: Resource, account: String?, service: String?, region: String?) -> ExpectedTags {
        let unknown = Set(resource.tags.tags.filter { $0.value.value == nil }.map(\.key))
        let made = tagRules.applied(
            to: resource.tags.knownValues, account: account ?? "", service: service ?? "", region: region ?? "")
        return ExpectedTags(known: made.tags, unknown: unknown, isOpen: resource.tags.openReason != nil)
    }
}
