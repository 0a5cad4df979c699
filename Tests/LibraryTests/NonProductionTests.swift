import CostModel
import Diagnostics
import Evaluation
import Observation
import Testing

/// Many rules speak about what is no production: by its tag, or by a whole segment of its root's path.
@Suite("rules about what is no production")
struct NonProductionTests {
    private static let rules = Library.rules.filter { $0.header.reference.name.hasSuffix("-nonprod") }

    @Test("mean the same by it")
    func sameCondition() {
        #expect(Self.rules.count > 10)
        let conditions = Self.rules.map { $0.match.condition?.text ?? "" }
        // Cloud SQL keeps its labels elsewhere.
        let usual = Set(conditions.filter { !$0.contains("user_labels") })
        #expect(usual.count == 1)
        let words = #/\(dev\|[^)]*\)/#
        #expect(Set(conditions.flatMap { $0.matches(of: words).map { String($0.output) } }).count == 1)
        #expect(conditions.allSatisfy { $0.contains(words) })
    }

    @Test(
        "know it by the root's folder",
        arguments: [
            ("infra/orders/dev", true), ("staging", true), ("infra/TEST2/orders", true), ("infra/non-prod", true), ("infra/preprod", true),
            ("infra/orders/prod", false), ("infra/dev-portal/prod", false), ("infra/contest", false), ("", false),
        ])
    func roots(folder: String, isJudged: Bool) throws {
        #expect(try judges("", in: folder) == isJudged)
    }

    @Test(
        "know it by a tag, whatever its case",
        arguments: [
            ("{ environment = \"dev\" }", true), ("{ Env = \"QA1\" }", true), ("{ STAGE = \"Pre-Prod\" }", true),
            ("{ environment = \"production\" }", false), ("{ environment = \"developer-portal\" }", false), ("{ team = \"dev\" }", false),
        ])
    func tags(tags: String, isJudged: Bool) throws {
        #expect(try judges("tags = \(tags)", in: "infra/orders") == isJudged)
    }

    private func judges(_ tags: String, in folder: String) throws -> Bool {
        let rule = try #require(Self.rules.first { $0.header.reference.name == "aws-rds-multi-az-nonprod" })
        let code = "resource \"aws_db_instance\" \"orders\" {\n  multi_az = true\n  \(tags)\n}\n"
        let file = SourceFile(path: (folder.isEmpty ? "" : folder + "/") + "main.tf", text: code)
        let inventory = TerraformReader(options: .init(takesTags: { TaggableTypes.takesTags($0) }, readsAttributes: true))
            .read(TerraformCode(files: [file]))
        let workspace = try #require(Library.loaded.policies?.workspace)
        let state = ObservedState(
            resources: inventory.resources, cost: CostTable(currency: workspace.currency), utilization: UtilizationTable(),
            catalog: .builtIn)
        let result = PolicyEvaluator.evaluate(policies: PolicySet(workspace: workspace, policies: [rule]), state: state, now: Library.now)
        return result.findings.contains { $0.policy.name == "aws-rds-multi-az-nonprod" && $0.verdict == .fail }
    }
}
