package import CostModel

/// Brings what the code declares together with what states say is deployed.
package struct StateJoin {
    /// A state, and its root where the path of the file says it.
    package struct Source: Hashable, Sendable {
        package var state: TerraformState
        package var root: String?

        package init(_ state: TerraformState, root: String? = nil) {
            self.state = state
            self.root = root
        }
    }

    package private(set) var resources: [Resource]
    package private(set) var problems: [ObservationProblem] = []
    /// The states, without what the code calls secret.
    package private(set) var states: [Source]
    /// By file of a state: the root that it is of.
    private(set) var roots: [String: String] = [:]
    /// The positions of each root's resources, by address.
    private var index: [String: [String: Int]] = [:]
    /// By root.
    private let moves: [String: StateMoves]
    /// What each address of a root is said to be, and by which file.
    private var claims: [ResourceIdentity: (entry: TerraformState.Entry, file: String)] = [:]

    /// - Parameter brokenRoots: roots whose code is not evaluated: that their resources are in a state only says nothing.
    package init(resources: [Resource], states: [Source], brokenRoots: Set<String> = [], moves: [String: StateMoves] = [:]) {
        self.resources = resources
        self.states = states
        self.moves = moves
        // Nothing is known to be deployed, and large trees have many resources.
        guard !states.isEmpty || !moves.isEmpty else { return }
        for position in resources.indices {
            index[resources[position].identity.root, default: [:]][resources[position].identity.address] = position
        }
        var joined: Set<String> = []
        for (number, source) in states.enumerated() {
            guard let root = source.root ?? root(of: source.state, brokenRoots) else { continue }
            joined.insert(root)
            roots[source.state.file] = root
            refuseContradiction(of: source.state, about: root)
            if !brokenRoots.contains(root) { join(source.state, number, to: root) }
        }
        remarkUndeployed(in: joined)
    }

    /// A state path without `{root}` belongs to the only root whose addresses contain all of the file's.
    private mutating func root(of state: TerraformState, _ brokenRoots: Set<String>) -> String? {
        guard !state.resources.isEmpty else { return nil }
        let candidates = index.filter { root in
            state.resources.keys.allSatisfy { Self.position(of: $0, in: root.value, moves[root.key]) != nil }
        }.keys
            .sorted()
        if candidates.count == 1 { return candidates[0] }
        let message =
            candidates.isEmpty
            ? "no root module has all resources of this state"
            : "the state fits several root modules: \(candidates.joined(separator: ", "))"
        var problem = ObservationProblem(.partial, id: "state-root", file: state.file, message)
        problem.isOfAnyRoot = true
        problems.append(problem)
        return nil
    }

    /// The resource of an address. Where the code does not know how many instances there are, one without a key stands for all.
    private static func position(of address: String, in positions: [String: Int], _ moves: StateMoves?) -> Int? {
        if let exact = positions[address] { return exact }
        for successor in (moves ?? StateMoves()).successors(of: address) {
            if let exact = positions[successor] { return exact }
            guard successor.contains("[") else { continue }
            if let found = ResourceAddress.broader(successor).lazy.compactMap({ positions[$0] }).first { return found }
        }
        return nil
    }

    /// - Parameter number: of the state in `states`.
    private mutating func join(_ state: TerraformState, _ number: Int, to root: String) {
        for (address, entry) in state.resources.sorted(by: { $0.key < $1.key }) {
            if let position = index[root].flatMap({ Self.position(of: address, in: $0, moves[root]) }),
                resources[position].type == entry.type
            {
                // Of several that one block stands for, the first speaks for all.
                let secrets = SecretsOfCode(resources[position])
                let deployed = secrets.isEmpty ? entry.deployed : secrets.hidden(entry.deployed)
                if deployed != entry.deployed { states[number].state.resources[address]?.deployed = deployed }
                guard resources[position].deployed == nil else { continue }
                let tags = resources[position].tags
                resources[position].deploy(deployed)
                if !secrets.isEmpty { secrets.keepUnknown(tags, in: &resources[position].tags) }
            } else {
                problems.append(
                    ObservationProblem(
                        .note, id: "state-only", file: state.file, "'\(address)' is in the state but not in the code of '\(root)'"))
            }
        }
    }

    /// A root has one state. Another that says something else of the same address, such as a backup, makes it unsure which is true.
    private mutating func refuseContradiction(of state: TerraformState, about root: String) {
        var other: (address: String, file: String)?
        for (address, entry) in state.resources.sorted(by: { $0.key < $1.key }) {
            let identity = ResourceIdentity(root: root, address: address)
            if let claim = claims[identity], claim.entry != entry { other = other ?? (address, claim.file) }
            if claims[identity] == nil { claims[identity] = (entry, state.file) }
        }
        guard let other else { return }
        problems.append(
            ObservationProblem(
                .partial, id: "state-conflict", file: state.file, "says something else of '\(other.address)' than \(other.file)"))
    }

    private mutating func remarkUndeployed(in roots: Set<String>) {
        for (root, moves) in moves {
            // What an import block adopts runs already, under the id that it names.
            for (address, id) in moves.imports {
                guard let position = index[root]?[address], resources[position].deployed == nil else { continue }
                resources[position].deploy(Resource.Deployed(id: id))
            }
        }
        for resource in resources where resource.deployed == nil && roots.contains(resource.identity.root) {
            let place = resource.location
            problems.append(
                ObservationProblem(
                    .note, id: "code-only", file: place.file, line: place.line, column: place.column,
                    "'\(resource.identity.address)' is in the code of '\(resource.identity.root)' but not in its state"))
        }
    }
}
