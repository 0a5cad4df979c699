/// Fields and elements of values.
extension CELValue {
    func selecting(_ name: String) -> CELValue {
        switch self {
        case .object(let object):
            guard let index = object.type.index(of: name) else { return .failure("no such field '\(name)' of \(object.type.name)") }
            if case .absent = object.values[index] { return .failure("no such field '\(name)' of \(object.type.name)") }
            return object.values[index]
        case .map(let map): return map.value(name) ?? .failure("no such key: '\(name)'")
        case .optional: return selectingOptionally(name)
        case .unknown, .error: return self
        default: return .failure("\(typeName) has no fields, so no '\(name)'")
        }
    }

    /// An optional: none when there is no such field.
    func selectingOptionally(_ name: String) -> CELValue {
        switch self {
        case .object(let object):
            guard let index = object.type.index(of: name) else { return .noValue }
            return object.values[index].wrappedUnlessUnusable
        case .map(let map): return map.value(name)?.wrappedUnlessUnusable ?? .noValue
        case .optional(let optional):
            guard let wrapped = optional.wrapped else { return .noValue }
            return wrapped.selectingOptionally(name)
        case .unknown, .error: return self
        default: return .failure("no such key: \(typeName) has no fields, so no '\(name)'")
        }
    }

    private var wrappedUnlessUnusable: CELValue {
        switch self {
        case .absent: .noValue
        case .unknown, .error: self
        default: .optional(CELOptional(self))
        }
    }

    func has(_ name: String) -> CELValue {
        switch self {
        case .object(let object):
            guard let index = object.type.index(of: name) else { return .bool(false) }
            switch object.values[index] {
            case .absent: return .bool(false)
            case .unknown, .error: return object.values[index]
            default: return .bool(true)
            }
        case .map(let map):
            switch map.value(name) {
            case nil: return .bool(false)
            case .unknown(let unknown)?: return .unknown(unknown)
            default: return .bool(true)
            }
        case .optional(let optional): return optional.wrapped?.has(name) ?? .bool(false)
        case .unknown, .error: return self
        default: return .failure("\(typeName) has no fields, so no '\(name)'")
        }
    }

    func element(_ key: CELValue) -> CELValue {
        switch self {
        case .list(let list):
            guard let index = key.listIndex else { return .failure("a list is indexed by a whole number, not by \(key.typeName)") }
            guard list.elements.indices.contains(index) else {
                return .failure("index out of bounds: \(key.shown), and the list has \(list.elements.count) elements")
            }
            return list.elements[index]
        case .map(let map): return map.value(key) ?? .failure("no such key: \(key.shown)")
        case .object:
            guard case .string(let name) = key else { return .failure("no such overload: an object's fields are named by text") }
            return selecting(name)
        case .optional: return elementOptionally(key)
        default: return .failure("no such overload: \(typeName) has no elements")
        }
    }

    func elementOptionally(_ key: CELValue) -> CELValue {
        switch self {
        case .list(let list):
            guard let index = key.listIndex else { return .failure("a list is indexed by a whole number, not by \(key.typeName)") }
            return list.elements.indices.contains(index) ? list.elements[index].wrappedUnlessUnusable : .noValue
        case .map(let map): return map.value(key)?.wrappedUnlessUnusable ?? .noValue
        case .object:
            guard case .string(let name) = key else { return .failure("no such overload: an object's fields are named by text") }
            return selectingOptionally(name)
        case .optional(let optional): return optional.wrapped?.elementOptionally(key) ?? .noValue
        default: return .failure("no such overload: \(typeName) has no elements")
        }
    }

    /// Short, for messages: lists may share so much that their text has no end.
    var shown: String {
        switch self {
        case .string(let text): TextForm.quoted(String(text.prefix(60)))
        case .list, .map, .object, .optional, .bytes: typeName
        default: description
        }
    }

    private var listIndex: Int? {
        switch self {
        case .int(let value): Int(value)
        case .uint(let value): Int(clamping: value)
        case .double(let value): Int(exactly: value)
        default: nil
        }
    }
}
