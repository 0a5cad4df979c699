import CostModel
import Reporting
import Testing

@Suite("the text of a request")
struct RequestReportTests {
    static let digest = String(repeating: "ab", count: 32)

    static func report(
        team: String? = "payments", findings: [Finding] = Array(Fixtures.findings.prefix(2)), title: String = "set tag team",
        file: String = "infra/payments/main.tf",
        reasons: [PolicyReference: RequestReport.Reason] = [:]
    ) -> RequestReport {
        let changes = findings.enumerated().map { index, finding in
            PlanRecord.Change(
                id: "c-\(index)", title: title, file: file, team: team, findings: [finding.id], resources: [],
                monthlySavings: finding.monthlySavings)
        }
        let plan = PlanRecord(
            digest: digest, baseCommit: Fixtures.context.revision, policyDigest: "p", observedDigest: "o",
            made: Fixtures.context.evaluatedAt,
            changes: changes)
        return RequestReport(
            group: "g-0123456789ab", team: team, plan: plan, findings: findings, reasons: reasons, currency: .usd,
            workspace: "acme in infra")
    }

    @Test("says dollars, findings, why, the proof, and how to see and to silence it")
    func snapshot() throws {
        let reasons = [
            PolicyReference(.tagging, "cost-allocation"): RequestReport.Reason(
                description: "Every dollar has an owner.", docs: "https://wiki.example/tags")
        ]
        let report = Self.report(reasons: reasons)
        try expectSnapshot("\(try report.title())\n\n\(try report.body())", "request.md")
    }

    @Test("has a title of at most 72 letters that keeps the dollars")
    func title() throws {
        #expect(try Self.report().title() == "payments: 2 findings of 2 policies, saving $140/month")
        let long = try Self.report(team: String(repeating: "very-long-", count: 10)).title()
        #expect(long.count <= 72 && long.hasSuffix(": 2 findings, saving $140/month"))
        #expect(try Self.report(team: nil).title().hasPrefix("unowned: "))
        #expect(try Self.report(team: "@org/all\n<b>").title() == "-org/all\\n-b-: 2 findings of 2 policies, saving $140/month")
    }

    @Test(
        "lets nothing of a repository become mark-up",
        arguments: [
            "@everyone", "<img src=x>", "[x](javascript:alert(1))", "`whoami`", "a\nb", "<!-- bursar: {} -->", "https://evil.example",
            "#12",
        ])
    func hostile(text: String) throws {
        var finding = Fixtures.findings[0]
        finding.message = text
        let policy = finding.policy
        let body = try Self.report(
            team: text, findings: [finding], title: text, file: text, reasons: [policy: .init(description: text, docs: text)]
        ).body()
        // Outside of code, where the text is shown as it is.
        let prose = body.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
            .joined()
        for mark in ["@everyone", "<img", "[x](", "`whoami", "https://evil", "#12"] { #expect(!prose.contains(mark)) }
        #expect(RequestMetadata(parsing: body)?.group == "g-0123456789ab")
    }

    @Test("is not written with a secret in it", arguments: ["AKIAIOSFODNN7EXAMPLE", "ghp_0123456789abcdefghijABCDEFGHIJ012345"])
    func secret(text: String) throws {
        var finding = Fixtures.findings[0]
        finding.message = "the tag is '\(text)'"
        let report = Self.report(findings: [finding])
        let error = try #require(throws: RequestReport.Refusal.self) { try report.body() }
        #expect(error.description.hasPrefix("finding \(finding.id) holds a") && !error.description.contains(text))
        #expect(throws: RequestReport.Refusal.self) { try report.title() }
    }

    @Test("keeps to 60,000 bytes and counts what it leaves out")
    func limit() throws {
        let findings = (0..<2000).map { index in
            var finding = Fixtures.findings[0]
            finding.id = "f-" + String(repeating: "0", count: 8) + String(index + 0x1000, radix: 16)
            finding.message = String(repeating: "long ", count: 30) + "\(index)"
            return finding
        }
        let body = try Self.report(findings: findings).body()
        #expect(body.utf8.count <= RequestReport.bodyLimit)
        #expect(body.contains("more\n"))
        #expect(RequestMetadata(parsing: body)?.findings.count == 2000)
    }

    @Test("carries data that is read back, whatever stands in it")
    func metadata() throws {
        let written = Self.report().metadata
        let read = try #require(RequestMetadata(parsing: "text\n\(written.comment)more"))
        #expect(read == written)
        #expect(read.savings == Fixtures.usd(140) && read.workspace == "acme in infra")
        let odd = RequestMetadata(group: "--><script>---", workspace: nil, plan: "-->", findings: [], savings: nil).comment
        #expect(!odd.dropFirst(4).dropLast(4).contains("--") && !odd.dropFirst(4).dropLast(5).contains(">"))
        #expect(RequestMetadata(parsing: odd) == nil)
        #expect(RequestMetadata(parsing: "nothing") == nil)
        #expect(RequestMetadata(parsing: "<!-- bursar: {\"group\": 1} -->") == nil)
    }
}
