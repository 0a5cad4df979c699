package import CostModel

extension ExplainReport {
    /// All that policies say of a resource, or of all instances of a block: the ids behind a line of `check`.
    ///
    /// - Parameters:
    ///   - findings: of one address; never empty.
    ///   - advice: what providers advise about it.
    package init(
        context: ReportContext, address: String, findings: [Finding], advice: [ProviderAdvice] = [], currency: Currency,
        problems: [Problem] = []
    ) {
        let stake = findings.filter(\.isFailing).monthlyAtStake(in: currency)
        let policies = Dictionary(grouping: findings, by: \.policy).sorted { $0.key < $1.key }
        let resources = Set(findings.compactMap { $0.resource?.identity })
        self.init(
            context: context, subject: .resource, name: address,
            summary: "\(counted(findings.count, "finding")) of \(counted(policies.count, "policy", plural: "policies"))"
                + (resources.count > 1 ? " about \(resources.count) resources" : "")
                + (stake.map { $0.amount.isZero ? "" : ", \($0.short)/month at stake" } ?? ""),
            sections: policies.map { policy, findings in
                Self.section(policy.description, findings, namesResources: resources.count > 1)
            } + [Self.advice(advice)], problems: problems)
    }

    /// The findings that are one line of `check` together with another.
    ///
    /// - Parameter findings: of the whole evaluation.
    package mutating func addSiblings(among findings: [Finding]) {
        guard let finding, let resource = finding.resource?.identity else { return }
        let others = findings.filter { other in
            guard other.id != finding.id, other.policy == finding.policy, other.verdict != .pass, let its = other.resource?.identity else {
                return false
            }
            return its.root == resource.root && its.blockAddress == resource.blockAddress
        }
        guard !others.isEmpty else { return }
        sections.append(Self.section("Beside it", others, namesResources: others.contains { $0.resource?.identity != resource }))
    }

    private static func section(_ title: String, _ findings: [Finding], namesResources: Bool) -> Section {
        Section(
            title,
            findings.map { finding in
                var parts = [finding.verdict == .fail ? finding.severity.rawValue : finding.verdict.rawValue]
                if let stake = finding.shownAtStake { parts.append("\(stake.short)/month") }
                if let exemption = finding.exemption { parts.append("exempt by \(exemption)") }
                if finding.baseline { parts.append("baseline") }
                let about = namesResources ? finding.resource.map { "\($0.identity.address): " } ?? "" : ""
                return (finding.id, "\(about)\(finding.sentence) · \(parts.joined(separator: ", "))")
            })
    }
}
