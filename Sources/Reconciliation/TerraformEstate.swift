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
    private let reader: TerraformReader
    private let states: StateFiles
    /// Folders whose roots are observed.
    private let scopes: [String]

    init(files: [SourceFile], scopes: [String], states: StateFiles) {
        self.init(
            files: Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first }), scopes: scopes, states: states,
            code: TerraformCode(files: files), reusing: nil, changed: [])
    }

    private init(
        files: [String: SourceFile], scopes: [String], states: StateFiles, code: TerraformCode, reusing previous: TerraformInventory?,
        changed: Set<String>
    ) {
        self.files = files
        self.scopes = scopes
        self.states = states
        self.code = code
        reader = TerraformReader(options: .init(takesTags: { TaggableTypes.takesTags($0) }, digestsArguments: true))
        inventory = reader.read(code, reusing: previous, changed: changed)
        let observed = inventory.roots.filter { root in scopes.contains { Self.holds($0, root.folder) } }
        let joined = states.join(observed.flatMap(\.resources), roots: observed.map(\.folder))
        resources = joined.resources
        problems = (inventory.problems + joined.problems).sorted()
    }

    /// The same estate with some files' bytes replaced: only the roots that use them are evaluated again.
    func replacing(_ edited: [String: [UInt8]]) -> TerraformEstate {
        let sources = edited.map { SourceFile(path: $0.key, bytes: $0.value) }
        var files = files
        for source in sources { files[source.path] = source }
        return TerraformEstate(
            files: files, scopes: scopes, states: states, code: code.replacing(sources), reusing: inventory, changed: Set(edited.keys))
    }

    private static func holds(_ scope: String, _ folder: String) -> Bool {
        scope.isEmpty || scope == "." || folder == scope || folder.hasPrefix(scope + "/")
    }
}
