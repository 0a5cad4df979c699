import CostModel
import JSON
import Testing

@testable import Reporting

@Suite("reports, whole")
struct ReportSnapshotTests {
    @Test("check says the same in every form")
    func check() throws {
        let report = Fixtures.check
        try expectSnapshot(report.text(.plain), "check.txt")
        try expectSnapshot(report.text(TextStyle(color: true)), "check-color.txt")
        try expectSnapshot(report.markdown(), "check.md")
        try expectSnapshot(String(decoding: JSONWriter.write(report.json()), as: UTF8.self), "check.json")
    }

    @Test("check --all lists passes, active exemptions and what was held back")
    func all() throws {
        var report = Fixtures.check
        report.showsAll = true
        try expectSnapshot(report.text(.plain), "check-all.txt")
    }

    @Test("a scorecard names what each score is made of")
    func scorecard() throws {
        let report = ScorecardReport(context: Fixtures.context, leaderboard: Fixtures.leaderboard, findings: Fixtures.findings)
        try expectSnapshot(report.text(.plain), "scorecard.txt")
        try expectSnapshot(report.markdown(), "scorecard.md")
        try expectSnapshot(String(decoding: JSONWriter.write(report.json()), as: UTF8.self), "scorecard.json")
    }

    @Test("with history a scorecard tells how it goes")
    func course() throws {
        var board = Fixtures.leaderboard
        let badge = Badge(
            team: "search", name: "streak-4", awarded: Day(year: 2026, month: 10, day: 5), reason: "4 weeks without an overdue finding",
            evidence: String(repeating: "e", count: 64))
        for (index, previous) in [9_950, 8_000, nil].enumerated() {
            board.teams[index].streakWeeks = index == 0 ? 4 : 0
            board.teams[index].badges = index == 0 ? [badge] : []
            board.teams[index].heldLevel = .silver
            board.teams[index].improvement = 3_333
            board.teams[index].timeliness = 10_000
            board.teams[index].leaderboard = board.teams[index].score
            board.teams[index].previousScore = previous.map { Points(hundredths: $0) }
        }
        board.teams[1].wouldBe = Points(hundredths: 6_000)
        let report = ScorecardReport(context: Fixtures.context, leaderboard: board, findings: Fixtures.findings)
        try expectSnapshot(report.text(.plain), "scorecard-history.txt")
        try expectSnapshot(String(decoding: JSONWriter.write(report.json()), as: UTF8.self), "scorecard-history.json")
    }

    @Test("a plan says what changes, what it saves and what is advice only")
    func plan() throws {
        var report = Fixtures.planReport
        report.showsPatches = true
        try expectSnapshot(report.text(.plain), "plan.txt")
        try expectSnapshot(report.markdown(), "plan.md")
        try expectSnapshot(String(decoding: PlanDocument.bytes(of: report.plan, toolVersion: "0.1.0"), as: UTF8.self), "plan.json")
    }

    @Test("an inventory says whose a resource is, what it costs and where its tags come from")
    func inventory() throws {
        let resource = Resource(
            identity: Fixtures.web.identity, type: "aws_instance", provider: "aws",
            location: Place(file: "infra/payments/main.tf", line: 12, endLine: 18),
            block: FileSpan(file: "infra/payments/main.tf", bytes: 0..<1),
            tags: TagSet(
                supported: true,
                tags: [
                    "team": Tag(value: "payments", from: Place(file: "infra/payments/main.tf", line: 16)),
                    "environment": Tag(value: nil, unknownReason: "computed by lookup()"),
                ]),
            size: SizeArgument(name: "instance_type", value: "m5.2xlarge"), deployed: .init(id: "i-0abc"))
        let report = InventoryReport(
            context: Fixtures.context, currency: .usd, resources: [resource], owners: [Fixtures.web.identity: "payments"],
            spend: [Fixtures.web.identity: Fixtures.usd(1234)])
        try expectSnapshot(report.text(.plain), "inventory.txt")
        try expectSnapshot(String(decoding: JSONWriter.write(report.json()), as: UTF8.self), "inventory.json")
    }
}

@Suite("verdicts and explanations")
struct SmallReportTests {
    @Test("validate counts the objects, or the errors")
    func validate() {
        let place = Place(file: "bursar.yaml", line: 1)
        let policies = PolicySet(
            workspace: Workspace(
                name: "acme", place: place, currency: .usd, policyPaths: ["policies"], scoring: .init(materiality: Fixtures.usd(1000))),
            teams: [Team(name: "payments", place: place), Team(name: "search", place: place)])
        let valid = ValidateReport(context: Fixtures.context, policies: policies, problems: [])
        #expect(valid.text(.plain) == "the policies are valid: 1 Workspace, 2 Team\n")
        let invalid = ValidateReport(
            context: Fixtures.context, policies: nil, problems: [Problem(.error, id: "a", "x"), Problem(.warning, id: "b", "y")])
        #expect(invalid.text(.plain) == "the policies are not valid: 1 error, 1 warning\n")
        #expect(invalid.json()["valid"] == false)
    }

