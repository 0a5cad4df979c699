import CostModel

/// Folders that a change edits and whose code nothing makes anything of: every module block that calls them has `count = 0`, stands in a
/// folder that nobody observes, or in one that only tries out a root.
///
/// Somebody may go there and apply them all the same. Were they left out, a call that does nothing would hide what is in them; so they are
/// judged as roots of their own.
struct IdleModules {
    /// Sorted.
    let folders: [String]

    /// - Parameter changed: the paths of files that differ from those of the revision that the change is compared with.
    init(_ changed: Set<String>, in code: TerraformCode, of inventory: TerraformInventory, observedBy sources: [InventorySource]) {
        let touched = Set(changed.lazy.filter { TerraformCode.reads($0) }.map { ModulePath.folder(of: $0) })
            .filter { folder in sources.contains { $0.holds(folder) } }
        guard !touched.isEmpty else {
            folders = []
            return
        }
        let observed = inventory.roots.filter { root in sources.contains { $0.holds(root.folder) } }
        // What a root that cannot be evaluated has instances of is not known: it is said that it is not.
        let judged = observed.reduce(into: Set<String>()) { $0.formUnion($1.isBroken ? $1.folders : $1.visited) }
        folders = touched.subtracting(judged).filter { folder in
            guard code.folders[folder]?.isEmpty == false else { return false }
            let module = ModuleCode(folder: folder, code: code)
            return !module.resourceOrder.isEmpty || !module.callOrder.isEmpty
        }.sorted()
    }

    var problems: [ObservationProblem] {
        folders.map { folder in
            ObservationProblem(
                .note, id: "idle-module", file: folder,
                "no root module makes an instance of the module in this folder, which the change edits: it is judged as a root of its own")
        }
    }
}
