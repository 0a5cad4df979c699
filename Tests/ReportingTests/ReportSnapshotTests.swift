import CostModel
import Reporting
import Testing

@Suite("reports, whole")
struct ReportSnapshotTests {
    @Test("check says the same in every form")
    func check() throws {
        let report = Fixtures.check
        try expectSnapshot(report.text(.plain), "check.txt")
        try expectSnapshot(report.text(TextStyle(width: 100)), "check-100-columns.txt")
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
