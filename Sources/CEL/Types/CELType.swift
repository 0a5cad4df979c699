/// What an expression can be, known before anything is evaluated.
///
/// ```
/// CELType.map(.string, .int).description    // "map(string, int)"
/// ```
package indirect enum CELType: Hashable, Sendable {
    case dyn, null, bool, int, uint, double, string, bytes
    case timestamp, duration
    /// An exact amount with its currency.
    case money
    /// A Kubernetes quantity such as `1.5Gi`.
    case quantity
    case ip, cidr
    /// The type of a type; nil when it is not known of what.
    case type(CELType?)
    case list(CELType)
    case map(CELType, CELType)
    case optional(CELType)
    case object(CELObjectType)
    /// A type that the checker has yet to find, as the `T` of `list(T)` in a function's declaration.
    case parameter(String)
    /// A type that only has a name and, perhaps, parameters.
    case opaque(String, [CELType])
}

extension CELType: CustomStringConvertible {
    package var description: String {
        switch self {
        case .type(let of?): "type(\(of))"
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .optional(let wrapped): "optional_type(\(wrapped))"
        case .parameter(let name): name
        case .opaque(_, let parameters) where !parameters.isEmpty:
            "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
        default: name
        }
    }

    /// The name without parameters: how the value of a type prints.
    package var name: String {
        switch self {
        case .dyn: "dyn"
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .money: "money"
        case .quantity: "quantity"
        case .ip: "net.IP"
        case .cidr: "net.CIDR"
        case .type: "type"
        case .list: "list"
        case .map: "map"
        case .optional: "optional_type"
        case .object(let type): type.name
        case .parameter(let name): name
        case .opaque(let name, _): name
        }
    }

    /// As a person says it in a message: `timestamp` rather than `google.protobuf.Timestamp`.
    var spoken: String {
        switch self {
        case .timestamp: "timestamp"
        case .duration: "duration"
        case .ip: "ip"
        case .cidr: "cidr"
        case .null: "null"
        case .list(let element): "list(\(element.spoken))"
        case .map(let key, let value): "map(\(key.spoken), \(value.spoken))"
        case .optional(let wrapped): "optional(\(wrapped.spoken))"
        case .parameter: "any"
        default: description
        }
    }

    /// Values of an unknown type are only checked when they are there.
    var isDynamic: Bool {
        switch self {
        case .dyn, .parameter: true
        default: false
        }
    }
}
