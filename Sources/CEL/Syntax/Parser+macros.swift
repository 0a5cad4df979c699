/// Macros look like calls, and are rewritten before anything is checked.
extension Parser {
    static let loops: [String: Expression.Loop.Kind] = [
        "all": .all, "exists": .exists, "exists_one": .existsOne, "existsOne": .existsOne, "map": .map, "filter": .filter,
        "transformList": .transformList, "transformMap": .transformMap, "transformMapEntry": .transformMapEntry,
        "sortBy": .sortBy,
    ]

    /// What a call stands for when it is a macro; nil when it is an ordinary call.
    func macro(
        _ name: String, target: Expression?, _ arguments: [Expression], nameRange: Range<Int>, range: Range<Int>
    ) throws(CELProblem) -> Expression? {
        guard let target else { return name == "has" ? try has(arguments, range) : nil }
        if case .name("cel", false) = target.kind, let expanded = try binding(name, arguments, range) { return expanded }
        if case .name("math", false) = target.kind, name == "greatest" || name == "least", arguments.count > 2 {
            let list = try make(.list(arguments.map { ($0, false) }), range)
            return try make(.call(name, target: target, [list], nameRange: nameRange), range)
        }
        switch (name, arguments.count) {
        case ("optMap", 2), ("optFlatMap", 2):
            return try make(.optionalMap(target, try variable(arguments[0]), arguments[1], isFlat: name == "optFlatMap"), range)
        default: break
        }
        guard let kind = Self.loops[name], let loop = try loop(kind, target, arguments) else { return nil }
        return try make(.loop(loop), range)
    }

    private func has(_ arguments: [Expression], _ range: Range<Int>) throws(CELProblem) -> Expression? {
        guard arguments.count == 1 else { return nil }
        guard case .select(let operand, var field) = arguments[0].kind, !field.isTest else {
            throw CELProblem("has() asks for a field, as in has(a.b)", arguments[0].range)
        }
        field.isTest = true
        return try make(.select(operand, field), range)
    }

    private func loop(
        _ kind: Expression.Loop.Kind, _ domain: Expression, _ arguments: [Expression]
    ) throws(CELProblem) -> Expression.Loop? {
        // How many names, whether a condition and whether a result follow.
        let shape: (names: Int, condition: Bool, result: Bool)
        switch (kind, arguments.count) {
        case (.all, 2), (.exists, 2), (.existsOne, 2), (.filter, 2): shape = (1, true, false)
        case (.all, 3), (.exists, 3), (.existsOne, 3): shape = (2, true, false)
        case (.map, 2), (.sortBy, 2): shape = (1, false, true)
        case (.map, 3): shape = (1, true, true)
        case (.transformList, 3), (.transformMap, 3), (.transformMapEntry, 3): shape = (2, false, true)
        case (.transformList, 4), (.transformMap, 4), (.transformMapEntry, 4): shape = (2, true, true)
        default: return nil
        }
        var names: [String] = []
        for argument in arguments.prefix(shape.names) { names.append(try variable(argument)) }
        guard Set(names).count == names.count else {
            throw CELProblem("both names of the macro are '\(names[0])'", arguments[1].range)
        }
        return Expression.Loop(
            kind: kind, domain: domain, names: names, condition: shape.condition ? arguments[shape.names] : nil,
            result: shape.result ? arguments[arguments.count - 1] : nil)
    }

    private func variable(_ expression: Expression) throws(CELProblem) -> String {
        guard case .name(let name, isAbsolute: false) = expression.kind else {
            throw CELProblem("the macro wants a simple name here", expression.range)
        }
        return name
    }

    /// `cel.bind` names a value; `cel.block`, `cel.index` and `cel.iterVar` are what optimisers write instead.
    private func binding(_ name: String, _ arguments: [Expression], _ range: Range<Int>) throws(CELProblem) -> Expression? {
        switch (name, arguments.count) {
        case ("bind", 3): return try make(.bind(try variable(arguments[0]), arguments[1], arguments[2]), range)
        case ("block", 2):
            guard case .list(let values) = arguments[0].kind else {
                throw CELProblem("cel.block() starts with a list", arguments[0].range)
            }
            return try make(.block(values.map(\.element), arguments[1]), range)
        case ("index", 1): return try make(.name("@index\(try number(arguments[0]))", isAbsolute: false), range)
        case ("iterVar", 2):
            return try make(.name("@it:\(try number(arguments[0])):\(try number(arguments[1]))", isAbsolute: false), range)
        default: return nil
        }
    }

    private func number(_ expression: Expression) throws(CELProblem) -> Int64 {
        guard case .constant(.int(let value)) = expression.kind, value >= 0 else {
            throw CELProblem("this has to be a whole number", expression.range)
        }
        return value
    }
}
