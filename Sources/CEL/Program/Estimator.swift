/// What an expression costs at least and at most, by the same rules by which the run counts.
struct Estimator {
    /// What is known about a part before it is evaluated.
    struct Estimate {
        var cost: ClosedRange<UInt64>
        /// Bytes of a text, elements of a list or map.
        var size: ClosedRange<UInt64>
    }

    private static let anySize: ClosedRange<UInt64> = 0...UInt64.max
    private let environment: CELEnvironment

    init(_ environment: CELEnvironment) { self.environment = environment }

    func estimate(_ expression: Expression) -> Estimate {
        switch expression.meaning {
        case .failure, .typeName: return Estimate(cost: 0...0, size: 1...1)
        case .variable(let index):
            let maximum = environment.variables[index].maximumSize.map { UInt64($0) }
            return Estimate(cost: 1...1, size: size(of: expression.type, maximum: maximum))
        case .local: return Estimate(cost: 1...1, size: size(of: expression.type))
        case .plain, .field, .functions, .slots: break
        }
        switch expression.kind {
        case .constant(let value): return Estimate(cost: 0...0, size: value.costSize...value.costSize)
        case .name, .message: return Estimate(cost: 0...0, size: Self.anySize)
        case .select(let operand, _):
            return Estimate(cost: sum(estimate(operand).cost, 1...1), size: size(of: expression.type))
        case .index(let operand, let key, _):
            let found = estimate(key)
            let own = sum(1...1, keyCost(key, found.size))
            return Estimate(cost: sum(sum(estimate(operand).cost, found.cost), own), size: size(of: expression.type))
        case .call(_, let target, let arguments, _): return call(expression, target, arguments)
        case .and(let operands), .or(let operands):
            let costs = operands.map { estimate($0).cost }
            return Estimate(cost: absorbed(costs[0])...costs.reduce(0) { plus($0, $1.upperBound) }, size: 1...1)
        case .choice(let condition, let yes, let no):
            let (yes, no) = (estimate(yes), estimate(no))
            return Estimate(cost: sum(estimate(condition).cost, either(yes.cost, no.cost)), size: either(yes.size, no.size))
        case .list(let elements):
            let cost = elements.reduce(10...10) { sum($0, estimate($1.element).cost) }
            let sure = UInt64(elements.filter { !$0.isOptional }.count)
            return Estimate(cost: cost, size: sure...UInt64(elements.count))
        case .map(let entries):
            let cost = entries.reduce(30...30 as ClosedRange<UInt64>) { total, entry in
                let key = estimate(entry.key)
                let own = keyCost(entry.key, key.size)
                // An optional entry that is not there has no key to pay for.
                let entryCost = sum(key.cost, sum(estimate(entry.value).cost, (entry.isOptional ? 0 : own.lowerBound)...own.upperBound))
                return sum(total, entryCost)
            }
            let sure = UInt64(entries.filter { !$0.isOptional }.count)
            return Estimate(cost: cost, size: sure...UInt64(entries.count))
        case .loop(let loop): return estimate(loop)
        case .bind(_, let value, let body):
            let result = estimate(body)
            let cost = estimate(value).cost
            return Estimate(cost: sum(absorbed(cost)...cost.upperBound, result.cost), size: result.size)
        case .block(let values, let body):
            let result = estimate(body)
            let cost = values.reduce(result.cost) { total, value in
                let cost = estimate(value).cost
                return sum(total, absorbed(cost)...cost.upperBound)
            }
            return Estimate(cost: cost, size: result.size)
        case .optionalMap(let target, _, let body, _):
            let cost = sum(estimate(target).cost, 1...1)
            return Estimate(cost: cost.lowerBound...plus(cost.upperBound, estimate(body).cost.upperBound), size: 1...1)
        }
    }

    private func call(_ expression: Expression, _ target: Expression?, _ arguments: [Expression]) -> Estimate {
        guard case .functions(let functions) = expression.meaning else { return Estimate(cost: 0...0, size: Self.anySize) }
        let all = (functions[0].isMethod ? target.map { [$0] } ?? [] : []) + arguments
        let parts = all.map { estimate($0) }
        let sizes = parts.map(\.size) + Array(repeating: 1...1, count: max(0, 3 - parts.count))
        let own = functions.map { function -> ClosedRange<UInt64> in
            let least = function.cost.amount(sizes[0].lowerBound, sizes[1].lowerBound, sizes[2].lowerBound)
            let most = function.cost.amount(sizes[0].upperBound, sizes[1].upperBound, sizes[2].upperBound)
            return least...(function.cost.isOpen ? .max : most)
        }
        var cost = own.dropFirst().reduce(own[0]) { either($0, $1) }
        if functions[0].name == "matches", case .constant(.string(let text)) = arguments.last?.kind,
            let pattern = Library.preparedPattern(text)
        {
            cost = pattern.cost(sizes[0].lowerBound)...pattern.cost(sizes[0].upperBound)
        }
        if functions[0].name == "_==_" || functions[0].name == "_!=_" { cost = equality(all, parts) }
        let total = parts.reduce(cost) { sum($0, $1.cost) }
        return Estimate(cost: total, size: resultSize(expression, functions, parts))
    }

