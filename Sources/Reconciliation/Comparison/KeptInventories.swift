import CostModel

/// The inventories under which a change is judged: what its base observes is observed still, as the base says, beside what the change adds.
///
/// Code that the change moves away from there is gone with its root.
struct KeptInventories {
    private(set) var sources: [InventorySource]
    private(set) var pending: [Comparison.Pending] = []

    /// - Parameters:
    ///   - base: those of the base in whose folders there is code.
    ///   - stated: those of the base that the change should state as well.
    ///   - roots: the roots that the base observes.
    ///   - head: the workspace of the change.
    init(_ base: [InventorySource], stated: [InventorySource], roots: Set<String>, changed head: Workspace) {
        sources = base
        let known = Set(head.inventory.map(\.unplaced))
        let expected = Set(stated.map(\.unplaced))
        for source in base where expected.contains(source.unplaced) && !known.contains(source.unplaced) {
            pending.append(
                Comparison.Pending(
                    what: "inventory '\(source.name)'", place: head.place,
                    effect: "what the base observes in '\(source.path)' is observed until this is merged"))
        }
        let kept = Set(base.map(\.unplaced))
        for source in head.inventory where !kept.contains(source.unplaced) { add(source, roots, head.place) }
    }

    /// How a root of the base is applied, and where its state is, is not for the change to say.
    private mutating func add(_ source: InventorySource, _ roots: Set<String>, _ place: Place) {
        var source = source
        source.roots.removeAll { roots.contains($0.path) }
        let stated = Set(sources.flatMap(\.roots).map(\.path))
        for root in source.roots where !stated.contains(root.path) {
            pending.append(
                Comparison.Pending(
                    what: "root '\(root.path)'", place: place,
                    effect: "its variable files and workspace are those that the change states: nobody has agreed to them"))
        }
        if let index = sources.firstIndex(where: { $0.format == source.format && $0.folder == source.folder }) {
            let known = Set(sources[index].roots.map(\.path))
            sources[index].roots += source.roots.filter { !known.contains($0.path) }
            return
        }
        if sources.contains(where: { $0.format == source.format && ($0.holds(source.folder) || source.holds($0.folder)) }) {
            source.state = []
        }
        sources.append(source)
    }

    /// What the target states, and beside it what was observed where the change began and has code still: nothing is lost between the two.
    static func joined(_ target: [InventorySource], _ fork: [InventorySource], hasCode: (InventorySource) -> Bool) -> [InventorySource] {
        let known = Set(fork.map(\.folder))
        let folders = Set(target.map(\.folder))
        return target.filter { known.contains($0.folder) || hasCode($0) } + fork.filter { !folders.contains($0.folder) && hasCode($0) }
    }
}

extension InventorySource {
    /// What it says, wherever it stands.
    fileprivate var unplaced: InventorySource {
        var source = self
        source.place = Place(file: "", line: 0)
        return source
    }

    fileprivate var folder: String { path == "." ? "" : path }
}
