import CostModel
import Evaluation

/// Exemptions that a change brings along and that do not count for it: what they will do once they are merged.
struct PendingExemptions {
    let entries: [Comparison.Pending]

    /// - Parameters:
    ///   - pass: judged without them.
    ///   - policies: with them.
    init(_ exemptions: [Exemption], of pass: Pass, all policies: PolicySet) {
        guard !exemptions.isEmpty else {
            entries = []
            return
        }
        let result = Evaluator.evaluate(policies: policies, state: pass.observed, now: pass.now)
        let statuses = Dictionary(result.exemptions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        entries = exemptions.map { exemption in
            let count = statuses[exemption.name].map { $0.standing == .expired ? 0 : $0.findings.count } ?? 0
            return Comparison.Pending(
                what: "Exemption \(exemption.name)", place: exemption.place,
                effect: "would cover \(count) finding\(count == 1 ? "" : "s") until \(exemption.expires); it counts once it is merged")
        }
    }
}
