import CostModel
import Diagnostics
import YAML

/// `kind: AnomalyPolicy`: cost that nobody expected.
enum AnomalyObject: PolicyKindObject {
    static let doc = "Asks to be told of cost that nobody expected, of its causes, and of bills that are wrong."
    static let scope = Field(
        "scope", .object(ScopeObject.self), "Which part of the bill is watched; without it all of it. Charges of usage only.")
    static let group = Field("by", .choice(AnomalyPolicy.Group.self), default: "team", "Whose cost one anomaly is about.")
    static let cost = Field("cost", .choice(CostBasis.self), default: "effective", "Which of the bill's costs is watched.")
    static let minimumImpact = Field(
        "minimumImpact", .money, .required, "What costs less above the expectation, over all its days, is not told of.")
    static let minimumChange = Field(
        "minimumChange", .percent(through: 10_000), "What is a smaller share of the expectation is not told of.")
    static let sensitivity = Field(
        "sensitivity", .choice(AnomalyPolicy.Sensitivity.self), default: "medium", "How readily something is called unusual.")
    static let settle = Field(
        "settle", .integer(0...14), default: "2", "How many days at the bill's end are incomplete: they may only show that it is too much.")
    static let expected = Field("expected", .list(of: .object(ExpectedObject.self)), "Days on which more is spent on purpose.")
    static let fields =
        HeaderFields.all + [
            scope.description, group.description, cost.description, minimumImpact.description, minimumChange.description,
            sensitivity.description, settle.description, expected.description,
        ]
    static let example: String? = """
        kind: AnomalyPolicy
        metadata: {name: unusual-cost}
        spec:
          severity: high
          minimumImpact: 100 USD
          minimumChange: 20%
          expected:
            - {from: 2026-11-26, to: 2026-11-30, why: the sale}
        """

    static func build(_ record: Record, _ envelope: Envelope) -> AnomalyPolicy? {
        let header = HeaderFields.build(record, envelope, defaultLevel: 1)
        let scope = record.value(of: scope)
        let group = record.value(of: group) ?? .team
        let cost = record.value(of: cost) ?? .effective
        let impact = record.value(of: minimumImpact)
        let change = record.value(of: minimumChange)
        let sensitivity = record.value(of: sensitivity) ?? .medium
        let settle = record.value(of: settle) ?? 2
        let expected = record.value(of: expected) ?? []
        guard let impact, !record.has(Self.scope) || scope != nil else { return nil }
        return AnomalyPolicy(
            header: header, scope: scope ?? Budget.Scope(), group: group, cost: cost, minimumImpact: impact,
            minimumChange: change.map(BudgetObject.share) ?? .zero, sensitivity: sensitivity, settle: settle, expected: expected)
    }
}

/// One entry of `expected`.
enum ExpectedObject: NestedObject {
    static let doc = "Days on which more is spent on purpose: what begins on one of them is listed, and no finding."
    static let from = Field("from", .day, .required, "The first day.")
    static let to = Field("to", .day, .required, "The last day.")
    static let why = Field("why", .text, .required, "The reason, for whoever reads it later.")
    static let fields = [from.description, to.description, why.description]

    static func build(_ record: Record) -> AnomalyPolicy.Span? {
        let from = record.value(of: from)
        let to = record.value(of: to)
        let why = record.value(of: why)
        guard let from, let to, let why else { return nil }
        guard from <= to else {
            record.report("wrong-value", "'from' is after 'to'", at: record.keyRange(of: Self.from) ?? record.node.range)
            return nil
        }
        return AnomalyPolicy.Span(from: from, to: to, why: why)
    }
}
