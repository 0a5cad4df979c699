import CostModel
import Testing

@testable import Reporting

/// The comment on a pull request, over many comparisons that nobody thought of.
@Suite("the comment")
struct CommentTests {
    /// Lines that are read before anything is opened: without the marker, empty lines, and what is folded.
    private static func visible(_ comment: String) -> [Substring] {
        var isFolded = false
        var lines: [Substring] = []
        for line in comment.split(separator: "\n") {
            if line.hasPrefix("<!-- ") { continue }
            // The line to open the rest with is seen itself.
            if line.hasPrefix("<details>") {
                isFolded = true
                lines.append(line)
            } else if line == "</details>" {
                isFolded = false
            } else if !isFolded {
                lines.append(line)
            }
        }
        return lines
    }

    @Test("has fifteen visible lines at most, and three when nothing changes, however much changes")
    func lines() {
        var random = Random(seed: 7)
        for round in 0..<150 {
            var report = Fixtures.pipeline
            report.problems = random.chance(4) ? Fixtures.problems : []
            let comparison = RandomComparison.make(&random, largest: round % 40 == 0 ? 60 : 9)
            report.comparison = comparison
            let comment = report.markdown()
            let visible = Self.visible(comment)
            #expect(visible.count <= (comparison.isEmpty ? 3 : 15), "round \(round): \(visible.count) lines")
            #expect(comment.hasPrefix("<!-- bursar:check acme -->\n"))
            #expect(comment == report.markdown())
            // Whatever there is room for is shown.
            let all = comparison.findings.count { $0.change != .unchanged } + comparison.policies.count + comparison.pending.count
            if !comparison.isEmpty { #expect(visible.count >= min(15, all + 3 + (report.isPartial ? 1 : 0)), "round \(round)") }
            #expect(comment.contains("**Partial:**") == report.isPartial)
        }
    }

    @Test("keeps to the limit of code hosts at whole rows", arguments: [65_536, 20_000])
    func limit(bytes: Int) {
        var random = Random(seed: 11)
        for hostile in [false, true] {
            var report = Fixtures.pipeline
            report.comparison = RandomComparison.make(&random, exactly: 300, hostile: hostile)
            let comment = report.markdown(limit: bytes)
            #expect(comment.utf8.count <= bytes)
            #expect(comment.utf8.count > bytes / 2)
            #expect(comment.contains(" more\n"))
            #expect(comment.hasSuffix("</sub>\n") && comment.contains("\n</details>\n"))
            // A row that is there is there to its end.
            for line in comment.split(separator: "\n") where line.hasPrefix("|") { #expect(line.hasSuffix(" |")) }
            #expect(Self.visible(comment).count <= 15)
        }
    }

    @Test("a report without a base is cut the same way where there is a limit, and whole where there is none")
    func plainLimit() {
        var report = Fixtures.pipeline
        // Of as many resources, so that each is a row.
        report.result.findings = (0..<1_500).flatMap { number in
            Fixtures.findings.map { finding in
                var finding = finding
                finding.resource = finding.resource.map { resource in
                    let identity = ResourceIdentity(root: "\(resource.identity.root)/\(number)", address: resource.identity.address)
                    return Finding.ResourceReference(
                        identity: identity, id: resource.id, type: resource.type, provider: resource.provider)
                }
                return finding
            }
        }
        #expect(report.markdown().utf8.count > 1 << 20)
        let cut = report.markdown(limit: 1 << 20)
        #expect(cut.utf8.count <= 1 << 20 && cut.utf8.count > 1 << 19)
        #expect(cut.contains(" more\n") && cut.hasSuffix("</sub>\n"))
        #expect(Fixtures.pipeline.markdown(limit: 1 << 20) == Fixtures.pipeline.markdown())
    }

    @Test("shows '=' for less than a point")
    func points() {
        func text(_ before: Int?, _ after: Int?) -> String {
            Comparison.TeamChange(
                team: "a", scoreBefore: before.map { Points(hundredths: $0) }, scoreAfter: after.map { Points(hundredths: $0) },
                atStakeBefore: Fixtures.usd(0), atStakeAfter: Fixtures.usd(0), savingsBefore: Fixtures.usd(0),
                savingsAfter: Fixtures.usd(0), new: 0, fixed: 0, changed: 0
            ).scoreText
        }
        #expect(text(8_249, 8_250) == "82 =")
        #expect(text(8_150, 8_250) == "82 =")
        #expect(text(8_249, 8_150) == "82 =")
        #expect(text(8_249, 8_149) == "82 → 81")
        #expect(text(nil, 8_000) == "– → 80")
        #expect(text(nil, nil) == "–")
    }

    @Test(
        "says what a policy says now",
        arguments: [
            ("12,000 USD", "9,000 USD", "a 12,000 → 9,000 USD"), ("80 %", "90 %", "a 80 → 90 %"), ("12 USD", "12 EUR", "a 12 USD → 12 EUR"),
            ("warn", "block", "a warn → block"), (nil, "30d", "a now 30d"), ("30d", nil, "a no longer 30d"),
            ("one thing", "other thing", "a one thing → other thing"),
        ] as [(String?, String?, String)])
    func field(before: String?, after: String?, sentence: String) {
        #expect(
            Comparison.PolicyChange.Field(path: "a", before: before, after: after, place: Place(file: "p", line: 1)).sentence == sentence)
    }

    @Test("says differences with their sign")
    func signs() {
        #expect(Fixtures.usd(412).signed == "+$412")
        #expect(Fixtures.usd(-4, hundredths: -20).signed == "−$4.20")
        #expect(Fixtures.usd(0).signed == "±$0")
    }
}
