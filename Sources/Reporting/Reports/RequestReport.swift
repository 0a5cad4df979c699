package import CostModel
internal import Diagnostics

/// What a remediation request says on a code host: its title, and its body in Markdown.
package struct RequestReport: Sendable {
    /// Names what the request is about, `g-6c1d0a52e4b3-1a2b3c4d`.
    package var group: String
    package var team: String?
    package var plan: PlanRecord
    /// What it fixes; findings of others are left out.
    package var findings: [Finding]
    /// Why each policy asks for it: its description, and where to read more.
    package var reasons: [PolicyReference: Reason]
    package var currency: Currency
    /// The folder of the workspace in the repository; empty for its root.
    package var folder: String
    /// Which workspace it is of, of those that push to the repository.
    package var workspace: String?

    package struct Reason: Hashable, Sendable {
        package var description: String?
        package var docs: String?

        package init(description: String?, docs: String?) {
            self.description = description
            self.docs = docs
        }
    }

    /// Something in it must not be published. What it is stands nowhere, only of which kind, and where it came from.
    package struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// Letters of a title that every list of requests shows whole.
    package static let titleLimit = 72
    /// Bytes; GitHub takes 65,536 characters.
    package static let bodyLimit = 60_000

    package init(
        group: String, team: String?, plan: PlanRecord, findings: [Finding], reasons: [PolicyReference: Reason], currency: Currency,
        folder: String = "", workspace: String? = nil
    ) {
        self.group = group
        self.team = team
        self.plan = plan
        let fixed = Set(plan.changes.flatMap(\.findings))
        self.findings = findings.filter { fixed.contains($0.id) }.sorted { Finding.Order($0) < Finding.Order($1) }
        self.reasons = reasons
        self.currency = currency
        self.folder = folder
        self.workspace = workspace
    }

    var savings: Money { plan.changes.compactMap(\.monthlySavings).reduce(.zero(currency), +) }
    /// Ids that the plan fixes, whether their findings are at hand or not.
    var fixed: [String] { Set(plan.changes.flatMap(\.findings)).sorted() }
    var policies: [PolicyReference] { Set(findings.map(\.policy)).sorted() }

    package var metadata: RequestMetadata {
        RequestMetadata(
            group: group, workspace: workspace, team: team, plan: plan.digest, findings: fixed,
            savings: savings.amount.isZero ? nil : savings)
    }

    /// `payments: 4 findings of cost-allocation, saving $140/month`
    package func title() throws(Refusal) -> String {
        try refuseSecrets()
        let who = team.map(plain) ?? "unowned"
        let what = counted(fixed.count, "finding")
        let saving = savings.amount.isZero ? "" : ", saving \(savings.short)/month"
        let of = policies.count == 1 ? " of \(plain(policies[0].name))" : policies.count > 1 ? " of \(policies.count) policies" : ""
        // Dollars are what it is read for: the policy gives way first, then the team's end.
        let full = "\(who): \(what)\(of)\(saving)"
        if full.count <= Self.titleLimit { return full }
        let rest = ": \(what)\(saving)"
        return cut(who, max(8, Self.titleLimit - rest.count)) + rest
    }

    /// Titles are no Markdown everywhere, so nothing is escaped: what calls people or breaks the line is left out.
    private func plain(_ text: String) -> String {
        String(text.printable.map { "@<>`#!".contains($0) ? "-" : $0 })
    }

    /// Everything that comes from repositories and bills, before it is escaped.
    private func refuseSecrets() throws(Refusal) {
        try refuse(team, in: "a team's name")
        for change in plan.changes {
            try refuse(change.title, in: "the title of change \(change.id)")
            try refuse(change.file, in: "the file of change \(change.id)")
        }
        for finding in findings {
            for text in [finding.message, finding.resource?.identity.description, finding.subject, finding.location?.description] {
                try refuse(text, in: "finding \(finding.id)")
            }
        }
        for (policy, reason) in reasons.sorted(by: { $0.key < $1.key }) {
            try refuse(reason.description, in: policy.description)
            try refuse(reason.docs, in: policy.description)
        }
    }

    private func refuse(_ text: String?, in place: String) throws(Refusal) {
        guard let text, let kind = SecretScan.kind(in: text) else { return }
        throw Refusal(description: "\(place) holds \(kind): nothing is published")
    }

    package func body() throws(Refusal) -> String {
        try refuseSecrets()
        return markdown()
    }
}
