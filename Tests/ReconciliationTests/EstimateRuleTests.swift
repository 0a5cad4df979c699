import CostModel
import Reconciliation
import TestSupport
import Testing

@Suite("estimates in rules")
struct EstimateRuleTests {
    private static func rule(_ assertion: String) -> String {
        "kind: Rule\nmetadata: {name: small}\nspec:\n  assert: '\(assertion)'\n"
            + "  message: \"{resource.address} will cost {resource.monthlyEstimate.amount} ({resource.monthlyEstimate.source})\"\n"
    }

    private func findings(_ rule: String, _ code: String) throws -> [Finding] {
        let estate = try SmallEstate()
        try estate.repository.write(rule, to: "policies/tags.yaml")
        try estate.repository.write(GuardrailTests.provider + SmallEstate.queue + code, to: "infra/app/main.tf")
        return try estate.evaluate().evaluation.findings.filter { $0.policy.kind == .rule }
    }

    @Test("are the bill of what has one, and a price of what has none")
    func amounts() throws {
        let found = try findings(Self.rule("resource.monthlyEstimate.amount < money(\"40 USD\")"), GuardrailTests.machine)
        #expect(found.map(\.verdict) == [.fail, .fail])
        // 1.50 a day, times 365 / 12.
        #expect(
            Set(found.map(\.message)) == [
                "aws_sqs_queue.jobs will cost 45.62 USD (billed)", "aws_instance.big will cost 3,363.84 USD (list)",
            ])
    }

    @Test(
        "are unknown where there is no price, never zero",
        arguments: ["resource \"aws_instance\" \"x\" {\n  instance_type = \"m99.huge\"\n}\n", "resource \"aws_nobody_knows\" \"x\" {\n}\n"])
    func unknown(code: String) throws {
        let asked = try findings(Self.rule("resource.monthlyEstimate.amount < money(\"40000 USD\")"), code)
        #expect(asked.filter { $0.resource?.identity.address.hasSuffix(".x") == true }.map(\.verdict) == [.unknown])
        let status = try findings(Self.rule("resource.monthlyEstimate.status != \"not-priced\""), code)
        #expect(status.filter { $0.resource?.identity.address.hasSuffix(".x") == true }.map(\.verdict) == [.fail])
    }
}
