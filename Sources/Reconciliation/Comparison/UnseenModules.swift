import CostModel
import Evaluation
import Observation

/// The calls of modules without code that a change brings.
enum UnseenModules {
    static func findings(before: EvaluatedWorkspace?, after: EvaluatedWorkspace, by policies: PolicySet) -> [Finding] {
        PolicyEvaluator.judge(unseen: new(in: after, since: before), by: policies, now: after.now)
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
