/// From text to program: read, check, estimate, plan.
struct Compiler {
    let environment: CELEnvironment
    let recordingBranches: Bool

    func compile(_ text: String, expecting: CELType?) -> CELCompilation {
        let expression: Expression
        do {
            expression = try Parser.parse(text, limits: environment.limits)
        } catch {
            return .problems([error])
        }
        let checker = Checker(environment)
        checker.check(expression)
        if let expecting, environment.isChecked, checker.problems.isEmpty, !checker.unifier.assign(expression.type, to: expecting) {
            let found = checker.resolved(expression.type).spoken
            checker.report("the expression has to be \(expecting.spoken), and is \(found)", expression.range)
        }
        guard checker.problems.isEmpty else {
            return .problems(checker.problems.sorted { $0.range.lowerBound < $1.range.lowerBound })
        }
        checker.finish(expression)
        var planner = ProgramPlanner(environment: environment, text: text, recordingBranches: recordingBranches)
        let root = planner.plan(expression)
        let estimate = Estimator(environment).estimate(expression)
        return .program(
            CELProgram(
                text: text, resultType: expression.type, estimatedCost: estimate.cost, references: checker.references,
                branches: planner.branches, root: root, slotCount: checker.slotCount, limits: environment.limits))
    }
}

extension Checker {
    /// Puts in what types turned out to be; what stayed open is dynamic.
    func finish(_ expression: Expression) {
        expression.type = unifier.resolve(expression.type, freeAsDynamic: true)
        for child in expression.kind.children { finish(child) }
    }
}