    /// Texts cost by the shorter one, single values 1, and what nests has no known end.
    private func equality(_ sides: [Expression], _ parts: [Estimate]) -> ClosedRange<UInt64> {
        let isSingle = { (type: CELType) in
            switch type {
            case .null, .bool, .int, .uint, .double, .timestamp, .duration, .money, .quantity, .ip, .cidr, .type: true
            default: false
            }
        }
        if sides.contains(where: { isSingle($0.type) }) { return 1...1 }
        let isText = { (type: CELType) in type == .string || type == .bytes }
        guard sides.contains(where: { isText($0.type) }) else { return 1...UInt64.max }
        let shorter = min(parts[0].size.upperBound, parts[1].size.upperBound)
        let least = sides.allSatisfy { isText($0.type) } ? min(parts[0].size.lowerBound, parts[1].size.lowerBound) : 0
        return max(1, tenth(least))...max(1, tenth(shorter))
    }

    private func resultSize(_ expression: Expression, _ functions: [Function], _ parts: [Estimate]) -> ClosedRange<UInt64> {
        guard functions.count == 1 else { return size(of: expression.type) }
        switch functions[0].cost.resultSize {
        case .unknown: return size(of: expression.type)
        case .first: return 0...parts[0].size.upperBound
        case .sum: return parts.dropFirst().reduce(parts[0].size) { sum($0, $1.size) }
        }
    }

    private func estimate(_ loop: Expression.Loop) -> Estimate {
        let domain = estimate(loop.domain)
        let rounds = domain.size
        let condition = loop.condition.map { estimate($0).cost } ?? 0...0
        let result = loop.result.map { estimate($0).cost } ?? 0...0
        switch loop.kind {
        case .all, .exists:
            let round = plus(1, condition.upperBound)
            let least = rounds.lowerBound > 0 ? plus(1, absorbed(condition)) : 0
            let own = least...max(least, times(rounds.upperBound, round))
            return Estimate(cost: sum(domain.cost, own), size: 1...1)
        case .existsOne:
            let own = times(rounds.lowerBound, plus(1, condition.lowerBound))...times(rounds.upperBound, plus(1, condition.upperBound))
            return Estimate(cost: sum(domain.cost, own), size: 1...1)
        case .sortBy:
            // The list is looked at twice, and sorting goes by what the keys are.
            let least = plus(times(2, domain.cost.lowerBound), 10)
            return Estimate(cost: least...UInt64.max, size: rounds)
        default:
            let base: UInt64 = loop.kind == .transformMap || loop.kind == .transformMapEntry ? 30 : 10
            let kept = loop.condition == nil ? plus(1, result.lowerBound) : 0
            let least = times(rounds.lowerBound, plus(plus(1, condition.lowerBound), kept))
            var most = times(rounds.upperBound, plus(plus(1, condition.upperBound), plus(1, result.upperBound)))
            // The keys of maps are paid for by their length.
            if base == 30 { most = .max }
            let size = (loop.condition == nil ? rounds.lowerBound : 0)...rounds.upperBound
            let hasKnownSize = loop.kind != .transformMapEntry
            return Estimate(
                cost: sum(domain.cost, sum(base...base, least...most)), size: hasKnownSize ? size : Self.anySize)
        }
    }

    private func size(of type: CELType, maximum: UInt64? = nil) -> ClosedRange<UInt64> {
        switch type {
        case .string, .bytes, .list, .map: 0...(maximum ?? .max)
        case .dyn, .parameter: Self.anySize
        default: 1...1
        }
    }

    private func keyCost(_ key: Expression, _ size: ClosedRange<UInt64>) -> ClosedRange<UInt64> {
        switch key.type {
        case .string: size.lowerBound / 10...size.upperBound / 10
        case .dyn, .parameter: 0...UInt64.max / 10
        default: 0...0
        }
    }

    /// What a part costs at least when an error ends it early and something else decides.
    private func absorbed(_ cost: ClosedRange<UInt64>) -> UInt64 { min(cost.lowerBound, 1) }

    private func sum(_ a: ClosedRange<UInt64>, _ b: ClosedRange<UInt64>) -> ClosedRange<UInt64> {
        plus(a.lowerBound, b.lowerBound)...plus(a.upperBound, b.upperBound)
    }

    private func either(_ a: ClosedRange<UInt64>, _ b: ClosedRange<UInt64>) -> ClosedRange<UInt64> {
        min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
    }
}
