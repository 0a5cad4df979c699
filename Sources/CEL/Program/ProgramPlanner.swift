/// Turns a checked expression into nodes, and picks the fast ones where it can.
struct ProgramPlanner {
    let environment: CELEnvironment
    let text: String
    let recordingBranches: Bool
    private(set) var branches: [CELBranch] = []

    init(environment: CELEnvironment, text: String, recordingBranches: Bool) {
        self.environment = environment
        self.text = text
        self.recordingBranches = recordingBranches
    }

    mutating func plan(_ expression: Expression) -> Node {
        let range = expression.range
        switch expression.meaning {
        case .failure(let message): return FailureNode(message, range)
        case .variable(let index): return VariableNode(index, name: environment.variables[index].name, range)
        case .local(let slot): return LocalNode(slot, range)
        case .typeName(let type): return ConstantNode(.type(type), range)
        case .plain, .field, .functions, .slots: break
        }
        switch expression.kind {
        case .constant(let value): return ConstantNode(value, range)
        case .name(let name, _): return FailureNode("unknown variable '\(name)'", range)
        case .message(let name): return FailureNode("there are no messages, and so no '\(name)'", range)
        case .select(let operand, let field): return plan(expression, operand, field)
        case .index(let operand, let key, let isOptional): return IndexNode(plan(operand), plan(key), isOptional: isOptional, range)
        case .call(let name, let target, let arguments, _): return plan(expression, name, target, arguments)
        case .and(let operands):
            let nodes = operands.map { planOperand($0) }
            guard nodes.count <= 4 else { return AndNode(nodes, range) }
            return nodes.dropFirst().reduce(nodes[0]) { AndPairNode($0, $1, range) }
        case .or(let operands): return OrNode(operands.map { planOperand($0) }, range)
        case .choice(let condition, let yes, let no):
            let condition = plan(condition)
            return ChoiceNode(condition, planSide(yes, "is chosen"), planSide(no, "is chosen"), range)
        case .list(let elements): return ListNode(elements.map { (plan($0.element), $0.isOptional) }, range)
        case .map(let entries): return MapNode(entries.map { (plan($0.key), plan($0.value), $0.isOptional) }, range)
        case .loop(let loop): return plan(expression, loop)
        case .bind(_, let value, let body): return BindNode(bindings(expression, [value]), plan(body), range)
        case .block(let values, let body): return BindNode(bindings(expression, values), plan(body), range)
        case .optionalMap(let target, _, let body, let isFlat):
            return OptionalMapNode(plan(target), slot: slots(expression)[0], plan(body), isFlat: isFlat, range)
        }
    }

    private func slots(_ expression: Expression) -> [Int] {
        guard case .slots(let slots) = expression.meaning else { preconditionFailure("the checker gives macros their slots") }
        return slots
    }

    private mutating func bindings(_ expression: Expression, _ values: [Expression]) -> [(slot: Int, value: Node)] {
        zip(slots(expression), values).map { ($0, plan($1)) }
    }

    private mutating func plan(_ expression: Expression, _ operand: Expression, _ field: Expression.Field) -> Node {
        if field.isTest { return HasNode(plan(operand), field.name, expression.range) }
        if case .field(let index) = expression.meaning, !field.isOptional, case .variable(let variable) = operand.meaning,
            case .object(let type) = environment.variables[variable].type
        {
            return VariableFieldNode(variable: variable, type: type, field: index, name: field.name, expression.range)
        }
        return SelectNode(plan(operand), field.name, isOptional: field.isOptional, expression.range)
    }

    // MARK: Calls

    private mutating func plan(_ expression: Expression, _ name: String, _ target: Expression?, _ arguments: [Expression]) -> Node {
        guard case .functions(let functions) = expression.meaning else {
            return FailureNode("unknown function '\(name)'", expression.range)
        }
        let isMethod = functions[0].isMethod
        let all = (isMethod ? target.map { [$0] } ?? [] : []) + arguments
        if let fast = planFast(expression, name, all, functions) { return fast }
        return CallNode(functions, all.map { plan($0) }, expression.range)
    }

