package import CEL
package import CostModel

/// A resource as expressions see it: the values of `Vocabulary`'s variables, in their order.
package struct ResourceRecord: Sendable {
    /// What is known of a resource besides its code.
    package struct Surroundings: Sendable {
        package var owner: Team?
        /// Effective cost of the 28 closed days; nil without a row in them.
        package var spend: Money?
        /// Of the 28 days before; nil where the bill does not cover them.
        package var previousSpend: Money?
        package var budget: BudgetStatus?
        package var now: Instant
        package var currency: Currency
        /// Why no cost of 28 days is known, and none is zero; nil: it is.
        package var unknownSpend: String?
        /// What it would cost, of one without a bill; nil: nobody estimated it.
        package var estimate: ResourceEstimate?

        package init(
            owner: Team?, spend: Money?, previousSpend: Money?, budget: BudgetStatus?, now: Instant, currency: Currency,
            unknownSpend: String? = nil, estimate: ResourceEstimate? = nil
        ) {
            self.owner = owner
            self.spend = spend
            self.previousSpend = previousSpend
            self.budget = budget
            self.now = now
            self.currency = currency
            self.unknownSpend = unknownSpend
            self.estimate = estimate
        }
    }

    private let values: [CELValue]
    private static let utilizationIndex = 4

    package init(_ resource: Resource, _ around: Surroundings) {
        let noSpend = around.unknownSpend.map { CELValue.unknown($0) }
        let noBill = around.unknownSpend == ObservationProblem.noBillReason ? noSpend : nil
        let cost = noSpend ?? Self.monthly(around.spend, resource, around.currency)
        let previous =
            noSpend ?? around.previousSpend.map { Self.money($0.monthly) }
            ?? .unknown("the bill does not cover the 28 days before the last 28")
        values = [
            .object(Self.object(of: resource, owner: around.owner, cost: cost, estimate: Self.estimate(of: resource, around))),
            .object(CELObject(type: Vocabulary.resourceCost, values: [cost, previous])),
            .object(Self.object(of: around.owner)), noBill ?? Self.object(of: around.budget),
            .unknown("utilisation is not read here"), .timestamp(secondsSinceEpoch: around.now.seconds),
        ]
    }

    /// The values of all variables but `params`, in the vocabulary's order.
    package func variables(utilization: UtilizationRecord) -> [CELValue] {
        var result = values
        result[Self.utilizationIndex] = utilization.value
        return result
    }

    /// The values for a program of a compiler.
    ///
    /// - Parameter utilization: what was measured in the rule's look-back; nil: the expression reads none.
    func values(for compiler: ConditionCompiler, utilization: CELValue?) -> [CELValue] {
        if utilization == nil, compiler.params == nil { return values }
        var result = values
        if let utilization { result[Self.utilizationIndex] = utilization }
        if let params = compiler.params { result.append(.object(params)) }
        return result
    }

    // MARK: The resource

    private static func object(of resource: Resource, owner: Team?, cost: CELValue, estimate: CELValue) -> CELObject {
        let deployed = resource.deployed
        func known(_ text: String?) -> CELValue {
            if let text { return .string(text) }
            return deployed == nil ? .unknown("\(resource.identity.address) is in no state") : .absent
        }
        return CELObject(
            type: Vocabulary.resource,
            values: [
                .string(resource.identity.address), .string(resource.identity.root), .string(resource.type), .string(resource.provider),
                .string(resource.location.file), .string(owner?.name ?? ""), .bool(deployed != nil), known(deployed?.id),
                known(deployed?.arn), known(deployed?.account), known(deployed?.region), size(of: resource), tags(of: resource),
                attributes(of: resource), cost, estimate, .list(resource.referencedBy.map(referrer)), .bool(resource.isPassedOn),
            ])
    }

    private static func size(of resource: Resource) -> CELValue {
        guard let size = resource.size else { return .absent }
        return size.value.map { .string($0) } ?? .unknown(size.unknownReason ?? "\(size.name) is known only after apply")
    }

    private static func tags(of resource: Resource) -> CELValue {
        if let reason = resource.tags.openReason { return .unknown(reason) }
        return .map(
            resource.tags.tags.map { key, tag in
                (key, tag.value.map { .string($0) } ?? .unknown(tag.unknownReason ?? "the tag's value is known only after apply"))
            })
    }

    private static func attributes(of resource: Resource) -> CELValue {
        .map(resource.attributes.sorted { $0.key < $1.key }.map { ($0.key, value(of: $0.value)) })
    }

    private static func value(of attribute: ResourceAttribute) -> CELValue {
        switch attribute.value {
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .number(let number):
            // Whole numbers are ints, so that sizes and days compare as they are written.
            if let whole = number.whole { return .int(whole) }
            return .double(number.approximation)
        case .string(let text): return .string(text)
        case .list(let elements): return .list(elements.map(value))
        case .map(let entries): return .map(entries.sorted { $0.key < $1.key }.map { ($0.key, value(of: $0.value)) })
        case .unknown(let reason): return .unknown(reason)
        }
    }

    private static func referrer(_ reference: Resource.Referrer) -> CELValue {
        .object(
            CELObject(
                type: Vocabulary.referrer,
                values: [
                    .string(reference.type), .string(reference.address), .string(reference.service),
                    .list(reference.referencedBy.map { .string($0) }),
                ]))
    }

    // MARK: Money and people

    /// What is in a state and has no row on the bill costs nothing; of what is in no state nobody can say.
    private static func monthly(_ spend: Money?, _ resource: Resource, _ currency: Currency) -> CELValue {
        if let spend { return money(spend.monthly) }
        return resource.deployed == nil
            ? .unknown("\(resource.identity.address) is in no state: its cost is not known") : money(.zero(currency))
    }

    /// What is billed is its own estimate; of the rest prices tell, and what they do not tell is unknown, never zero.
    private static func estimate(of resource: Resource, _ around: Surroundings) -> CELValue {
        func object(_ amount: CELValue, _ source: EstimateSource.Kind?, _ status: ResourceEstimate.Status) -> CELValue {
            .object(
                CELObject(type: Vocabulary.estimate, values: [amount, .string(source?.rawValue ?? ""), .string(status.rawValue)]))
        }
        if around.unknownSpend == nil, let spend = around.spend { return object(money(spend.monthly), .billed, .priced) }
        guard let estimate = around.estimate else { return .unknown("what \(resource.identity.address) will cost is not estimated here") }
        if let amount = estimate.monthly { return object(money(Money(amount, around.currency)), estimate.mainSource, estimate.status) }
        if estimate.status == .free { return object(money(.zero(around.currency)), nil, .free) }
        let reason = estimate.reason ?? "what \(resource.identity.address) will cost is not known"
        return object(.unknown(reason), nil, estimate.status)
    }

    static func money(_ money: Money) -> CELValue { .money(units: money.amount.raw, currency: money.currency.code) }

    static func object(of team: Team?) -> CELObject {
        func text(_ value: String?) -> CELValue { value.map { .string($0) } ?? .absent }
        return CELObject(
            type: Vocabulary.team,
            values: [.string(team?.name ?? ""), text(team?.parent), text(team?.costCenter), text(team?.contact)])
    }

    private static func object(of budget: BudgetStatus?) -> CELValue {
        guard let budget else { return .unknown("no budget is the owner's") }
        guard let actual = budget.known else {
            return .unknown("of the budget '\(budget.name)' no day or row of \(budget.period) is there")
        }
        return .object(
            CELObject(
                type: Vocabulary.budget,
                values: [
                    .string(budget.name), money(budget.amount), money(actual), budget.forecast.map(money) ?? .absent,
                    budget.share.map { .double($0) } ?? .unknown("the budget is zero"),
                ]))
    }
}
