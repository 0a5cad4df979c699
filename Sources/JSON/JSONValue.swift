/// A JSON document as a value. Objects keep their members' order, and two objects are equal when they have the same order too.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The number as it is written, so that `12.50` stays `12.50`: money and points are never rounded through a `Double`.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    package struct Member: Hashable, Sendable {
        package var key: String
        package var value: JSONValue

        package init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral {
    package init(stringLiteral text: String) { self = .string(text) }
    package init(integerLiteral number: Int) { self = .number(String(number)) }
    package init(booleanLiteral flag: Bool) { self = .bool(flag) }
    package init(nilLiteral: ()) { self = .null }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral members: (String, JSONValue)...) { self = .object(members.map { Member($0.0, $0.1) }) }
}

extension JSONValue {
    /// The text, or `null`.
    package init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }
    /// The number, or `null`.
    package init(_ number: Int?) { self = number.map { .number(String($0)) } ?? .null }
    package init(_ flag: Bool) { self = .bool(flag) }
    package init(_ texts: [String]) { self = .array(texts.map(JSONValue.string)) }
    /// An object by sorted keys, or `null` where there is nothing.
    package init(_ texts: [String: String]) {
        self = texts.isEmpty ? .null : .object(texts.sorted { $0.key < $1.key }.map { Member($0.key, .string($0.value)) })
    }

    /// An object by sorted keys.
    package init(members: [String: JSONValue]) {
        self = .object(members.sorted { $0.key < $1.key }.map { Member($0.key, $0.value) })
    }

    /// The first member of that key; nil for anything but an object.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// Members of a second object behind this one's.
    ///
    /// - Precondition: both are objects.
    package func appending(_ other: JSONValue) -> JSONValue {
        guard case .object(let first) = self, case .object(let second) = other else { preconditionFailure("only objects are joined") }
        return .object(first + second)
    }
}
