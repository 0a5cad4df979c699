import CostModel

/// A saving that is less than the least that is worth a change, by itself.
///
/// What is split into many parts saves as much as before: savings of alike resources are added up before they are held against the least.
struct SmallSaving: Sendable {
    /// What the resources have in common: present and proposed size; of one block, as by `count`, and of one team.
    var likeness: String
    var least: FixedDecimal
    /// What is found where they are worth a change together.
    var finding: Finding
    /// What is said where they are not.
    var suppression: Suppression

    private struct Kind: Hashable {
        var policy: PolicyReference
        var team: String?
        var block: String
        var likeness: String
    }

    /// The address without its last index, in its root.
    private static func block(of resource: ResourceIdentity) -> String {
        let address = resource.address
        let end = address.last == "]" ? address.lastIndex(of: "[") ?? address.endIndex : address.endIndex
        return "\(resource.root):\(address[..<end])"
    }

    static func judged(_ savings: [SmallSaving]) -> (findings: [Finding], suppressed: [Suppression]) {
        var result: (findings: [Finding], suppressed: [Suppression]) = ([], [])
        let groups = Dictionary(grouping: savings) { saving in
            Kind(
                policy: saving.suppression.policy, team: saving.finding.team, block: block(of: saving.suppression.resource.identity),
                likeness: saving.likeness)
        }
        for group in groups.values {
            let sum = group.reduce(FixedDecimal.zero) { $0 + ($1.finding.monthlySavings?.amount ?? .zero) }
            if let least = group.first?.least, sum >= least {
                result.findings += group.map(\.finding)
            } else {
                result.suppressed += group.map(\.suppression)
            }
        }
        result.findings.sort { ($0.resource?.identity.description ?? "") < ($1.resource?.identity.description ?? "") }
        return result
    }
}
