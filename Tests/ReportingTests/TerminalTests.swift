import CostModel
import Foundation
import TestSupport
import Testing

@testable import Reporting

/// What a person sees on a terminal, and what a search finds in a file.
@Suite("check on a terminal")
struct TerminalTests {
    @Test("is read at every width", arguments: [60, 80, 100, 130, 200])
    func widths(columns: Int) throws {
        try expectSnapshot(Fixtures.estate.text(TextStyle(width: columns)), "check-\(columns)-columns.txt")
    }

    @Test("in a pipe it is whole, and every finding's id and resource is in it")
    func pipe() throws {
        let report = Fixtures.estate
        let text = report.text(.plain)
        try expectSnapshot(text, "check-pipe.txt")
        for finding in report.result.findings where finding.verdict != .pass {
            #expect(text.contains(finding.id), "\(finding.id)")
            #expect(text.contains(finding.resource?.identity.address ?? finding.policy.name), "\(finding.id)")
        }
    }

    @Test("against a base it folds and fits likewise", arguments: [80, 130])
    func compared(columns: Int) throws {
        try expectSnapshot(Self.comparedEstate.text(TextStyle(width: columns)), "compared-\(columns)-columns.txt")
    }

    private static var comparedEstate: CheckReport {
        var report = Fixtures.compared
        report.comparison?.findings += Fixtures.estate.result.findings.filter { $0.team == "network" }.map {
            .init(change: .new, before: nil, after: $0)
        }
        return report
    }

    @Test("those who ask for quiet are told what is marked, and nothing else of what to do")
    func quiet() throws {
        var report = Fixtures.estate
        report.showsNext = false
        let text = report.text(TextStyle(width: 80))
        #expect(!text.contains("Next\n") && text.contains("\n[*] 92 can be fixed: bursar plan\n"))
        #expect(Fixtures.estate.text(TextStyle(width: 80)).hasPrefix(text.components(separatedBy: "\n[*] 92")[0]))
    }

    @Test("no team takes more than 20 lines, unless all is asked for", arguments: [60, 80, 130, 200])
    func limit(columns: Int) throws {
        var report = Fixtures.estate
        func lines(_ team: String) throws -> [Substring] {
            let text = report.text(TextStyle(width: columns))
            let section = try #require(text.components(separatedBy: "\n\n").first { $0.hasPrefix(team) })
            return section.split(separator: "\n").dropFirst().filter { !$0.hasSuffix("more: --full") }
        }
        #expect(try lines("network").count <= FindingList.limit)
        report.showsFull = true
        // Twenty-eight groups: three subnets are instances of one block.
        #expect(try lines("network").count { $0.contains(" f-") } == 28)
        report.showsFull = false
        report.showsAll = true
        #expect(try lines("network").count { $0.contains(" f-") } == 28)
    }

    @Test("no line is longer than the terminal is wide, whatever names hold", arguments: [40, 60, 80, 100, 130, 200])
    func fits(columns: Int) {
        var random = Random(seed: 3)
        for compared in [false, true] {
            for round in 0..<20 {
                var report = Fixtures.estate
                let comparison = RandomComparison.make(&random, largest: 12, hostile: true)
                report.result.findings += comparison.findings.compactMap(\.after)
                report.showsAll = round % 2 == 0
                report.showsFull = round % 3 == 0
                report.problems += RandomComparison.hostile.map { Problem(.note, id: $0, file: $0, line: 1, $0) }
                if compared { report.comparison = comparison }
                let lines = report.text(TextStyle(width: columns)).split(separator: "\n").map(String.init)
                // One example says as much as thousands.
                if let long = lines.first(where: { $0.displayWidth > columns }) { Issue.record("round \(round): \(long)") }
            }
        }
    }

    @Test("a table that nothing makes fit puts what it drops below the row, with its title, and lets a bar go", arguments: [20, 24, 40])
    func drops(columns: Int) {
        var table = TextTable([
            .init("team"), .init("score", .trailing), .init("", .leading, .decorates), .init("level", .leading, .drops),
            .init("28 days", .trailing, .drops),
        ])
        table.append(["payments", "86", "████████████████", "bronze", "$1,233"])
        let text = table.render(TextStyle(width: columns))
        #expect(text.split(separator: "\n").allSatisfy { String($0).displayWidth <= columns }, "\(text)")
        for word in ["payments", "86", "bronze", "$1,233"] { #expect(text.contains(word), "\(word)") }
        #expect(!text.contains("█"))
        if columns == 24 {
            let below = ["level bronze", "· 28 days", "$1,233"].map { String(repeating: " ", count: 12) + $0 + "\n" }.joined()
            #expect(text == "  team      score\n  payments     86\n" + below)
        }
    }

    @Test(
        "wide characters count two columns",
        arguments: [("abc", 3), ("漢字", 4), ("é", 1), ("e\u{301}", 1), ("📦", 2), ("✅", 2), ("❤️", 2), ("🇩🇪", 2), ("ﾊ", 1), ("한", 2), ("█", 1)])
    func wide(text: String, columns: Int) {
        #expect(text.displayWidth == columns)
    }
}

@Suite("one line for findings that say the same")
struct FindingGroupTests {
    private func finding(
        _ address: String, _ subject: String?, _ message: String, _ verdict: Verdict = .fail, exemption: String? = nil, dollars: Int = 0
    ) -> Finding {
        Finding(
            policy: Fixtures.tagging, rule: "missing-tag", verdict: verdict, team: "a", message: message, subject: subject,
            resource: .init(identity: .init(root: "r", address: address), id: nil, type: "t", provider: "aws"),
            location: Place(file: "r/main.tf", line: 1), atStake: Fixtures.usd(dollars), exemption: exemption)
    }

