import CostModel
import Diagnostics
import Git
import Observation

/// Sees a workspace's tree in the light of what was observed: the code joined with the states, the bill and utilisation beside it.
///
/// Whatever is missing or cannot be read is a problem of the result, never an empty answer.
struct Observer {
    let workspace: OpenedWorkspace
    let policies: PolicySet
    let observations: Observations
    let now: Instant
    let readsAttributes: Bool
    /// Whether blocks count, too, that make nothing as long as whoever applies the code sets nothing else.
    var readsUndecided = false
    /// Files that count in place of the tree's, by path; nil: as if it were not there.
    var replaced: [String: SourceFile?] = [:]

    private var sources: Workspace { policies.workspace }

    /// - Parameters:
    ///   - other: an estate whose parts are taken where the code is the same.
    ///   - registry: what reads which format.
    func observe(
        like other: WorkspaceEstate? = nil, registry: Inventories.Registry = Inventories.estate
    ) -> (ObservedState, WorkspaceEstate) {
        var problems = observations.problems(for: policies, now: now)
        let estate = observeEstate(&problems, like: other, registry)
        if let problem = unknownAdvice(in: estate) { problems.append(problem) }
        var state = ObservedState(
            resources: estate.resources, cost: observations.cost(for: sources).tagged(by: policies.tagRules),
            utilization: observations.utilization,
            catalog: observations.catalog(for: sources), problems: problems + estate.problems, fixedAt: observations.fixedAt)
        state.cloud = observations.cloud
        state.advice = observations.advice
        state.traffic = observations.traffic
        state.metrics = observations.metrics(for: policies)
        // No money and no resource is missing with them.
        for problem in observations.metricProblems(for: policies) + observations.trafficProblems where problem.severity == .partial {
            state.reach[problem] = .roots([])
        }
        for problem in observations.utilizationProblems + observations.adviceProblems where problem.severity == .partial {
            state.reach[problem] = .utilization
        }
        if let billed = observations.billed { state.note(BilledMemory.Loss(of: billed, in: state.cost, now: now, sources: sources.cost)) }
        let loss = DeployedMemory.Loss(of: observations.deployed, in: estate.resources, sources: sources.inventory)
        // A state is of one root. What those held that cannot be read is in no state any more, if they could be read before.
        let rootless = estate.problems.filter { $0.severity == .partial && $0.root == nil && $0.isOfAnyRoot }
        if rootless.count <= loss.roots.count { for problem in rootless { state.reach[problem] = .roots(loss.roots) } }
        for problem in estate.problems where problem.severity == .partial {
            if let root = problem.root { state.reach[problem] = .roots([root]) }
        }
        state.moved = moved(in: estate)
        state.formerly = formerly(in: estate)
        state.note(loss)
        return (state, estate)
    }

    /// Says how many recommendations are about what no state knows: they are of somebody else's, or something is missing here.
    private func unknownAdvice(in estate: WorkspaceEstate) -> ObservationProblem? {
        guard let place = sources.recommendations.first?.place else { return nil }
        let known = Set(estate.resources.lazy.flatMap { $0.deployed?.comparableNames ?? [] })
        let about = observations.advice.entries.filter { !$0.key.isEmpty }
        let unknown = about.filter { !known.contains($0.key) }
        guard !unknown.isEmpty else { return nil }
        let (count, total) = (unknown.reduce(0) { $0 + $1.value.count }, about.reduce(0) { $0 + $1.value.count })
        return ObservationProblem(
            .note, id: "unknown-recommendations", file: place.file, line: place.line, column: place.column,
            "\(count) of \(total) \(total == 1 ? "recommendation is" : "recommendations are") about resources that no state knows")
    }

    /// Where resources of the baseline are now that the code does not have at their addresses any more.
    private func moved(in estate: WorkspaceEstate) -> [ResourceIdentity: ResourceIdentity] {
        let held = Set((policies.baseline?.entries ?? []).compactMap(\.resource))
        guard !held.isEmpty else { return [:] }
        let present = Set(estate.resources.lazy.map(\.identity))
        return held.subtracting(present).reduce(into: [:]) { moved, resource in
            moved[resource] = estate.successors(of: resource).first(where: present.contains)
        }
    }

