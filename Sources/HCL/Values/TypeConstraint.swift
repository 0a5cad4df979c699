/// A variable's `type`: the type, and the defaults of its optional attributes.
package struct TypeConstraint: Sendable {
    package var type: ValueType
    var defaults: Defaults?

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
    /// Reads a type expression; what it does not understand counts as `any`, which converts nothing.
    package init(_ expression: Expression, evaluate: (Expression) -> Value) {
        self = Self.read(expression, depth: 0, evaluate)
    }

    private static func read(_ expression: Expression, depth: Int, _ evaluate: (Expression) -> Value) -> TypeConstraint {
        guard depth < 64 else { return .any }
        switch expression.kind {
        case .variable("string"): return TypeConstraint(type: .string)
        case .variable("number"): return TypeConstraint(type: .number)
        case .variable("bool"): return TypeConstraint(type: .bool)
        case .variable("list"): return TypeConstraint(type: .list(.any))
        case .variable("map"): return TypeConstraint(type: .map(.any))
        case .variable("set"): return TypeConstraint(type: .set(.any))
        case .parentheses(let inner): return read(inner, depth: depth + 1, evaluate)
        // Terraform 0.11 wrote types as strings: "map" is a map of strings.
        case .template(let template): return legacy(template.literal ?? "")
        case .call(let name, _, let arguments, _):
            guard let argument = arguments.first else { return .any }
            return constructor(name, argument, depth: depth, evaluate)
        default: return .any
        }
    }

    private static func legacy(_ name: String) -> TypeConstraint {
        switch name {
        case "string": TypeConstraint(type: .string)
        case "list": TypeConstraint(type: .list(.string))
        case "map": TypeConstraint(type: .map(.string))
        default: .any
        }
    }

    private static func constructor(
        _ name: String, _ argument: Expression, depth: Int, _ evaluate: (Expression) -> Value
    ) -> TypeConstraint {
        switch (name, argument.kind) {
        case ("list", _), ("set", _), ("map", _):
            let element = read(argument, depth: depth + 1, evaluate)
            let type: ValueType = name == "list" ? .list(element.type) : name == "set" ? .set(element.type) : .map(element.type)
            return TypeConstraint(type: type, defaults: element.defaults.map { Defaults(element: $0) })
        case ("tuple", .tuple(let elements)):
            return TypeConstraint(type: .tuple(elements.map { read($0, depth: depth + 1, evaluate).type }))
        case ("object", .object(let items)): return object(items, depth: depth, evaluate)
        case ("optional", _): return read(argument, depth: depth + 1, evaluate)
        default: return .any
        }
    }

    private static func object(_ items: [ObjectItem], depth: Int, _ evaluate: (Expression) -> Value) -> TypeConstraint {
        var types: [String: ValueType] = [:]
        var optional: Set<String> = []
        var values: [String: Value] = [:]
        var inner: [String: Defaults] = [:]
        for item in items {
            guard let name = item.key.literal else { continue }
            let constraint = read(item.value, depth: depth + 1, evaluate)
            types[name] = constraint.type
            inner[name] = constraint.defaults
            guard case .call("optional", _, let arguments, _) = item.value.kind else { continue }
            optional.insert(name)
            if arguments.count > 1 { values[name] = evaluate(arguments[1]) }
        }
        let defaults = values.isEmpty && inner.isEmpty ? nil : Defaults(values: values, attributes: inner)
        return TypeConstraint(type: .object(types, optional: optional), defaults: defaults)
    }
}
