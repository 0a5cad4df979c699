import CostModel
import Diagnostics
import YAML

/// `kind: Guardrail`: what a change may add before somebody agrees to it.
enum GuardrailObject: PolicyKindObject {
    static let doc = "What a change may add to the monthly cost, and use for the first time, before somebody agrees to it."
    static let scope = Field("scope", .object(ScopeObject.self), "Which resources count, as a Budget says it; without it all.")
    static let increase = Field("increase", .object(IncreaseObject.self), "How much more a month may cost by estimate.")
    static let newIn = Field(
        "newIn", .list(of: .choice(Guardrail.Novelty.self)),
        "What a change may not bring into the scope for the first time: a service, a region, a type, a family of sizes.")
    static let owners = Field("owners", .list(of: .text), "Who can agree to more; named by the finding.")
    static let fields = HeaderFields.all + [scope.description, increase.description, newIn.description, owners.description]
    static let choice: KeyChoice? = .atLeastOne(of: [increase.key, newIn.key])
    static let example: String? = """
        kind: Guardrail
        metadata: {name: new-cost}
        spec:
          increase: {above: 500 USD, or: 10%}
          newIn: [region]
          owners: [finops]
          enforcement: block
        """

    static func build(_ record: Record, _ envelope: Envelope) -> Guardrail? {
        let header = HeaderFields.build(record, envelope, defaultLevel: 1)
        let scope = record.value(of: scope)
        let increase = record.value(of: increase)
        let newIn = record.value(of: newIn)
        let owners = record.value(of: owners)
        if header.inlineExemptions, let place = record.keyRange(of: HeaderFields.inlineExemptions) {
            record.report(
                "contradiction", "no comment can exempt from a Guardrail: a change would bring its own; use an Exemption with 'upTo'",
                at: place)
        }
        guard record.has(Self.increase) || record.has(Self.newIn) else {
            record.report("missing-key", "\(record.context.subject) must state 'increase', 'newIn' or both", at: record.context.anchor)
            return nil
        }
        guard !record.has(Self.scope) || scope != nil, !record.has(Self.increase) || increase != nil,
            !record.has(Self.newIn) || newIn != nil, !record.has(Self.owners) || owners != nil
        else { return nil }
        return Guardrail(
            header: header, scope: scope ?? Budget.Scope(), increase: increase, newIn: newIn ?? [], owners: owners ?? [])
    }
}

/// `increase`: the bounds of a guardrail.
enum IncreaseObject: NestedObject {
    static let doc = "How much more a month may cost by estimate. Each bound that is stated counts by itself."
    static let above = Field("above", .money, "More than this a month is too much.")
    static let share = Field("or", .percent(through: 10_000), "More than this share of what the scope costs before is too much.")
    static let fields = [above.description, share.description]
    static let choice: KeyChoice? = .atLeastOne(of: [above.key, share.key])

    static func build(_ record: Record) -> Guardrail.Increase? {
        let above = record.value(of: above)
        let share = record.value(of: share)
        guard record.has(Self.above) || record.has(Self.share) else {
            record.report("missing-key", "\(record.context.subject) must state 'above', 'or' or both", at: record.context.anchor)
            return nil
        }
        guard !record.has(Self.above) || above != nil, !record.has(Self.share) || share != nil else { return nil }
        return Guardrail.Increase(above: above, share: share.map(BudgetObject.share))
    }
}
