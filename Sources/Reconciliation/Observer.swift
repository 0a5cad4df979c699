import Conditions
import CostModel
import Diagnostics
import Git
import Observation

/// Looks at the world through a workspace's sources: the bill, the code with its state, utilisation.
///
/// Whatever is missing or cannot be read is a problem of the result, never an empty answer.
struct Observer {
    let workspace: OpenedWorkspace
    let now: Instant

    private var policies: PolicySet { workspace.policies }
    private var sources: Workspace { policies.workspace }

    func observe() throws(PassError) -> (ObservedState, TerraformEstate) {
        var problems: [ObservationProblem] = []
        let terraform = try observeTerraform(&problems)
        let cost = observeCost(&problems)
        let utilization = observeUtilization(&problems)
        let catalog = observeCatalog(&problems)
        let state = ObservedState(
            resources: terraform.resources, cost: cost, utilization: utilization, catalog: catalog, problems: problems + terraform.problems)
        return (state, terraform)
    }

    // MARK: The infrastructure

    private func observeTerraform(_ problems: inout [ObservationProblem]) throws(PassError) -> TerraformEstate {
        let scopes = sources.inventory.map(\.path)
        var files: [SourceFile] = []
        for entry in workspace.tree.entries {
            let isCode = TerraformCode.reads(entry.path)
            if let reason = entry.problem {
                // Code is read wherever it lies; of other entries only those count behind which observed code may hide.
                guard isCode || scopes.contains(where: { TerraformEstate.holds($0, entry.path) }) else { continue }
                problems.append(ObservationProblem(.partial, id: "unreadable-file", file: entry.path, reason))
            } else if isCode {
                do throws(GitError) {
                    files.append(SourceFile(path: entry.path, bytes: try workspace.tree.read(entry.path)))
                } catch {
                    problems.append(ObservationProblem(.partial, id: "unreadable-file", file: entry.path, error.message))
                }
            }
        }
        let estate = TerraformEstate(files: files, scopes: scopes, readsAttributes: policies.readsAttributes) { roots in
            StateFiles(sources: sources.inventory, directory: workspace.folder, roots: roots)
        }
        problems += missingCode(in: estate)
        return estate
    }

    /// A path that leads nowhere would pass every policy on resources: nothing seen is not nothing wrong.
    private func missingCode(in estate: TerraformEstate) -> [ObservationProblem] {
        if sources.inventory.isEmpty, !policies.tagging.isEmpty || !policies.rightsizing.isEmpty || !policies.rules.isEmpty {
            return [Self.noInventory(sources.place)]
        }
        return sources.inventory.filter { !estate.hasRoot(inside: $0.path) }.map(Self.noCode)
    }

    // MARK: Cost and utilisation

    private func observeCost(_ problems: inout [ObservationProblem]) -> CostTable {
        guard !sources.cost.isEmpty else {
            problems.append(ObservationProblem(.partial, id: "no-bill", file: sources.place.file, "the workspace names no source of cost"))
            return CostTable(currency: sources.currency)
        }
        let reader = BillReader(sources: sources.cost, directory: workspace.folder, now: now)
        let bases = Set(policies.budgets.map(\.cost)).union([.effective])
        let (table, found) = reader.table(currency: sources.currency, tagKeys: policies.costTagKeys, bases: bases)
        problems += found
        return table
    }

    private func observeUtilization(_ problems: inout [ObservationProblem]) -> UtilizationTable {
        let lookback = (policies.rightsizing.map { max($0.lookback, $0.idle?.duration ?? $0.lookback) } + policies.rules.map(\.lookback)).max()
        guard let lookback, !sources.utilization.isEmpty else { return UtilizationTable() }
        let window = now.subtracting(lookback)..<now
        let (table, found) = UtilizationReader.read(sources.utilization, directory: workspace.folder, window: window)
        problems += found
        return table
    }

    private func observeCatalog(_ problems: inout [ObservationProblem]) -> InstanceCatalog {
        guard let path = sources.instanceCatalog else { return .builtIn }
        let (catalog, found) = CatalogReader.read(path, directory: workspace.folder)
        problems += found
        return catalog
    }
}

// MARK: Messages

extension Observer {
    private static func noInventory(_ place: Place) -> ObservationProblem {
        ObservationProblem(
            .partial, id: "no-inventory", file: place.file, line: place.line, column: place.column,
            "policies ask for resources, but the workspace names no inventory")
    }

    private static func noCode(_ source: InventorySource) -> ObservationProblem {
        ObservationProblem(
            .partial, id: "no-code", file: source.place.file, line: source.place.line, column: source.place.column,
            "there is no Terraform root module in '\(source.path)'")
    }
}

extension PolicySet {
    /// The tags of cost rows that decide something: whose a row is, and which budget it counts in.
    package var costTagKeys: Set<String> {
        var keys: Set<String> = []
        for case .tags(let tags) in teams.flatMap(\.claims) { keys.formUnion(tags.keys) }
        for budget in budgets {
            keys.formUnion((budget.scope.tags ?? [:]).keys)
            if let condition = budget.scope.condition { keys.formUnion(CostTagKeys.keys(of: condition)) }
        }
        return keys
    }
}
