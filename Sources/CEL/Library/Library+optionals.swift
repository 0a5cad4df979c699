extension Library {
    private static let any = CELType.parameter("A")
    private static let anyOptional = CELType.optional(.parameter("A"))

    static let optionals: [Function] = [
        .function("optional.of", [any], returns: anyOptional) { (a: CELValue, meter) in
            let optional = CELOptional(a)
            return meter.depthError(optional.depth).map { .error($0) } ?? .optional(optional)
        },
        .function("optional.none", returns: anyOptional) { _ in .noValue },
        .function("optional.ofNonZeroValue", [any], returns: anyOptional) { (a: CELValue, meter) in
            guard !a.isZero else { return .noValue }
            let optional = CELOptional(a)
            return meter.depthError(optional.depth).map { .error($0) } ?? .optional(optional)
        },
        .function("optional.unwrap", [.list(anyOptional)], returns: .list(any), cost: .elements.sized(.first)) { (a: Elements, _) in
            unwrap(a.elements)
        },
        .method("unwrapOpt", [.list(anyOptional)], returns: .list(any), cost: .elements.sized(.first)) { (a: Elements, _) in
            unwrap(a.elements)
        },
        .method("hasValue", [anyOptional], returns: .bool) { (a: OptionalArgument, _) in .bool(a.wrapped != nil) },
        .method("value", [anyOptional], returns: any) { (a: OptionalArgument, _) in
            a.wrapped ?? .failure("optional.none() has no value")
        },
        .method("or", [anyOptional, anyOptional], returns: anyOptional) { (a: OptionalArgument, b: OptionalArgument, _) in
            .optional(CELOptional(a.wrapped ?? b.wrapped))
        },
        .method("orValue", [anyOptional, any], returns: any) { (a: OptionalArgument, b: CELValue, _) in a.wrapped ?? b },
    ]

    private static func unwrap(_ elements: [CELValue]) -> CELValue? {
        var result: [CELValue] = []
        for element in elements {
            guard case .optional(let optional) = element else { return nil }
            if let wrapped = optional.wrapped { result.append(wrapped) }
        }
        return .list(result)
    }
}

extension CELValue {
    fileprivate var isZero: Bool {
        switch self {
        case .null, .absent: true
        case .bool(let value): !value
        case .int(let value): value == 0
        case .uint(let value): value == 0
        case .double(let value): value == 0
        case .string(let value): value.isEmpty
        case .bytes(let value): value.isEmpty
        case .list(let value): value.elements.isEmpty
        case .map(let value): value.count == 0
        case .object(let value): value.values.allSatisfy(\.isAbsent)
        case .timestamp(let value): value == CELTimestamp(seconds: 0)
        case .duration(let value): value.nanoseconds == 0
        case .money(let value): value.units == 0
        case .quantity(let value): value.nanos == 0
        case .optional(let value): value.wrapped == nil
        case .ip, .cidr, .type, .unknown, .error: false
        }
    }
}
