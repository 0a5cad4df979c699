import CEL
import Conditions
import CostModel
import Diagnostics
import Reconciliation
import Reporting

extension Command {
    private static let bindings = Option<String>("--bindings", value: "FILE", "values of variables, as a mapping in YAML or JSON")
    private static let resource = Option<String>(
        "--resource", value: "ADDRESS", "a resource of the workspace, as a rule would see it: resource, cost, team, budget, utilization")

    static let eval = Command(
        "eval", "evaluates an expression of CEL, to try it out",
        discussion: """
            Shows the value, its type and what the evaluation cost, of the limit that policies have. Without --resource the variables of \
            rules (resource, cost, team, budget, utilization, now) are type-checked and unknown; --bindings gives them, or others, values.
            """,
        arguments: [.init("EXPR", "the expression")], options: [bindings.description, resource.description],
        common: CommonOptions.readingBills(),
        examples: [
            .init("bursar eval '\"gp2\".matches(\"^gp[23]$\")'", "a constant expression"),
            .init("bursar eval --bindings b.yaml 'tags.exists(t, t == \"team\")'", "over values of a file"),
            .init("bursar eval --resource aws_instance.web 'resource.monthlyCost > usd(10)'", "over a resource of the workspace"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let text = invocation.arguments[0]
        let bound = try invocation[bindings].map { path throws(CommandFailure) in try BindingsFile.read(path, session) } ?? []
        let known = try invocation[resource].map { address throws(CommandFailure) in try session.record(of: address) }
        let names = Set(bound.map(\.name))
        let declared = Vocabulary.variables(of: .resource).enumerated().filter { !names.contains($1.name) }
        let environment = CELEnvironment(variables: bound.map { CELVariable($0.name, .dyn) } + declared.map(\.element))
        switch environment.compile(text) {
        case .problems(let problems):
            let source = SourceFile(path: "expression", text: text)
            session.show(
                problems.map { Diagnostic(.error, id: "wrong-expression", $0.message, at: SourceRange(source, $0.range)) })
            throw CommandFailure("the expression is not valid", .invalid)
        case .program(let program):
            let values = bound.map(\.value) + declared.map { known?[$0.offset] ?? .unknown("'\($0.element.name)' is not bound") }
            let result = program.evaluate(values)
            try session.write(
                EvalReport(
                    expression: text, value: result.value.description, type: program.resultType.description, cost: result.cost,
                    estimate: program.estimatedCost, outcome: result.value.outcome))
            return result.value.outcome == .error ? .invalid : .clean
        }
    }
}

extension CELValue {
    fileprivate var outcome: EvalReport.Outcome {
        switch self {
        case .error: .error
        case .unknown: .unknown
        default: .value
        }
    }
}

extension Session {
    /// The values of a rule's variables for a resource of the workspace.
    fileprivate func record(of address: String) throws(CommandFailure) -> [CELValue] {
        let workspace = try open()
        let evaluated: EvaluatedWorkspace
        do throws(WorkspaceError) { evaluated = try EvaluatedWorkspace(workspace, now: now, estimates: true) } catch {
            throw failure(error)
        }
        let found = evaluated.observed.resources.filter { $0.identity.address == address || $0.identity.description == address }
        guard let resource = found.first else {
            let hint = DidYouMean.hint(for: address, in: evaluated.observed.resources.map(\.identity.address))
            throw CommandFailure("there is no resource '\(address.printable)'\(hint)", .invalid)
        }
        guard found.count == 1 else {
            throw CommandFailure(
                "'\(address.printable)' is the address of several: \(found.map(\.identity.description).joined(separator: ", "))", .invalid)
        }
        return evaluated.variables(of: resource)
    }
}
