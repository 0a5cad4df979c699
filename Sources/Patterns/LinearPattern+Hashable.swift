/// Patterns are equal when they are written alike.
extension LinearPattern: Hashable {
    package static func == (a: LinearPattern, b: LinearPattern) -> Bool { a.pattern == b.pattern }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(pattern)
    }
}
