import CostModel
import Diagnostics
import Reconciliation
import TestSupport
import Testing

@Suite("a change that gives the workspace another currency")
struct OtherCurrencyTests {
    private static let euros = SmallEstate.workspace().replacing("currency: USD", with: "currency: EUR")
    private static let main = "infra/app/main.tf"
    private static let untagged = "resource \"aws_sqs_queue\" \"more\" {\n  name = \"more\"\n  tags = { team = \"payments\" }\n}\n"
    private static let exemption = """
        kind: Exemption
        metadata: {name: mine}
        spec: {policies: [cost-allocation], reason: no time, approvedBy: me, expires: 2026-12-01}

        """

    private func check(
        _ files: [String: String?], base: [String: String?] = [:], target: [String: String?]? = nil, trustsHead: Bool = false
    ) throws -> ChangeCheck.Outcome {
        let estate = try SmallEstate()
        try write(base, estate)
        try estate.repository.git(["checkout", "--quiet", "-b", "change"])
        if let target {
            try estate.repository.git(["checkout", "--quiet", "main"])
            try write(target, estate)
            try estate.repository.git(["checkout", "--quiet", "change"])
        }
        try write(files, estate)
        return try ChangeCheck(estate.path, now: SmallEstate.now, trustsHead: trustsHead).compare(try estate.open(), with: "main")
    }

    private func write(_ files: [String: String?], _ estate: SmallEstate) throws {
        for (path, text) in files {
            if let text {
                try estate.repository.write(text, to: path)
            } else {
                try estate.repository.git(["rm", "--quiet", "-r", path])
            }
        }
        try estate.repository.commit()
    }

    private func blocking(_ outcome: ChangeCheck.Outcome) -> [String] {
        Set(outcome.deciding.filter(\.blocks).compactMap { $0.resource?.identity.address }).sorted()
    }

    @Test("is judged in the base's, and is not blamed for what was there")
    func nothingElse() throws {
        let outcome = try check(["bursar.yaml": Self.euros])
        #expect(outcome.comparison.findings.map(\.change) == [.unchanged] && outcome.deciding == [])
        #expect(outcome.head.policies.workspace.currency == .usd && outcome.newGaps == [])
        #expect(
            outcome.diagnostics.map(\.message) == [
                "the workspace's currency changes from USD to EUR: until that is merged, the base's policies judge both sides in USD"
            ])
        #expect(outcome.comparison.pending.map(\.effect) == ["amounts are in USD until this is merged"])
    }

    private static let brings: [[String: String?]] = [
        [:],
        ["policies/tags.yaml": nil],
        ["policies/tags.yaml": SmallEstate.tagging.replacing("enforcement: block", with: "enforcement: warn")],
        ["policies/tags.yaml": SmallEstate.tagging.replacing("aws_*", with: "google_*")],
        ["policies/mine.yaml": exemption],
        ["infra/app/main.tf": "# bursar:ignore cost-allocation until=2026-12-31 reason=\"no time\"\n" + untagged],
        ["bursar.yaml": euros.replacing("path: infra,", with: "path: docs,"), "docs/a.tf": "# none\n"],
        ["policies/teams.yaml": SmallEstate.team.replacing("payments", with: "others")],
    ]

    @Test("hides nothing that it brings", arguments: brings.indices)
    func hides(way: Int) throws {
        let files = ["bursar.yaml": Self.euros, Self.main: SmallEstate.queue + Self.untagged].merging(Self.brings[way]) { $1 }
        #expect(blocking(try check(files)).contains("aws_sqs_queue.more"))
    }

    @Test("brings nothing back that the target has fixed")
    func comesBack() throws {
        let fixed = SmallEstate.queue.replacing("team = \"payments\"", with: "team        = \"payments\"\n    cost-center = \"CC-1010\"")
        let other = (1...30).map { "# \($0): a remark of its own, long enough\n" }.joined()
        let outcome = try check(
            ["bursar.yaml": Self.euros, Self.main: nil, "infra/app/queues.tf": other + SmallEstate.queue], target: [Self.main: fixed])
        #expect(blocking(outcome) == ["aws_sqs_queue.jobs"])
    }

    @Test("does not fail only together with what the target has since, unseen")
    func together() throws {
        let tags = "{ team = \"payments\", cost-center = \"CC-1010\" }"
        let outcome = try check(
            [
                "bursar.yaml": Self.euros,
                "infra/app/q.tf": "variable \"t\" {\n  default = \(tags)\n}\nresource \"aws_sqs_queue\" \"q\" {\n  tags = var.t\n}\n",
            ], target: ["infra/app/a.auto.tfvars": "t = {}\n"])
        #expect(blocking(outcome) == ["aws_sqs_queue.q"])
    }

    @Test("brings no new unknowns under a policy that lets them fail")
    func unknowns() throws {
        let policy = SmallEstate.tagging.replacing("spec:\n", with: "spec:\n  blockUnknown: true\n")
        let code = "variable \"t\" {\n}\nresource \"aws_sqs_queue\" \"q\" {\n  tags = var.t\n}\n"
        let outcome = try check(
            ["bursar.yaml": Self.euros, "policies/tags.yaml": SmallEstate.tagging, "infra/app/q.tf": code],
            base: ["policies/tags.yaml": policy])
        #expect(blocking(outcome) == ["aws_sqs_queue.q"])
    }

    @Test("ends exemptions that it takes away at once, and says of what else it does that it waits")
    func takesAway() throws {
        let outcome = try check(["bursar.yaml": Self.euros, "policies/mine.yaml": nil], base: ["policies/mine.yaml": Self.exemption])
        #expect(blocking(outcome) == ["aws_sqs_queue.jobs"])
        #expect(outcome.comparison.pending.map(\.what).sorted() == ["Exemption/mine", "Workspace/small"])
    }

    @Test("is judged by its own policies, both sides in its currency, where it is trusted")
    func trusted() throws {
        let outcome = try check(["bursar.yaml": Self.euros], trustsHead: true)
        #expect(outcome.head.policies.workspace.currency.code == "EUR" && outcome.deciding == [])
    }

    @Test("is not taken for one where the target got another currency since, and the change edits no policy")
    func behind() throws {
        let outcome = try check([Self.main: SmallEstate.queue + Self.untagged], target: ["bursar.yaml": Self.euros])
        #expect(blocking(outcome) == ["aws_sqs_queue.more"])
        #expect(outcome.diagnostics.isEmpty && outcome.head.policies.workspace.currency.code == "EUR")
    }

    @Test("a change that edits policies for the currency that the target had is judged by the target's")
    func behindWithPolicies() throws {
        let outcome = try check(
            [Self.main: SmallEstate.queue + Self.untagged, "policies/tags.yaml": nil], target: ["bursar.yaml": Self.euros])
        #expect(blocking(outcome) == ["aws_sqs_queue.more"])
        #expect(outcome.diagnostics.map(\.id) == ["other-currency"] && outcome.head.policies.workspace.currency.code == "EUR")
    }
}
