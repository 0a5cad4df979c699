import CostModel

/// A recommendation that saves less than its policy asks for, and may save enough together with those for resources that are alike.
///
/// What is worth a change is asked of four or more of them together: one machine that is split into sixteen wastes what it did.
struct SmallSaving: Sendable {
    /// So many that are alike are held to the least together.
    private static let fewest = 4

    /// What says that resources are alike: of one root and team, of one type and one size, with one proposal.
    private struct Kind: Hashable {
        var rule: String
        var root: String
        var team: String?
        var type: String
        var size: String
        var proposal: [String: String]
    }

    /// How it is held back where it stays alone.
    var suppression: Suppression
    var finding: Finding
    /// The size that runs.
    var size: String
    /// The least that a change must save in a month.
    var least: Money

    private var kind: Kind {
        Kind(
            rule: finding.rule, root: finding.resource?.identity.root ?? "", team: finding.team, type: finding.resource?.type ?? "",
            size: size, proposal: finding.proposal)
    }

    /// - Parameters:
    ///   - all: those of one policy.
    ///   - known: findings that were made of all resources, where these are only some of them.
    /// - Returns: the recommendations that are worth it together, and the others, each in their order.
    static func judge(_ all: [SmallSaving], known: Set<FindingKey>) -> (findings: [Finding], suppressed: [Suppression]) {
        guard !all.isEmpty else { return ([], []) }
        let sums = Dictionary(all.map { ($0.kind, (count: 1, amount: $0.saving)) }) { ($0.count + $1.count, $0.amount + $1.amount) }
        var result: (findings: [Finding], suppressed: [Suppression]) = ([], [])
        for small in all {
            let sum = sums[small.kind] ?? (1, small.saving)
            let isWorthIt = sum.count >= fewest && sum.amount >= small.least.amount
            guard isWorthIt || known.contains(small.finding.key) else {
                result.suppressed.append(small.suppression)
                continue
            }
            var finding = small.finding
            if isWorthIt {
                finding.message += "; \(sum.count) alike save \(sum.amount.rounded(to: 2)) \(small.least.currency) a month"
            }
            result.findings.append(finding)
        }
        return result
    }

    private var saving: FixedDecimal { finding.monthlySavings?.amount ?? .zero }
}
