import CostModel
import Diagnostics
import YAML

/// `kind: RightsizingPolicy`: how much headroom instances keep.
enum RightsizingObject: PolicyKindObject {
    static let doc = "How much headroom instances keep, and which proposals are worth making."
    static let match = Field("match", .object(MatchObject.self), "Which resources; without it all that have a size.")
    static let lookback = Field("lookback", .timeSpan, default: "14d", "How far back samples count.")
    static let minimumSamples = Field(
        "minimumSamples", .integer(1...10_000_000), default: "100", "With fewer samples there is no recommendation.")
    static let cpu = Field("cpu", .object(TargetObject.self), "What the CPU of the proposed size stays at or under.")
    static let memory = Field("memory", .object(TargetObject.self), "What the memory of the proposed size stays at or under.")
    static let idle = Field("idle", .object(IdleObject.self), "When a resource counts as doing nothing.")
    static let guardrails = Field("guardrails", .object(GuardrailsObject.self), "Which proposals are not made.")
    static let advice = Field(
        "advice", .choice(RightsizingPolicy.Advice.self), default: "show",
        "What becomes of a provider's proposal (observe.recommendations): it stands beside ours, or is proposed where we have no samples.")
    static let fields =
        HeaderFields.all + [
            match.description, lookback.description, minimumSamples.description, cpu.description, memory.description, idle.description,
            guardrails.description, advice.description,
        ]
    static let choice: KeyChoice? = .atLeastOne(of: [cpu.key, memory.key, idle.key])
    static let example: String? = """
        kind: RightsizingPolicy
        metadata: {name: compute-headroom}
        spec:
          match: {types: [aws_instance]}
          cpu: {percentile: 95, target: 60%}
          memory: {percentile: 99, target: 80%}
          guardrails: {maxStep: 2, minimumMonthlySavings: 20 USD}
        """

    static func build(_ record: Record, _ envelope: Envelope) -> RightsizingPolicy? {
        var policy = RightsizingPolicy(
            header: HeaderFields.build(record, envelope, defaultLevel: 2), match: record.value(of: match) ?? ResourceMatch(),
            lookback: record.value(of: lookback) ?? .days(14), minimumSamples: record.value(of: minimumSamples) ?? 100,
            cpu: record.value(of: cpu), memory: record.value(of: memory), idle: record.value(of: idle),
            guardrails: record.value(of: guardrails) ?? .init())
        policy.advice = record.value(of: advice) ?? .show
        guard record.has(cpu) || record.has(memory) || record.has(idle) else {
            record.report("missing-key", "\(record.context.subject) states none of 'cpu', 'memory' and 'idle'", at: record.context.anchor)
            return nil
        }
        return policy
    }
}

/// `cpu` and `memory`.
enum TargetObject: NestedObject {
    static let doc = "On the proposed size, the percentile of the utilisation stays at or under the target."
    static let percentile = Field("percentile", .number(above: 0, through: 100), .required, "The nearest-rank percentile over the samples.")
    static let target = Field("target", .percent(through: 100), .required, "The share of the proposed size's capacity.")
    static let fields = [percentile.description, target.description]

    static func build(_ record: Record) -> RightsizingPolicy.Target? {
        let percentile = record.value(of: percentile)
        let target = record.value(of: target)
        guard let percentile, let target else { return nil }
        return RightsizingPolicy.Target(percentile: percentile, target: target)
    }
}

/// `idle`
enum IdleObject: NestedObject {
    static let doc = "A resource whose CPU stayed below a share for the whole time does nothing."
    static let cpuBelow = Field("cpuBelow", .percent(through: 100), .required, "The share of the CPU.")
    static let duration = Field("for", .timeSpan, .required, "How long it must have stayed below.")
    static let fields = [cpuBelow.description, duration.description]

    static func build(_ record: Record) -> RightsizingPolicy.Idle? {
        let cpuBelow = record.value(of: cpuBelow)
        let duration = record.value(of: duration)
        guard let cpuBelow, let duration else { return nil }
        return RightsizingPolicy.Idle(cpuBelow: cpuBelow, duration: duration)
    }
}

/// `guardrails`
enum GuardrailsObject: NestedObject {
    static let doc = "Which proposals are not made."
    static let families = Field("families", .families, default: "same", "In which instance families to look.")
    static let maxStep = Field("maxStep", .integer(1...100), "How many sizes down one change may go.")
    static let minimumMonthlySavings = Field("minimumMonthlySavings", .money, "What a proposal must save at least.")
    static let exclude = Field("exclude", .object(ExcludeObject.self), "Which resources are left alone.")
    static let fields = [families.description, maxStep.description, minimumMonthlySavings.description, exclude.description]

    static func build(_ record: Record) -> RightsizingPolicy.Guardrails? {
        RightsizingPolicy.Guardrails(
            families: record.value(of: families) ?? .same, maxStep: record.value(of: maxStep),
            minimumMonthlySavings: record.value(of: minimumMonthlySavings), excludedTags: record.value(of: exclude) ?? [:])
    }
}

/// `exclude`
enum ExcludeObject: NestedObject {
    static let doc = "Which resources are left alone."
    static let tags = Field("tags", .map(key: .text, of: .text), .required, "Resources with any of these tags and values.")
    static let fields = [tags.description]

    static func build(_ record: Record) -> [String: String]? { record.value(of: tags)?.dictionary }
}

extension Shape where Value == RightsizingPolicy.Guardrails.Families {
    static var families: Shape {
        let list = Shape<[String]>.list(of: .text)
        let word = Shape<String>.word("same", "any")
        return Shape(.either([word.description, list.description])) { node, context in
            if node.sequence != nil { return list.read(node, context).map { .list($0) } }
            return word.read(node, context).map { $0 == "any" ? .any : .same }
        }
    }
}
