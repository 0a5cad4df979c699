import CostModel
import Diagnostics
import HCL

/// Which folders there are and which calls which.
struct ModuleGraph {
    private(set) var modules: [String: ModuleCode] = [:]
    /// Folders that are applied: no module block calls them, or they have a backend, variable files or a state of their own, or were roots
    /// before. Sorted.
    private(set) var roots: [String] = []
    private(set) var problems: [ObservationProblem] = []
    /// Folders whose code belongs to no single caller, with what calls them, or calls what uses them.
    private(set) var shared: [String: Sharing] = [:]

    /// Why a module's code belongs to no single caller.
    enum Sharing {
        /// Several module blocks use it.
        case callers
        /// Only its examples or tests use it: whom it is meant for is not here.
        case trials
        /// It lies among modules, and nothing here uses it.
        case nobody
    }

    private var called: [String: Set<String>] = [:]
    private var callers: [String: Int] = [:]
    /// Folders that an example or a test calls.
    private var tried: Set<String> = []

    /// - Parameter known: folders that are applied whoever calls them now.
    init(_ code: TerraformCode, known: Set<String> = []) {
        for folder in code.folders.keys where code.folders[folder]?.isEmpty == false {
            modules[folder] = ModuleCode(folder: folder, code: code)
        }
        for folder in modules.keys.sorted() { inspect(folder) }
        for file in code.folders.values.joined() where !file.errors.isEmpty { guessCalls(file.file.source) }
        let targets = Set(called.values.joined())
        let applied = Set(modules.keys.filter { modules[$0]?.isApplied ?? false })
        roots = modules.keys.filter { folder in
            if applied.contains(folder) || known.contains(folder) { return true }
            // What calls a root only tries it out.
            return !targets.contains(folder) && called[folder, default: []].isDisjoint(with: applied)
        }.sorted()
        for folder in roots where isUnused(folder, applied) { for reached in reachable(from: folder) { shared[reached] = .nobody } }
        for folder in tried { for reached in reachable(from: folder) { shared[reached] = .trials } }
        for (folder, count) in callers where count > 1 { for reached in reachable(from: folder) { shared[reached] = .callers } }
        // Folders that only try a root out are seen, and left out on purpose.
        var reached = Set(modules.keys.filter { !targets.contains($0) })
        for root in roots { reached.formUnion(reachable(from: root)) }
        // Folders that only call each other have no root, and nothing of them would be seen.
        for folder in modules.keys.sorted() where !reached.contains(folder) {
            guard let call = modules[folder]?.calls.values.min(by: { $0.place < $1.place }) else { continue }
            problems.append(Self.problem(.partial, "module-cycle", "the modules of this folder call each other in a circle", call))
        }
    }

    /// Whether a folder is one of `modules/`, without anything that a root has.
    private func isUnused(_ folder: String, _ applied: Set<String>) -> Bool {
        guard !applied.contains(folder), modules[folder]?.providers.isEmpty ?? false else { return false }
        return ModulePath.components(of: folder).dropLast().contains("modules")
    }

    /// The same graph with the code of some folders read again; nil where they call others than before, or do not parse.
    func replacing(_ folders: Set<String>, of code: TerraformCode) -> ModuleGraph? {
        var graph = self
        for folder in folders {
            let new = ModuleCode(folder: folder, code: code)
            guard let old = modules[folder], old.errors.isEmpty, new.errors.isEmpty, Self.targets(of: old) == Self.targets(of: new) else {
                return nil
            }
            graph.modules[folder] = new
        }
        return graph
    }

    private static func targets(of code: ModuleCode) -> [String: ModulePath.Target?] {
        code.calls.mapValues { code.target(of: $0) }
    }

    /// The folder and all that it calls, directly or not.
    func reachable(from folder: String) -> Set<String> {
        var seen: Set<String> = [folder]
        var next = [folder]
        while let at = next.popLast() {
            for target in called[at] ?? [] where seen.insert(target).inserted { next.append(target) }
        }
        return seen
    }

    /// What a broken file calls may be lost to the parser, and must not look like a root for that.
    private mutating func guessCalls(_ file: SourceFile) {
        let folder = ModulePath.folder(of: file.path)
        for number in 1...file.lineCount {
            let pieces = file.text(file.contentRange(ofLine: number)).split(separator: "\"", omittingEmptySubsequences: false)
            guard pieces.count > 2, pieces[0].filter({ !$0.isWhitespace }).hasSuffix("source=") else { continue }
            guard case .folder(let target) = ModulePath.target(of: String(pieces[1]), from: folder), modules[target] != nil else {
                continue
            }
            called[folder, default: []].insert(target)
        }
    }

    private mutating func inspect(_ folder: String) {
        guard let code = modules[folder] else { return }
        problems += code.problems
        for name in code.callOrder {
            guard let call = code.calls[name] else { continue }
            switch code.target(of: call) {
            case .folder(let target):
                if let module = modules[target] {
                    problems += Self.undeclared(call, name, in: module)
                    called[folder, default: []].insert(target)
                    callers[target, default: 0] += 1
                    if ModulePath.isTrial(folder, of: target) { tried.insert(target) }
                } else {
                    problems.append(
                        Self.problem(.partial, "missing-module", "module '\(name)': there is no Terraform code in '\(target)'", call))
                }
            case .outside: problems.append(Self.problem(.partial, "module-outside", "module '\(name)': its source leaves the tree", call))
            case .remote: problems.append(Self.problem(.note, "remote-module", "module '\(name)': its code is not in this tree", call))
            case nil:
                // Terraform refuses it. OpenTofu computes it, and what it calls may lie in this tree.
                let message = "module '\(name)': its source is not a plain string, so that it is not known what is called"
                problems.append(Self.problem(.partial, "module-source", message, call))
            }
        }
    }

    /// Arguments that the module has no variables for: Terraform refuses them.
    private static func undeclared(_ call: Declaration, _ name: String, in module: ModuleCode) -> [ObservationProblem] {
        guard module.errors.isEmpty else { return [] }
        let known = ["source", "version", "count", "for_each", "providers", "depends_on"]
        return ([(call.block, call.file)] + call.overrides).flatMap { block, file in
            block.body.attributes.filter { !known.contains($0.name) && module.variables[$0.name] == nil }.map { attribute in
                let hint = DidYouMean.hint(for: attribute.name, in: module.variables.keys)
                let message = "module '\(name)' has no variable '\(attribute.name)', and Terraform refuses the argument\(hint)"
                return ObservationProblem(.partial, id: "undeclared-argument", message, at: file, attribute.nameRange)
            }
        }
    }

    private static func problem(_ severity: ObservationProblem.Severity, _ id: String, _ message: String, _ call: Declaration)
        -> ObservationProblem
    {
        ObservationProblem(severity, id: id, message, at: call.file, call.block.typeRange)
    }
}
