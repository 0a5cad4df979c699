import Diagnostics

/// Terraform looks at every name of an expression before it evaluates any, also at those that it would not come to: in the branch that is not
/// chosen, behind an `&&` that is decided, in an argument of try() that is not needed. So what names nothing there is a mistake, too, and not
/// a value that somebody may give the name later.
extension Evaluator {
    /// - Throws: where an expression that is not evaluated, or whose mistakes are an answer, names what nothing declares.
    func requireNames(in expression: Expression, _ scope: Scope) throws(EvaluationError) {
        try requireNames(in: expression, Bound(scope))
    }

    func requireNames(in parts: [Template.Part], _ scope: Scope) throws(EvaluationError) {
        try requireNames(in: parts, Bound(scope))
    }

    private struct Bound {
        let scope: Scope
        var names: Set<String> = []

        init(_ scope: Scope) { self.scope = scope }

        func adding(_ more: [String?]) -> Bound {
            var bound = self
            for name in more { if let name { bound.names.insert(name) } }
            return bound
        }

        func mayName(_ root: String, _ steps: [String]) -> Bool {
            names.contains(root) || scope.local(root) != nil || scope.references.declares(root, steps)
        }
    }

    private func requireNames(in expression: Expression, _ bound: Bound) throws(EvaluationError) {
        try charge(1)
        switch expression.kind {
        case .variable, .attribute, .index:
            var steps: [String?] = []
            var at = expression
            walk: while true {
                switch at.kind {
                case .attribute(let base, let name): (at, steps) = (base, steps + [name])
                case .index(let base, let key):
                    try requireNames(in: key, bound)
                    (at, steps) = (base, steps + [nil])
                default: break walk
                }
            }
            guard case .variable(let root) = at.kind else { return try requireNames(in: at, bound) }
            // Behind an index there are no names of declarations any more.
            let names = steps.reversed().prefix { $0 != nil }.compactMap(\.self)
            guard bound.mayName(root, names) else {
                let name = ([root] + names.prefix(root == "data" ? 2 : 1)).joined(separator: ".")
                throw EvaluationError(
                    "nothing declares '\(name)', and Terraform refuses that also where it does not need the value",
                    at: SourceRange(bound.scope.file, expression.range))
            }
        case .forExpression(let loop):
            try requireNames(in: loop.collection, bound)
            let inside = bound.adding([loop.keyName, loop.valueName])
            for part in [loop.key, loop.value, loop.condition] { if let part { try requireNames(in: part, inside) } }
        case .template(let template): try requireNames(in: template.parts, bound)
        default: for child in expression.children { try requireNames(in: child, bound) }
        }
    }

    private func requireNames(in parts: [Template.Part], _ bound: Bound) throws(EvaluationError) {
        for part in parts {
            switch part {
            case .literal: break
            case .interpolation(let expression): try requireNames(in: expression, bound)
            case .condition(let condition, let then, let otherwise):
                try requireNames(in: condition, bound)
                try requireNames(in: then + otherwise, bound)
            case .loop(let keyName, let valueName, let collection, let body):
                try requireNames(in: collection, bound)
                try requireNames(in: body, bound.adding([keyName, valueName]))
            }
        }
    }
}