    @Test("explain leaves out what is not known")
    func explain() {
        let report = ExplainReport(
            context: Fixtures.context, subject: .rule, name: "missing-tag", summary: "a required tag is missing",
            sections: [.init("Why", [("because", "money"), ("else", nil)]), .init("Nothing", [("a", nil)])])
        #expect(report.text(.plain) == "missing-tag · a required tag is missing\n\nWhy\n  because  money\n")
        #expect(report.json()["subject"] == "rule")
    }
}

@Suite("a finding explained")
struct ExplainFindingTests {
    private func cost(_ day: Int, _ amount: Int) -> Evidence.DailyCost {
        .init(
            day: Day(year: 2026, month: 10, day: day), service: "Amazon EC2", category: .usage, effective: Fixtures.usd(amount),
            billed: Fixtures.usd(0))
    }

    @Test("down to lines, tags, samples and the bill")
    func evidence() throws {
        let sizes = ["m5.2xlarge": 8, "m5.xlarge": 4].mapValues { vcpu in
            InstanceCatalog.Entry(
                name: "m5.\(vcpu == 8 ? "2xlarge" : "xlarge")", family: "m5", vcpu: vcpu, memoryMiB: vcpu * 4096, architecture: "x86_64",
                hourly: FixedDecimal(raw: FixedDecimal.unit * Int128(vcpu) / 20))
        }
        let evidence = Evidence(
            finding: Fixtures.findings[1], policy: Fixtures.rightsizing,
            lines: [
                .init(number: 12, text: #"resource "aws_instance" "web" {"#), .init(number: 13, text: "\tinstance_type = \"m5.2xlarge\""),
            ],
            tags: [
                "team": Tag(value: "payments", from: Place(file: "infra/providers.tf", line: 4), isProviderDefault: true),
                "env": Tag(value: nil, unknownReason: "var.env has no default"),
            ],
            measurements: [
                .init(
                    metric: .cpu, samples: 4032, first: Instant(seconds: 1_792_281_600), last: Instant(seconds: 1_793_491_199),
                    percentile: FixedDecimal(95), value: 21, target: FixedDecimal(60), projected: 42),
                .init(
                    metric: .memory, samples: 0, first: nil, last: nil, percentile: FixedDecimal(99), value: nil, target: FixedDecimal(80),
                    projected: nil),
            ], sizeNow: sizes["m5.2xlarge"], sizeProposed: sizes["m5.xlarge"], catalogSource: "a catalogue",
            costs: [cost(1, 9), cost(2, 9), cost(3, 9), cost(4, 10), cost(6, 10)],
            rows: [
                .init(
                    file: "observed/focus/2026-10.csv", line: 77, day: Day(year: 2026, month: 10, day: 6), category: .usage,
                    description: "hours of m5.2xlarge", effective: FixedDecimal(10), billed: .zero)
            ], rowCount: 5)
        let report = ExplainReport(
            context: Fixtures.context, evidence: evidence,
            penalty: .init(finding: Fixtures.findings[1].id, points: Points(hundredths: 320), atStake: Fixtures.usd(128)))
        try expectSnapshot(report.text(.plain), "explain-finding.txt")
    }
}

@Suite("notes")
struct NoteTests {
    @Test("of one kind are shown by a few, and counted")
    func folded() {
        let notes: [Problem] = (1...5).map { (line: Int) in
            Problem(.note, id: "code-only", file: "infra/main.tf", line: line, "'x\(line)' is not in the state")
        }
        let text = (notes + [Problem(.partial, id: "torn", file: "bill.csv", "torn")]).text(.plain)
        #expect(text.contains("'x3'") && !text.contains("'x4'"))
        #expect(text.contains("and 2 more notes 'code-only'; --format json lists them"))
        #expect(text.contains("bill.csv"))
        let four = notes.dropLast().map(\.self)
        #expect(four.text(.plain).contains("and 1 more note 'code-only'; --format json lists it"))
        #expect(four.markdown.contains("- and 1 more note `code-only`") && notes.markdown.contains("- and 2 more notes"))
    }
}

@Suite("wrapping")
struct WrappingTests {
    @Test(
        "breaks between words and loses nothing",
        arguments: [
            ("required tag is missing", 12, ["required tag", "is missing"]), ("short", 12, ["short"]),
            ("averyveryverylongword and more", 8, ["averyver", "yverylon", "gword", "and more"]), ("a  b", 2, ["a ", "b"]),
            ("漢字漢字 x", 5, ["漢字", "漢字", "x"]), ("漢", 1, ["漢"]),
        ])
    func words(text: String, limit: Int, expected: [String]) {
        #expect(StyledText(text).wrapped(limit).map { $0.rendered(.plain) } == expected)
    }

    @Test("keeps each look")
    func looks() {
        let text = StyledText("one two", .bold) + StyledText(" three four", .dim)
        #expect(text.wrapped(13).map { $0.rendered(.plain) } == ["one two three", "four"])
    }
}
