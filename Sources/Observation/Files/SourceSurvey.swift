package import CostModel

/// What lies at a source's paths, without reading it.
package struct SourceSurvey: Hashable, Sendable {
    /// How many files there are; nil: too many to tell.
    package var count: Int?
    /// When the newest of them was written; nil: there is none, or nobody can tell.
    package var newest: Instant?

    package init(_ patterns: [String], directory: String) {
        var names: Set<String> = []
        for pattern in patterns {
            // `{root}` is any folder.
            guard let paths = FileGlob(pattern.replacing("{root}", with: "**")).paths(in: directory) else { return }
            names.formUnion(paths)
        }
        count = names.count
        newest = names.lazy.compactMap { ObservedFile(name: $0, in: directory).written }.max()
    }
}
