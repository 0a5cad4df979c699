import Foundation
import TestSupport
import Testing

@testable import Commands

/// A bill that spells its tags in several ways, and rules that say what they mean.
@Suite("commands that read the bill by rules of tags")
struct TagRuleCommandTests {
    private let estate: TemporaryRepository

    init() throws {
        estate = try UntaggedQueue.repository(bill: "bill.csv")
        try estate.write(
            "kind: Team\nmetadata: {name: search}\nspec: {owns: [{tags: {team: search}}]}\n---\n"
                + "kind: Team\nmetadata: {name: ops}\nspec: {owns: [{tags: {team: ops}}]}\n---\n"
                + "kind: TagRule\nmetadata: {name: spelling}\nspec: {set: {team: {from: [team, Team], case: lower}}}\n---\n"
                + "kind: TagRule\nmetadata: {name: shared}\nspec: {scope: {accounts: [\"999900001111\"], untagged: [team, Team]}, set: {team: ops}}\n---\n"
                + "kind: Budget\nmetadata: {name: ops}\nspec: {scope: {tags: {team: ops}}, amount: 5 USD, alerts: [{above: 100%}]}\n",
            to: "policies/more.yaml")
        var text =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
            + "ChargePeriodEnd,ChargeCategory,ChargeClass,ChargeDescription,ProviderName,RegionId,ResourceId,ResourceType,ServiceName,"
            + "SubAccountId,Tags,BillingAccountId\n"
        for (account, cost, tags) in [
            ("444455556666", "10", #"{""Team"": ""Search""}"#), ("111122223333", "20", #"{""team"": ""OPS""}"#),
            ("999900001111", "8", "{}"),
            ("1", "3", "{}"),
        ] {
            text +=
                "\(cost),\(cost),\(cost),\(cost),USD,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,2026-10-31T00:00:00Z,2026-11-01T00:00:00Z,"
                + "Usage,,requests,AWS,us-east-1,,,Amazon Simple Queue Service,\(account),\"\(tags)\",999900001111\n"
        }
        try estate.write(text, to: "bill.csv")
        try estate.commit("rules")
    }

    private func run(_ arguments: String...) -> Said {
        Said(arguments + ["-C", estate.path, "--now", "2026-11-01T08:00:00Z"])
    }

    /// The lines of a table in CSV, without its header.
    private func rows(by: String) -> [String] {
        run("cost", "--by", by, "--format", "csv").output.split(whereSeparator: \.isNewline).dropFirst().map(String.init)
    }

    @Test("break it down by the tags that count, and give rows to the teams of these")
    func breakdown() {
        #expect(rows(by: "tag:team") == ["ops,28,USD,1,1,", "search,10,USD,1,1,", ",3,USD,1,1,"])
        #expect(rows(by: "team") == ["ops,28,USD,1,1,", "search,10,USD,1,1,", ",3,USD,1,1,"])
        #expect(run("cost", "--showback", "--format", "json").output.contains(#""total": "28""#))
    }

    @Test("judge budgets by them, also from a snapshot that holds what was billed")
    func budgets() throws {
        #expect(run("check").output.contains("Budget/ops"), "\(run("check").output)")
        let folder = TemporaryDirectory()
        let file = folder.path + "/observations.json"
        #expect(run("observe", "--out", file).code == 0)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.contains(#""Team""#) && text.contains(#""Search""#) && !text.contains(#""search""#))
        #expect(run("check", "--observations", file).output.contains("Budget/ops"))
    }

    @Test("explain which rule made a tag of a row")
    func row() {
        let said = run("explain", "--row", estate.path + "/bill.csv:2")
        #expect(said.output.contains("Tags[team]") && said.output.contains("Tags[Team] 'Search' · by TagRule/spelling"), "\(said.output)")
        #expect(run("explain", "--row", estate.path + "/bill.csv:4").output.contains("ops · by TagRule/shared"))
    }
}
