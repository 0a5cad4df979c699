package import Conditions
package import CostModel
import Diagnostics
import Evaluation
import Observation

/// Judges the examples that a rule brings along, by the reader and the evaluator that judge a workspace.
///
/// An example has no state, no bill and no measurements: what a rule asks of those is unknown in it. Its code stands in a root of its own,
/// so `match.paths` is left out; types and `match.where` count.
package enum RuleExamples {
    /// What came of one example.
    package struct Outcome: Hashable, Sendable {
        package var example: Rule.Example
        /// The worst verdict over the resources that the rule speaks about; `skip` where it speaks about none.
        package var got: Result
        /// In the evaluator's order.
        package var findings: [Finding]

        package var isExpected: Bool { got == .verdict(example.expect) }
    }

    package enum Result: Hashable, Sendable {
        case verdict(Rule.Example.Expectation)
        /// The code cannot be read or the rule cannot be evaluated: why.
        case broken(String)
    }

    /// One outcome for each example, in the rule's order.
    ///
    /// - Parameter now: what the rule's expressions read as `now`.
    package static func run(_ rule: Rule, workspace: Workspace, now: Instant, coverage: BranchCoverage? = nil) -> [Outcome] {
        var alone = rule
        alone.match.paths = nil
        let policies = PolicySet(workspace: workspace, policies: [alone])
        return rule.examples.map { judge($0, policies, now: now, coverage) }
    }

    private static func judge(_ example: Rule.Example, _ policies: PolicySet, now: Instant, _ coverage: BranchCoverage?) -> Outcome {
        let code = TerraformCode(files: [SourceFile(path: "main.tf", text: example.given)])
        let reader = TerraformReader(options: .init(takesTags: { TaggableTypes.takesTags($0) }, readsAttributes: true))
        let inventory = reader.read(code)
        if let problem = inventory.problems.first(where: breaks) {
            return Outcome(example: example, got: .broken("\(problem.place): \(problem.message)"), findings: [])
        }
        var state = ObservedState(
            resources: inventory.resources, cost: CostTable(currency: policies.workspace.currency), utilization: UtilizationTable(),
            catalog: .builtIn)
        state.estimateByList(for: policies)
        let findings = PolicyEvaluator.evaluate(policies: policies, state: state, now: now, coverage: coverage).findings.filter {
            $0.resource != nil
        }
        return Outcome(example: example, got: worst(findings), findings: findings)
    }

    /// What cannot be seen, such as a module that lies elsewhere, is something to write an example about; the rest is a mistake in it.
    private static func breaks(_ problem: ObservationProblem) -> Bool { problem.severity == .partial || problem.id == "evaluation" }

    private static func worst(_ findings: [Finding]) -> Result {
        if let broken = findings.first(where: { $0.verdict == .error }) { return .broken(broken.reason ?? broken.message) }
        if findings.contains(where: { $0.verdict == .fail }) { return .verdict(.fail) }
        if findings.contains(where: { $0.verdict == .unknown }) { return .verdict(.unknown) }
        return .verdict(findings.isEmpty ? .skip : .pass)
    }
}
