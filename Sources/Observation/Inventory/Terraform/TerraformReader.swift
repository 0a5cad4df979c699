package import CostModel
import Diagnostics
import HCL

/// What the Terraform code of a tree declares.
package struct TerraformInventory: Sendable {
    /// In no particular order.
    package var resources: [Resource] { roots.flatMap(\.resources) }
    package var problems: [ObservationProblem]
    package var roots: [Root]

    /// One root module.
    package struct Root: Sendable {
        package var folder: String
        /// The folders of the modules that it uses, and its own.
        package var folders: Set<String>
        var own = RootResources()
        /// Sorted.
        package var resources: [Resource] { own.all }
        /// Set for a root that is not evaluated because a file of it, or of a module that it uses, does not parse, or because it is left out.
        package var isBroken: Bool
        /// Set for a root that would be too much beside the others.
        var isLeftOut = false
        /// Of resources and modules.
        var instances = 0
        /// How addresses of its state become those of its code.
        var moves = StateMoves()
        /// The folders of the modules that it has instances of, and its own.
        var visited: Set<String> = []
        /// The calls of modules whose code is not here.
        var unseen: [UnseenModule] = []
        var problems: [ObservationProblem]
    }

    /// Puts together what the parts of large roots have: for who holds no syntax tree any more.
    mutating func joinParts() {
        for index in roots.indices { roots[index].own.join() }
    }
}

