extension Function {
    static let lists: [Function] = [
        Function("length", 1, unknowns: .shallow) { call throws(EvaluationError) in
            switch call.arguments[0].kind {
            case .string(let text): return characters(text).map { .number($0.count) } ?? .unknown(differingCharacters)
            case .map(let map):
                if let reason = map.openReason { return .unknown(reason) }
                return .number(map.entries.count)
            default: return .number(try call.elements(0).count)
            }
        },
        Function("concat", 1...Int.max, unknowns: .shallow) { call throws(EvaluationError) in
            var all: [Value] = []
            var isTuple = false
            for index in call.arguments.indices {
                guard case .list(let elements, let tuple) = call.arguments[index].kind else {
                    throw EvaluationError("concat() needs lists")
                }
                all += elements.map { $0.inheriting(from: call.arguments[index]) }
                isTuple = isTuple || tuple
            }
            let result = Value(.list(all, isTuple: isTuple))
            guard !isTuple, ValueType.unified(all.map(\.type)) != nil else { return Value(.list(all, isTuple: true)) }
            return try result.converted(to: .list(.any))
        },
        Function("flatten", 1, unknowns: .shallow) { call throws(EvaluationError) in
            _ = try call.elements(0)
            var flat: [Value] = []
            guard collect(call.arguments[0], into: &flat) else {
                return .unknown(call.arguments[0].deepUnknownReason ?? "a list is not known")
            }
            return .tuple(flat)
        },
        Function("compact", 1) { call throws(EvaluationError) in
            var kept: [Value] = []
            for element in try call.elements(0) where !element.isNull {
                let text = try element.converted(to: .string)
                if text.string != "" { kept.append(text) }
            }
            return .list(kept)
        },
        Function("distinct", 1) { call throws(EvaluationError) in
            var kept: [Value] = []
            for element in try call.list(0) {
                try call.evaluator.charge(kept.count)
                if !kept.contains(where: { $0.equals(element) }) { kept.append(element) }
            }
            return .list(kept)
        },
        Function("contains", 2, unknowns: .shallow) { call throws(EvaluationError) in
            let elements = try call.elements(0)
            let wanted = call.arguments[1]
            guard !wanted.isNull else { throw EvaluationError("contains() cannot look for null") }
            if elements.contains(where: { $0.deepUnknownReason == nil && $0.equals(wanted) }) { return .bool(true) }
            if let reason = wanted.deepUnknownReason ?? call.arguments[0].deepUnknownReason { return .unknown(reason) }
            return .bool(false)
        },
        Function("index", 2) { call throws(EvaluationError) in
            guard case .list = call.arguments[0].kind else { throw EvaluationError("index() needs a list") }
            guard !call.arguments[1].isNull else { throw EvaluationError("index() cannot look for null") }
            guard let index = try call.elements(0).firstIndex(where: { $0.equals(call.arguments[1]) }) else {
                throw EvaluationError("index() found no such element")
            }
            return .number(index)
        },
        Function("reverse", 1, unknowns: .shallow) { call throws(EvaluationError) in
            let elements = Array(try call.elements(0).reversed())
            guard case .list(_, true) = call.arguments[0].kind else { return .list(elements) }
            return .tuple(elements)
        },
        Function("slice", 3, unknowns: .shallow) { call throws(EvaluationError) in
            guard case .list(let elements, let isTuple) = call.arguments[0].kind else { throw EvaluationError("slice() needs a list") }
            let start = try call.integer(1)
            let end = try call.integer(2)
            guard 0 <= start, start <= end, end <= elements.count else { throw EvaluationError("slice() reaches outside the list") }
            return Value(.list(Array(elements[start..<end]), isTuple: isTuple))
        },
        Function("sort", 1) { call throws(EvaluationError) in
            .list(try call.texts(0).sorted(by: byBytes).map { .string($0) })
        },
        Function("chunklist", 2, unknowns: .shallow) { call throws(EvaluationError) in
            let elements = try call.list(0)
            let size = try call.integer(1)
            guard size >= 0 else { throw EvaluationError("chunklist() needs a size that is not negative") }
            guard size > 0, !elements.isEmpty else { return .list(elements.isEmpty ? [] : [.list(elements)]) }
            let starts = stride(from: 0, to: elements.count, by: size)
            return .list(starts.map { .list(Array(elements[$0..<min($0 + size, elements.count)])) })
        },
        Function("range", 1...3) { call throws(EvaluationError) in
            var start = Number(0)
            let end: Number
            if call.count == 1 { end = try call.number(0) } else { (start, end) = (try call.number(0), try call.number(1)) }
            let step = call.count == 3 ? try call.number(2) : Number(end < start ? -1 : 1)
            guard !step.isZero else { throw EvaluationError("range() needs a step that is not zero") }
            guard step.isNegative ? end <= start : end >= start else { throw EvaluationError("range() steps away from its end") }
            guard start.isDyadic, end.isDyadic, step.isDyadic else { return .unknown(Number.rounding) }
            var values: [Value] = []
            var at = start
            while step.isNegative ? at > end : at < end {
                guard values.count < 1024 else { throw EvaluationError("range() makes more than 1024 values") }
                values.append(.number(at))
                guard let next = at.adding(step) else { return .unknown("the number is out of range") }
                at = next
            }
            return .list(values)
        },
        Function("alltrue", 1) { call throws(EvaluationError) in .bool(try !flags(call).contains { $0 != true }) },
        Function("anytrue", 1) { call throws(EvaluationError) in .bool(try flags(call).contains(true)) },
    ]

    /// All of them are converted, also behind one that decides.
    private static func flags(_ call: borrowing Call) throws(EvaluationError) -> [Bool?] {
        var flags: [Bool?] = []
        for element in try call.elements(0) { flags.append(element.isNull ? nil : try element.requireBool()) }
        return flags
    }

    /// Lists inside lists become one list; false where an inner one is unknown.
    private static func collect(_ value: Value, into flat: inout [Value]) -> Bool {
        for element in value.elements ?? [] {
            switch element.kind {
            case .list, .set: guard collect(element, into: &flat) else { return false }
            case .unknown: return false
            default: flat.append(element.inheriting(from: value))
            }
        }
        return true
    }
}
