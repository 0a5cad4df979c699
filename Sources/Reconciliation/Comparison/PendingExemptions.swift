import CostModel
import Evaluation

/// Exemptions, comments among them, that a change brings along and that do not count for it: what they will do once they are merged.
struct PendingExemptions {
    let entries: [Comparison.Pending]

    /// - Parameters:
    ///   - evaluated: judged without them.
    ///   - policies: with them.
    init(_ exemptions: [Exemption], of evaluated: EvaluatedWorkspace, all policies: PolicySet) {
        let comments = evaluated.evaluation.exemptions.filter { $0.standing == .pending }.map { status in
            Self.pending(status.name, status.place, count: status.findings.count, until: status.expires)
        }
        guard !exemptions.isEmpty else {
            entries = comments
            return
        }
        let result = PolicyEvaluator.evaluate(policies: policies, state: evaluated.observed, now: evaluated.now)
        let statuses = Dictionary(result.exemptions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        entries =
            exemptions.map { exemption in
                let count = statuses[exemption.name].map { $0.standing == .expired ? 0 : $0.findings.count } ?? 0
                return Self.pending(exemption.name, exemption.place, count: count, until: exemption.expires)
            } + comments
    }

    private static func pending(_ name: String, _ place: Place, count: Int, until: Day) -> Comparison.Pending {
        Comparison.Pending(
            what: "Exemption \(name)", place: place,
            effect: "would cover \(count) finding\(count == 1 ? "" : "s") until \(until); it counts once it is merged")
    }
}
