/// What is known of a key that is not known in full: what it begins and ends with.
package struct KeyPattern: Hashable, Sendable {
    package var prefix: String
    package var suffix: String

    package init(prefix: String, suffix: String) {
        self.prefix = prefix
        self.suffix = suffix
    }

    /// Whether it may turn out to be this one.
    package func mayBe(_ key: String) -> Bool {
        key.utf8.count >= prefix.utf8.count + suffix.utf8.count && key.utf8.starts(with: prefix.utf8)
            && key.utf8.reversed().starts(with: suffix.utf8.reversed())
    }
}
