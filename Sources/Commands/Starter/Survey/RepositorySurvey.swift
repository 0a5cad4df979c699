import CostModel

/// What a repository holds before it has a workspace: what `init` proposes one from.
///
/// Names, tags and owners come from whoever can write to the repository. They are data: what is written of them goes through `YAMLText`.
struct RepositorySurvey: Sendable {
    /// The workspace's folder as a name.
    var name: String
    /// The root modules that are proposed as the inventory, sorted; the empty text is the folder itself.
    var roots: [String] = []
    /// Root modules that look like examples, tests or unused modules, where there are others.
    var leftOut: [String] = []
    /// Of the proposed roots.
    var resources: [Resource] = []
    /// Module calls whose code is not in the repository.
    var remoteModules = 0
    /// Files that cannot be parsed, code that is missing: `check` will say which.
    var gaps = 0
    var tags = TagSurvey()
    var teams: [ProposedTeam] = []
    var observed = ObservedSurvey()
    /// Whether `policies` or `teams` hold YAML that is something else's.
    var hasForeignPolicies = false
    /// What was not looked at, and why.
    var remarks: [String] = []

    /// Whether there is nothing to propose from.
    var isEmpty: Bool { roots.isEmpty && observed.isEmpty }

    /// Resource types with their numbers, the most frequent first.
    var types: [(name: String, count: Int)] { Self.counted(resources.map(\.type)) }
    var providers: [(name: String, count: Int)] { Self.counted(resources.map(\.provider)) }

    static func counted(_ words: some Sequence<String>) -> [(name: String, count: Int)] {
        Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +).map { (name: $0.key, count: $0.value) }
            .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    }
}

extension RepositorySurvey {
    /// Folders in the tree that hold all of the roots and as little else as a few lines can say; `.` is the whole.
    var scopes: [String] {
        guard !roots.contains("") else { return ["."] }
        let groups = Dictionary(grouping: roots) { $0.prefix { $0 != "/" } }
        guard groups.count <= Self.mostScopes else { return ["."] }
        return groups.values.map(Self.commonFolder).sorted()
    }

    private static let mostScopes = 12

    private static func commonFolder(_ folders: [String]) -> String {
        var common = folders[0].split(separator: "/")
        for folder in folders.dropFirst() {
            common = Array(zip(common, folder.split(separator: "/")).prefix { $0.0 == $0.1 }.map(\.0))
        }
        return common.joined(separator: "/")
    }
}
