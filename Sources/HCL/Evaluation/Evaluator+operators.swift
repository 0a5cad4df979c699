import Diagnostics

extension Evaluator {
    func unary(_ sign: UnaryOperator, _ operand: Expression, _ range: Range<Int>, _ scope: Scope) throws(EvaluationError) -> Value {
        let value = try evaluate(operand, scope)
        if let reason = value.unknownReason { return unknown(reason, range, scope) }
        let origin = computed("computed", range, scope)
        switch sign {
        case .minus: return Value(.number(try value.requireNumber().negated), origin: origin)
        case .not: return Value(.bool(!(try value.requireBool())), origin: origin)
        }
    }

    func binary(
        _ sign: BinaryOperator, _ left: Expression, _ right: Expression, _ range: Range<Int>, _ scope: Scope
    ) throws(EvaluationError) -> Value {
        let a = try evaluate(left, scope)
        let origin = computed("computed by '\(sign.rawValue)'", range, scope)
        switch sign {
        case .and, .or: return Value(try logic(sign, a, right, scope), origin: origin)
        case .equal, .notEqual:
            let b = try evaluate(right, scope)
            // Nothing is equal to null but null, whatever the rest may turn out to be.
            let isDecided = (a.isNull && b.unknownReason == nil) || (b.isNull && a.unknownReason == nil)
            if !isDecided, let reason = a.deepUnknownReason ?? b.deepUnknownReason { return unknown(reason, range, scope) }
            try charge(min(a.size, b.size))
            if a.isTooNear(to: b) { return unknown(Number.rounding, range, scope) }
            return Value(.bool(a.equals(b) == (sign == .equal)), origin: origin)
        default:
            let b = try evaluate(right, scope)
            if let reason = a.unknownReason ?? b.unknownReason { return unknown(reason, range, scope) }
            return Value(try arithmetic(sign, a.requireNumber(), b.requireNumber()), origin: origin)
        }
    }

    /// `false && unknown` is false: one side can decide.
    private func logic(_ sign: BinaryOperator, _ a: Value, _ right: Expression, _ scope: Scope) throws(EvaluationError) -> Value.Kind {
        let decisive = sign == .or
        if a.unknownReason == nil, try a.requireBool() == decisive {
            try requireNames(in: right, scope)
            if scope.operators == .both, case let b = try evaluate(right, scope), b.unknownReason == nil { _ = try b.requireBool() }
            return .bool(decisive)
        }
        let b = try evaluate(right, scope)
        if let reason = b.unknownReason { return .unknown(reason) }
        if try b.requireBool() == decisive { return .bool(decisive) }
        if let reason = a.unknownReason { return .unknown(reason) }
        return .bool(!decisive)
    }

    private func arithmetic(_ sign: BinaryOperator, _ a: Number, _ b: Number) throws(EvaluationError) -> Value.Kind {
        let result: Number?
        switch sign {
        case .less, .lessOrEqual, .greater, .greaterOrEqual: if a.isTooNear(to: b) { return .unknown(Number.rounding) }
        default: break
        }
        switch sign {
        case .less: return .bool(a < b)
        case .lessOrEqual: return .bool(a <= b)
        case .greater: return .bool(a > b)
        case .greaterOrEqual: return .bool(a >= b)
        case .add: result = a.adding(b)
        case .subtract: result = a.subtracting(b)
        case .multiply: result = a.multiplied(by: b)
        case .divide:
            // Anything but zero divided by zero is infinite.
            guard !b.isZero else { throw EvaluationError("division by zero", kind: a.isZero ? .mistake : .unsupported) }
            result = a.divided(by: b)
        case .remainder:
            guard !b.isZero else { throw EvaluationError("division by zero", kind: .unsupported) }
            guard a.isDyadic, b.isDyadic else { return .unknown(Number.rounding) }
            result = a.remainder(by: b)
        default: result = nil
        }
        guard let result else { return .unknown("the number is out of range") }
        return .number(result)
    }

    func conditional(
        _ condition: Expression, _ then: Expression, _ otherwise: Expression, _ range: Range<Int>, _ scope: Scope
    ) throws(EvaluationError) -> Value {
        let test = try evaluate(condition, scope)
        if let reason = test.unknownReason {
            return merged(try evaluate(then, scope), try evaluate(otherwise, scope), reason, range, scope)
        }
        let flag = try test.requireBool()
        try requireNames(in: flag ? otherwise : then, scope)
        var chosen = try evaluate(flag ? then : otherwise, scope)
        if let type = try commonType(chosen, otherBranch: flag ? otherwise : then, scope) { chosen = try chosen.converted(to: type) }
        return chosen.adding(.condition)
    }

    /// Terraform gives both sides one type: `true ? 1 : "a"` is the string "1". Nil: nothing needs converting.
    private func commonType(_ chosen: Value, otherBranch: Expression, _ scope: Scope) throws(EvaluationError) -> ValueType? {
        var lenient = scope
        lenient.isStrict = true
        let other: Value
        do throws(EvaluationError) {
            other = try evaluate(otherBranch, lenient)
        } catch {
            // A mistake in the branch that is not chosen does not matter.
            guard !error.isLimit, error.kind != .refused else { throw error }
            return nil
        }
        try charge(chosen.size + other.size)
        let type = chosen.type
        let otherType = other.type
        guard type != otherType, otherType != .any, type != .any else { return nil }
        guard let common = ValueType.unified([type, otherType]) else {
            throw EvaluationError("both sides of a condition must have one type; these are \(chosen.typeName) and \(other.typeName)")
        }
        return common
    }

    /// What holds whichever side an unknown condition chooses.
    func merged(_ a: Value, _ b: Value, _ reason: String, _ range: Range<Int>, _ scope: Scope) -> Value {
        if a.deepUnknownReason == nil, b.deepUnknownReason == nil, a.equals(b) { return a.adding(.condition) }
        guard case .map(let x) = a.kind, case .map(let y) = b.kind else { return unknown(reason, range, scope) }
        let keys = Set(x.keys).union(y.keys)
        let entries = keys.map { key -> MapValue.Entry in
            if let left = x[key], let right = y[key] {
                return MapValue.Entry(key, merged(left.value, right.value, reason, range, scope))
            }
            return MapValue.Entry(key, unknown(reason, range, scope))
        }
        let map = MapValue(entries, isObject: false, openReason: x.openReason ?? y.openReason, openKeys: MapValue.joined(x, y))
        return Value(.map(map), origin: computed("chosen by a condition that is not known", range, scope))
    }

    func unknown(_ reason: String, _ range: Range<Int>, _ scope: Scope) -> Value {
        Value(.unknown(reason), origin: computed(reason, range, scope))
    }
}
