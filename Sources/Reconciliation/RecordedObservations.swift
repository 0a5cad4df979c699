import CostModel
import Observation

/// A snapshot in the place of sources: what it holds, and what it does not hold of that which policies ask.
struct RecordedObservations: Sendable {
    let snapshot: Snapshot
    /// What it is called, for messages.
    let file: String

    /// What stands between these policies and this snapshot. A gap is partial data: it is named, and never filled by a guess.
    func problems(for policies: PolicySet, _ needs: ObservationNeeds, now: Instant) -> [ObservationProblem] {
        let workspace = policies.workspace
        var problems = ages(for: workspace).compactMap { $0.problem(now: now) }
        if workspace.name != snapshot.workspace {
            problems.append(partial("snapshot-workspace", "is of the workspace '\(snapshot.workspace)', not of '\(workspace.name)'"))
        }
        if workspace.currency != snapshot.bill.table.currency {
            let found = "\(snapshot.bill.table.currency), not in \(workspace.currency)"
            problems.append(partial("snapshot-currency", "the bill is in \(found): amounts in different currencies are never added"))
        }
        if snapshot.bill.problems.contains(where: \.saysNoBill), !workspace.hasNoBill {
            problems.append(partial("snapshot-bill", "was taken where there was no bill, and the workspace has one: \(Self.again)"))
        }
        problems += gaps(needs)
        if needs.readsCloud, !workspace.cloud.isEmpty, snapshot.cloud == nil {
            problems.append(partial("snapshot-cloud", "holds nothing of what the cloud says: \(Self.again)"))
        }
        if !workspace.recommendations.isEmpty, snapshot.advice == nil {
            problems.append(partial("snapshot-recommendations", "holds nothing of what providers advise: \(Self.again)"))
        }
        let missing = policies.readMetrics.filter { snapshot.metrics?[$0.name] == nil }.map { "'\($0.name)'" }
        if !missing.isEmpty {
            problems.append(
                partial("snapshot-metrics", "holds nothing of the metric \(missing.joined(separator: " and ")): \(Self.again)"))
        }
        if needs.traffic, !workspace.logs.isEmpty {
            problems.append(
                ObservationProblem(
                    .note, id: "snapshot-logs", file: file, "holds no logs of traffic: whose bytes cost what is not known"))
        }
        if workspace.instanceCatalog != nil, snapshot.catalog == nil {
            problems.append(partial("snapshot-catalog", "holds no instance types of the workspace's own: \(Self.again)"))
        }
        if now != snapshot.observedAt {
            let message = "was observed at \(snapshot.observedAt): look-backs of utilisation end there, not at \(now)"
            problems.append(ObservationProblem(.note, id: "snapshot-time", file: file, message))
        }
        return problems
    }

    /// The states of some roots. One whose state nobody looked for may have one.
    func states(of sources: [InventorySource], roots: [String]) -> StateFiles {
        var remarks: [ObservationProblem] = []
        if sources.contains(where: { $0.state.contains { $0.contains("{root}") } }) {
            let known = Set(snapshot.states.roots)
            remarks = roots.filter { !known.contains($0) }.map { root in
                let message = "the state of '\(root)' was not looked for: the root is not in \(snapshot.revision)"
                return ObservationProblem(.note, id: "snapshot-root", file: file, message)
            }
        }
        return StateFiles(snapshot.states, roots: roots, remarks: remarks)
    }

    /// How old a bill may be is for the workspace to say that judges by it; of a source that it does not know, for the one that observed.
    private func ages(for workspace: Workspace) -> [BillAge] {
        snapshot.bill.ages.map { age in
            var age = age
            let source = workspace.cost.first { $0.name == age.source }
            age.place = source?.place ?? workspace.place
            if let source { age.maxAge = source.maxAge }
            return age
        }
    }

    private func gaps(_ needs: ObservationNeeds) -> [ObservationProblem] {
        let held = snapshot.bill
        let tags = needs.tagKeys.subtracting(held.tagKeys).sorted().map { key in
            partial("snapshot-tag", "does not hold the bill's tag '\(key)': observe again with --tag-key '\(key)', or with these policies")
        }
        let costs = CostBasis.allCases.filter { needs.bases.contains($0) && !held.bases.contains($0) }.map { basis in
            partial("snapshot-cost", "does not hold the \(basis.rawValue) cost of every charge: \(Self.again)")
        }
        let lookbacks = needs.lookbacks.subtracting(snapshot.utilization.lookbacks).sorted().map { lookback in
            partial("snapshot-lookback", "does not hold utilisation of the last \(lookback): \(Self.again)")
        }
        let percentiles = needs.lookbacks.isEmpty ? [] : needs.percentiles.subtracting(snapshot.utilization.percentiles).sorted()
        let names = needs.namesResources && !held.namesAllResources
        let resources = names ? [partial("snapshot-resource", "names no resources of the bill that no state knows: \(Self.again)")] : []
        return tags + resources + costs + lookbacks
            + percentiles.map { partial("snapshot-percentile", "does not hold the percentile \($0) of utilisation: \(Self.again)") }
    }

    private func partial(_ id: String, _ message: String) -> ObservationProblem {
        ObservationProblem(.partial, id: id, file: file, message)
    }

    private static let again = "observe again with these policies"
}