    /// Earlier addresses under which exemptions name resources of the code. One whose block is still declared is that block's: Terraform
    /// refuses to move what the code still has, other than within the block.
    private func formerly(in estate: WorkspaceEstate) -> [ResourceIdentity: [ResourceIdentity]] {
        let exemptions = policies.exemptions.filter { !$0.resources.isEmpty }
        guard !exemptions.isEmpty else { return [:] }
        let present = Set(estate.resources.lazy.map(\.identity))
        let declared = Set(present.lazy.map(\.block))
        var claims: [(step: Int, earlier: ResourceIdentity, now: ResourceIdentity)] = []
        for (now, addresses) in estate.predecessors(of: estate.resources.map(\.identity)) {
            for (step, earlier) in addresses.enumerated() {
                let isFree = earlier.block == now.block ? !present.contains(earlier) : !declared.contains(earlier.block)
                if isFree, exemptions.contains(where: { $0.names(earlier) }) { claims.append((step, earlier, now)) }
            }
        }
        // At one address there was one thing, also where it had a count of one: it is one thing now.
        var owners: [ResourceIdentity: ResourceIdentity] = [:]
        var formerly: [ResourceIdentity: [ResourceIdentity]] = [:]
        for claim in claims.sorted(by: { ($0.step, $0.now, $0.earlier) < ($1.step, $1.now, $1.earlier) }) {
            var uncounted = claim.earlier
            uncounted.address = uncounted.address.replacing("[0]", with: "")
            guard owners[uncounted, default: claim.now] == claim.now else { continue }
            owners[uncounted] = claim.now
            formerly[claim.now, default: []].append(claim.earlier)
        }
        return formerly
    }

    // MARK: The infrastructure

    private func observeEstate(
        _ problems: inout [ObservationProblem], like other: WorkspaceEstate?, _ registry: Inventories.Registry
    ) -> WorkspaceEstate {
        let inventories = Inventories(sources.inventory, registry: registry)
        var files: [SourceFile] = []
        for (path, file) in replaced.sorted(by: { $0.key < $1.key }) where inventories.reads(path) { files += file.map { [$0] } ?? [] }
        for entry in workspace.tree.entries where replaced[entry.path] == nil {
            let isCode = inventories.reads(entry.path)
            if let reason = entry.problem {
                // Code is read wherever it lies; of other entries only those count behind which observed code may hide.
                guard isCode || sources.inventory.contains(where: { $0.holds(entry.path) }) else { continue }
                problems.append(ObservationProblem(.partial, id: "unreadable-file", file: entry.path, reason))
            } else if isCode {
                do throws(GitError) {
                    files.append(SourceFile(path: entry.path, bytes: try workspace.tree.read(entry.path)))
                } catch {
                    problems.append(ObservationProblem(.partial, id: "unreadable-file", file: entry.path, error.message))
                }
            }
        }
        let estate = inventories.estate(
            of: files, readsAttributes: readsAttributes, readsUndecided: readsUndecided, like: other, states: observations.states)
        problems += missingCode(in: estate)
        return estate
    }

    /// A path that leads nowhere would pass every policy on resources: nothing seen is not nothing wrong.
    private func missingCode(in estate: WorkspaceEstate) -> [ObservationProblem] {
        if sources.inventory.isEmpty, policies.isAboutResources {
            return [Self.noInventory(sources.place)]
        }
        return estate.missingCode.map(Self.noCode)
    }
}

// MARK: Messages

extension Observer {
    private static func noInventory(_ place: Place) -> ObservationProblem {
        ObservationProblem(
            .partial, id: "no-inventory", file: place.file, line: place.line, column: place.column,
            "policies ask for resources, but the workspace names no inventory")
    }

    private static func noCode(_ source: InventorySource, _ reason: String) -> ObservationProblem {
        ObservationProblem(
            .partial, id: "no-code", file: source.place.file, line: source.place.line, column: source.place.column, reason)
    }
}
