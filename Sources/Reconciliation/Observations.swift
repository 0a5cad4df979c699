package import CostModel
import Observation

/// What lies outside Git, read once: the bill, utilisation, the catalogue, states, and what stood in the way.
///
/// Several passes may share it: those of the base and the head of a pull request, or of one commit after another.
package struct Observations: Sendable {
    let bill: ObservedBill
    let utilization: UtilizationTable
    private let utilizationProblems: [ObservationProblem]
    /// By the path that a workspace names.
    private let catalogs: [String: (catalog: InstanceCatalog, problems: [ObservationProblem])]
    private let directory: String
    private let states = StateCache()

    /// Reads everything that any of the policies asks for.
    ///
    /// - Parameters:
    ///   - policies: sets of one workspace, at least one; its sources of cost and utilisation are those of the first.
    ///   - directory: the workspace's folder, to which relative paths refer.
    package static func read(for policies: [PolicySet], directory: String, now: Instant) -> Observations {
        Observations(policies, ObservationNeeds(policies), directory: directory, now: now)
    }

    private init(_ policies: [PolicySet], _ needs: ObservationNeeds, directory: String, now: Instant) {
        precondition(!policies.isEmpty, "observations are read for some policies")
        let workspace = policies[0].workspace
        self.directory = directory
        bill = Self.bill(of: workspace, needs, directory, now)
        (utilization, utilizationProblems) = Self.utilization(of: workspace, needs, directory, now)
        let paths = Set(policies.compactMap(\.workspace.instanceCatalog))
        catalogs = Dictionary(uniqueKeysWithValues: paths.map { ($0, CatalogReader.read($0, directory: directory)) })
    }

    private static func bill(of workspace: Workspace, _ needs: ObservationNeeds, _ directory: String, _ now: Instant) -> ObservedBill {
        guard !workspace.cost.isEmpty else {
            let problem = ObservationProblem(
                .partial, id: "no-bill", file: workspace.place.file, "the workspace names no source of cost")
            return ObservedBill(table: CostTable(currency: workspace.currency), problems: [problem])
        }
        return BillReader(sources: workspace.cost, directory: directory, now: now)
            .bill(currency: workspace.currency, tagKeys: needs.tagKeys, bases: needs.bases)
    }

    private static func utilization(
        of workspace: Workspace, _ needs: ObservationNeeds, _ directory: String, _ now: Instant
    ) -> (UtilizationTable, [ObservationProblem]) {
        guard let lookback = needs.lookbacks.max(), !workspace.utilization.isEmpty else { return (UtilizationTable(), []) }
        return UtilizationReader.read(workspace.utilization, directory: directory, window: now.subtracting(lookback)..<now)
    }
}

// MARK: As one set of policies sees them

extension Observations {
    func catalog(for workspace: Workspace) -> InstanceCatalog {
        workspace.instanceCatalog.flatMap { catalogs[$0]?.catalog } ?? .builtIn
    }

    /// What concerns these policies; of the states it is told where they are joined.
    func problems(for policies: PolicySet, now: Instant) -> [ObservationProblem] {
        var problems = bill.problems + bill.ages.compactMap { $0.problem(now: now) }
        if !ObservationNeeds([policies]).lookbacks.isEmpty { problems += utilizationProblems }
        problems += policies.workspace.instanceCatalog.flatMap { catalogs[$0]?.problems } ?? []
        return problems
    }

    /// The states of some roots.
    func states(of sources: [InventorySource], roots: [String]) -> StateFiles {
        StateFiles(sources: sources, directory: directory, roots: roots, cache: states)
    }
}
