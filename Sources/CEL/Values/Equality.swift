/// Whether two values are equal; or why that cannot be said.
enum Equality {
    case yes, no
    case failed(CELValue)

    var value: CELValue {
        switch self {
        case .yes: .bool(true)
        case .no: .bool(false)
        case .failed(let value): value
        }
    }

    init(_ isEqual: Bool) { self = isEqual ? .yes : .no }
}

/// Values of different types are not equal, and that is no error; numbers are compared by what they count.
///
/// Two lists can share so much that comparing them takes far longer than building them: each step is paid for.
func equality(_ a: CELValue, _ b: CELValue, _ meter: inout Meter) -> Equality {
    switch (a, b) {
    case (.unknown, _), (.error, _): return .failed(a)
    case (_, .unknown), (_, .error): return .failed(b)
    case (.string(let a), .string(let b)): return Equality(sameText(a, b))
    case (.int(let a), .int(let b)): return Equality(a == b)
    case (.bool(let a), .bool(let b)): return Equality(a == b)
    case (.double(let a), .double(let b)): return Equality(a == b)
    case (.null, .null): return .yes
    case (.bytes(let a), .bytes(let b)): return Equality(a == b)
    case (.type(let a), .type(let b)): return Equality(a.name == b.name)
    case (.ip(let a), .ip(let b)): return Equality(a.bytes == b.bytes)
    case (.cidr(let a), .cidr(let b)): return Equality(a.prefixLength == b.prefixLength && a.address.bytes == b.address.bytes)
    case (.list(let a), .list(let b)):
        guard a.elements.count == b.elements.count else { return .no }
        return allEqual(a.elements, b.elements, &meter)
    case (.object(let a), .object(let b)):
        if a === b { return .yes }
        guard a.type == b.type else { return .no }
        return allEqual(a.values, b.values, &meter)
    case (.absent, .absent): return .yes
    case (.map(let a), .map(let b)): return mapEquality(a, b, &meter)
    case (.optional(let a), .optional(let b)):
        guard let a = a.wrapped, let b = b.wrapped else { return Equality(a.wrapped == nil && b.wrapped == nil) }
        guard meter.charge(1) else { return .failed(.error(meter.costError)) }
        return equality(a, b, &meter)
    default:
        switch order(a, b) {
        case .equal: return .yes
        default: return .no
        }
    }
}

private func allEqual(_ a: [CELValue], _ b: [CELValue], _ meter: inout Meter) -> Equality {
    for index in a.indices {
        guard meter.charge(1) else { return .failed(.error(meter.costError)) }
        let result = equality(a[index], b[index], &meter)
        guard case .yes = result else { return result }
    }
    return .yes
}

private func mapEquality(_ a: CELMap, _ b: CELMap, _ meter: inout Meter) -> Equality {
    guard a.count == b.count else { return .no }
    for (key, value) in zip(a.keys, a.values) {
        guard meter.charge(1 + keyCost(key)) else { return .failed(.error(meter.costError)) }
        guard let other = b.value(key) else { return .no }
        let result = equality(value, other, &meter)
        guard case .yes = result else { return result }
    }
    return .yes
}
