import CostModel
import Patterns

/// Puts exemptions on the findings they cover, and says how each exemption fared.
///
/// An exempt finding keeps its verdict and carries the exemption's name: exempt money is not passing money.
struct Exemptions {
    /// How many days before its end an exemption is reported as expiring.
    static let notice = 14

    private let exemptions: [Exemption]
    private let today: Day

    init(_ exemptions: [Exemption], today: Day) {
        self.exemptions = exemptions
        self.today = today
    }

    /// - Parameter exemptible: whether a policy allows exemptions; policies that are not in it allow them.
    func apply(to findings: inout [Finding], exemptible: [PolicyReference: Bool]) -> [ExemptionStatus] {
        var covered: [[String]] = exemptions.map { _ in [] }
        guard !exemptions.isEmpty else { return [] }
        for index in findings.indices where findings[index].verdict != .pass {
            guard exemptible[findings[index].policy] ?? true else { continue }
            for (number, exemption) in exemptions.enumerated() where covers(exemption, findings[index]) {
                covered[number].append(findings[index].id)
                if isValid(exemption), findings[index].exemption == nil { findings[index].exemption = exemption.name }
            }
        }
        return zip(exemptions, covered).map { exemption, ids in
            ExemptionStatus(
                name: exemption.name, place: exemption.place, standing: standing(exemption, used: !ids.isEmpty),
                expires: exemption.expires, findings: ids.sorted())
        }
    }

    /// The last day still counts.
    private func isValid(_ exemption: Exemption) -> Bool { today <= exemption.expires }

    private func standing(_ exemption: Exemption, used: Bool) -> ExemptionStatus.Standing {
        guard isValid(exemption) else { return .expired }
        guard used else { return .unused }
        return Int(exemption.expires.number) - Int(today.number) <= Self.notice ? .expiring : .active
    }

    /// A finding without a resource, such as a budget's, is covered only by an exemption that names no resources.
    private func covers(_ exemption: Exemption, _ finding: Finding) -> Bool {
        guard exemption.policies.isEmpty || exemption.policies.contains(finding.policy.name) else { return false }
        guard !exemption.resources.isEmpty else { return true }
        guard let identity = finding.resource?.identity else { return false }
        return exemption.resources.contains { $0.matches(identity.address) || $0.matches(identity.description) }
    }
}
