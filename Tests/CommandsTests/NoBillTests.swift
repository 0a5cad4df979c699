import CostModel
import JSON
import Reporting
import TestSupport
import Testing

@testable import Commands

/// A workspace that says `observe.cost: none`: what needs a bill is unknown, never zero and never passed.
@Suite("without a bill")
struct NoBillTests {
    private let repository: TemporaryRepository

    init() throws {
        repository = try TemporaryRepository()
        try repository.write(Self.workspace("none"), to: "bursar.yaml")
        try repository.write(Self.policies, to: "policies/all.yaml")
        try repository.write(Self.code, to: "infra/app/main.tf")
        try repository.write(AgreedEstate.state, to: "state/infra/app/terraform.tfstate")
        try repository.commit("the estate")
    }

    private static func workspace(_ cost: String) -> String {
        """
        apiVersion: bursar/v1
        kind: Workspace
        metadata: {name: small}
        spec:
          currency: USD
          policies: [policies]
          observe:
            cost: \(cost)
            inventory: [{name: infra, format: terraform, path: infra, state: ["state/{root}/terraform.tfstate"]}]

        """
    }

    private static let policies = """
        kind: Team
        metadata: {name: payments}
        spec:
          owns: [{paths: ["infra/app/**"]}]
        ---
        kind: TaggingPolicy
        metadata: {name: tags}
        spec:
          require: [{key: team, default: {from: team.name}}]
        ---
        kind: Budget
        metadata: {name: monthly}
        spec: {scope: {team: payments}, amount: 100 USD, enforcement: block}
        ---
        kind: Rule
        metadata: {name: cheap}
        spec:
          assert: "resource.monthlyCost < money('10 USD')"
          message: "{resource.address} is dear"
        ---
        kind: Rule
        metadata: {name: within-budget}
        spec:
          assert: "budget.used < 0.5"
          message: "the budget of {team.name} is half used"
        ---
        kind: Rule
        metadata: {name: no-growth}
        spec:
          assert: "cost.previousMonthly >= resource.monthlyCost"
          message: "{resource.address} grew"

        """

    private static let code = """
        resource "aws_instance" "web" {
          ami           = "ami-1"
          instance_type = "m5.large"
        }

        """

    private func run(_ words: String...) -> Said { Said(words + ["-C", repository.path, "--now", AgreedEstate.now]) }

    private func document(_ words: String...) throws -> JSONValue {
        try JSONReader.read(Array(Said(words + ["-C", repository.path, "--now", AgreedEstate.now, "--format", "json"]).output.utf8))
    }

    @Test("tags are judged, and what needs the bill is unknown with the reason")
    func check() throws {
        let said = run("check")
        #expect(said.code == 0, "\(said.error)")
        #expect(said.output.contains("required tag 'team' is missing"))
        #expect(said.output.contains("note  bursar.yaml"))
        let findings = try document("check", "--all")["findings"].items
        #expect(findings.count == 6)
        let results = Dictionary(grouping: findings, by: { $0["policy"]["name"].text ?? "" })
        #expect(results["tags"]?.allSatisfy { $0["result"].text == "fail" } == true)
        for name in ["monthly", "cheap", "within-budget", "no-growth", "small"] {
            let found = try #require(results[name], "\(name) has no finding")
            for finding in found {
                #expect(finding["result"].text == "unknown", "\(name) is \(finding["result"].text ?? "")")
                #expect(finding["reason"].text?.contains("there is no bill (observe.cost: none)") == true, "\(name)")
            }
        }
        for finding in findings {
            #expect(finding["atStake"] == .null && finding["monthlyCost"] == .null && finding["monthlySavings"] == .null)
        }
        #expect(try document("check")["budgets"] == .array([]))
    }

    @Test("a policy that blocks fails the check, and an unknown one when asked to be strict")
    func codes() throws {
        #expect(run("check", "--strict").code == 1)
        try repository.write(
            Self.policies.replacing("  require: [", with: "  enforcement: block\n  require: ["), to: "policies/all.yaml")
        #expect(run("check").code == 1)
        #expect(run("plan").code == 0)
    }

    @Test(
        "no form of the result shows an amount",
        arguments: ["text", "markdown", "json", "sarif", "junit", "github", "gitlab", "checkstyle"])
    func amounts(format: String) {
        for words in [["check", "--format", format], ["check", "--base", "HEAD", "--format", format]] {
            let said = Said(words + ["-C", repository.path, "--now", AgreedEstate.now])
            #expect(said.code == 0, "\(said.error)")
            #expect(!said.output.contains("$0") && !said.output.contains(#""amount": "0""#), "\(said.output)")
        }
    }

    @Test("the scorecard has no score and no cost, and says why")
    func scorecard() throws {
        let said = run("scorecard")
        #expect(said.code == 0)
        #expect(said.output.contains("not scored: there is no bill (observe.cost: none)"))
        #expect(!said.output.contains("100") && !said.output.contains("$0"))
        #expect(!run("scorecard", "--format", "markdown").output.contains("$0"))
        let board = try document("scorecard")
        #expect(board["unowned"] == .null)
        let team = try #require(board["teams"].items.first)
        for key in ["score", "cost", "potentialSavings", "rank", "league"] { #expect(team[key] == .null, "\(key)") }
        #expect(team["level"].text == "none")
    }

    @Test("nothing can be broken down, and the inventory shows no amount")
    func cost() {
        let said = run("cost")
        #expect(said.code == 2 && said.output.isEmpty)
        #expect(said.error.contains("there is no bill (observe.cost: none)"))
        #expect(!run("inventory").output.contains("$0"))
    }

    @Test("a snapshot says so too, and a workspace that has a bill does not take it for one")
    func snapshot() throws {
        let file = repository.path + "/observations.json"
        #expect(run("observe", "--out", file).code == 0)
        let said = run("check", "--observations", file)
        #expect(said.code == 0, "\(said.output)")
        #expect(said.output.contains("there is no bill (observe.cost: none)") && !said.output.contains("$0"))
        try repository.write(Self.workspace(#"[{name: b, format: focus, paths: ["bill.csv"]}]"#), to: "bursar.yaml")
        let other = run("check", "--observations", file)
        #expect(other.code == 3)
        #expect(other.output.contains("was taken where there was no bill"))
        #expect(!other.output.contains("crosses no alert"))
    }

    @Test("a change that takes the bill away is judged by the base's bill")
    func change() throws {
        try repository.write(Self.workspace(#"[{name: b, format: focus, paths: ["bill.csv"], maxAge: none}]"#), to: "bursar.yaml")
        try repository.write(AgreedEstate.bill(), to: "bill.csv")
        try repository.commit("a bill")
        try repository.write(Self.workspace("none"), to: "bursar.yaml")
        let said = run("check", "--base", "HEAD")
        #expect(said.code == 0, "\(said.output)")
        #expect(!said.output.contains("there is no bill"))
    }

    @Test("forgetting the key is not saying it: exit code 3, with the word to say")
    func forgotten() throws {
        try repository.write(Self.workspace("none").replacing("    cost: none\n", with: ""), to: "bursar.yaml")
        let said = run("check")
        #expect(said.code == 3)
        #expect(said.output.contains("'observe.cost: none' says that there is no bill"))
    }

    @Test("any other word is an error", arguments: ["non", "nothing", "[]", "{}"])
    func words(cost: String) throws {
        try repository.write(Self.workspace(cost), to: "bursar.yaml")
        let said = run("validate")
        #expect(said.code == 2)
        #expect(said.error.hasPrefix("bursar.yaml:8:11: error: "), "\(said.error)")
    }
}
