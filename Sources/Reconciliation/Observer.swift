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

    private var sources: Workspace { policies.workspace }

    /// - Parameter other: an estate whose parts are taken where the code is the same.
    func observe(like other: TerraformEstate? = nil) -> (ObservedState, TerraformEstate) {
        var problems = observations.problems(for: policies, now: now)
        let terraform = observeTerraform(&problems, like: other)
        let state = ObservedState(
            resources: terraform.resources, cost: observations.cost(for: sources), utilization: observations.utilization,
            catalog: observations.catalog(for: sources), problems: problems + terraform.problems, mended: observations.mended)
        return (state, terraform)
    }

    // MARK: The infrastructure

    private func observeTerraform(_ problems: inout [ObservationProblem], like other: TerraformEstate?) -> TerraformEstate {
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
        let estate = TerraformEstate(files: files, scopes: scopes, readsAttributes: readsAttributes, like: other) { roots in
            observations.states(of: sources.inventory, roots: roots)
        }
        problems += missingCode(in: estate)
        return estate
    }

    /// A path that leads nowhere would pass every policy on resources: nothing seen is not nothing wrong.
    private func missingCode(in estate: TerraformEstate) -> [ObservationProblem] {
        if sources.inventory.isEmpty, policies.isAboutResources {
            return [Self.noInventory(sources.place)]
        }
        return sources.inventory.filter { !estate.hasRoot(inside: $0.path) }.map(Self.noCode)
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
