import CostModel
import Diagnostics

/// The Terraform code of a tree, evaluated and joined with its state; it can be evaluated again with some files edited.
struct TerraformEstate: Estate {
    /// Everything Terraform reads, by path.
    private(set) var files: [String: SourceFile]
    let resources: [Resource]
    let problems: [ObservationProblem]
    private let code: ParsedCode
    private let inventory: TerraformInventory
    private let states: StateFiles
    let recordedStates: RecordedStates
    /// The root modules in their folders are observed.
    private let sources: [InventorySource]
    private let reader: TerraformReader

    /// Wherever it lies: a root module may use modules of any folder of the tree.
    static func reads(_ path: String, for sources: [InventorySource]) -> Bool { TerraformCode.reads(path) }

    init(_ input: EstateInput, like other: TerraformEstate?) {
        let changed = other.map { Self.differing($0.files, input.files) }
        var options = TerraformReader.Options(takesTags: { TaggableTypes.takesTags($0) }, readsAttributes: input.readsAttributes)
        options.roots = input.sources.flatMap(\.roots)
        options.readsUndecided = input.readsUndecided
        // Who calls a root does not make it go away: what is deployed by it is deployed still.
        options.knownRoots = Self.foldersWithState(input).union(other?.roots ?? [])
        let other = other?.sources == input.sources ? other : nil
        let same = changed?.isEmpty == true ? other : nil
        var inventory = same?.inventory ?? Self.inventory(input, reusing: other?.inventory, changed: changed ?? [], &options)
        let reader = TerraformReader(options: options)
        inventory.joinParts()
        let states = input.states(input.sources, Self.observed(inventory, input.sources).map(\.folder))
        self.init(
            files: Dictionary(input.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first }), sources: input.sources,
            states: states, code: same?.code ?? ParsedCode(files: input.files), inventory: inventory, reader: reader)
    }

    /// - Parameter options: what is a root although no other one is, is added.
    private static func inventory(
        _ input: EstateInput, reusing other: TerraformInventory?, changed: Set<String>, _ options: inout TerraformReader.Options
    ) -> TerraformInventory {
        let code = TerraformCode(files: input.files)
        let inventory = TerraformReader(options: options).read(code, reusing: other, changed: changed)
        let idle = IdleModules(changed, in: code, of: inventory, observedBy: input.sources)
        guard !idle.folders.isEmpty else { return inventory }
        options.knownRoots.formUnion(idle.folders)
        var all = TerraformReader(options: options).read(code, reusing: inventory)
        all.problems = (all.problems + idle.problems).sorted()
        return all
    }

    private init(
        files: [String: SourceFile], sources: [InventorySource], states: StateFiles, code: ParsedCode, inventory: TerraformInventory,
        reader: TerraformReader
    ) {
        self.files = files
        self.reader = reader
        self.sources = sources
        self.states = states
        self.code = code
        self.inventory = inventory
        let roots = Self.observed(inventory, sources)
        // Of one root what it has itself: resources are large, and large roots have many.
        let declared = roots.count == 1 ? roots[0].resources : roots.flatMap(\.resources)
        let joined = states.join(
            declared, brokenRoots: Set(roots.filter(\.isBroken).map(\.folder)),
            moves: Dictionary(
                roots.lazy.filter { !$0.moves.isEmpty }.map { ($0.folder, $0.moves) }, uniquingKeysWith: { first, _ in first }))
        resources = joined.resources
        recordedStates = joined.recorded
        problems = (inventory.problems + joined.problems).sorted()
    }

    /// The same estate with some files' bytes replaced: only the roots that use them are evaluated again.
    func replacing(_ edited: [String: [UInt8]]) -> TerraformEstate {
        let new = edited.map { SourceFile(path: $0.key, bytes: $0.value) }
        var files = files
        for file in new { files[file.path] = file }
        let code = code.value.replacing(new)
        var inventory = reader.read(code, reusing: inventory, changed: Set(edited.keys))
        inventory.joinParts()
        return TerraformEstate(
            files: files, sources: sources, states: states, code: ParsedCode(code), inventory: inventory, reader: reader)
    }

    func reach(of file: String) -> Set<String> {
        let folders = TerraformReader.folders(touchedBy: file)
        return Set(inventory.roots.lazy.filter { !$0.folders.isDisjoint(with: folders) }.map(\.folder))
    }

    func successors(of resource: ResourceIdentity) -> [ResourceIdentity] {
        guard let root = inventory.roots.first(where: { $0.folder == resource.root }) else { return [] }
        var addresses = root.moves.successors(of: resource.address)
        // A block that loses its count keeps the first instance.
        addresses += addresses.lazy.filter { $0.hasSuffix("[0]") }.map { String($0.dropLast(3)) }
        return addresses.filter { $0 != resource.address && Self.isMove(from: resource.address, to: $0) }
            .map { ResourceIdentity(root: resource.root, address: $0) }
    }

    func predecessors(of resources: [ResourceIdentity]) -> [ResourceIdentity: [ResourceIdentity]] {
        let moves = Dictionary(inventory.roots.lazy.map { ($0.folder, $0.moves) }, uniquingKeysWith: { first, _ in first })
        return resources.reduce(into: [:]) { result, resource in
            guard let moves = moves[resource.root] else { return }
            result[resource] = moves.predecessors(of: resource.address).filter { Self.isMove(from: $0, to: resource.address) }
                .map { ResourceIdentity(root: resource.root, address: $0) }
        }
    }

    /// What is of another type is another thing, whatever a block says: what was agreed to of a queue is not agreed to of a database.
    private static func isMove(from old: String, to new: String) -> Bool { ResourceAddress.type(of: old) == ResourceAddress.type(of: new) }

    func editing(_ edited: [String: [UInt8]]) -> EditedRoots? {
        let new = code.value.replacing(edited.map { SourceFile(path: $0.key, bytes: $0.value) })
        guard let roots = reader.read(new, editing: inventory, code.graph, changed: Set(edited.keys)) else { return nil }
        let observed = Set(Self.observed(inventory, sources).map(\.folder))
        var result = EditedRoots(roots: [], resources: [], problems: [], readers: [:])
        for root in roots {
            let found = reader.readers(in: root, of: new, countingTags: !observed.contains(root.folder))
            result.readers.merge(found, uniquingKeysWith: { first, _ in first })
            result.problems += root.problems
            guard observed.contains(root.folder) else { continue }
            result.roots.insert(root.folder)
            result.resources += root.resources
        }
        return result
    }

    func readers(near files: Set<String>) -> CodeReaders {
        let folders = Set(files.flatMap { TerraformReader.folders(touchedBy: $0) })
        let observed = Set(Self.observed(inventory, sources).map(\.folder))
        return inventory.roots.reduce(into: [:]) { result, root in
            guard !root.folders.isDisjoint(with: folders) else { return }
            let found = reader.readers(in: root, of: code.value, countingTags: !observed.contains(root.folder))
            result.merge(found, uniquingKeysWith: { first, _ in first })
        }
    }

    /// The paths of files that are not the same on both sides.
    private static func differing(_ old: [String: SourceFile], _ new: [SourceFile]) -> Set<String> {
        var changed = Set(old.keys)
        for file in new {
            if old[file.path]?.bytes == file.bytes { changed.remove(file.path) } else { changed.insert(file.path) }
        }
        return changed
    }

    static func secretLines(of path: String, among files: [SourceFile]) -> Set<Int> {
        SecretLines(TerraformCode(files: files)).lines(of: path)
    }

    func secretLines(of file: String) -> Set<Int> { code.secretLines(of: file) }

    func missingCode(of source: InventorySource) -> String? {
        inventory.roots.contains { source.holds($0.folder) } ? nil : "there is no Terraform root module in '\(source.path)'"
    }

    var roots: Set<String> { Set(Self.observed(inventory, sources).map(\.folder)) }

    /// Folders of code in the sources that have a state by their path.
    private static func foldersWithState(_ input: EstateInput) -> Set<String> {
        let sources = input.sources.filter { $0.state.contains { $0.contains("{root}") } }
        guard !sources.isEmpty else { return [] }
        let folders = Set(
            input.files.lazy.map { ModulePath.folder(of: $0.path) }.filter { folder in sources.contains { $0.holds(folder) } })
        return Set(input.states(sources, folders.sorted()).recorded.states.lazy.filter { !$0.state.resources.isEmpty }.compactMap(\.root))
    }

    func deployment(of root: String) -> RootDeployment {
        let own = states.recorded.states.filter { $0.root == root }
        if own.contains(where: { !$0.state.resources.isEmpty }) { return .deployed }
        if problems.contains(where: { $0.severity == .partial && $0.root == root }) { return .unknown }
        if resources.contains(where: { $0.identity.root == root && $0.deployed != nil }) { return .deployed }
        // Where states are looked for, a root without one was never applied.
        return sources.contains { $0.holds(root) && !$0.state.isEmpty } ? .nothing : .unknown
    }

    var unseenModules: [UnseenModule] { Self.observed(inventory, sources).flatMap(\.unseen) }

    private static func observed(_ inventory: TerraformInventory, _ sources: [InventorySource]) -> [TerraformInventory.Root] {
        inventory.roots.filter { root in sources.contains { $0.holds(root.folder) } }
    }
}
