/// A type of Terraform's language, as type constraints write it.
package indirect enum ValueType: Hashable, Sendable {
    case any
    case bool
    case number
    case string
    case list(ValueType)
    case set(ValueType)
    case map(ValueType)
    case tuple([ValueType])
    case object([String: ValueType], optional: Set<String>)

    var isStructural: Bool {
        switch self {
        case .tuple, .object: true
        default: false
        }
    }

    var isPrimitive: Bool { self == .bool || self == .number || self == .string }

    /// As messages name it.
    package var name: String {
        switch self {
        case .any: "any"
        case .bool: "bool"
        case .number: "number"
        case .string: "string"
        case .list(let element): "list of \(element.name)"
        case .set(let element): "set of \(element.name)"
        case .map(let element): "map of \(element.name)"
        case .tuple: "tuple"
        case .object: "object"
        }
    }
}

extension Value {
    /// The value's type; of null and unknown values nothing is known. A collection's element type is that of its first element.
    package var type: ValueType {
        switch kind {
        case .null, .unknown: .any
        case .bool: .bool
        case .number: .number
        case .string: .string
        case .list(let elements, true): .tuple(elements.map(\.type))
        case .list(let elements, false): .list(ValueType.unified(elements.map(\.type)) ?? .any)
        case .set(let elements): .set(ValueType.unified(elements.map(\.type)) ?? .any)
        case .map(let map) where map.isObject:
            .object(Dictionary(map.entries.map { ($0.key, $0.value.type) }, uniquingKeysWith: { _, later in later }), optional: [])
        case .map(let map): .map(ValueType.unified(map.entries.map(\.value.type)) ?? .any)
        }
    }

    /// What messages call it.
    package var typeName: String {
        switch kind {
        case .null: "null"
        case .bool: "bool"
        case .number: "number"
        case .string: "string"
        case .list(_, let isTuple): isTuple ? "tuple" : "list"
        case .set: "set"
        case .map(let map): map.isObject ? "object" : "map"
        case .unknown: "unknown"
        }
    }
}

extension ValueType {
    /// The type to which all can be converted without loss, as Terraform unifies the elements of a list or both sides of a condition;
    /// nil when there is none.
    static func unified(_ types: [ValueType]) -> ValueType? {
        if let alike = unifiedAlike(types.filter { $0 != .any }) { return alike }
        var result = ValueType.any
        for type in types {
            guard let next = unified(result, type) else { return nil }
            result = next
        }
        return result
    }

    /// What two of many cannot agree on a third may decide: `true` and 1 have no common type, with "x" all are strings.
    private static func unifiedAlike(_ types: [ValueType]) -> ValueType? {
        guard types.count > 2 else { return nil }
        if types.contains(.string), types.allSatisfy(\.isPrimitive) { return .string }
        if let columns = columns(of: types) {
            let unified = columns.map { Self.unified($0) }
            return unified.contains(nil) ? nil : .tuple(unified.compactMap(\.self))
        }
        var elements: [ValueType] = []
        for type in types {
            switch (types[0], type) {
            case (.list, .list(let element)), (.set, .set(let element)), (.map, .map(let element)): elements.append(element)
            default: return nil
            }
        }
        return unified(elements).map { element in
            switch types[0] {
            case .list: .list(element)
            case .set: .set(element)
            default: .map(element)
            }
        }
    }

    /// The types at each place of tuples of one length; nil: they are no such tuples.
    private static func columns(of types: [ValueType]) -> [[ValueType]]? {
        guard case .tuple(let first) = types[0] else { return nil }
        var columns = first.map { [$0] }
        for type in types.dropFirst() {
            guard case .tuple(let elements) = type, elements.count == first.count else { return nil }
            for (index, element) in elements.enumerated() { columns[index].append(element) }
        }
        return columns
    }

    private static func unified(_ a: ValueType, _ b: ValueType) -> ValueType? {
        switch (a, b) {
        case (.any, let other), (let other, .any): other
        case (let x, let y) where x == y: x
        case (.string, let other), (let other, .string): other.isPrimitive ? .string : nil
        case (.list(let x), .list(let y)): unified(x, y).map { .list($0) }
        case (.set(let x), .set(let y)): unified(x, y).map { .set($0) }
        case (.map(let x), .map(let y)): unified(x, y).map { .map($0) }
        case (.tuple(let xs), .tuple(let ys)) where xs.count == ys.count:
            unifiedElements(xs, ys) ?? unified(xs + ys).map { .list($0) }
        case (.tuple(let xs), .tuple(let ys)): unified(xs + ys).map { .list($0) }
        case (.tuple(let xs), .list(let y)), (.list(let y), .tuple(let xs)): unified(xs + [y]).map { .list($0) }
        case (.set(let y), .list(let x)), (.list(let x), .set(let y)): unified(x, y).map { .set($0) }
        case (.set(let y), .tuple(let xs)), (.tuple(let xs), .set(let y)): unified(xs + [y]).map { .set($0) }
        case (.object(let xs, _), .object(let ys, _)) where xs.keys == ys.keys: unifiedAttributes(xs, ys)
        case (.object(let xs, _), .object(let ys, _)): unified(Array(xs.values) + Array(ys.values)).map { .map($0) }
        case (.object(let xs, _), .map(let y)), (.map(let y), .object(let xs, _)): unified(Array(xs.values) + [y]).map { .map($0) }
        default: nil
        }
    }

    private static func unifiedElements(_ xs: [ValueType], _ ys: [ValueType]) -> ValueType? {
        var result: [ValueType] = []
        for (x, y) in zip(xs, ys) {
            guard let element = unified(x, y) else { return nil }
            result.append(element)
        }
        return .tuple(result)
    }

    private static func unifiedAttributes(_ xs: [String: ValueType], _ ys: [String: ValueType]) -> ValueType? {
        var result: [String: ValueType] = [:]
        for (name, x) in xs {
            guard let y = ys[name], let attribute = unified(x, y) else { return nil }
            result[name] = attribute
        }
        return .object(result, optional: [])
    }
}
