import CostModel
import HCL

/// What the modules of one root share while it is read.
final class RootContext {
    /// The root's folder.
    let root: String
    let evaluator: Evaluator
    private let budget: WorkspaceBudget?
    private let modules: (String) -> ModuleCode?
    private let shared: [String: ModuleGraph.Sharing]
    /// The workspace that it is applied in; nil: not said.
    let workspace: String?
    /// What the variable files set that it is said to be applied with; nil: nothing is said.
    let variableValues: [String: ModuleCode.Local]?
    private(set) var instances = 0
    /// Whether a value of which the workspace decides was asked for: which workspace is used is not known.
    var askedForWorkspace = false
    /// Whether what the workspace decides is unknown, where nobody named it; else it is taken for the default one.
    var doubtsWorkspace = false
    /// Whether what whoever applies the root may set otherwise is unknown: the workspace, and variables that have a default and no value.
    var doubtsSettings = false
    /// The same root with those doubts: what may make something of blocks that make nothing.
    var doubting: RootContext?
    private var calls: [String: ModuleCall] = [:]

    /// Modules inside modules, resource instances of a root: beyond these the input is a mistake or an attack.
    static let deepestModules = 32
    static let mostInstances = 100_000
    /// An instance needs some hundred; large roots must not run out.
    static let stepsPerInstance = 2_000

    init(
        root: String, shared: [String: ModuleGraph.Sharing] = [:], workspace: String? = nil,
        variableValues: [String: ModuleCode.Local]? = nil, budget: WorkspaceBudget? = nil, modules: @escaping (String) -> ModuleCode?
    ) {
        self.budget = budget
        evaluator = Evaluator(takeShared: budget.map { budget in { budget.take(steps: $0) } })
        self.root = root
        self.shared = shared
        self.workspace = workspace
        self.variableValues = variableValues
        self.modules = modules
    }

    static let unknownWorkspace = "it depends on the workspace, and which one is used is not known"

    func module(_ folder: String) -> ModuleCode? { modules(folder) }

    /// Whether the code of a folder belongs to others as well, so that a tag of this root's team has no place in it.
    func isShared(_ folder: @autoclosure () -> String) -> Bool { sharing(of: folder()) != nil }

    /// How it belongs to others; nil where it does not.
    func sharing(of folder: @autoclosure () -> String) -> ModuleGraph.Sharing? {
        // Asked for each resource; most trees share nothing.
        guard !shared.isEmpty else { return nil }
        let folder = folder()
        let sharing = shared[folder]
        // A root belongs to whoever applies it, also where something else calls it.
        return folder == root && sharing != .nobody ? nil : sharing
    }

    /// How the module of this path was called.
    func call(of path: String) -> ModuleCall? { calls[path] }
    func register(_ call: ModuleCall, path: String) { calls[path] = call }
    func letGo() {
        calls = [:]
        doubting?.letGo()
    }

    /// What it took from the workspace's is free again: it was read in vain.
    func giveBack() { budget?.giveBack(instances: instances, steps: evaluator.sharedSteps) }

    func admitInstance() throws(EvaluationError) {
        instances += 1
        guard instances <= Self.mostInstances else {
            budget?.refuseInstances()
            throw EvaluationError("the root has more than \(Self.mostInstances) instances", kind: .limit)
        }
        if let budget, !doubtsSettings, !budget.take(instances: 1) {
            throw EvaluationError("the roots of the workspace have more than \(budget.mostInstances) instances", kind: .limit)
        }
        evaluator.extendBudget(by: Self.stepsPerInstance)
    }
}
