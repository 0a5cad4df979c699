import CostModel
import Diagnostics
import Observation

/// The Terraform code of a tree, evaluated and joined with its state; it can be evaluated again with some files edited.
struct TerraformEstate {
    /// Everything Terraform reads, by path.
    private(set) var files: [String: SourceFile]
    let resources: [Resource]
    let problems: [ObservationProblem]
    private let code: TerraformCode
    private let inventory: TerraformInventory
    private let states: StateFiles
    /// Folders whose roots are observed.
    private let scopes: [String]
    private let reader: TerraformReader

    /// - Parameters:
    ///   - scopes: the folders whose root modules count.
    ///   - readsAttributes: whether policies ask for more of a resource than its tags and size.
    ///   - other: an estate of another revision, from which roots are taken whose files are the same.
    ///   - states: reads the states of these roots.
    init(
        files: [SourceFile], scopes: [String], readsAttributes: Bool, like other: TerraformEstate? = nil,
        states: (_ roots: [String]) -> StateFiles
    ) {
        let changed = other.map { Self.differing($0.files, files) }
        let code = changed?.isEmpty == true ? other?.code ?? TerraformCode(files: files) : TerraformCode(files: files)
        let reader = TerraformReader(
            options: .init(takesTags: { TaggableTypes.takesTags($0) }, digestsArguments: true, readsAttributes: readsAttributes))
        let inventory = reader.read(code, reusing: other?.inventory, changed: changed ?? [])
        self.init(
            files: Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first }), scopes: scopes,
            states: states(Self.observed(inventory, scopes).map(\.folder)), code: code, inventory: inventory, reader: reader)
    }

    private init(
        files: [String: SourceFile], scopes: [String], states: StateFiles, code: TerraformCode, inventory: TerraformInventory,
        reader: TerraformReader
    ) {
        self.files = files
        self.reader = reader
        self.scopes = scopes
        self.states = states
        self.code = code
        self.inventory = inventory
        let roots = Self.observed(inventory, scopes)
        let joined = states.join(roots.flatMap(\.resources), brokenRoots: Set(roots.filter(\.isBroken).map(\.folder)))
        resources = joined.resources
        problems = (inventory.problems + joined.problems).sorted()
    }

    /// The same estate with some files' bytes replaced: only the roots that use them are evaluated again.
    func replacing(_ edited: [String: [UInt8]]) -> TerraformEstate {
        let sources = edited.map { SourceFile(path: $0.key, bytes: $0.value) }
        var files = files
        for source in sources { files[source.path] = source }
        let code = code.replacing(sources)
        let inventory = reader.read(code, reusing: inventory, changed: Set(edited.keys))
        return TerraformEstate(files: files, scopes: scopes, states: states, code: code, inventory: inventory, reader: reader)
    }

    /// The paths of files that are not the same on both sides.
    private static func differing(_ old: [String: SourceFile], _ new: [SourceFile]) -> Set<String> {
        var changed = Set(old.keys)
        for file in new {
            if old[file.path]?.bytes == file.bytes { changed.remove(file.path) } else { changed.insert(file.path) }
        }
        return changed
    }

    /// What the states of its roots say, for who has no files.
    var recordedStates: RecordedStates { states.recorded }

    /// Whether any root module lies in a folder.
    func hasRoot(inside folder: String) -> Bool { inventory.roots.contains { Self.holds(folder, $0.folder) } }

    private static func observed(_ inventory: TerraformInventory, _ scopes: [String]) -> [TerraformInventory.Root] {
        inventory.roots.filter { root in scopes.contains { holds($0, root.folder) } }
    }

    /// Whether a path is a scope's folder or lies in it.
    static func holds(_ scope: String, _ folder: String) -> Bool {
        scope.isEmpty || scope == "." || folder == scope || folder.hasPrefix(scope + "/")
    }
}
