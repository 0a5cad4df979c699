/// One field of an object, as expressions see it.
package struct CELField: Hashable, Sendable {
    package let name: String
    package let type: CELType
    /// One sentence for people who write expressions.
    package let documentation: String

    package init(_ name: String, _ type: CELType, documentation: String = "") {
        self.name = name
        self.type = type
        self.documentation = documentation
    }
}

/// The fields of an object, in the order in which `CELObject` keeps their values.
package final class CELObjectType: Hashable, Sendable {
    package let name: String
    package let fields: [CELField]
    /// An open object may have fields that are not declared: selecting one is no mistake, it is just not there.
    package let open: Bool
    /// The field, a map, that holds what is not declared; nil: none does.
    package let rest: String?
    private let indices: [String: Int]

    package init(name: String, fields: [CELField], open: Bool = false, rest: String? = nil) {
        self.rest = rest
        self.name = name
        self.fields = fields
        self.open = open
        indices = Dictionary(fields.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    /// Where a field stands in `fields`.
    package func index(of name: String) -> Int? { indices[name] }

    package static func == (a: CELObjectType, b: CELObjectType) -> Bool {
        a === b || (a.name == b.name && a.open == b.open && a.fields == b.fields)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
