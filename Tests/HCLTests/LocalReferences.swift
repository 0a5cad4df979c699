import Diagnostics
import HCL

/// `local.x` from the locals blocks of a text; variables are not given, and there are no other names.
final class LocalReferences: References {
    let file: HCLFile
    private var known: [String: Value] = [:]

    init(_ text: String) {
        file = Parser.parse(SourceFile(path: "locals.tf", text: text)).file
    }

    func resolve(_ root: String, _ steps: [TraversalStep], in evaluator: Evaluator) throws(EvaluationError) -> (value: Value, used: Int)? {
        guard root == "local", case .name(let name)? = steps.first else { return root == "var" ? (.unknown("not given"), 1) : nil }
        if let value = known[name] { return (value, 1) }
        for block in file.body.blocks("locals") {
            guard let attribute = block.body.attribute(name) else { continue }
            let value = evaluator.value(of: attribute.value, in: Scope(file: file.source, references: self))
                .adding(.reference(Origin.Reference(.local, name, in: "")))
            known[name] = value
            return (value, 1)
        }
        return nil
    }

    /// The value of an expression that stands in the file `here.tf`.
    func evaluate(_ text: String, limits: Evaluator.Limits = Evaluator.Limits()) -> (value: Value, problems: [EvaluationError]) {
        let source = SourceFile(path: "here.tf", text: text)
        guard let expression = Parser.parseExpression(source).0 else { return (.unknown("not an expression"), []) }
        let evaluator = Evaluator(limits: limits)
        let value = evaluator.value(of: expression, in: Scope(file: source, references: self))
        return (value, evaluator.problems)
    }
}
