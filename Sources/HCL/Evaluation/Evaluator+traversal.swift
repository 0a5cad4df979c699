import Diagnostics

extension Evaluator {
    /// `a.b["c"].d`: the root is looked up together with its steps, because `aws_instance.web` is nothing without its names.
    func traverse(_ expression: Expression, _ scope: Scope) throws(EvaluationError) -> Value {
        var names: [Expression] = []
        var at = expression
        while true {
            switch at.kind {
            case .attribute(let base, _), .index(let base, _):
                names.append(at)
                at = base
                continue
            default: break
            }
            break
        }
        names.reverse()
        var value: Value
        var used = 0
        var steps: [TraversalStep] = []
        for name in names { steps.append(try step(name, scope)) }
        if case .variable(let root) = at.kind {
            if let local = scope.local(root) {
                value = local
            } else if let found = try scope.references.resolve(root, steps, in: self) {
                (value, used) = (found.value, found.used)
            } else {
                throw EvaluationError("there is nothing named '\(root)' here")
            }
        } else {
            value = try evaluate(at, scope)
        }
        for step in steps.dropFirst(used) { value = try self.step(step, into: value) }
        if value.origin == nil {
            // Of what is not known only names are repeated: what is written out may be a secret.
            var source = shortened(expression.range, scope)
            if value.unknownReason != nil {
                if case .variable = at.kind {} else { source = "an expression" }
            }
            value.origin = computed("taken from \(source)", expression.range, scope)
        }
        return value
    }

    private func step(_ expression: Expression, _ scope: Scope) throws(EvaluationError) -> TraversalStep {
        switch expression.kind {
        case .attribute(_, let name): .name(name)
        case .index(_, let key): .key(try evaluate(key, scope))
        default: throw EvaluationError("this cannot follow a value")
        }
    }

    package func step(_ step: TraversalStep, into value: Value) throws(EvaluationError) -> Value {
        switch step {
        case .name(let name): try attribute(name, of: value)
        case .key(let key): try element(key, of: value)
        }
    }

    func attribute(_ name: String, of value: Value) throws(EvaluationError) -> Value {
        switch value.kind {
        case .unknown: return value
        case .null: throw EvaluationError("the value is null and has no attribute '\(name)'")
        case .map(let map):
            if let entry = map[name] { return entry.value.inheriting(from: value) }
            if let reason = map.reason(hiding: name) { return .unknown(reason) }
            throw EvaluationError("there is no attribute '\(name)'\(DidYouMean.hint(for: name, in: map.keys))")
        default: throw EvaluationError("a \(value.typeName) has no attribute '\(name)'")
        }
    }

    func element(_ key: Value, of value: Value) throws(EvaluationError) -> Value {
        if value.unknownReason != nil { return value }
        if let reason = key.unknownReason { return .unknown(reason) }
        switch value.kind {
        case .null: throw EvaluationError("the value is null and has no elements")
        case .list(let elements, _):
            guard let index = try key.requireNumber().integer, elements.indices.contains(index) else {
                throw EvaluationError("the index \(key.text ?? "") is outside the \(elements.count) elements")
            }
            return elements[index].inheriting(from: value)
        case .map(let map):
            let name = try key.requireText()
            if let entry = map[name] { return entry.value.inheriting(from: value) }
            if let reason = map.reason(hiding: name) { return .unknown(reason) }
            throw EvaluationError("there is no element with the key \"\(name)\"")
        default: throw EvaluationError("a \(value.typeName) has no elements to pick by index")
        }
    }

    /// `xs[*].name`: null is no element, and a single value counts as a list of one.
    func splat(_ source: Expression, _ each: Expression, _ range: Range<Int>, _ scope: Scope) throws(EvaluationError) -> Value {
        let value = try evaluate(source, scope)
        if value.unknownReason != nil { return value }
        var elements: [Value] = []
        var isTuple = true
        switch value.kind {
        case .null: break
        case .list(let list, let tuple): (elements, isTuple) = (list, tuple)
        case .set(let set): (elements, isTuple) = (set, false)
        default: elements = [value]
        }
        var results: [Value] = []
        for element in elements {
            let bound = scope.binding("*", to: element.inheriting(from: value).adding(.iteration))
            results.append(try evaluate(each, bound))
        }
        return try admitted(Value(.list(results, isTuple: isTuple), origin: computed("collected by a splat", range, scope)))
    }

    private func shortened(_ range: Range<Int>, _ scope: Scope) -> String {
        range.count <= 40 ? scope.file.text(range) : "an expression"
    }

    func computed(_ reason: String, _ range: Range<Int>, _ scope: Scope) -> Origin {
        Origin(file: scope.file, range: range, computed: reason)
    }
}