    private mutating func planFast(_ expression: Expression, _ name: String, _ arguments: [Expression], _ functions: [Function]) -> Node? {
        let range = expression.range
        switch name {
        case "!_": return NotNode(plan(arguments[0]), range)
        case "_==_", "_!=_":
            let isNegated = name == "_!=_"
            for (constant, other) in [(arguments[1], arguments[0]), (arguments[0], arguments[1])] {
                if case .constant(.string(let text)) = constant.kind {
                    return TextEqualNode(plan(other), text, isNegated: isNegated, range)
                }
            }
            return EqualNode(plan(arguments[0]), plan(arguments[1]), isNegated: isNegated, range)
        case "_<_", "_<=_", "_>_", "_>=_":
            guard let relation = Relation.all[name] else { return nil }
            if case .constant(let number) = arguments[1].kind, let threshold = Threshold(number) {
                return NumberOrderNode(plan(arguments[0]), number, threshold, relation, range)
            }
            return OrderNode(plan(arguments[0]), plan(arguments[1]), relation, range)
        case "startsWith", "endsWith", "contains":
            guard arguments.count == 2, functions.count == 1, arguments[0].type == .string,
                case .constant(.string(let text)) = arguments[1].kind
            else { return nil }
            let kind: TextTestNode.Kind = name == "startsWith" ? .start : name == "endsWith" ? .end : .part
            return TextTestNode(plan(arguments[0]), kind, text, functions[0].cost, range)
        case "matches":
            guard arguments.count == 2, case .constant(.string(let text)) = arguments[1].kind,
                let pattern = Library.preparedPattern(text)
            else { return nil }
            return MatchNode(plan(arguments[0]), pattern, range)
        default: return nil
        }
    }

    // MARK: Macros

    private mutating func plan(_ expression: Expression, _ loop: Expression.Loop) -> Node {
        let range = expression.range
        let domain = LoopDomain(node: plan(loop.domain), slots: slots(expression))
        if loop.kind == .exists, let text = searchedText(loop, domain.slots) { return ExistsTextNode(domain, text, range) }
        let condition = loop.condition.map { plan($0) }
        let result = loop.result.map { plan($0) }
        switch (loop.kind, condition) {
        case (.all, let condition?): return QuantifierNode(domain, condition, isExists: false, range)
        case (.exists, let condition?): return QuantifierNode(domain, condition, isExists: true, range)
        case (.existsOne, let condition?): return ExistsOneNode(domain, condition, range)
        case (.sortBy, _): return SortNode(domain, TransformNode(domain, nil, result, .list, range), range)
        case (.transformMap, _): return TransformNode(domain, condition, result, .map, range)
        case (.transformMapEntry, _): return TransformNode(domain, condition, result, .entries, range)
        default: return TransformNode(domain, condition, result, .list, range)
        }
    }

    /// The text of `exists(k, k == "text")`.
    private func searchedText(_ loop: Expression.Loop, _ slots: [Int]) -> String? {
        guard slots.count == 1, !recordingBranches, let condition = loop.condition,
            case .call("_==_", _, let sides, _) = condition.kind, case .functions = condition.meaning,
            case .local(slots[0]) = sides[0].meaning, case .constant(.string(let text)) = sides[1].kind
        else { return nil }
        return text
    }

    // MARK: Branches

    private mutating func planOperand(_ operand: Expression) -> Node {
        guard recordingBranches else { return plan(operand) }
        let (yes, no) = (branch(operand, "is true"), branch(operand, "is false"))
        return RecordedTestNode(plan(operand), whenTrue: yes, whenFalse: no)
    }

    private mutating func planSide(_ side: Expression, _ what: String) -> Node {
        guard recordingBranches else { return plan(side) }
        let index = branch(side, what)
        return RecordedNode(plan(side), branch: index)
    }

    private mutating func branch(_ expression: Expression, _ what: String) -> Int {
        let bytes = Array(text.utf8)[expression.range]
        let shown = String(decoding: bytes, as: UTF8.self)
        branches.append(CELBranch(range: expression.range, description: "'\(shown)' \(what)"))
        return branches.count - 1
    }
}
