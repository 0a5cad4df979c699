import Diagnostics
import HCL

/// `local.x` from the locals blocks of a text, each evaluated anew; every other name is unknown here.
struct LocalReferences: References {
    let file: HCLFile

    init(_ text: String) {
        file = Parser.parse(SourceFile(path: "locals.tf", text: text)).file
    }

    func resolve(_ root: String, _ steps: [TraversalStep], in evaluator: Evaluator) throws(EvaluationError) -> (value: Value, used: Int)? {
        guard root == "local", case .name(let name)? = steps.first else { return root == "var" ? (.unknown("not given"), 1) : nil }
        for block in file.body.blocks("locals") {
            guard let attribute = block.body.attribute(name) else { continue }
            let value = evaluator.value(of: attribute.value, in: Scope(file: file.source, references: self))
            return (value.adding(.reference(Origin.Reference(.local, name, in: ""))), 1)
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
