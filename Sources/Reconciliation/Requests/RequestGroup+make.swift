import CostModel

extension RequestGroup {
    /// Divides an evaluation's plan into requests, in the order of their subjects. Advisory changes are in none.
    static func groups(
        of plan: Plan, evaluated: EvaluatedWorkspace, by grouping: RequestSettings.Grouping, in watched: WatchedWorkspace
    ) throws(WorkspaceError) -> [RequestGroup] {
        let mark = WorkspaceMark(watched, name: evaluated.policies.workspace.name)
        let findings = Dictionary(evaluated.evaluation.findings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let bySubject = Dictionary(grouping: plan.changes.filter { $0.applicability != .advisory }) { change in
            let about = change.findings.compactMap { findings[$0] }
            // A site that several roots share belongs to the first of them: it cannot be edited twice.
            let roots = about.compactMap { $0.resource?.identity.root }.sorted()
            return Subject(
                workspace: mark.text, team: change.team, policies: Set(about.map(\.policy)).sorted(),
                root: grouping == .root ? roots.first ?? "" : nil)
        }
        let observed = evaluated.observed.byIdentity
        return try bySubject.sorted { $0.key < $1.key }.map { subject, changes throws(WorkspaceError) in
            let about = changes.flatMap(\.findings).compactMap { findings[$0] }
            let files = try PlanFiles(of: changes, in: evaluated)
            var part = plan
            (part.changes, part.files, part.patch) = (changes, files.results, files.patch)
            return RequestGroup(
                subject: subject, plan: part,
                resources: resources(of: changes, findings, observed),
                names: Dictionary(about.map { ($0.id, $0.names) }, uniquingKeysWith: { first, _ in first }),
                atStake: Money(
                    Set(about).reduce(FixedDecimal.zero) { $0 + ($1.atStake?.amount ?? .zero) }, evaluated.policies.workspace.currency))
        }
    }

    private static func resources(
        of changes: [Plan.Change], _ findings: [String: Finding], _ observed: [ResourceIdentity: Resource]
    ) -> [String: [ChangedResource]] {
        Dictionary(
            changes.map { change in
                (change.id, ChangedResource.list(of: Set(change.findings.compactMap { findings[$0]?.resource?.identity }), in: observed))
            }, uniquingKeysWith: { $0 + $1 })
    }
}

extension ObservedState {
    var byIdentity: [ResourceIdentity: Resource] {
        Dictionary(resources.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

extension ChangedResource {
    /// Sorted; what is not observed is left out.
    static func list(of identities: Set<ResourceIdentity>, in observed: [ResourceIdentity: Resource]) -> [ChangedResource] {
        identities.compactMap { observed[$0] }.map(ChangedResource.init).sorted { ($0.root, $0.address) < ($1.root, $1.address) }
    }

    private init(_ resource: Resource) {
        self.init(
            root: resource.identity.root, address: resource.identity.address, type: resource.type,
            billedAs: resource.billedNames)
    }
}
