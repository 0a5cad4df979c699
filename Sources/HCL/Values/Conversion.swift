package import Diagnostics

/// Why an expression has no value.
package struct EvaluationError: Error, Sendable {
    package enum Kind: Sendable {
        /// Terraform refuses it too.
        case mistake
        /// Terraform refuses it wherever it stands, also inside try(), and where the value is not needed.
        case refused
        /// A limit of ours was met: Terraform might have had a value.
        case limit
        /// It is not evaluated here, or it is not certain that Terraform refuses it too.
        case unsupported
    }

    package var message: String
    /// The expression that has no value, once it is known.
    package var range: SourceRange?
    package var kind: Kind
    package var isLimit: Bool { kind == .limit }

    package init(_ message: String, at range: SourceRange? = nil, kind: Kind = .mistake) {
        self.message = message
        self.range = range
        self.kind = kind
    }
}

extension Value {
    /// The value as Terraform converts it to a type, with its place; unknown values and nulls stay what they are.
    package func converted(to type: ValueType) throws(EvaluationError) -> Value {
        switch (type, kind) {
        case (.any, _), (_, .null), (_, .unknown): return self
        case (.string, _): return try Value(.string(requireText()), origin: origin)
        case (.number, _): return try Value(.number(requireNumber()), origin: origin)
        case (.bool, _): return try Value(.bool(requireBool()), origin: origin)
        case (.list(let element), _):
            let (elements, wanted) = try convertibleElements(to: element, as: type)
            return Value(.list(try Self.convert(elements, to: wanted), isTuple: false), origin: origin)
        case (.set(let element), _):
            let (elements, wanted) = try convertibleElements(to: element, as: type)
            return Value(.set(Self.set(of: try Self.convert(elements, to: wanted))), origin: origin)
        case (.tuple(let types), .list(let elements, _)):
            guard types.count == elements.count else { throw EvaluationError("a tuple of \(types.count) elements is required") }
            var converted: [Value] = []
            for (element, type) in zip(elements, types) { converted.append(try element.converted(to: type)) }
            return Value(.list(converted, isTuple: true), origin: origin)
        case (.map(let element), .map(let map)): return Value(.map(try Self.convert(map, to: element)), origin: origin)
        case (.object(let types, let optional), .map(let map)):
            return Value(.map(try Self.convert(map, to: types, optional)), origin: origin)
        default: throw EvaluationError("\(type.name) required, but this is \(typeName)")
        }
    }

    private static func convert(_ elements: [Value], to type: ValueType) throws(EvaluationError) -> [Value] {
        guard type != .any else { return elements }
        var result: [Value] = []
        result.reserveCapacity(elements.count)
        for element in elements { result.append(try element.converted(to: type)) }
        return result
    }

    /// The elements, and the type that all of them get.
    private func convertibleElements(to element: ValueType, as type: ValueType) throws(EvaluationError) -> ([Value], ValueType) {
        guard let elements else { throw EvaluationError("\(type.name) required, but this is \(typeName)") }
        guard element == .any else { return (elements, element) }
        let types = elements.map(\.type)
        guard let unified = ValueType.unified(types) else { throw EvaluationError("the elements have no common type") }
        // A null has its own type there, if it has any, which with these decides.
        guard !types.contains(where: \.isStructural) || !elements.contains(where: \.isNull) else {
            throw EvaluationError("a list of nulls and of tuples or objects depends on the nulls' types", kind: .unsupported)
        }
        return (elements, unified)
    }

    private static func convert(_ map: MapValue, to element: ValueType) throws(EvaluationError) -> MapValue {
        var wanted = element
        if element == .any {
            guard let unified = ValueType.unified(map.entries.map(\.value.type)) else {
                throw EvaluationError("the map's values have no common type")
            }
            wanted = unified
        }
        var result = map
        if wanted != .any {
            result = try map.mapValues { (entry: MapValue.Entry) throws(EvaluationError) in try entry.value.converted(to: wanted) }
        }
        result.isObject = false
        return result
    }

    private static func convert(
        _ map: MapValue, to types: [String: ValueType], _ optional: Set<String>
    ) throws(EvaluationError) -> MapValue {
        var entries: [MapValue.Entry] = []
        for (name, type) in types {
            if var entry = map[name] {
                entry.value = try entry.value.converted(to: type)
                entries.append(entry)
            } else if let reason = map.openReason {
                entries.append(MapValue.Entry(name, .unknown(reason)))
            } else if optional.contains(name) {
                entries.append(MapValue.Entry(name, .null))
            } else {
                throw EvaluationError("attribute '\(name)' is required")
            }
        }
        return MapValue(entries, isObject: true, sources: map.sources)
    }
}

// MARK: - Primitives

extension Value {
    func requireText() throws(EvaluationError) -> String {
        if case .number(let number) = kind, number.isRounded { throw EvaluationError(Number.rounding, kind: .unsupported) }
        if let text { return text }
        throw EvaluationError(isNull ? "a string is required, but this is null" : "string required, but this is \(typeName)")
    }

    func requireNumber() throws(EvaluationError) -> Number {
        switch kind {
        case .number(let number): return number
        case .string(let text):
            if let number = Number(text) { return number }
            if Number.isWritten(text) { throw EvaluationError("the number \"\(text)\" is out of range", kind: .unsupported) }
            throw EvaluationError("a number is required, but this is \"\(text)\"")
        default: throw EvaluationError("number required, but this is \(typeName)")
        }
    }

    func requireBool() throws(EvaluationError) -> Bool {
        switch kind {
        case .bool(let flag): return flag
        case .string("true"), .string("1"): return true
        case .string("false"), .string("0"): return false
        default: throw EvaluationError("bool required, but this is \(typeName)")
        }
    }
}
