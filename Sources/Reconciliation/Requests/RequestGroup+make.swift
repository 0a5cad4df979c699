import CostModel
import Diagnostics

extension RequestGroup {
    /// Divides a pass's plan into requests, in the order of their subjects. Advisory changes are in none.
    static func groups(
        of plan: Plan, pass: Pass, by grouping: RequestSettings.Grouping, in watched: WatchedWorkspace
    ) throws(PassError) -> [RequestGroup] {
        let mark = WorkspaceMark(watched, name: pass.policies.workspace.name)
        let findings = Dictionary(pass.evaluation.findings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let bySubject = Dictionary(grouping: plan.changes.filter { $0.applicability != .advisory }) { change in
            let about = change.findings.compactMap { findings[$0] }
            // A site that several roots share belongs to the first of them: it cannot be edited twice.
            let roots = about.compactMap { $0.resource?.identity.root }.sorted()
            return Subject(
                workspace: mark.text, team: change.team, policies: Set(about.map(\.policy)).sorted(),
                root: grouping == .root ? roots.first ?? "" : nil)
        }
        let files = GroupFiles(plan: plan, pass: pass)
        let observed = pass.observed.byIdentity
        return try bySubject.sorted { $0.key < $1.key }.map { subject, changes throws(PassError) in
            let about = changes.flatMap(\.findings).compactMap { findings[$0] }
            return RequestGroup(
                subject: subject, plan: try files.plan(of: changes),
                resources: resources(of: changes, findings, observed),
                atStake: Money(
                    Set(about).reduce(FixedDecimal.zero) { $0 + ($1.atStake?.amount ?? .zero) }, pass.policies.workspace.currency))
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

/// Makes plans of a part of a plan's changes.
private struct GroupFiles {
    private let whole: Plan
    private let pass: Pass
    private let old: [String: [UInt8]]

    init(plan: Plan, pass: Pass) {
        whole = plan
        self.pass = pass
        old = Dictionary(
            plan.files.map { ($0.path, pass.terraform.files[pass.workspace.workspacePath($0.path)]?.bytes ?? []) },
            uniquingKeysWith: { first, _ in first })
    }

    func plan(of changes: [Plan.Change]) throws(PassError) -> Plan {
        var result = whole
        result.changes = changes
        result.files = []
        result.patch = ""
        for (path, group) in Dictionary(grouping: changes, by: { $0.file ?? "" }).sorted(by: { $0.key < $1.key }) {
            let edits = group.flatMap(\.edits).map { TextEdit($0.offset..<$0.offset + $0.length, $0.text) }
            guard let old = old[path], let new = edits.applied(to: old) else {
                throw .failed("a part of the plan cannot be made in '\(path)'")
            }
            result.files.append(
                Plan.FileResult(path: path, baseBlob: try pass.workspace.blob(of: old), newBlob: try pass.workspace.blob(of: new)))
            result.patch += try pass.workspace.diff(pass.workspace.workspacePath(path), from: old, to: new)
        }
        return result
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
            billedAs: [resource.deployed?.arn, resource.deployed?.id].compactMap { $0 }.filter { !$0.isEmpty })
    }
}
