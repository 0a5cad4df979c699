import CostModel
import Reporting
import TestSupport
import Testing

@testable import Reconciliation

@Suite("code with dollars beside it")
struct CodeCostsTests {
    private static let module = "module \"mail\" {\n  source = \"../../modules/mail\"\n}\n"
    private static let machine = "resource \"aws_instance\" \"big\" {\n  instance_type = \"m5.large\"\n}\n"

    private func files(_ estate: SmallEstate, _ path: String) throws -> (files: [CodeFile], isFile: Bool) {
        let evaluated = try EvaluatedWorkspace(try estate.open(), now: SmallEstate.now, estimates: true)
        return try CodeCosts(evaluated, evaluated.estimateInputs()).files(at: path)
    }

    private func estate() throws -> SmallEstate {
        let estate = try SmallEstate()
        try estate.repository.write(
            GuardrailTests.provider + SmallEstate.queue + Self.machine + Self.module, to: "infra/app/main.tf")
        try estate.repository.write(
            "resource \"aws_instance\" \"relay\" {\n  instance_type = \"m5.large\"\n}\n", to: "modules/mail/main.tf")
        try estate.repository.commit("Bring machines (#41)")
        return estate
    }

    @Test("has the bill of what is billed and the estimate of what is not, each resource once in a sum")
    func sums() throws {
        let estate = try estate()
        let (files, isFile) = try files(estate, "infra/app/main.tf")
        #expect(isFile)
        let blocks = try #require(files.first).blocks
        #expect(blocks.map(\.name) == ["aws_sqs_queue.jobs", "aws_instance.big", "module.mail"])
        // 1.50 a day; 0.096 an hour.
        #expect(blocks.map { $0.cost.billed.rounded(to: 3) } == ["45.625", "0.000", "0.000"])
        #expect(blocks.map { $0.cost.estimated.rounded(to: 2) } == ["0.00", "70.08", "70.08"])
        let all = try self.files(estate, ".").files
        #expect(all.map(\.path) == ["infra/app/main.tf", "modules/mail/main.tf"])
        #expect(CodeCost(all.flatMap(\.resources)).estimated.rounded(to: 2) == "140.16")
        let spend = try estate.evaluate().evaluation.spend
        #expect(files[0].cost.billed == spend.values.map(\.monthly.amount).reduce(.zero, +))
    }

    @Test("names the commit that brought a block, else the one that changed its size last, with its request")
    func origins() throws {
        let estate = try estate()
        try estate.repository.write(
            (GuardrailTests.provider + SmallEstate.queue + Self.machine + Self.module).replacing("m5.large", with: "m5.xlarge"),
            to: "infra/app/main.tf")
        try estate.repository.commit("Resize (#42)")
        try estate.repository.write(
            "# said of all\n"
                + (GuardrailTests.provider + SmallEstate.queue + Self.machine + Self.module).replacing("m5.large", with: "m5.xlarge")
                + "resource \"aws_instance\" \"new\" {\n  instance_type = \"m5.large\"\n}\n", to: "infra/app/main.tf")
        let blocks = try #require(files(estate, "./infra/app//main.tf").files.first).blocks
        #expect(blocks.map(\.place.line) == [5, 12, 15, 18])
        #expect(blocks.map { $0.origin?.request } == [nil, "#42", "#41", nil])
        #expect(blocks.map { $0.origin?.isResize } == [false, true, false, nil])
        #expect(blocks[0].origin?.summary == "the estate")
    }

    @Test("finds open findings, and no file that is not there")
    func findings() throws {
        let estate = try estate()
        let blocks = try #require(files(estate, "infra").files.first).blocks
        // The queue and the machines lack tags.
        #expect(blocks.allSatisfy { !$0.findings.isEmpty })
        #expect(throws: WorkspaceError.self) { try files(estate, "infra/nowhere") }
        #expect(throws: WorkspaceError.self) { try files(estate, "../../etc/passwd") }
    }

    @Test(
        "reads the request from the commit's subject",
        arguments: [
            ("Bigger machines (#12)", "#12"), ("Merge pull request #7 from acme/x", "#7"),
            ("Merge branch 'x'\n\nSee merge request acme/infra!9", "!9"),
            ("fixes #12", nil), ("(#)", nil), ("", nil),
        ])
    func requests(message: String, expected: String?) {
        #expect(BlockOrigins.request(in: message) == expected)
    }

    @Test("moves with the bill of three months")
    func course() {
        func cost(_ amounts: (Int?, Int?, Int)) -> CodeCost {
            CodeCost([
                ResourceCost(
                    identity: ResourceIdentity(root: "", address: "a"), monthly: FixedDecimal(amounts.2), isBilled: true,
                    earlier: amounts.1.map(FixedDecimal.init), earliest: amounts.0.map(FixedDecimal.init))
            ])
        }
        #expect(cost((100, 100, 112)).course == "+12 %")
        #expect(cost((100, 50, 100)).course == "=")
        #expect(cost((nil, 200, 100)).course == "−50 %")
        #expect(cost((0, 0, 100)).course == "new")
        #expect(cost((nil, nil, 100)).course == nil)
    }
}
