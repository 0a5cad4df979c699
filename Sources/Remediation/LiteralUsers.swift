import CostModel

/// Who takes its value from which literal.
struct LiteralUsers {
    struct User: Hashable {
        var resource: ResourceIdentity
        var subject: FixRequest.Subject

        init(_ resource: ResourceIdentity, _ subject: FixRequest.Subject) {
            self.resource = resource
            self.subject = subject
        }
    }

    private var users: [FileSpan: Set<User>] = [:]

    init(_ resources: [Resource]) {
        for resource in resources {
            for (key, tag) in resource.tags.tags {
                if let literal = tag.literal { users[literal, default: []].insert(User(resource.identity, .tag(key))) }
            }
            if let size = resource.size, let literal = size.literal {
                users[literal, default: []].insert(User(resource.identity, .size(size.name)))
            }
            // Tags may be blocks, whose arguments are no further users.
            let tags = Set(resource.tags.tags.values.lazy.compactMap(\.literal))
            add(resource.attributes, below: "", of: resource, without: tags)
        }
    }

    private mutating func add(
        _ attributes: [String: ResourceAttribute], below path: String, of resource: Resource, without tags: Set<FileSpan>
    ) {
        for (name, attribute) in attributes where name != resource.size?.name {
            if let literal = attribute.literal, !tags.contains(literal) {
                users[literal, default: []].insert(User(resource.identity, .argument(path + name)))
            }
            guard case .list(let elements) = attribute.value else { continue }
            for element in elements {
                if case .map(let inside) = element.value { add(inside, below: path + name + ".", of: resource, without: tags) }
            }
        }
    }

    /// The first user of the literal that is not among these.
    func others(of literal: FileSpan, than expected: Set<User>) -> ResourceIdentity? {
        users[literal]?.subtracting(expected).map(\.resource).min()
    }
}
