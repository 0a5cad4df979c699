/// What a deployed resource keeps whatever the code says: Terraform's `ignore_changes`, and the tags that a provider ignores.
package struct IgnoredChanges: Hashable, Sendable {
    /// Everything.
    package var all: Bool
    /// Arguments by their names; nested ones with dots, without indices.
    package var arguments: Set<String>
    /// All tags.
    package var tags: Bool
    /// Tags by their keys.
    package var keys: Set<String>
    /// Tags by the beginnings of their keys.
    package var keyPrefixes: Set<String>

    package init(
        all: Bool = false, arguments: Set<String> = [], tags: Bool = false, keys: Set<String> = [], keyPrefixes: Set<String> = []
    ) {
        self.all = all
        self.arguments = arguments
        self.tags = tags
        self.keys = keys
        self.keyPrefixes = keyPrefixes
    }

    package static let none = IgnoredChanges()

    /// Whether a change of an argument has no effect: of itself, of a block around it.
    package func coversArgument(_ name: String) -> Bool {
        guard self != .none else { return false }
        return all || arguments.contains { name == $0 || name.hasPrefix($0 + ".") }
    }

    /// Whether a change of a tag has no effect.
    package func coversTag(_ key: String) -> Bool {
        guard self != .none else { return false }
        return all || tags || keys.contains(key) || keyPrefixes.contains { key.hasPrefix($0) }
    }
}
