/// An object of which some members are lists too long to be held as a value: their elements are made one at a time, when they are written.
package struct JSONDocument {
    enum Part {
        case value(JSONValue)
        case list(count: Int, element: (Int) -> JSONValue)
    }

    private(set) var members: [(key: String, part: Part)] = []

    package init() {}

    /// - Precondition: the value is an object.
    package mutating func append(_ object: JSONValue) {
        guard case .object(let added) = object else { preconditionFailure("a document is made of objects") }
        members += added.map { ($0.key, .value($0.value)) }
    }

    package mutating func append(_ key: String, count: Int, element: @escaping (Int) -> JSONValue) {
        members.append((key, .list(count: count, element: element)))
    }

    /// The whole of it.
    package var value: JSONValue {
        .object(
            members.map { member in
                switch member.part {
                case .value(let value): JSONValue.Member(member.key, value)
                case .list(let count, let element): JSONValue.Member(member.key, .array((0..<count).map(element)))
                }
            })
    }
}