/// Reads Terraform code: finds the root modules and evaluates each as far as it can be known before apply.
package struct TerraformReader: Sendable {
    package struct Options: Sendable {
        /// Whether a resource type takes tags; nil where that is not known.
        package var takesTags: @Sendable (String) -> Bool?
        /// Whether `Resource.attributes` and who refers to it are wanted.
        package var readsAttributes: Bool
        /// Whether blocks are read, too, that make nothing as long as whoever applies the code sets nothing else.
        package var readsUndecided = false
        /// What is said of single roots.
        package var roots: [InventoryRoot] = []
        /// Folders that are roots whoever calls them: they have a state, or were roots before.
        package var knownRoots: Set<String> = []
        /// What all roots may have together.
        package var mostInstances = WorkspaceBudget.mostInstances
        /// What the smallest of them may have together where all have more than that.
        package var mostInstancesBeyond = WorkspaceBudget.mostInstancesBeyond
        package var mostSteps = WorkspaceBudget.mostSteps

        package init(
            takesTags: @escaping @Sendable (String) -> Bool? = { TaggableTypes.takesTags($0) }, readsAttributes: Bool = false
        ) {
            self.takesTags = takesTags
            self.readsAttributes = readsAttributes
        }
    }

    private let options: Options

    package init(options: Options = Options()) {
        self.options = options
    }

    /// - Parameters:
    ///   - previous: what was read of a tree that differs in the `changed` files only: roots that do not use them are taken from it.
    package func read(
        _ code: TerraformCode, reusing previous: TerraformInventory? = nil, changed: Set<String> = []
    ) -> TerraformInventory {
        let graph = ModuleGraph(code, known: options.knownRoots)
        let touched = Set(changed.flatMap { Self.folders(touchedBy: $0) })
        let known = Dictionary((previous?.roots ?? []).map { ($0.folder, $0) }, uniquingKeysWith: { first, _ in first })
        let comparison = ToolComparison(code, self)
        @Sendable func reach(_ folder: String) -> Set<String> {
            let folders = graph.reachable(from: folder).union(variableFolders(of: folder))
            return comparison.map { folders.union($0.folders(of: folder)) } ?? folders
        }
        @Sendable func root(_ folder: String, _ budget: WorkspaceBudget) -> TerraformInventory.Root {
            let folders = reach(folder)
            if let old = known[folder], old.folders == folders, folders.isDisjoint(with: touched), !old.isLeftOut {
                _ = budget.take(instances: old.instances)
                return old
            }
            let root = read(folder, folders, graph, code, budget)
            return comparison?.compare(root) ?? root
        }
        let budget = WorkspaceBudget(options)
        var roots = graph.roots.concurrentMap { root($0, budget) }
        if budget.isExceeded {
            // One after the other, so that which of them are not read is not for the cores to say.
            roots = []
            roots = RootSelection.read(graph.roots, options, reach: reach, root)
        }
        let problems = Set(roots.flatMap(\.problems) + graph.problems + (comparison?.missing(graph.roots) ?? []))
        return TerraformInventory(problems: problems.sorted(), roots: roots)
    }

    /// The roots that use the changed files, read again; nil where the change is one of who calls whom.
    ///
    /// - Parameter graph: of the code before the change.
    func read(
        _ code: TerraformCode, editing inventory: TerraformInventory, _ graph: ModuleGraph, changed: Set<String>
    ) -> [TerraformInventory.Root]? {
        // A variable file may be of any root around it.
        let touched = Set(changed.flatMap { Self.folders(touchedBy: $0) })
        guard let graph = graph.replacing(touched.filter { graph.modules[$0] != nil }, of: code) else { return nil }
        return inventory.roots.filter { !$0.folders.isDisjoint(with: touched) }.map { read($0.folder, $0.folders, graph, code) }
    }

    /// Everything in a root that reads values.
    package func readers(in root: TerraformInventory.Root, of code: TerraformCode, countingTags: Bool) -> CodeReaders {
        let modules = Dictionary(uniqueKeysWithValues: root.folders.map { ($0, ModuleCode(folder: $0, code: code)) })
        guard !root.isBroken, let main = modules[root.folder] else { return [:] }
        let shared: @Sendable () -> RootContext = { context(for: root.folder, of: code) { modules[$0] } }
        let parts = RootParts.read(main, context: shared) { names, isFirst, context in
            var finder = ReaderFinder(root: root.folder, countsTags: countingTags)
            finder.read(main, in: context, resources: names, others: isFirst)
            return finder.readers
        }
        if let parts { return parts.dropFirst().reduce(into: parts[0]) { $0.merge($1, uniquingKeysWith: { first, _ in first }) } }
        var finder = ReaderFinder(root: root.folder, countsTags: countingTags)
        finder.read(main, in: shared(), resources: main.resourceOrder[...], others: true)
        return finder.readers
    }

    func read(
        _ folder: String, _ folders: Set<String>, _ graph: ModuleGraph, _ files: TerraformCode, _ budget: WorkspaceBudget? = nil
    ) -> TerraformInventory.Root {
        var root = TerraformInventory.Root(folder: folder, folders: folders, isBroken: false, problems: [])
        let errors = folders.sorted().flatMap { graph.modules[$0]?.errors ?? [] }
        guard errors.isEmpty, let code = graph.modules[folder] else {
            root.isBroken = true
            root.problems = errors.map(Self.unparsable)
            return root
        }
        let contents = contents(of: code, in: folder, budget) {
            context(for: folder, of: files, shared: graph.shared, budget) { graph.modules[$0] }
        }
        root.own = RootResources(contents.map(\.resources))
        root.instances = contents.reduce(0) { $0 + $1.instances }
        root.problems = contents.flatMap(\.problems) + missingVariableFiles(of: folder, files)
        root.moves = contents[0].moves
        root.unseen = contents.flatMap(\.unseen)
        root.visited = contents.reduce(into: []) { $0.formUnion($1.visited) }
        return root
    }

    /// - Returns: what the parts of it make, or all of it; the first has the moves.
    private func contents(
        of code: ModuleCode, in folder: String, _ budget: WorkspaceBudget?, context: @Sendable () -> RootContext
    ) -> [RootContents] {
        let parts = RootParts.read(code, budget: budget, context: context) { names, isFirst, context in
            var reader = RootReader(folder: folder, context: context, options: options)
            reader.read(code, resources: names, others: isFirst)
            return reader.contents
        }
        if let parts { return parts }
        var reader = RootReader(folder: folder, context: context(), options: options)
        reader.read(code)
        guard reader.context.askedForWorkspace else { return [reader.contents] }
        // What does not hold in every workspace is not known.
        var doubting = RootReader(folder: folder, context: context(), options: options)
        doubting.context.doubtsWorkspace = true
        doubting.read(code)
        // It is the same root.
        doubting.context.giveBack()
        return [reader.contents.doubted(by: doubting.contents)]
    }

    private func setting(of folder: String) -> InventoryRoot? { options.roots.first { $0.path == folder } }

    private func variableFolders(of folder: String) -> [String] {
        setting(of: folder)?.varFiles.map { ModulePath.folder(of: $0) } ?? []
    }

    private func context(
        for folder: String, of code: TerraformCode, shared: [String: ModuleGraph.Sharing] = [:], _ budget: WorkspaceBudget? = nil,
        modules: @escaping (String) -> ModuleCode?
    ) -> RootContext {
        var values: [String: ModuleCode.Local]?
        for path in setting(of: folder)?.varFiles ?? [] {
            guard let file = code.variableFile(path)?.file else { continue }
            values = values ?? [:]
            let variables = modules(folder)?.variables ?? [:]
            for attribute in file.body.attributes where !variables.hasOtherForm(of: attribute.name) {
                values?[attribute.name] = ModuleCode.Local(attribute: attribute, file: file.source)
            }
        }
        let workspace = setting(of: folder)?.workspace
        func made() -> RootContext {
            RootContext(root: folder, shared: shared, workspace: workspace, variableValues: values, budget: budget, modules: modules)
        }
        let context = made()
        if options.readsUndecided {
            context.doubting = made()
            context.doubting?.doubtsSettings = true
        }
        return context
    }

    private func missingVariableFiles(of folder: String, _ code: TerraformCode) -> [ObservationProblem] {
        (setting(of: folder)?.varFiles ?? []).compactMap { path in
            guard let file = code.variableFile(path) else {
                return ObservationProblem(
                    .partial, id: "no-file", file: path, "the variable file that '\(folder)' is applied with is not there")
            }
            return file.errors.first.map(Self.unparsable)
        }
    }

    /// A variable file belongs to code in a folder around it.
    static func folders(touchedBy path: String) -> [String] {
        var folders = [ModulePath.folder(of: path)]
        switch TerraformFileName(path)?.role {
        case .variables, .otherVariables: break
        default: return folders
        }
        while let last = folders.last, !last.isEmpty { folders.append(ModulePath.folder(of: last)) }
        return folders
    }

    private static func unparsable(_ error: Diagnostic) -> ObservationProblem {
        guard let range = error.range else { return ObservationProblem(.partial, id: error.id, file: "", error.message) }
        return ObservationProblem(.partial, id: error.id, error.message, at: range.file, range.bytes)
    }
}
