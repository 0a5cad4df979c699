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

    /// - Parameter requests: only the literals count that they may replace; a tree has many more.
    init(_ resources: [Resource], of requests: [FixRequest]) {
        for step in requests.lazy.flatMap(\.candidates).flatMap(\.steps) {
            if case .span(let literal) = step.operation.target { users[literal] = [] }
        }
        guard !users.isEmpty else { return }
        for resource in resources {
            for (key, tag) in resource.tags.tags { add(tag.literal, .tag(key), of: resource) }
            if let size = resource.size { add(size.literal, .size(size.name), of: resource) }
            // Tags may be blocks, whose arguments are no further users.
            let tags = Set(resource.tags.tags.compactMap(\.value.literal)).intersection(users.keys)
            add(resource.attributes, below: "", of: resource, without: tags)
        }
    }

    private mutating func add(_ literal: FileSpan?, _ subject: @autoclosure () -> FixRequest.Subject, of resource: Resource) {
        guard let literal, users[literal] != nil else { return }
        users[literal]?.insert(User(resource.identity, subject()))
    }

    private mutating func add(
        _ attributes: [String: ResourceAttribute], below path: String, of resource: Resource, without tags: Set<FileSpan>
    ) {
        for (name, attribute) in attributes where name != resource.size?.name {
            if let literal = attribute.literal, !tags.contains(literal) { add(literal, .argument(path + name), of: resource) }
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
