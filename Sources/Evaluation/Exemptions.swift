import CostModel

/// Puts exemptions on the findings they cover, and says how each exemption fared.
///
/// An exempt finding keeps its verdict and carries the exemption's name: exempt money is not passing money.
struct Exemptions {
    /// How many days before its end an exemption is reported as expiring.
    static let notice = 14

    private let agreements: [Agreement]
    /// Comments by what they stand at; whatever else there is may cover anything.
    private let byResource: [ResourceIdentity: [Int]]
    private let anywhere: [Int]
    /// Comments that do not count, and why.
    let ineffective: [IneffectiveExemption]
    private let exemptible: [PolicyReference: Bool]
    private let formerly: [ResourceIdentity: [ResourceIdentity]]
    private let today: Day

    init(_ policies: PolicySet, _ state: ObservedState, today: Day) {
        let comments = InlineAgreements(policies, resources: state.resources, today: today)
        let agreements = policies.exemptions.map { Agreement($0) } + comments.agreements
        self.agreements = agreements
        var byResource: [ResourceIdentity: [Int]] = [:]
        for index in agreements.indices { for identity in agreements[index].resources { byResource[identity, default: []].append(index) } }
        self.byResource = byResource
        anywhere = agreements.indices.filter { agreements[$0].resources.isEmpty }
        ineffective = comments.ineffective
        var exemptible = Dictionary(policies.headers.map { ($0.reference, $0.exemptible) }, uniquingKeysWith: { $0 && $1 })
        exemptible[PolicyReference(.workspace, policies.workspace.name)] = false
        self.exemptible = exemptible
        formerly = state.formerly
        self.today = today
    }

    /// Whether a policy lets findings be agreed to; one that nobody described does.
    func allows(_ policy: PolicyReference) -> Bool { exemptible[policy] ?? true }

    func apply(to findings: inout [Finding]) -> [ExemptionResult] {
        guard !agreements.isEmpty else { return [] }
        var covered: [[String]] = agreements.map { _ in [] }
        var returning = covered
        for index in findings.indices where findings[index].verdict != .pass {
            guard allows(findings[index].policy) else { continue }
            let finding = findings[index]
            let near = finding.resource.flatMap { byResource[$0.identity] } ?? []
            let earlier = finding.resource.flatMap { formerly[$0.identity] } ?? []
            let covering = (anywhere + near).filter { agreements[$0].covers(finding, formerly: earlier) }
            let counting = covering.filter { agreements[$0].isValid(on: today) && !agreements[$0].isPending }
            findings[index].exemption = counting.first.map { agreements[$0].name }
            for number in covering {
                covered[number].append(finding.id)
                let isCoveredLonger = counting.contains { agreements[$0].expires > agreements[number].expires }
                if !isCoveredLonger { returning[number].append(finding.id) }
            }
        }
        return agreements.indices.map { number in
            let agreement = agreements[number]
            return ExemptionResult(
                name: agreement.name, place: agreement.place, standing: standing(agreement, used: !covered[number].isEmpty),
                expires: agreement.expires, findings: covered[number].sorted(), returning: returning[number].sorted())
        }
    }

    private func standing(_ agreement: Agreement, used: Bool) -> ExemptionStatus {
        guard agreement.isValid(on: today) else { return .expired }
        if agreement.isPending { return .pending }
        guard used || agreement.isAboutChanges else { return .unused }
        return Int(agreement.expires.number) - Int(today.number) <= Self.notice ? .expiring : .active
    }
}
