/// What the cloud itself says is there, as somebody asked it: beside the code, which says what should be, and the state, which says what
/// was applied last.
package struct CloudInventory: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        /// Nil: it was not said.
        package var tags: [String: String]?
        /// By the name that the code has for it: `instance_type`, `size`. Only those that were said.
        package var arguments: [String: String]

        package init(tags: [String: String]? = nil, arguments: [String: String] = [:]) {
            self.tags = tags
            self.arguments = arguments
        }
    }

    /// By arn or id.
    package var entries: [String: Entry]

    package init(entries: [String: Entry] = [:]) { self.entries = entries }

    /// What was said of a resource, under its arn, else under its id; nil: nothing was said, which is not that it is gone.
    package func entry(of resource: Resource) -> Entry? {
        [resource.deployed?.arn, resource.deployed?.id].lazy.compactMap(\.self).compactMap { entries[$0] }.first
    }

    /// Takes more about a resource; what is said later counts.
    package mutating func add(_ entry: Entry, of name: String) {
        var known = entries[name] ?? Entry()
        if let tags = entry.tags { known.tags = tags }
        known.arguments.merge(entry.arguments) { $1 }
        entries[name] = known
    }
}

/// Files in which the cloud says what is there.
package struct CloudSource: Hashable, Sendable {
    package var name: String
    package var place: Place
    package var format: CloudFormat
    package var paths: [String]

    package init(name: String, place: Place, format: CloudFormat, paths: [String]) {
        self.name = name
        self.place = place
        self.format = format
        self.paths = paths
    }
}
