/// A Swift type that a function takes as it is.
protocol Argument: SendableMetatype {
    static var type: CELType { get }
    init?(_ value: CELValue)
}

extension CELValue: Argument {
    static var type: CELType { .dyn }
    init?(_ value: CELValue) { self = value }
}

extension Bool: Argument {
    static var type: CELType { .bool }
    init?(_ value: CELValue) {
        guard case .bool(let value) = value else { return nil }
        self = value
    }
}

extension Int64: Argument {
    static var type: CELType { .int }
    init?(_ value: CELValue) {
        guard case .int(let value) = value else { return nil }
        self = value
    }
}

extension UInt64: Argument {
    static var type: CELType { .uint }
    init?(_ value: CELValue) {
        guard case .uint(let value) = value else { return nil }
        self = value
    }
}

extension Double: Argument {
    static var type: CELType { .double }
    init?(_ value: CELValue) {
        guard case .double(let value) = value else { return nil }
        self = value
    }
}

extension String: Argument {
    static var type: CELType { .string }
    init?(_ value: CELValue) {
        guard case .string(let value) = value else { return nil }
        self = value
    }
}

/// Bytes get a type of their own, because an array of anything else is no argument.
struct Bytes: Argument {
    static var type: CELType { .bytes }
    let bytes: [UInt8]
    init?(_ value: CELValue) {
        guard case .bytes(let value) = value else { return nil }
        bytes = value
    }
}

/// The elements of a list.
struct Elements: Argument {
    static var type: CELType { .list(.dyn) }
    let elements: [CELValue]
    init?(_ value: CELValue) {
        guard case .list(let list) = value else { return nil }
        elements = list.elements
    }
}

/// A list that holds nothing but texts.
struct Texts: Argument {
    static var type: CELType { .list(.string) }
    let texts: [String]
    init?(_ value: CELValue) {
        guard case .list(let list) = value else { return nil }
        var texts: [String] = []
        for element in list.elements {
            guard case .string(let text) = element else { return nil }
            texts.append(text)
        }
        self.texts = texts
    }
}

struct MapArgument: Argument {
    static var type: CELType { .map(.dyn, .dyn) }
    let map: CELMap
    init?(_ value: CELValue) {
        guard case .map(let value) = value else { return nil }
        map = value
    }
}

struct OptionalArgument: Argument {
    static var type: CELType { .optional(.dyn) }
    let wrapped: CELValue?
    init?(_ value: CELValue) {
        guard case .optional(let value) = value else { return nil }
        wrapped = value.wrapped
    }
}

struct Quantity: Argument {
    static var type: CELType { .quantity }
    let quantity: CELQuantity
    init?(_ value: CELValue) {
        guard case .quantity(let value) = value else { return nil }
        quantity = value
    }
}

struct Address: Argument {
    static var type: CELType { .ip }
    let address: CELAddress
    init?(_ value: CELValue) {
        guard case .ip(let value) = value else { return nil }
        address = value
    }
}

struct Network: Argument {
    static var type: CELType { .cidr }
    let network: CELNetwork
    init?(_ value: CELValue) {
        guard case .cidr(let value) = value else { return nil }
        network = value
    }
}

extension CELTimestamp: Argument {
    static var type: CELType { .timestamp }
    init?(_ value: CELValue) {
        guard case .timestamp(let value) = value else { return nil }
        self = value
    }
}

extension CELDuration: Argument {
    static var type: CELType { .duration }
    init?(_ value: CELValue) {
        guard case .duration(let value) = value else { return nil }
        self = value
    }
}

extension CELMoney: Argument {
    static var type: CELType { .money }
    init?(_ value: CELValue) {
        guard case .money(let value) = value else { return nil }
        self = value
    }
}
