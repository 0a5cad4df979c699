/// Finds out what the parameters of generic functions stand for.
///
/// A parameter is bound to the first type that it meets, and to a more general one when that fits too.
struct Unifier {
    private var bindings: [String: CELType] = [:]
    private var count = 0

    mutating func fresh() -> CELType {
        count += 1
        return .parameter("%\(count)")
    }

    /// A function's declaration with parameters of its own.
    mutating func instance(_ types: [CELType], result: CELType) -> ([CELType], CELType) {
        var names: [String: CELType] = [:]
        for type in types + [result] { collect(type, &names) }
        return names.isEmpty ? (types, result) : (types.map { $0.replacing(names) }, result.replacing(names))
    }

    private mutating func collect(_ type: CELType, _ names: inout [String: CELType]) {
        switch type {
        case .parameter(let name): if names[name] == nil { names[name] = fresh() }
        default: for part in type.parts { collect(part, &names) }
        }
    }

    /// The type with everything that was found out put in.
    func resolve(_ type: CELType, freeAsDynamic: Bool = false) -> CELType {
        guard type.hasParameters else { return type }
        switch type {
        case .parameter(let name):
            guard let bound = bindings[name] else { return freeAsDynamic ? .dyn : type }
            return resolve(bound, freeAsDynamic: freeAsDynamic)
        default: return type.mapParts { resolve($0, freeAsDynamic: freeAsDynamic) }
        }
    }

    /// Whether a value of one type can stand where the other is wanted; remembers what that binds, if so.
    mutating func assign(_ type: CELType, to wanted: CELType) -> Bool {
        assign([type], to: [wanted])
    }

    mutating func assign(_ types: [CELType], to wanted: [CELType]) -> Bool {
        guard types.count == wanted.count else { return false }
        let before = bindings
        for (type, wanted) in zip(types, wanted) where !fits(type, wanted) {
            bindings = before
            return false
        }
        return true
    }

    /// One type for both, for elements of a literal: `dyn` when they have nothing in common.
    mutating func join(_ a: CELType, _ b: CELType) -> CELType {
        if a == b { return a }
        guard assign(b, to: a) else { return .dyn }
        return general(a, b)
    }

    private mutating func fits(_ a: CELType, _ b: CELType) -> Bool {
        if case .parameter(let name) = b {
            let (valid, bound) = bind(name, a)
            if valid || bound { return valid }
        }
        if case .parameter(let name) = a { return bind(name, b).valid }
        if a == .dyn || b == .dyn { return true }
        if a == .null || b == .null { return a == b || (a == .null ? b : a).takesNull }
        switch (a, b) {
        case (.type, .type): return true
        case (.list(let a), .list(let b)), (.optional(let a), .optional(let b)): return fits(a, b)
        case (.map(let ak, let av), .map(let bk, let bv)): return fits(ak, bk) && fits(av, bv)
        case (.opaque(let a, let ap), .opaque(let b, let bp)):
            guard a == b, ap.count == bp.count else { return false }
            for (a, b) in zip(ap, bp) where !fits(a, b) { return false }
            return true
        default: return a == b
        }
    }

    private mutating func bind(_ name: String, _ type: CELType) -> (valid: Bool, bound: Bool) {
        if type == .parameter(name) { return (true, true) }
        if let bound = bindings[name] {
            if type == bound { return (true, true) }
            guard fits(type, bound) else { return (false, true) }
            let wider = general(type, bound)
            if !occurs(name, in: wider) { bindings[name] = wider }
            return (true, true)
        }
        guard !occurs(name, in: type) else { return (false, false) }
        bindings[name] = type
        return (true, false)
    }

    private func occurs(_ name: String, in type: CELType) -> Bool {
        if case .parameter(let other) = type { return name == other || (bindings[other].map { occurs(name, in: $0) } ?? false) }
        return type.parts.contains { occurs(name, in: $0) }
    }

    private func general(_ a: CELType, _ b: CELType) -> CELType {
        if a == .null { return b }
        if b == .null { return a }
        return isMoreGeneral(a, b) ? a : b
    }

    private func isMoreGeneral(_ a: CELType, _ b: CELType) -> Bool {
        if a.isDynamic { return true }
        if b.isDynamic { return false }
        switch (a, b) {
        case (.type, .type): return true
        case (.list, .list), (.map, .map), (.optional, .optional), (.opaque, .opaque):
            return a.parts.count == b.parts.count && zip(a.parts, b.parts).allSatisfy { isMoreGeneral($0, $1) }
        default: return a == b
        }
    }
}

extension CELType {
    fileprivate var takesNull: Bool {
        switch self {
        case .object, .timestamp, .duration, .optional, .opaque, .money, .quantity, .ip, .cidr: true
        default: false
        }
    }

    var parts: [CELType] {
        switch self {
        case .list(let element): [element]
        case .map(let key, let value): [key, value]
        case .optional(let wrapped): [wrapped]
        case .type(let of?): [of]
        case .opaque(_, let parameters): parameters
        default: []
        }
    }

    fileprivate var hasParameters: Bool {
        switch self {
        case .parameter: true
        case .list(let part), .optional(let part), .type(let part?): part.hasParameters
        case .map(let key, let value): key.hasParameters || value.hasParameters
        case .opaque(_, let parts): parts.contains { $0.hasParameters }
        default: false
        }
    }

    /// Whether it nests deeper than a limit.
    func isDeeper(than limit: Int) -> Bool {
        guard limit > 0 else { return true }
        switch self {
        case .list(let part), .optional(let part), .type(let part?): return part.isDeeper(than: limit - 1)
        case .map(let key, let value): return key.isDeeper(than: limit - 1) || value.isDeeper(than: limit - 1)
        case .opaque(_, let parts): return parts.contains { $0.isDeeper(than: limit - 1) }
        default: return false
        }
    }

    func mapParts(_ change: (CELType) -> CELType) -> CELType {
        switch self {
        case .list(let element): .list(change(element))
        case .map(let key, let value): .map(change(key), change(value))
        case .optional(let wrapped): .optional(change(wrapped))
        case .type(let of?): .type(change(of))
        case .opaque(let name, let parameters): .opaque(name, parameters.map(change))
        default: self
        }
    }

    fileprivate func replacing(_ names: [String: CELType]) -> CELType {
        if case .parameter(let name) = self { return names[name] ?? self }
        return mapParts { $0.replacing(names) }
    }
}
