import CEL
package import CostModel

/// A rule ready to judge any number of resources.
package struct CompiledRule {
    private enum Part {
        case text(String)
        case expression(CompiledCondition)
    }

    package let rule: Rule
    private let assertion: CompiledCondition
    private let message: [Part]
    private let atStake: CompiledCondition?
    private let saves: CompiledCondition?
    private let readsUtilization: Bool

    package init(_ rule: Rule, coverage: BranchCoverage? = nil) {
        let compiler = ConditionCompiler(parameters: rule.parameters)
        self.rule = rule
        assertion = CompiledCondition(rule.assertion, compiler, coverage: coverage)
        message = rule.message.map { part in
            switch part {
            case .text(let text): .text(text)
            case .expression(let condition): .expression(CompiledCondition(condition, compiler, .anything))
            }
        }
        atStake = rule.atStake.map { CompiledCondition($0, compiler, .amount) }
        saves = rule.saves.map { CompiledCondition($0, compiler, .amount) }
        var all = [assertion] + [atStake, saves].compactMap(\.self)
        for case .expression(let condition) in message { all.append(condition) }
        readsUtilization = all.contains(where: \.readsUtilization)
    }

    /// Whether what a rule asserts depends on the resource at all: `"true"` holds of everything, and measures nothing.
    package static func canFail(_ rule: Rule) -> Bool {
        guard case .program(let program) = ConditionCompiler(parameters: rule.parameters).compile(rule.assertion.text, .truth) else {
            return true
        }
        return program.references.contains { $0 != "params" && !$0.hasPrefix("params.") }
    }

    /// The resource's arguments that a rule's expressions name.
    package static func arguments(of rule: Rule) -> Set<String> {
        let compiler = ConditionCompiler(parameters: rule.parameters)
        var names: Set<String> = []
        for condition in rule.conditions {
            guard case .program(let program) = compiler.compile(condition.text, .anything) else { continue }
            for reference in program.references {
                let parts = reference.split(separator: ".")
                if parts.count > 2, parts[0] == "resource", parts[1] == "attributes" { names.insert(String(parts[2])) }
            }
        }
        return names
    }

    /// What judging one resource gave.
    package struct Judgement: Sendable {
        package var answer: CompiledCondition.Answer
        /// Only where the assertion does not hold.
        package var message: String
        package var atStake: Money?
        package var saves: Money?
    }

    package func judge(_ resource: Resource, _ record: ResourceRecord, in table: UtilizationTable, now: Instant, currency: Currency)
        -> Judgement
    {
        var utilization: UtilizationRecord?
        if readsUtilization {
            utilization = UtilizationRecord(
                of: resource, in: table, lookback: rule.lookback, minimumSamples: rule.minimumSamples, now: now)
        }
        let answer = assertion.holds(of: record, utilization: utilization)
        var judgement = Judgement(answer: answer, message: "")
        guard answer != .yes else { return judgement }
        judgement.message = message.map { part in
            switch part {
            case .text(let text): text
            case .expression(let condition): condition.text(of: record, utilization: utilization)
            }
        }.joined()
        judgement.atStake = atStake?.amount(of: record, utilization: utilization, currency: currency)
        judgement.saves = saves?.amount(of: record, utilization: utilization, currency: currency)
        return judgement
    }
}
