import CostModel
import Diagnostics
import Testing

@testable import PolicyLanguage

@Suite("mistakes in campaigns")
struct CampaignMistakeTests {
    private static let others = """
        kind: Team
        metadata: {name: payments}
        spec: {}
        ---
        kind: Budget
        metadata: {name: month}
        spec: {scope: {}, period: monthly, amount: 5 USD}
        ---
        kind: TaggingPolicy
        metadata: {name: tags}
        spec: {match: {types: ["aws_*"]}, require: [{key: team}]}
        ---
        """

    private func load(_ spec: String) -> (policies: PolicySet?, messages: [String]) {
        let workspace = SourceFile(
            path: "bursar.yaml",
            text: "apiVersion: bursar/v1\nkind: Workspace\nmetadata: {name: w}\nspec: {currency: USD, policies: [policies]}\n")
        let file = SourceFile(path: "policies/c.yaml", text: Self.others + "\nkind: Campaign\nmetadata: {name: c}\nspec: \(spec)\n")
        let (policies, diagnostics) = PolicyLoader.load(files: [file], workspace: workspace, now: Instant(seconds: 0))
        return (policies, diagnostics.map(\.message))
    }

    private static let days = "from: 2026-10-01, to: 2026-10-31"

    @Test(
        "are said",
        arguments: [
            ("{policies: [tag], goal: {fixed: 80%}, \(days)}", "unknown policy 'tag'; did you mean 'tags'?"),
            ("{policies: [month], goal: {fixed: 80%}, \(days)}", "'month' has no findings about resources"),
            ("{policies: [tags], goal: {fixed: 80%, verified: 5 USD}, \(days)}", "must state one of 'fixed' and 'verified'"),
            ("{policies: [tags], goal: {}, \(days)}", "must state one of 'fixed' and 'verified'"),
            ("{policies: [tags], goal: {fixed: 0%}, \(days)}", "'fixed' must be"),
            ("{policies: [tags], goal: {fixed: 120%}, \(days)}", "'fixed' must be"),
            ("{policies: [tags], goal: {verified: 5 EUR}, \(days)}", "is in EUR"),
            ("{policies: [tags], goal: {fixed: 80%}, from: 2026-10-01, to: 2026-09-30}", "'to' lies before 'from'"),
            ("{policies: [tags], goal: {fixed: 80%}, from: 2026-10-01, to: 2028-09-30}", "'to' is more than 366 days behind 'from'"),
            ("{policies: [tags], goal: {fixed: 80%}, from: 2026-10-01, to: 2026-10-07, advisoryDays: 8}", "more than the campaign has"),
            ("{policies: [tags], goal: {fixed: 80%}, \(days), advisoryDays: 31}", "'advisoryDays' must be"),
            ("{policies: [tags], goal: {fixed: 80%}, \(days), teams: [payment]}", "unknown team 'payment'; did you mean 'payments'?"),
            ("{policies: [], goal: {fixed: 80%}, \(days)}", "policies"), ("{goal: {fixed: 80%}, \(days)}", "policies"),
            ("{policies: [tags], goal: {fixed: 80%}, \(days), team: payments}", "did you mean 'teams'"),
        ])
    func mistakes(spec: String, message: String) {
        let (policies, messages) = load(spec)
        #expect(policies == nil)
        #expect(messages.contains { $0.contains(message) }, "\(messages)")
    }

    @Test("one that is right is read whole")
    func right() throws {
        let spec = "{policies: [tags], goal: {fixed: 80%}, \(Self.days), advisoryDays: 14, teams: [payments]}"
        let campaign = try #require(load(spec).policies?.campaigns.first)
        #expect(campaign.goal == .fixed(FixedDecimal(8).scaled(by: 1, over: 10)) && campaign.policies == ["tags"])
        #expect(campaign.days == Day(year: 2026, month: 10, day: 1)...Day(year: 2026, month: 10, day: 31))
        #expect(
            campaign.isAdvisory(on: Day(year: 2026, month: 10, day: 14)) && !campaign.isAdvisory(on: Day(year: 2026, month: 10, day: 15)))
        #expect(!campaign.isAdvisory(on: Day(year: 2026, month: 9, day: 30)))
        #expect(campaign.holds(policy: "tags", team: "payments") && !campaign.holds(policy: "tags", team: nil))
    }
}
