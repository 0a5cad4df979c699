import CostModel
import HCL

/// What the modules of one root share while it is read.
final class RootContext {
    /// The root's folder.
    let root: String
    let evaluator = Evaluator()
    private let modules: (String) -> ModuleCode?
    private let shared: Set<String>
    private var instances = 0
    private var calls: [String: ModuleCall] = [:]

    /// Modules inside modules, resource instances of a root: beyond these the input is a mistake or an attack.
    static let deepestModules = 32
    static let mostInstances = 100_000
    /// An instance needs some hundred; large roots must not run out.
    private static let stepsPerInstance = 2_000

    init(root: String, shared: Set<String> = [], modules: @escaping (String) -> ModuleCode?) {
        self.root = root
        self.shared = shared
        self.modules = modules
    }

    func module(_ folder: String) -> ModuleCode? { modules(folder) }

    /// Whether the code of a folder belongs to others as well, so that a tag of this root's team has no place in it.
    func isShared(_ folder: String) -> Bool { folder != root && shared.contains(folder) }

    /// How the module of this path was called.
    func call(of path: String) -> ModuleCall? { calls[path] }
    func register(_ call: ModuleCall, path: String) { calls[path] = call }
    func letGo() { calls = [:] }

    func admitInstance() throws(EvaluationError) {
        instances += 1
        guard instances <= Self.mostInstances else { throw EvaluationError("the root has more than \(Self.mostInstances) instances") }
        evaluator.extendBudget(by: Self.stepsPerInstance)
    }
}
