import CostModel
import Evaluation
import Observation

/// The calls of modules without code that a change brings.
enum UnseenModules {
    /// - Parameter crossed: the change's code as the target looks at it, where that is not how the change does.
    static func findings(
        before: EvaluatedWorkspace?, after: EvaluatedWorkspace, crossed: EvaluatedWorkspace? = nil, by policies: PolicySet
    ) -> [Finding] {
        var modules = new(in: after, since: before)
        if let crossed {
            let seen = Set(modules.map(\.identity))
            modules += new(in: crossed, since: before).filter { !seen.contains($0.identity) }
        }
        return PolicyEvaluator.judge(unseen: modules, by: policies, now: after.now)
    }

    private static func new(in after: EvaluatedWorkspace, since before: EvaluatedWorkspace?) -> [UnseenModule] {
        let modules = after.estate.unseenModules.sorted { ($0.identity, $0.location) < ($1.identity, $1.location) }
        guard let before, !modules.isEmpty else { return modules }
        let known = Dictionary(grouping: before.estate.unseenModules, by: \.identity)
        let here = Set(modules.map(\.identity))
        // A call that was only renamed creates what the old one did; each old one stands for one.
        var left = before.estate.unseenModules.filter { !here.contains($0.identity) }
        return modules.filter { module in
            if let earlier = known[module.identity] { return !earlier.contains { !module.mayCreateMore(than: $0) } }
            guard let old = left.firstIndex(where: { $0.root == module.root && !module.mayCreateMore(than: $0) }) else { return true }
            left.remove(at: old)
            return false
        }
    }
}
