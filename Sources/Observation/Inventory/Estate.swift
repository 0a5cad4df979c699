package import CostModel
package import Diagnostics

/// What one inventory format makes of its files: the resources that the code declares, joined with what is deployed.
///
/// A format is a type that conforms, with a line in `Inventories`.
package protocol Estate: Sendable {
    /// Whether the format has to see a file of this path, so that others need not be loaded.
    static func reads(_ path: String, for sources: [InventorySource]) -> Bool

    /// - Parameter other: an estate of another revision, whose parts may be taken where the files are the same.
    init(_ input: EstateInput, like other: Self?)

    /// In no particular order.
    var resources: [Resource] { get }
    /// Sorted.
    var problems: [ObservationProblem] { get }
    /// Everything it was made from, by path.
    var files: [String: SourceFile] { get }
    /// What the states of its roots say, for whoever has no files; empty for formats without states.
    var recordedStates: RecordedStates { get }

    /// The same estate with the bytes of some files replaced: what a change would make of it.
    func replacing(_ edited: [String: [UInt8]]) -> Self

    /// The roots that an edit of a file can reach; empty where that is not known.
    func reach(of file: String) -> Set<String>

    /// What an edit of some files makes of the roots that it reaches; nil where only the whole estate can tell.
    func editing(_ edited: [String: [UInt8]]) -> EditedRoots?

    /// What reads values of the code, wherever an edit of these files may be seen. It is for the proof that an edit changes nothing else, and
    /// takes as long as reading the code: nobody else asks.
    func readers(near files: Set<String>) -> CodeReaders

    /// The resources that the one of an earlier revision may have become: by what the code says was moved. Best first, without itself.
    func successors(of resource: ResourceIdentity) -> [ResourceIdentity]

    /// The resources of earlier revisions that each of these may have been: by what the code says was moved. The latest first, without
    /// itself.
    func predecessors(of resources: [ResourceIdentity]) -> [ResourceIdentity: [ResourceIdentity]]

    /// The folders of the code that are deployed together and observed, as resources name them.
    var roots: Set<String> { get }

    /// The calls of modules whose code is not in the tree, of all roots.
    var unseenModules: [UnseenModule] { get }

    /// What is known of what a root has deployed.
    func deployment(of root: String) -> RootDeployment

    /// The lines of a file on which secrets are written out: nobody shows them.
    func secretLines(of file: String) -> Set<Int>

    /// The same of a file of some other tree, as far as the files around it tell.
    static func secretLines(of path: String, among files: [SourceFile]) -> Set<Int>

    /// What is not there, where a source's folder holds no code of this format; nil where it does.
    func missingCode(of source: InventorySource) -> String?
}

extension Estate {
    package var recordedStates: RecordedStates { RecordedStates() }
    package func reach(of file: String) -> Set<String> { [] }
    package func secretLines(of file: String) -> Set<Int> { [] }
    package static func secretLines(of path: String, among files: [SourceFile]) -> Set<Int> { [] }
    package func editing(_ edited: [String: [UInt8]]) -> EditedRoots? { nil }
    package func successors(of resource: ResourceIdentity) -> [ResourceIdentity] { [] }
    package func predecessors(of resources: [ResourceIdentity]) -> [ResourceIdentity: [ResourceIdentity]] { [:] }
    package var roots: Set<String> { Set(resources.map(\.identity.root)) }
    package var unseenModules: [UnseenModule] { [] }
    package func deployment(of root: String) -> RootDeployment {
        resources.contains { $0.identity.root == root && $0.deployed != nil } ? .deployed : .unknown
    }
}

/// What states say of a whole root.
package enum RootDeployment: Hashable, Sendable {
    /// Something of it runs.
    case deployed
    /// Its state is empty, or it has none where states are looked for.
    case nothing
    /// No state is looked for, or it cannot be read.
    case unknown
}

/// The roots that an edit reaches, as it leaves them. What is deployed stays what it was and is not looked up again.
package struct EditedRoots: Sendable {
    package var roots: Set<String>
    package var resources: [Resource]
    package var problems: [ObservationProblem]
    /// What reads values in them.
    package var readers: CodeReaders
}

/// What an estate is made from.
package struct EstateInput {
    /// The files of the tree that the format reads.
    package var files: [SourceFile]
    /// Those of this format: the resources in their folders count.
    package var sources: [InventorySource]
    /// Whether policies ask for more of a resource than its tags and size.
    package var readsAttributes: Bool
    /// Whether what makes nothing only as long as nobody sets anything else is read, too.
    package var readsUndecided: Bool
    /// Reads the states of some roots. A format without states does not ask.
    package var states: (_ sources: [InventorySource], _ roots: [String]) -> StateFiles

    package init(
        files: [SourceFile], sources: [InventorySource], readsAttributes: Bool, readsUndecided: Bool = false,
        states: @escaping (_ sources: [InventorySource], _ roots: [String]) -> StateFiles
    ) {
        self.files = files
        self.sources = sources
        self.readsAttributes = readsAttributes
        self.readsUndecided = readsUndecided
        self.states = states
    }
}
