/// Whether a policy speaks about a resource.
enum ScopeAnswer: Hashable, Sendable {
    case inside
    case outside
    /// Its condition cannot be known before apply, or has no answer: why.
    case unsure(String)

    /// What may be inside counts as inside: money at stake is not made smaller by what is not known.
    var isIncluded: Bool { self != .outside }
}
