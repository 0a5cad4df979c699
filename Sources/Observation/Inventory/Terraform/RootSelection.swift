import CostModel

/// Which roots of a workspace are read that has more instances than one may have.
///
/// Whoever can open a pull request can write `count = 10000` in a few folders. Nothing is expanded that would be thrown away: roots are read one
/// after the other, and as soon as there are too many instances in all, the largest roots are let go of until the smallest are left. So the
/// answer depends neither on the order nor on the cores, and a root that somebody else has blown up leaves the others' as they are.
struct RootSelection {
    /// What it would be to read all of them.
    private let most: Int
    /// What is kept where that is too much.
    private let mostBeyond: Int
    private var roots: [TerraformInventory.Root] = []
    private var count = 0
    private var isBeyond = false
    /// The folders that a root uses.
    private let reach: (String) -> Set<String>

    private init(_ options: TerraformReader.Options, reach: @escaping (String) -> Set<String>) {
        self.reach = reach
        most = options.mostInstances
        mostBeyond = min(options.mostInstancesBeyond, most)
    }

    static func read(
        _ folders: [String], _ options: TerraformReader.Options, reach: @escaping (String) -> Set<String>,
        _ root: (String, WorkspaceBudget) -> TerraformInventory.Root
    ) -> [TerraformInventory.Root] {
        let budget = WorkspaceBudget(options)
        var selection = RootSelection(options, reach: reach)
        for folder in folders { selection.take(folder, budget, root) }
        return selection.roots
    }

    private mutating func take(
        _ folder: String, _ budget: WorkspaceBudget, _ read: (String, WorkspaceBudget) -> TerraformInventory.Root
    ) {
        if !isBeyond {
            if let root = attempt(folder, within: most - count, budget, read) { return keep(root) }
            isBeyond = true
            shrink()
        }
        guard let root = attempt(folder, within: mostBeyond, budget, read) else {
            roots.append(leftOut(folder))
            return
        }
        keep(root)
        shrink()
    }

    /// Nil: it has more instances than there is room for.
    private func attempt(
        _ folder: String, within room: Int, _ budget: WorkspaceBudget, _ read: (String, WorkspaceBudget) -> TerraformInventory.Root
    ) -> TerraformInventory.Root? {
        budget.allow(instances: room)
        let root = read(folder, budget)
        return budget.areInstancesExceeded ? nil : root
    }

    private mutating func keep(_ root: TerraformInventory.Root) {
        roots.append(root)
        count += root.instances
    }

    /// Lets go of the largest roots, the last of those that are equally large first.
    private mutating func shrink() {
        while count > mostBeyond, let index = roots.indices.max(by: { (roots[$0].instances, $0) < (roots[$1].instances, $1) }) {
            count -= roots[index].instances
            roots[index] = leftOut(roots[index].folder)
        }
    }

    private func leftOut(_ folder: String) -> TerraformInventory.Root {
        var root = TerraformInventory.Root(folder: folder, folders: reach(folder), isBroken: true, problems: [])
        root.isLeftOut = true
        root.problems = [
            ObservationProblem(
                .partial, id: "limit", file: folder,
                "the roots of the workspace have more than \(most) instances: only the smallest are read, \(mostBeyond) together, and this one is not"
            )
        ]
        return root
    }
}
