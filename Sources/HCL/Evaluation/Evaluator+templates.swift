import Diagnostics

extension Evaluator {
    func evaluate(_ template: Template, _ range: Range<Int>, _ scope: Scope) throws(EvaluationError) -> Value {
        // "${x}" alone is x itself, with its type.
        if case .quoted = template.form, let inner = template.interpolation { return try evaluate(inner, scope) }
        if let text = template.literal {
            if case .heredoc = template.form { return Value(.string(text), origin: computed("written as a heredoc", range, scope)) }
            return Value(.string(text), origin: Origin(file: scope.file, range: range))
        }
        var text = ""
        let reason = try append(template.parts, to: &text, scope)
        let origin = computed("built by a template", range, scope)
        if let reason { return Value(.unknown(reason), origin: origin) }
        return try admitted(Value(.string(text), origin: origin))
    }

    /// Returns why the text is unknown, when it is.
    private func append(_ parts: [Template.Part], to text: inout String, _ scope: Scope) throws(EvaluationError) -> String? {
        var unknownReason: String?
        for part in parts {
            let reason = try append(part, to: &text, scope)
            unknownReason = unknownReason ?? reason
            guard text.utf8.count <= limits.size * 8 else { throw EvaluationError("the text is too long", kind: .limit) }
        }
        return unknownReason
    }

    private func append(_ part: Template.Part, to text: inout String, _ scope: Scope) throws(EvaluationError) -> String? {
        switch part {
        case .literal(let piece):
            text += piece
            return nil
        case .interpolation(let expression):
            let value = try evaluate(expression, scope)
            if let reason = value.unknownReason { return reason }
            guard !value.isNull else { throw EvaluationError("a template cannot include null") }
            text += try value.requireText()
            return nil
        case .condition(let condition, let then, let otherwise):
            let test = try evaluate(condition, scope)
            if let reason = test.unknownReason { return reason }
            let flag = try test.requireBool()
            try requireNames(in: flag ? otherwise : then, scope)
            return try append(flag ? then : otherwise, to: &text, scope)
        case .loop(let keyName, let valueName, let collection, let body):
            return try appendLoop(part, keyName, valueName, collection, body, to: &text, scope)
        }
    }

    private func appendLoop(
        _ part: Template.Part, _ keyName: String?, _ valueName: String, _ collection: Expression, _ body: [Template.Part],
        to text: inout String, _ scope: Scope
    ) throws(EvaluationError) -> String? {
        let source = try evaluate(collection, scope)
        if let reason = source.unknownReason ?? source.mapValue?.openReason { return reason }
        guard let pairs = Self.pairs(of: source) else { throw EvaluationError("cannot iterate over \(source.typeName)") }
        // With no element the body is never come to.
        if pairs.isEmpty { try requireNames(in: [part], scope) }
        for (key, value, _) in pairs {
            try charge(1)
            var bound = scope
            if let keyName { bound = bound.binding(keyName, to: key) }
            if let reason = try append(body, to: &text, bound.binding(valueName, to: value.inheriting(from: source).adding(.iteration))) {
                return reason
            }
        }
        return nil
    }
}
