extension Function {
    static let sets: [Function] = [
        Function("setunion", 1...Int.max) { call throws(EvaluationError) in
            let sets = try unified(call)
            return Value(.set(Value.set(of: sets.flatMap { $0 })))
        },
        Function("setintersection", 1...Int.max) { call throws(EvaluationError) in
            let sets = try unified(call)
            return try combine(call, sets) { element, others in others.allSatisfy { $0.contains { $0.equals(element) } } }
        },
        Function("setsubtract", 2) { call throws(EvaluationError) in
            let sets = try unified(call)
            return try combine(call, sets) { element, others in !others.contains { $0.contains { $0.equals(element) } } }
        },
        Function("setproduct", 2...Int.max) { call throws(EvaluationError) in
            var rows: [[Value]] = [[]]
            var isSet = true
            for index in call.arguments.indices {
                let elements = try call.list(index)
                if case .list = call.arguments[index].kind { isSet = false }
                let (count, overflow) = rows.count.multipliedReportingOverflow(by: elements.count)
                try call.admit(elements: overflow ? .max : count)
                rows = rows.flatMap { row in elements.map { row + [$0] } }
            }
            let tuples = rows.map { Value.tuple($0) }
            return isSet ? Value(.set(Value.set(of: tuples))) : .list(tuples)
        },
    ]

    private static func combine(
        _ call: borrowing Call, _ sets: [[Value]], keeping test: (Value, ArraySlice<[Value]>) -> Bool
    ) throws(EvaluationError) -> Value {
        guard let first = sets.first else { return Value(.set([])) }
        try call.evaluator.charge(sets.dropFirst().reduce(0) { $0 + $1.count * first.count })
        return Value(.set(first.filter { test($0, sets.dropFirst()) }))
    }

    /// The arguments as sets of one element type.
    private static func unified(_ call: borrowing Call) throws(EvaluationError) -> [[Value]] {
        var types: [ValueType] = []
        for index in call.arguments.indices { types += try call.elements(index).map(\.type) }
        guard let type = ValueType.unified(types) else { throw EvaluationError("\(call.name)() needs sets of one type") }
        var sets: [[Value]] = []
        // A set of nulls alone has no type, and Terraform joins it with some sets and refuses it with others.
        let hasNull = call.arguments.contains { $0.elements?.contains(where: \.isNull) ?? false }
        guard !hasNull || !types.contains(where: \.isStructural) else {
            throw EvaluationError("\(call.name)() of nulls depends on their type", kind: .unsupported)
        }
        for argument in call.arguments { sets.append(try argument.converted(to: .set(type)).elements ?? []) }
        return sets
    }
}
