import Conditions
import CostModel
import Patterns

/// Which resources a policy speaks about: its types and its paths, asked once for each type and each place, and its condition.
///
/// A path matches a resource when it matches the folder of its root or the file that declares it.
struct ResourceScope {
    private struct Spot: Hashable {
        var root: String
        var file: String
    }

    private let match: ResourceMatch
    private var types: [String: Bool] = [:]
    private var spots: [Spot: Bool] = [:]
    private let condition: CompiledCondition?

    init(_ match: ResourceMatch, coverage: BranchCoverage? = nil) {
        self.match = match
        condition = match.condition.map { CompiledCondition($0, ConditionCompiler(), coverage: coverage) }
    }

    /// - Parameter record: asked for only where there is a condition and everything else holds.
    mutating func answer(_ resource: Resource, _ record: () -> ResourceRecord) -> ScopeAnswer {
        guard holds(type: resource.type), holds(Spot(root: resource.identity.root, file: resource.location.file)) else { return .outside }
        guard let condition else { return .inside }
        switch condition.holds(of: record()) {
        case .yes: return .inside
        case .no: return .outside
        case .unknown(let reason): return .unsure("whether the policy speaks about it is not known: \(reason)")
        case .error(let reason): return .unsure("the policy's condition cannot be evaluated: \(reason)")
        }
    }

    private mutating func holds(type: String) -> Bool {
        guard let globs = match.types else { return true }
        if let known = types[type] { return known }
        let answer = globs.contains { $0.matches(type) }
        types[type] = answer
        return answer
    }

    private mutating func holds(_ spot: Spot) -> Bool {
        guard let globs = match.paths else { return true }
        if let known = spots[spot] { return known }
        let answer = globs.contains { $0.matches(spot.root) || $0.matches(spot.file) }
        spots[spot] = answer
        return answer
    }
}
