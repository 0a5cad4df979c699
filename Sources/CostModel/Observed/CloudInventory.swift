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

    /// By arn or id, in the form that is compared (see `BilledName`).
    package var entries: [String: Entry]

    package init(entries: [String: Entry] = [:]) { self.entries = entries }

    /// What was said of a resource, under its arn, else under its id; nil: nothing was said, which is not that it is gone.
    package func entry(of resource: Resource) -> Entry? {
        resource.deployed?.comparableNames.lazy.compactMap { entries[$0] }.first
    }

    /// Takes more about a resource; what is said later counts.
    package mutating func add(_ entry: Entry, of name: String) {
        let name = BilledName.comparable(name)
        var known = entries[name] ?? Entry()
        if let tags = entry.tags { known.tags = tags }
        known.arguments.merge(entry.arguments) { $1 }
        entries[name] = known
    }
}

/// Files in which the cloud says what is there, or a command that asks it.
package struct CloudSource: Hashable, Sendable {
    package var name: String
    package var place: Place
    package var format: CloudFormat
    /// None where a command is asked.
    package var paths: [String]
    /// The name of an operator's command.
    package var command: String?

    package init(name: String, place: Place, format: CloudFormat, paths: [String] = [], command: String? = nil) {
        self.name = name
        self.place = place
        self.format = format
        self.paths = paths
        self.command = command
    }
}
