import CEL
import Conditions
import CostModel
import Diagnostics

/// Type-checks the expressions of policies: an unknown field is an error at its place.
struct ConditionCheck {
    private let decoder: PolicyDecoder
    private let compiler: ConditionCompiler

    init(_ decoder: PolicyDecoder, parameters: [Rule.Parameter] = []) {
        self.decoder = decoder
        compiler = ConditionCompiler(parameters: parameters)
    }

    /// An expression over a resource.
    func resource(_ condition: LocatedCondition, mustBe expectation: ConditionCompiler.Expectation) {
        report(compiler.compile(condition.condition.text, expectation), condition)
    }

    /// An expression over a line of the bill.
    func cost(_ condition: LocatedCondition) {
        report(ConditionCompiler(overCost: ()).compile(condition.condition.text, .truth), condition)
    }

    /// An expression over something that is told of.
    func event(_ condition: LocatedCondition) {
        report(ConditionCompiler(overEvents: ()).compile(condition.condition.text, .truth), condition)
    }

    private func report(_ compilation: CELCompilation, _ condition: LocatedCondition) {
        guard case .problems(let problems) = compilation else { return }
        for problem in problems {
            decoder.report(
                Diagnostic(.error, id: "wrong-expression", problem.message, at: condition.range(of: problem.range)))
        }
    }
}
