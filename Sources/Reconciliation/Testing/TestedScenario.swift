import CostModel
import Estimation
import Evaluation
import Observation

/// A scenario in the world of a test, at list prices and what the test says is billed.
struct TestedScenario {
    private let scenario: Scenario
    private let state: ObservedState
    private let evaluation: EvaluationResult
    private let policies: PolicySet

    init(_ scenario: Scenario, _ state: ObservedState, _ evaluation: EvaluationResult, _ policies: PolicySet) {
        self.scenario = scenario
        self.state = state
        self.evaluation = evaluation
        self.policies = policies
    }

    /// What does not hold of what the scenario expects itself, and what differs from what the test does.
    func differences(from expected: PolicyTest.ScenarioExpectation) throws(ScenarioEstimator.Failure) -> [String] {
        var scenario = scenario
        // What the test states of objectives it states of its own world.
        if let broken = expected.brokenObjectives {
            scenario.expectation = scenario.expectation ?? Scenario.Expectation()
            scenario.expectation?.brokenObjectives = broken
        }
        let result = try run(scenario)
        var differences = result.checks.filter { $0.verdict != .pass }.map { check in
            "\(check.verdict == .unknown ? "not known" : "broken"): \(check.text)"
        }
        func compare(_ what: String, _ wanted: String?, _ got: String) {
            if let wanted, wanted != got { differences.append("expected \(what) '\(wanted)', found '\(got)'") }
        }
        let amounts: [(String, Money?, FixedDecimal)] = [
            ("monthlyBefore", expected.monthlyBefore, result.before), ("monthlyAfter", expected.monthlyAfter, result.after),
        ]
        for (what, wanted, got) in amounts {
            if wanted != nil, result.unknown > 0 {
                differences.append("not known: what \(result.unknown) of \(result.entries.count) resources cost")
                break
            }
            compare(what, wanted.map { "\($0.amount.rounded(to: 2)) \($0.currency)" }, "\(got.rounded(to: 2)) \(result.currency)")
        }
        if let wanted = expected.headroom { differences += headroom(result, wanted) }
        return differences.map { "line \(expected.place.line): scenario \(scenario.name): \($0)" }
    }

    private func run(_ scenario: Scenario) throws(ScenarioEstimator.Failure) -> ScenarioResult {
        let currency = policies.workspace.currency
        let monthly = evaluation.spend.mapValues { $0.monthly.amount }
        let estimator = CostEstimator(
            currency: currency, prices: PriceList.builtIn,
            billed: .init(monthly: monthly, units: [:], lastDay: state.cost.days?.upperBound),
            learningFrom: ResourceIndex(state.resources))
        let result = try ScenarioEstimator(
            state, estimator, listed: CostEstimator(currency: currency, prices: PriceList.builtIn), owners: evaluation.owners,
            now: evaluation.now
        ).run(scenario)
        return PolicyEvaluator.judge(result, of: scenario, policies: policies, state: state, like: evaluation)
    }

    private func headroom(_ result: ScenarioResult, _ wanted: FixedDecimal) -> [String] {
        let loads = result.entries.compactMap(\.load)
        if let reason = loads.lazy.compactMap(\.reason).first { return ["not known: what machines have left: \(reason)"] }
        guard let least = loads.compactMap(\.headroomAfter).min() else { return ["it has no machine that would have anything left"] }
        let tenths = FixedDecimal(Int((least * 10).rounded())).scaled(by: 1, over: 10)
        return tenths == wanted ? [] : ["expected headroom '\(wanted)%', found '\(tenths)%'"]
    }
}