    private func missing(_ address: String, _ keys: String..., exemption: String? = nil) -> [Finding] {
        keys.map { finding(address, $0, "required tag '\($0)' is missing", exemption: exemption, dollars: 10) }
    }

    private func lines(_ findings: [Finding], joinsInstances: Bool = true) -> [String] {
        FindingGroup.groups(of: findings, joinsInstances: joinsInstances).map { "\($0.shownResource): \($0.message)" }
    }

    @Test("keys of one resource are one sentence")
    func keys() {
        #expect(lines(missing("a.b", "team")) == ["a.b: required tag 'team' is missing"])
        #expect(lines(missing("a.b", "cost-center", "team")) == ["a.b: tags cost-center, team are missing"])
        let mixed =
            missing("a.b", "cost-center", "team") + [finding("a.b", "environment", "tag 'environment' is 'live', not one of 'prod'")]
        #expect(lines(mixed) == ["a.b: tags cost-center, team are missing; tag 'environment' is 'live', not one of 'prod'"])
        let unknown = ["a", "b"].map { (key: String) in
            finding("a.b", key, "required tag '\(key)' cannot be known before apply: x", .unknown)
        }
        #expect(lines(unknown) == ["a.b: tags a, b cannot be known before apply: x"])
        #expect(lines([finding("a.b", "x", "'x' is odd"), finding("a.b", "y", "'y' is odd")]) == ["a.b: 'x' is odd; 'y' is odd"])
    }

    @Test("what is excused or of another verdict stands apart")
    func apart() {
        let findings =
            missing("a.b", "team") + missing("a.b", "owner", exemption: "e") + [finding("a.b", "x", "x", .unknown)]
            + missing("a.c", "team")
        #expect(lines(findings).count == 4)
    }

    @Test("instances of one block are one line where the same is said of each, and only where that is asked for")
    func instances() {
        let same = missing(#"a.b["x"]"#, "k", "l") + missing(#"a.b["y]"]"#, "k", "l") + missing("module.m[0].a.b", "k", "l")
        #expect(lines(same) == ["a.b ×2: tags k, l are missing", "module.m[0].a.b: tags k, l are missing"])
        #expect(lines(same, joinsInstances: false).count == 3)
        #expect(lines(missing("a.b[0]", "k") + missing("a.b[1]", "l")).count == 2)
        let stake = FindingGroup.groups(of: same, joinsInstances: true)[0].shownAtStake
        #expect(stake == Array(same.prefix(4)).monthlyAtStake(in: .usd))
    }

    @Test("an amount that nobody knows is not shown, and stands after those that are known")
    func unknownAmounts() {
        var unknown = missing("a.b", "k", "l")
        unknown[1].atStake = nil
        let groups = FindingGroup.groups(of: unknown + missing("c.d", "k"), joinsInstances: false)
        #expect(groups.map(\.shownResource) == ["c.d", "a.b"])
        #expect(groups[0].shownAtStake != nil && groups[1].shownAtStake == nil)
    }

    @Test("the most money stands first, and what is excused last")
    func order() {
        let findings = [
            finding("a.cheap", nil, "m", dollars: 1), finding("a.exempt", nil, "m", exemption: "e", dollars: 90),
            finding("a.dear", nil, "m", dollars: 5),
        ]
        #expect(lines(findings) == ["a.dear: m", "a.cheap: m", "a.exempt: m"])
    }

    @Test(
        "an address without the keys of instances",
        arguments: [
            ("a.b", "a.b"), ("a.b[0]", "a.b"), (#"module.m["x.y"].a.b[3]"#, "module.m.a.b"), (#"a.b["]\"]"]"#, "a.b"), ("a.b[0", "a.b[0"),
        ])
    func block(address: String, expected: String) {
        #expect(ResourceIdentity(root: "", address: address).blockAddress == expected)
    }
}

@Suite("what to do next")
struct NextActionTests {
    private func commands(_ report: CheckReport) -> [String] { report.nextActions.map(\.command) }

    @Test("patches first, then what costs most beside them, then exemptions that end")
    func order() {
        let report = Fixtures.check
        #expect(
            commands(report) == [
                "bursar plan", "bursar explain \(Fixtures.findings[2].id)", "bursar explain \(Fixtures.findings[4].id)",
            ])
        let findings = Fixtures.findings.compactMap(\.monthlyAtStake)
        #expect(report.nextActions.map(\.monthly) == [findings[0] + findings[1], findings[2], findings[4]])
    }

    @Test("a first day is offered a baseline, unless there is one")
    func baseline() {
        var report = Fixtures.estate
        report.result.exemptions = []
        #expect(commands(report).contains("bursar baseline"))
        report.result.baseline = BaselineStatus(place: Place(file: "b.yaml", line: 1), entries: 1, lapsed: [])
        #expect(!commands(report).contains("bursar baseline"))
    }

    @Test("an estate without dollars is shown where they come from")
    func costs() {
        var report = Fixtures.check
        report.result.spend = [:]
        report.result.exemptions = []
        report.result.findings = report.result.findings.prefix(1).map {
            var finding = $0
            finding.atStake = Fixtures.usd(0)
            return finding
        }
        #expect(commands(report) == ["bursar plan", "bursar cost --by service"])
    }

    @Test("nothing is offered where nothing fails")
    func nothing() {
        var report = Fixtures.check
        report.result.findings = report.result.findings.filter { $0.verdict == .pass }
        report.result.exemptions = []
        #expect(commands(report) == [])
        #expect(!report.text(.plain).contains("Next\n"))
    }
}
