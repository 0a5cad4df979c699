/// Everything a workspace's Git repository says, checked and sorted by name.
package struct PolicySet: Hashable, Sendable {
    package var workspace: Workspace
    package var teams: [Team]
    package var budgets: [Budget]
    package var tagging: [TaggingPolicy]
    package var rightsizing: [RightsizingPolicy]
    package var rules: [Rule]
    package var exemptions: [Exemption]
    package var baseline: Baseline?
    /// SHA-256 over the paths and bytes of all policy files, 64 hexadecimal digits.
    package var digest: String
    /// What each object says, as it is written; by reference.
    package var objects: [PolicyObject]

    package init(
        workspace: Workspace, teams: [Team] = [], budgets: [Budget] = [], tagging: [TaggingPolicy] = [],
        rightsizing: [RightsizingPolicy] = [], rules: [Rule] = [],
        exemptions: [Exemption] = [], baseline: Baseline? = nil, digest: String = "", objects: [PolicyObject] = []
    ) {
        self.workspace = workspace
        self.teams = teams.sorted { $0.name < $1.name }
        self.budgets = budgets.sorted { $0.header.reference < $1.header.reference }
        self.tagging = tagging.sorted { $0.header.reference < $1.header.reference }
        self.rightsizing = rightsizing.sorted { $0.header.reference < $1.header.reference }
        self.rules = rules.sorted { $0.header.reference < $1.header.reference }
        self.exemptions = exemptions.sorted { $0.name < $1.name }
        self.baseline = baseline
        self.digest = digest
        self.objects = objects.sorted { $0.reference < $1.reference }
    }

    package func team(_ name: String) -> Team? { teams.first { $0.name == name } }

    /// Whether any policy asks for more of a resource than its tags and size.
    package var readsAttributes: Bool {
        !rules.isEmpty || (tagging.map(\.match) + rightsizing.map(\.match)).contains { $0.condition != nil }
    }

    /// The headers of all policies that make findings, by reference.
    package var headers: [PolicyHeader] {
        (budgets.map(\.header) + tagging.map(\.header) + rightsizing.map(\.header) + rules.map(\.header)).sorted {
            $0.reference < $1.reference
        }
    }
}
