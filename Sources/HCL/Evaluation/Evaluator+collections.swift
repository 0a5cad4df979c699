import Diagnostics
import Patterns

extension Evaluator {
    func tuple(_ elements: [Expression], _ range: Range<Int>, _ scope: Scope) throws(EvaluationError) -> Value {
        var values: [Value] = []
        values.reserveCapacity(elements.count)
        for element in elements { values.append(try contained(element, scope)) }
        return try admitted(Value(.list(values, isTuple: true), origin: Origin(file: scope.file, range: range)))
    }

    func object(_ items: [ObjectItem], _ range: Range<Int>, _ scope: Scope) throws(EvaluationError) -> Value {
        var entries: [MapValue.Entry] = []
        entries.reserveCapacity(items.count)
        var openReason: String?
        var openKeys: [KeyPattern]? = []
        for item in items {
            let value = try contained(item.value, scope)
            let key = try key(item.key, scope)
            if let reason = key.unknownReason {
                openReason = reason
                let pattern = pattern(of: item.key, scope)
                openKeys = pattern.flatMap { pattern in openKeys.map { $0 + [pattern] } }
                continue
            }
            guard !key.isNull else { throw EvaluationError("a key cannot be null") }
            let written = MapValue.Item(
                file: scope.file, range: item.range, keyRange: item.keyRange, hasLiteralKey: item.key.literal != nil)
            entries.append(MapValue.Entry(try key.requireText(), value, item: written))
        }
        let origin = Origin(file: scope.file, range: range)
        return try admitted(
            Value(
                .map(MapValue(entries, openReason: openReason, openKeys: openReason == nil ? nil : openKeys, sources: [origin])),
                origin: origin))
    }

    /// An element's mistake makes that element unknown, not its neighbours.
    private func contained(_ expression: Expression, _ scope: Scope) throws(EvaluationError) -> Value {
        guard !scope.isStrict else { return try evaluate(expression, scope) }
        return value(of: expression, in: scope)
    }

    /// As `contained`, but the first limit that is met ends the loop: what is too large once is so a thousand times.
    private func element(_ expression: Expression, _ scope: Scope) throws(EvaluationError) -> Value {
        do {
            return try evaluate(expression, scope)
        } catch {
            guard !scope.isStrict, !error.isLimit else { throw error }
            return failure(error, expression.range, scope)
        }
    }

    private func key(_ key: ObjectItem.Key, _ scope: Scope) throws(EvaluationError) -> Value {
        switch key {
        case .bare(let name): return .string(name)
        case .template(let template): return try evaluate(template, 0..<0, scope)
        case .expression(let expression):
            if case .attribute = expression.kind { throw EvaluationError("write the key as (\(scope.file.text(expression.range)))") }
            return try evaluate(expression, scope)
        }
    }

    /// `[for …]` and `{for …}`
    func evaluate(_ loop: ForExpression, _ range: Range<Int>, _ scope: Scope) throws(EvaluationError) -> Value {
        let source = try evaluate(loop.collection, scope)
        if let reason = source.unknownReason { return unknown(reason, range, scope) }
        guard let pairs = Self.pairs(of: source) else { throw EvaluationError("cannot iterate over \(source.typeName)") }
        try charge(pairs.count)
        // With no element nothing of it is come to, and what the condition leaves out never is.
        if pairs.isEmpty || loop.condition != nil {
            try requireNames(in: Expression(.forExpression(loop), range), scope)
        }
        var result = LoopResult(openReason: source.mapValue?.openReason)
        for (key, value, item) in pairs {
            var bound = scope
            if let name = loop.keyName { bound = bound.binding(name, to: key) }
            bound = bound.binding(loop.valueName, to: value.inheriting(from: source).adding(.iteration))
            try add(loop, item, bound, to: &result)
        }
        return try admitted(result.value(of: loop, computed("built by a for expression", range, scope)))
    }

    private func add(_ loop: ForExpression, _ item: MapValue.Item?, _ scope: Scope, to result: inout LoopResult) throws(EvaluationError) {
        if let condition = loop.condition {
            let test = try evaluate(condition, scope)
            if let reason = test.unknownReason {
                result.openReason = reason
                // The element may or may not be there: its key is not known to hold a value.
                if let key = loop.key, let name = try evaluate(key, scope).text {
                    result.entries.append(MapValue.Entry(name, .unknown(reason)))
                }
                return
            }
            guard try test.requireBool() else { return }
        }
        guard let key = loop.key else {
            result.elements.append(try element(loop.value, scope))
            return
        }
        let name = try evaluate(key, scope)
        if let reason = name.unknownReason {
            result.openReason = reason
            return
        }
        let text = try name.requireText()
        let value = try element(loop.value, scope)
        guard !loop.groups else {
            result.groups[text, default: []].append(value)
            return
        }
        guard result.seen.insert(text).inserted else {
            throw EvaluationError("two elements of the for expression have the key \"\(text)\"")
        }
        // `{for k, v in m : k => v}` keeps its items: they may be edited where they stand.
        var kept: MapValue.Item?
        if case .variable(loop.keyName) = key.kind, loop.keyName != nil {
            kept = item
            kept?.path.append(.iteration)
        }
        result.entries.append(MapValue.Entry(text, value, item: kept))
    }

    private struct LoopResult {
        var openReason: String?
        var elements: [Value] = []
        var entries: [MapValue.Entry] = []
        var groups: [String: [Value]] = [:]
        var seen: Set<String> = []

        func value(of loop: ForExpression, _ origin: Origin) -> Value {
            guard loop.key != nil else {
                if let openReason { return Value(.unknown(openReason), origin: origin) }
                return Value(.list(elements, isTuple: true), origin: origin)
            }
            let grouped = groups.map { MapValue.Entry($0.key, .tuple($0.value)) }
            return Value(.map(MapValue(entries + grouped, openReason: openReason)), origin: origin)
        }
    }

    /// What `for` binds: key and value, for lists the index and the element.
    static func pairs(of value: Value) -> [(key: Value, value: Value, item: MapValue.Item?)]? {
        switch value.kind {
        case .list(let elements, _): elements.enumerated().map { (.number($0), $1, nil) }
        case .set(let elements): elements.map { ($0, $0, nil) }
        case .map(let map): map.entries.map { (.string($0.key), $0.value, $0.item) }
        default: nil
        }
    }
}
