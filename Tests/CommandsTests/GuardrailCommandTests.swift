import JSON
import TestSupport
import Testing

@testable import Commands

/// A branch that adds a large machine, and a base that lets nothing above 500 dollars pass.
@Suite("commands that hold a change against guardrails")
struct GuardrailCommandTests {
    private let estate: TemporaryRepository

    private static let provider = "provider \"aws\" {\n  region = \"us-east-1\"\n}\n\n"
    private static let guardrail =
        "kind: Guardrail\nmetadata: {name: new-cost}\nspec:\n  increase: {above: 500 USD}\n  owners: [finops]\n  enforcement: block\n  severity: high\n"

    init() throws {
        estate = try TemporaryRepository()
        try estate.write(
            """
            apiVersion: bursar/v1
            kind: Workspace
            metadata: {name: small}
            spec:
              currency: USD
              policies: [policies]
              observe:
                cost: none
                inventory: [{name: infra, format: terraform, path: infra}]

            """, to: "bursar.yaml")
        try estate.write(
            "kind: Team\nmetadata: {name: search}\nspec: {owns: [{paths: [\"infra/**\"]}]}\n---\n" + Self.guardrail, to: "policies/all.yaml"
        )
        try estate.write(Self.provider, to: "infra/main.tf")
        try estate.commit("a base")
        try estate.git(["branch", "base"])
        try estate.write(
            Self.provider + "resource \"aws_instance\" \"big\" {\n  instance_type = \"m5.24xlarge\"\n}\n", to: "infra/main.tf")
        try estate.commit("a large machine")
    }

    private func run(_ arguments: String...) -> Said { Said(arguments + ["-C", estate.path, "--now", "2026-11-01T08:00:00Z"]) }

    private static let message = "the change adds 3,363.84 USD a month, more than 500.00 USD; ask finops"

    @Test("fail the check, with the line and the dollars in every format")
    func check() throws {
        let text = run("check", "--base", "base")
        #expect(text.code == 1)
        #expect(text.output.contains("~$3,364"), "\(text.output)")
        #expect(text.output.contains(Self.message))
        #expect(text.output.contains("infra/main.tf:5"))
        for format in ["json", "markdown", "sarif", "github", "gitlab", "junit", "checkstyle"] {
            let said = run("check", "--base", "base", "--format", format)
            #expect(said.code == 1, "\(format)")
            #expect(said.output.contains(Self.message), "\(format): \(said.output)")
            #expect(said.output.contains("infra/main.tf"), "\(format)")
        }
        let document = try JSONReader.read(Array(run("check", "--base", "base", "--format", "json").output.utf8))
        let finding = try #require(document["findings"].flatMap { if case .array(let all) = $0 { all.first } else { nil } })
        #expect(finding["rule"] == "cost-increase" && finding["change"] == "new" && finding["team"] == "search")
        #expect(finding["estimatedMonthly"]?["amount"] == "3363.84")
    }

    @Test("are explained by the base that the change was held against, and the way there is said")
    func explain() throws {
        let text = run("check", "--base", "base").output
        let id = try #require(text.firstMatch(of: /f-[0-9a-f]{12}/).map { String($0.output) })
        let said = run("explain", id, "--base", "base")
        #expect(said.code == 0 && said.output.contains(Self.message) && said.output.contains("new-cost"), "\(said.output)\(said.error)")
        let lost = run("explain", id)
        #expect(lost.code == 2 && lost.error.contains("'--base REV'"), "\(lost.error)")
    }

    @Test("are told of by the estimate of a change, which does not fail")
    func estimate() {
        let text = run("estimate", "--base", "base")
        #expect(text.code == 0)
        #expect(text.output.contains("high new-cost: \(Self.message)"), "\(text.output)")
        let markdown = run("estimate", "--base", "base", "--format", "markdown")
        #expect(markdown.output.contains("- high: "), "\(markdown.output)")
        #expect(run("estimate", "--rev", "base").output == "nothing priced\n")
    }

    @Test("let it pass once an exemption with a cap is in the base, and say which")
    func exempt() throws {
        try estate.git(["checkout", "--quiet", "-b", "agreed", "base"])
        try estate.write(
            "kind: Exemption\nmetadata: {name: sale}\nspec: {policies: [new-cost], reason: r, approvedBy: finops, expires: 2026-12-31, upTo: 4000 USD}\n",
            to: "policies/sale.yaml")
        try estate.commit("agree")
        try estate.git(["checkout", "--quiet", "-b", "work", "agreed"])
        try estate.write(
            Self.provider + "resource \"aws_instance\" \"big\" {\n  instance_type = \"m5.24xlarge\"\n}\n", to: "infra/main.tf")
        try estate.commit("a large machine")
        let text = run("check", "--base", "agreed")
        #expect(text.code == 0, "\(text.output)")
        #expect(text.output.contains("exempt by sale"))
    }

    @Test(
        "and mistakes in what they say are found where they are written",
        arguments: [
            ("increase: {}", "must state 'above', 'or' or both"), ("owners: [a]", "must state 'increase', 'newIn' or both"),
            ("increase: {above: 5 EUR}", "the workspace's currency is USD"),
            ("newIn: [zone]", "'newIn' must be service, region, type or family"),
            ("increase: {above: 5 USD}\n  inlineExemptions: true", "no comment can exempt from a Guardrail"),
            ("increase: {more: 5 USD}", "unknown key 'more'"),
        ])
    func mistakes(spec: String, message: String) throws {
        try estate.write("kind: Guardrail\nmetadata: {name: x}\nspec:\n  \(spec)\n", to: "policies/x.yaml")
        let said = run("validate")
        #expect(said.code == 2 && said.error.contains(message), "\(said)")
    }

    @Test(
        "and an exemption has a cap where it is from a guardrail, and nowhere else",
        arguments: [
            ("policies: [new-cost]", "must say up to how much"), ("policies: [tags], upTo: 5 USD", "'tags' is none"),
            ("resources: [\"*\"], upTo: 5 USD", "no 'resources'"),
        ])
    func caps(keys: String, message: String) throws {
        try estate.write(
            "kind: TaggingPolicy\nmetadata: {name: tags}\nspec: {require: [{key: team}]}\n---\n"
                + "kind: Exemption\nmetadata: {name: x}\nspec: {\(keys), reason: r, approvedBy: a, expires: 2026-12-31}\n",
            to: "policies/x.yaml")
        let said = run("validate")
        #expect(said.code == 2 && said.error.contains(message), "\(said)")
    }

    @Test("and code is shown with its dollars, as text, JSON and a page")
    func blame() throws {
        let text = run("blame", "infra/main.tf")
        #expect(text.code == 0, "\(text)")
        #expect(text.output.contains("~$3,364") && text.output.contains("resource \"aws_instance\" \"big\" {"), "\(text.output)")
        let folder = run("blame", ".")
        #expect(folder.output.contains("infra/main.tf:5") && folder.output.contains("a large machine"), "\(folder.output)")
        let document = try JSONReader.read(Array(run("blame", "infra", "--format", "json").output.utf8))
        #expect(document["totals"]?["estimated"]?["amount"] == "3363.84")
        let page = run("blame", "infra", "--html")
        #expect(page.output.hasPrefix("<!doctype html>") && page.output.contains("~$3,364"))
        let missing = run("blame", "infra/nowhere")
        #expect(missing.code == 2 && missing.error.contains("there is no file or folder 'infra/nowhere'"), "\(missing)")
        #expect(run("blame").code == 2)
    }
}
