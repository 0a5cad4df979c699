/// Literals, conditions and macros.
extension Checker {
    func joined(_ types: [CELType]) -> CELType {
        guard let first = types.first else { return unifier.fresh() }
        return types.dropFirst().reduce(first) { unifier.join($0, $1) }
    }

    /// The type of a literal's element; an optional one is there when it has a value.
    func checkElement(_ element: Expression, isOptional: Bool) -> CELType {
        let type = check(element)
        guard isOptional, isChecked else { return isOptional ? .dyn : type }
        let wrapped = unifier.fresh()
        guard unifier.assign(type, to: .optional(wrapped)) else {
            report("'?' wants an optional, not \(resolved(type).spoken)", element.range)
            return .dyn
        }
        return resolved(wrapped)
    }

    func checkMap(_ expression: Expression, _ entries: [(key: Expression, value: Expression, isOptional: Bool)]) {
        let keys = joined(entries.map { check($0.key) })
        let values = joined(entries.map { checkElement($0.value, isOptional: $0.isOptional) })
        expression.type = .map(keys, values)
        guard isChecked else { return }
        for entry in entries {
            switch resolved(entry.key.type) {
            case .int, .uint, .bool, .string, .dyn, .parameter: continue
            case let type: report("a map's key is an int, uint, bool or string, not \(type.spoken)", entry.key.range)
            }
        }
    }

    func checkChoice(_ expression: Expression, _ condition: Expression, _ yes: Expression, _ no: Expression) {
        expect(condition, .bool, "a condition")
        let types = [check(yes), check(no)]
        guard isChecked else { return }
        let result = unifier.fresh()
        guard unifier.assign(types, to: [result, result]) else {
            let (first, second) = (resolved(types[0]).spoken, resolved(types[1]).spoken)
            return fail(expression, "the two sides of '? :' differ: \(first) and \(second)", yes.range.lowerBound..<no.range.upperBound)
        }
        expression.type = unifier.resolve(result)
    }

    func checkLoop(_ expression: Expression, _ loop: Expression.Loop) {
        let domain = resolved(check(loop.domain))
        let element: CELType
        let key: CELType
        switch domain {
        case .list(let type): (key, element) = (.int, type)
        case .map(let keyType, let valueType): (key, element) = (keyType, valueType)
        case .dyn, .parameter: (key, element) = (.dyn, .dyn)
        default:
            report("a macro runs over a list or a map, not over \(domain.spoken)", loop.domain.range)
            (key, element) = (.dyn, .dyn)
        }
        var isMap = false
        if case .map = domain { isMap = true }
        // One name stands for the element of a list, but for the key of a map.
        let types = loop.names.count == 1 ? [isMap ? key : element] : [key, element]
        expression.meaning = .slots(zip(loop.names, types).map { push($0, $1) })
        if let condition = loop.condition { expect(condition, .bool, "the macro's condition") }
        let result = loop.result.map { check($0) }
        pop(loop.names.count)
        switch loop.kind {
        case .all, .exists, .existsOne: expression.type = .bool
        case .map, .transformList: expression.type = .list(result ?? .dyn)
        case .filter, .sortBy: expression.type = isMap ? .list(key) : domain.isDynamic ? .list(.dyn) : domain
        case .transformMap: expression.type = .map(key, result ?? .dyn)
        case .transformMapEntry:
            expression.type = .map(.dyn, .dyn)
            guard let result, let entry = loop.result else { break }
            switch resolved(result) {
            case .map(let key, let value): expression.type = .map(key, value)
            case .dyn, .parameter: break
            case let type: report("transformMapEntry() makes maps of one entry, not \(type.spoken)", entry.range)
            }
        }
    }

    func checkOptionalMap(_ expression: Expression, _ target: Expression, _ name: String, _ body: Expression, _ isFlat: Bool) {
        let type = resolved(check(target))
        var wrapped = CELType.dyn
        switch type {
        case .optional(let inner): wrapped = inner
        case .dyn, .parameter: break
        default: report("optMap() wants an optional, not \(type.spoken)", target.range)
        }
        expression.meaning = .slots([push(name, wrapped)])
        let result = check(body)
        pop(1)
        guard isFlat else { return expression.type = .optional(result) }
        switch resolved(result) {
        case .optional, .dyn, .parameter: expression.type = result
        case let other:
            report("optFlatMap() wants an optional as its result, not \(other.spoken)", body.range)
            expression.type = .optional(.dyn)
        }
    }
}
