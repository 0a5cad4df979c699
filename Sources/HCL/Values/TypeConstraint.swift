/// A variable's `type`: the type, and the defaults of its optional attributes.
package struct TypeConstraint: Sendable {
    package var type: ValueType
    var defaults: Defaults?
    /// Why Terraform refuses it.
    package private(set) var mistake: String?

    init(type: ValueType, defaults: Defaults? = nil) {
        self.type = type
        self.defaults = defaults
    }

    /// What `optional(type, default)` says, wherever it stands inside the type.
    final class Defaults: Sendable {
        let values: [String: Value]
        let attributes: [String: Defaults]
        let element: Defaults?

        init(values: [String: Value] = [:], attributes: [String: Defaults] = [:], element: Defaults? = nil) {
            self.values = values
            self.attributes = attributes
            self.element = element
        }
    }

    package static let any = TypeConstraint(type: .any)

    /// The value as the variable sees it: defaults filled in, then converted.
    package func applied(to value: Value) throws(EvaluationError) -> Value {
        let filled = defaults.map { Self.fill(value, from: $0) } ?? value
        return try filled.converted(to: type)
    }

    private static func fill(_ value: Value, from defaults: Defaults) -> Value {
        switch value.kind {
        case .list(let elements, let isTuple):
            guard let element = defaults.element else { return value }
            return Value(.list(elements.map { fill($0, from: element) }, isTuple: isTuple), origin: value.origin)
        case .set(let elements):
            guard let element = defaults.element else { return value }
            return Value(.set(elements.map { fill($0, from: element) }), origin: value.origin)
        case .map(let map):
            return Value(.map(fill(map, from: defaults)), origin: value.origin)
        default: return value
        }
    }

    private static func fill(_ map: MapValue, from defaults: Defaults) -> MapValue {
        if let element = defaults.element { return map.mapValues { fill($0.value, from: element) } }
        var entries = map.entries.filter { !($0.value.isNull && defaults.values[$0.key] != nil) }
        let present = Set(entries.map(\.key))
        if map.openReason == nil {
            for (name, value) in defaults.values where !present.contains(name) { entries.append(MapValue.Entry(name, value)) }
        }
        for index in entries.indices {
            guard let inner = defaults.attributes[entries[index].key] else { continue }
            entries[index].value = fill(entries[index].value, from: inner)
        }
        return MapValue(entries, isObject: map.isObject, openReason: map.openReason, openKeys: map.openKeys, sources: map.sources)
    }
}

extension TypeConstraint {
    /// Reads a type expression; what it does not understand counts as `any`, which converts nothing, and is a mistake where Terraform does not either.
    package init(_ expression: Expression, evaluate: @escaping (Expression) -> Value) {
        var reader = TypeReader(evaluate: evaluate)
        self = reader.readWhole(expression)
        mistake = reader.mistake
    }
}

private struct TypeReader {
    let evaluate: (Expression) -> Value
    /// The first one.
    private(set) var mistake: String?

    private mutating func refuse(_ message: String) -> TypeConstraint {
        mistake = mistake ?? message
        return .any
    }

    init(evaluate: @escaping (Expression) -> Value) { self.evaluate = evaluate }

    mutating func readWhole(_ expression: Expression) -> TypeConstraint {
        switch expression.kind {
        // Only as the whole type they may do without the type of their elements.
        case .variable("list"): TypeConstraint(type: .list(.any))
        case .variable("map"): TypeConstraint(type: .map(.any))
        // Terraform 0.11 wrote types as strings: "map" is a map of strings.
        case .template(let template): legacy(template.literal ?? "")
        default: read(expression, depth: 0)
        }
    }

    private mutating func read(_ expression: Expression, depth: Int) -> TypeConstraint {
        guard depth < 64 else { return .any }
        switch expression.kind {
        case .variable("string"): return TypeConstraint(type: .string)
        case .variable("number"): return TypeConstraint(type: .number)
        case .variable("bool"): return TypeConstraint(type: .bool)
        case .variable("any"): return .any
        case .variable("list"), .variable("map"), .variable("set"): return refuse("the type does not say of what its elements are")
        case .variable(let name): return refuse("there is no type '\(name)'")
        case .parentheses(let inner): return read(inner, depth: depth + 1)
        case .call(let name, _, let arguments, _): return constructor(name, arguments, depth: depth)
        default: return refuse("this is no type")
        }
    }

    private mutating func legacy(_ name: String) -> TypeConstraint {
        switch name {
        case "string": TypeConstraint(type: .string)
        case "list": TypeConstraint(type: .list(.string))
        case "map": TypeConstraint(type: .map(.string))
        default: refuse("there is no type \"\(name)\"")
        }
    }

    private mutating func constructor(_ name: String, _ arguments: [Expression], depth: Int) -> TypeConstraint {
        guard ["list", "set", "map", "tuple", "object"].contains(name) else {
            return refuse(name == "optional" ? "optional() stands outside of an object" : "there is no type '\(name)()'")
        }
        guard arguments.count == 1 else { return refuse("the type '\(name)' takes one argument") }
        switch (name, arguments[0].kind) {
        case ("list", _), ("set", _), ("map", _):
            let element = read(arguments[0], depth: depth + 1)
            let type: ValueType = name == "list" ? .list(element.type) : name == "set" ? .set(element.type) : .map(element.type)
            return TypeConstraint(type: type, defaults: element.defaults.map { .init(element: $0) })
        case ("tuple", .tuple(let elements)):
            var types: [ValueType] = []
            for element in elements { types.append(read(element, depth: depth + 1).type) }
            return TypeConstraint(type: .tuple(types))
        case ("object", .object(let items)): return object(items, depth: depth)
        default: return refuse("the type '\(name)' takes \(name == "tuple" ? "a list" : "an object") of types")
        }
    }

    private mutating func object(_ items: [ObjectItem], depth: Int) -> TypeConstraint {
        var types: [String: ValueType] = [:]
        var optional: Set<String> = []
        var values: [String: Value] = [:]
        var inner: [String: TypeConstraint.Defaults] = [:]
        for item in items {
            guard let name = item.key.literal else {
                _ = refuse("an attribute's name in a type is no word")
                continue
            }
            guard case .call("optional", _, let arguments, _) = item.value.kind else {
                let constraint = read(item.value, depth: depth + 1)
                types[name] = constraint.type
                inner[name] = constraint.defaults
                continue
            }
            guard let first = arguments.first, arguments.count <= 2 else {
                _ = refuse("optional() takes a type and at most one default")
                continue
            }
            let constraint = read(first, depth: depth + 1)
            types[name] = constraint.type
            inner[name] = constraint.defaults
            optional.insert(name)
            guard arguments.count == 2 else { continue }
            let value = evaluate(arguments[1])
            values[name] = value
            do throws(EvaluationError) { _ = try constraint.applied(to: value) } catch {
                guard error.kind == .mistake else { continue }
                _ = refuse("the default of '\(name)' does not fit its type: \(error.message)")
            }
        }
        let defaults = values.isEmpty && inner.isEmpty ? nil : TypeConstraint.Defaults(values: values, attributes: inner)
        return TypeConstraint(type: .object(types, optional: optional), defaults: defaults)
    }
}
