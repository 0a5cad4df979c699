package import CostModel

/// The state files of a workspace's inventory sources, read once and joined to the code as often as it is evaluated.
package struct StateFiles: Sendable {
    /// A path with the root's folder in it, such as `state/{root}/terraform.tfstate`.
    private struct Template: Sendable {
        var pattern: String
        var source: InventorySource
        var place: Place { source.place }
    }

    /// States whose path does not say which root they belong to.
    private let loose: [StateJoin.Source]
    private let looseProblems: [ObservationProblem]
    /// Joined already, by root.
    private let byRoot: [String: [StateJoin.Source]]
    private let rootProblems: [ObservationProblem]
    private let roots: [String]

    /// - Parameters:
    ///   - directory: the workspace's folder, to which relative paths refer.
    ///   - replaced: files that do not count as they lie there.
    ///   - roots: the folders of all root modules.
    ///   - cache: files that were read for another tree are taken from it.
    ///   - now: what the age of files is held against; nil: none is too old.
    package init(
        sources: [InventorySource], directory: String, replaced: ReplacedFiles? = nil, roots: [String], cache: StateCache = StateCache(),
        now: Instant? = nil
    ) {
        let folder = ObservedFolder(directory, replaced: replaced)
        var problems: [ObservationProblem] = []
        var loose: [StateJoin.Source] = []
        var templates: [Template] = []
        for source in sources {
            for pattern in source.state {
                if pattern.contains("{root}") {
                    templates.append(Template(pattern: pattern, source: source))
                } else {
                    let files = ObservedFile.matching([pattern], in: folder, statedAt: source.place, problems: &problems)
                    loose += files.compactMap { file in
                        problems += Self.stale(file, source, now).map { [$0] } ?? []
                        return cache.state(of: file, root: nil, &problems)
                    }
                }
            }
        }
        self.roots = roots
        self.loose = loose
        for index in problems.indices { problems[index].isOfAnyRoot = true }
        looseProblems = problems
        (byRoot, rootProblems) = Self.read(templates, roots: roots, folder, cache, now)
    }

    /// States as they were recorded, those of other roots left out.
    ///
    /// - Parameter remarks: what is to be said beside the recorded problems.
    package init(_ recorded: RecordedStates, roots: [String], remarks: [ObservationProblem] = []) {
        self.roots = roots
        loose = recorded.states.filter { $0.root == nil }
        looseProblems = recorded.problems
        let known = Set(roots)
        let rooted = recorded.states.filter { $0.root.map(known.contains) ?? false }
        byRoot = Dictionary(grouping: rooted) { $0.root ?? "" }
        rootProblems = remarks
    }

    /// All that was read.
    package var recorded: RecordedStates { recorded(all) }

    private func recorded(_ states: [StateJoin.Source]) -> RecordedStates {
        RecordedStates(roots: roots.sorted(), states: states, problems: looseProblems + rootProblems)
    }

    private var all: [StateJoin.Source] { loose + byRoot.sorted { $0.key < $1.key }.flatMap(\.value) }

    /// The resources with what their states say of them, and the states without what the code calls secret, for who has no files.
    ///
    /// - Parameters:
    ///   - brokenRoots: roots whose code is not evaluated.
    ///   - moves: how addresses of a root's state become those of its code, by root.
    package func join(
        _ resources: [Resource], brokenRoots: Set<String>, moves: [String: StateMoves] = [:]
    ) -> (resources: [Resource], recorded: RecordedStates, problems: [ObservationProblem]) {
        let join = StateJoin(resources: resources, states: all, brokenRoots: brokenRoots, moves: moves)
        let loose = looseProblems.map { problem in
            var problem = problem
            problem.root = join.roots[problem.file]
            return problem
        }
        return (join.resources, recorded(join.states), loose + rootProblems + join.problems)
    }

    /// A root without a state is one that was never applied; but a pattern under which no root has a state is a mistake.
    private static func read(
        _ templates: [Template], roots: [String], _ folder: ObservedFolder, _ cache: StateCache, _ now: Instant?
    ) -> (states: [String: [StateJoin.Source]], problems: [ObservationProblem]) {
        var states: [String: [StateJoin.Source]] = [:]
        var problems: [ObservationProblem] = []
        for template in templates {
            var found = false
            for root in roots.sorted() {
                guard !root.contains(where: { "*?".contains($0) }) else {
                    problems.append(
                        ObservationProblem(
                            .partial, id: "state-root", file: template.place.file, line: template.place.line, column: template.place.column,
                            "the state of '\(root)' cannot be looked up: its name would be a pattern"))
                    continue
                }
                let pattern = template.pattern.split(separator: "{root}", omittingEmptySubsequences: false).joined(separator: root)
                for path in FileGlob(pattern).paths(in: folder) ?? [] {
                    found = true
                    let file = ObservedFile(name: path, in: folder)
                    var said = stale(file, template.source, now).map { [$0] } ?? []
                    if let state = cache.state(of: file, root: root, &said) { states[root, default: []].append(state) }
                    for index in said.indices { said[index].root = root }
                    problems += said
                }
            }
            guard !found, !roots.isEmpty else { continue }
            let place = template.place
            problems.append(
                ObservationProblem(
                    .partial, id: "no-file", file: place.file, line: place.line, column: place.column,
                    "no root module has a state at '\(template.pattern)'"))
        }
        return (states, problems)
    }

    /// A state that nobody writes any more may be of what ran long ago. It says itself how often it was written, not when: the file does.
    private static func stale(_ file: ObservedFile, _ source: InventorySource, _ now: Instant?) -> ObservationProblem? {
        guard let maxAge = source.maxAge, let now, let written = file.written, written.adding(maxAge) < now else { return nil }
        return ObservationProblem(
            .partial, id: "stale-state", file: file.name, "the state was written last on \(written): older than \(maxAge)")
    }
}
