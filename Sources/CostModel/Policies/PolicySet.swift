/// Everything a workspace's Git repository says, checked and sorted by name.
package struct PolicySet: Hashable, Sendable {
    package var workspace: Workspace
    package var teams: [Team]
    /// All that make findings, of every kind, by reference.
    package var policies: [Policy]
    /// By name.
    package var allocations: [Allocation]
    /// By name.
    package var metrics: [UnitMetric]
    /// By name.
    package var scenarios: [Scenario]
    /// What tags of the bill mean.
    package var tagRules: TagRules
    package var exemptions: [Exemption]
    package var baseline: Baseline?
    /// By name.
    package var notifications: [NotificationPolicy]
    /// By name.
    package var campaigns: [Campaign]
    /// SHA-256 over the paths and bytes of all policy files, 64 hexadecimal digits.
    package var digest: String
    /// What each object says, as it is written; by reference.
    package var objects: [PolicyObject]

    package init(
        workspace: Workspace, teams: [Team] = [], policies: [any PolicyBody] = [], allocations: [Allocation] = [],
        metrics: [UnitMetric] = [], scenarios: [Scenario] = [], tagRules: TagRules = .none,
        exemptions: [Exemption] = [], baseline: Baseline? = nil, notifications: [NotificationPolicy] = [],
        campaigns: [Campaign] = [], digest: String = "",
        objects: [PolicyObject] = []
    ) {
        self.workspace = workspace
        self.teams = teams.sorted { $0.name < $1.name }
        self.policies = policies.map(\.asPolicy).sorted { $0.reference < $1.reference }
        self.allocations = allocations.sorted { $0.name < $1.name }
        self.metrics = metrics.sorted { $0.name < $1.name }
        self.scenarios = scenarios.sorted { $0.name < $1.name }
        self.tagRules = tagRules
        self.exemptions = exemptions.sorted { $0.name < $1.name }
        self.baseline = baseline
        self.notifications = notifications.sorted { $0.name < $1.name }
        self.campaigns = campaigns.sorted { $0.name < $1.name }
        self.digest = digest
        self.objects = objects.sorted { $0.reference < $1.reference }
    }

    package func team(_ name: String) -> Team? { teams.first { $0.name == name } }

    /// The policies of one kind, by name.
    package func all<Body: PolicyBody>(_ kind: Body.Type = Body.self) -> [Body] { policies.compactMap { $0.kindBody as? Body } }

    /// A policy of one kind; nil where there is none of this name, or it is of another kind.
    package func policy<Body: PolicyBody>(_ reference: PolicyReference, _ kind: Body.Type = Body.self) -> Body? {
        policies.first { $0.reference == reference }?.kindBody as? Body
    }

    /// The header of a policy.
    package func header(of reference: PolicyReference) -> PolicyHeader? { policies.first { $0.reference == reference }?.header }

    /// The headers of all policies, by reference.
    package var headers: [PolicyHeader] { policies.map(\.header) }

    /// Whether any policy is about resources.
    package var isAboutResources: Bool {
        policies.contains { if case .resources = $0.body { true } else { false } }
    }

    /// Whether any policy asks for more of a resource than its tags and size.
    package var readsAttributes: Bool { readsEstimates || policies.contains { $0.kindBody.needs.readsAttributes } }

    /// The metrics that policies read.
    package var readMetrics: [UnitMetric] {
        let names = policies.reduce(into: Set<String>()) { $0.formUnion($1.kindBody.needs.metrics) }
        return metrics.filter { names.contains($0.name) }
    }

    /// Whether an expression asks what a resource would cost by estimate. The word is enough: to estimate for nobody harms nobody.
    package var readsEstimates: Bool {
        policies.contains { policy in
            let asked = policy.kindBody.decidingConditions + ((policy.kindBody as? Rule)?.conditions ?? [])
            return asked.contains { $0.text.contains("monthlyEstimate") }
        }
    }
}
