import CostModel
import JSON
import Testing

@testable import Reporting

@Suite("the formats of build servers")
struct PipelineFormatTests {
    private func report(_ findings: [Finding]) -> CheckReport {
        var report = Fixtures.pipeline
        report.problems = []
        report.result.findings = findings
        return report
    }

    private func finding(
        _ number: Int, _ severity: Severity, _ verdict: Verdict = .fail, enforcement: Enforcement = .warn, exemption: String? = nil
    ) -> Finding {
        var header = Fixtures.tagging
        header.enforcement = enforcement
        return Finding(
            policy: header, rule: "missing-tag", verdict: verdict, severity: severity, team: nil, message: "m\(number)",
            resource: .init(identity: .init(root: "", address: "a.b\(number)"), id: nil, type: "a", provider: "a"),
            location: Place(file: "a.tf", line: number), atStake: Fixtures.usd(number), exemption: exemption)
    }

    @Test("GitHub gets ten of each kind, the most important, and a notice that counts the others")
    func limits() {
        let findings = Severity.allCases.reversed().flatMap { severity in (1...14).map { finding($0 + severity.hashOrder, severity) } }
        let lines = report(findings).github().split(separator: "\n")
        for (kind, count) in [("error", 10), ("warning", 10), ("notice", 10)] {
            #expect(lines.count { $0.hasPrefix("::\(kind) ") } == count)
        }
        // Critical ones stand before high ones.
        #expect(lines.prefix(10).allSatisfy { $0.contains("(critical)") })
        #expect(lines.last == "::notice title=bursar check::not shown here: 18 errors, 4 warnings, 5 notes; the step's summary has all")
    }

    @Test(
        "a finding is as loud as its severity, unless it only shows what would be",
        arguments: [
            (Severity.critical, Verdict.fail, Enforcement.block, "error"), (.high, .fail, .warn, "error"),
            (.medium, .fail, .block, "warning"),
            (.low, .fail, .block, "notice"), (.critical, .fail, .shadow, "notice"), (.critical, .unknown, .block, "notice"),
            (.low, .error, .warn, "error"),
        ])
    func loudness(severity: Severity, verdict: Verdict, enforcement: Enforcement, kind: String) {
        #expect(report([finding(1, severity, verdict, enforcement: enforcement)]).github().hasPrefix("::\(kind) "))
    }

    @Test("an exempt finding is nobody's annotation, and in SARIF it is suppressed")
    func exempt() {
        let report = report([finding(1, .high, exemption: "legacy")])
        #expect(report.github().isEmpty)
        #expect(report.gitlab() == [])
        #expect(!report.checkstyle().contains("<file"))
        let results = report.sarif()["runs"].flatMap { runs in if case .array(let runs) = runs { runs[0]["results"] } else { nil } }
        guard case .array(let results)? = results else {
            Issue.record("there are no results")
            return
        }
        #expect(results.count == 1 && results[0]["suppressions"] != nil && results[0]["baselineState"] == nil)
    }

    @Test(
        "JUnit fails what fails a check, and says why it skips the rest",
        arguments: [
            (Verdict.fail, Enforcement.block, nil, "<failure message=\"m1\" type=\"missing-tag\">"), (.fail, .warn, nil, "<failure "),
            (.fail, .shadow, nil, "<skipped message=\"a shadow policy only shows what would be: m1\">"),
            (.fail, .block, "legacy", "<skipped message=\"exempt by legacy: m1\">"),
            (.unknown, .block, nil, "<skipped message=\"unknown: m1\">"),
            (.error, .warn, nil, "<error message=\"m1\" type=\"missing-tag\">"),
        ] as [(Verdict, Enforcement, String?, String)])
    func junit(verdict: Verdict, enforcement: Enforcement, exemption: String?, expected: String) {
        #expect(report([finding(1, .high, verdict, enforcement: enforcement, exemption: exemption)]).junit().contains(expected))
    }

    @Test("JUnit has one case for each resource of a policy, as bad as the worst answer")
    func cases() {
        var other = finding(1, .high)
        other.message = "m2"
        let text = report([finding(1, .high, .pass), finding(1, .high, .unknown), finding(1, .high), other, finding(2, .low, .pass)])
            .junit()
        #expect(text.contains("tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\""))
        #expect(text.contains("<failure message=\"m1 (and 1 more)\" type=\"missing-tag\">a.tf:1: m1 (unknown)"))
    }

    @Test("against a base what was open before fails no case")
    func unchanged() {
        var report = report([finding(1, .high), finding(2, .high)])
        report.comparison = Comparison(
            base: "b", baseName: "b",
            findings: [
                .init(change: .new, before: nil, after: report.result.findings[0]),
                .init(change: .unchanged, before: report.result.findings[1], after: report.result.findings[1]),
            ], policies: [], teams: [], pending: [])
        let text = report.junit()
        #expect(text.contains("failures=\"1\" errors=\"0\" skipped=\"1\""))
        #expect(text.contains("open before this change: m2"))
        #expect(report.github().split(separator: "\n").count == 2)
    }

    @Test("GitLab's fingerprints differ between findings and between workspaces, and not between runs")
    func fingerprints() {
        func prints(_ prefix: String) -> [JSONValue?] {
            var report = report([finding(1, .high), finding(2, .high)])
            report.prefix = prefix
            guard case .array(let issues) = report.gitlab() else { return [] }
            return issues.map { $0["fingerprint"] }
        }
        #expect(prints("a") == prints("a"))
        #expect(Set(prints("a") + prints("b")).count == 4)
    }
}

extension Severity {
    fileprivate var hashOrder: Int { (Severity.allCases.firstIndex(of: self) ?? 0) * 100 }
}
