/// Functions from Swift closures. The types of the closure's arguments are the function's, unless others are given.
extension Function {
    static func function(_ name: String, returns result: CELType, _ body: @escaping @Sendable (inout Meter) -> CELValue) -> Function {
        Function(name, isMethod: false, [], result, .one, .none { body(&$0) })
    }

    static func function<A: Argument>(
        _ name: String, _ types: [CELType]? = nil, returns result: CELType, cost: Cost = .one, method: Bool = false,
        _ body: @escaping @Sendable (A, inout Meter) -> CELValue?
    ) -> Function {
        let call: @Sendable (CELValue, inout Meter) -> CELValue? = { a, meter in
            guard let a = A(a) else { return nil }
            return body(a, &meter)
        }
        return Function(name, isMethod: method, types ?? [A.type], result, cost, .one(call))
    }

    static func function<A: Argument, B: Argument>(
        _ name: String, _ types: [CELType]? = nil, returns result: CELType, cost: Cost = .one, method: Bool = false,
        _ body: @escaping @Sendable (A, B, inout Meter) -> CELValue?
    ) -> Function {
        let call: @Sendable (CELValue, CELValue, inout Meter) -> CELValue? = { a, b, meter in
            guard let a = A(a), let b = B(b) else { return nil }
            return body(a, b, &meter)
        }
        return Function(name, isMethod: method, types ?? [A.type, B.type], result, cost, .two(call))
    }

    static func function<A: Argument, B: Argument, C: Argument>(
        _ name: String, _ types: [CELType]? = nil, returns result: CELType, cost: Cost = .one, method: Bool = false,
        _ body: @escaping @Sendable (A, B, C, inout Meter) -> CELValue?
    ) -> Function {
        let call: @Sendable (CELValue, CELValue, CELValue, inout Meter) -> CELValue? = { a, b, c, meter in
            guard let a = A(a), let b = B(b), let c = C(c) else { return nil }
            return body(a, b, c, &meter)
        }
        return Function(name, isMethod: method, types ?? [A.type, B.type, C.type], result, cost, .three(call))
    }

    static func function<A: Argument, B: Argument, C: Argument, D: Argument>(
        _ name: String, returns result: CELType, cost: Cost = .one, method: Bool = false,
        _ body: @escaping @Sendable (A, B, C, D, inout Meter) -> CELValue?
    ) -> Function {
        let call: @Sendable (CELValue, CELValue, CELValue, CELValue, inout Meter) -> CELValue? = { a, b, c, d, meter in
            guard let a = A(a), let b = B(b), let c = C(c), let d = D(d) else { return nil }
            return body(a, b, c, d, &meter)
        }
        return Function(name, isMethod: method, [A.type, B.type, C.type, D.type], result, cost, .four(call))
    }

    static func method<A: Argument>(
        _ name: String, _ types: [CELType]? = nil, returns result: CELType, cost: Cost = .one,
        _ body: @escaping @Sendable (A, inout Meter) -> CELValue?
    ) -> Function {
        function(name, types, returns: result, cost: cost, method: true, body)
    }

    static func method<A: Argument, B: Argument>(
        _ name: String, _ types: [CELType]? = nil, returns result: CELType, cost: Cost = .one,
        _ body: @escaping @Sendable (A, B, inout Meter) -> CELValue?
    ) -> Function {
        function(name, types, returns: result, cost: cost, method: true, body)
    }

    static func method<A: Argument, B: Argument, C: Argument>(
        _ name: String, _ types: [CELType]? = nil, returns result: CELType, cost: Cost = .one,
        _ body: @escaping @Sendable (A, B, C, inout Meter) -> CELValue?
    ) -> Function {
        function(name, types, returns: result, cost: cost, method: true, body)
    }
}
