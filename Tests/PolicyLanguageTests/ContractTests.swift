import CostModel
import Diagnostics
import Patterns
import PolicyLanguage
import Testing

/// The examples of the language's page, with what this version cannot evaluate.
private let contract = (
    workspace: """
    apiVersion: bursar/v1
    kind: Workspace
    metadata: {name: acme}
    spec:
      currency: USD
      policies: [policies, teams]           # files or folders, in Git
      observe:                              # what the world looks like; paths may lie outside Git, globs allowed
        cost:
          - {name: billing, format: focus, paths: ["observed/focus/*.csv.gz"]}
        inventory:
          - {name: infra, format: terraform, path: infra, state: ["observed/state/{root}/terraform.tfstate"]}
          - {name: clusters, format: kubernetes, path: deploy}
        utilization:
          - {name: metrics, format: csv, paths: ["observed/utilization.csv"]}
      remediation: {branchPrefix: bursar/, maxChangesPerPlan: 50}
      scoring: {materiality: 1000 USD, freeze: [{from: 2026-12-20, to: 2027-01-04}], badges: {branch: bursar-badges, amounts: true}}

    """,
    policies: """
    kind: Team
    metadata: {name: engineering}
    spec: {}
    ---
    kind: Team
    metadata: {name: payments}
    spec:
      parent: engineering
      costCenter: CC-1010
      contact: "#payments"
      owns:                                 # precedence: tags, then paths, then accounts
        - tags: {team: payments}
        - paths: ["infra/payments/**"]      # the longest matching path wins
        - accounts: ["111122223333"]
    ---
    kind: Budget
    metadata: {name: payments-monthly}
    spec:
      scope: {team: payments}               # any of team, accounts, services, regions, tags, and where: a CEL expression over cost
      period: monthly                       # daily | monthly | quarterly | annually
      amount: 12000 USD
      cost: effective                       # effective | billed | list | contracted
      include: {tax: false, credits: true}
      alerts:
        - {when: actual, above: 80%, severity: medium}
        - {when: forecast, above: 100%, severity: high}
    ---
    kind: TaggingPolicy
    metadata: {name: cost-allocation}
    spec:
      severity: high
      enforcement: block
      match: {types: ["aws_*"], paths: ["infra/**"], where: "resource.monthlyCost > usd(10)"}   # each part optional
      require:
        - {key: team, values: {of: teams}, default: {from: team.name}}
        - {key: environment, values: [prod, staging, dev], aliases: [env, Environment], default: {from: path, segment: 3}}
        - {key: cost-center, pattern: "CC-[0-9]{4}", default: {from: team.costCenter}}
      fix: automatic                        # automatic | review | advisory
    ---
    kind: RightsizingPolicy
    metadata: {name: compute-headroom}
    spec:
      severity: medium
      match: {types: [aws_instance]}
      lookback: 14d
      minimumSamples: 100                   # fewer: no recommendation, and the reason is listed
      cpu: {percentile: 95, target: 60%}    # on the proposed size, p95 CPU stays at or under 60 %
      memory: {percentile: 99, target: 80%}
      idle: {cpuBelow: 3%, for: 14d}
      guardrails:
        families: same                      # same | any | a list
        maxStep: 2                          # sizes down in one change
        minimumMonthlySavings: 20 USD
        exclude: {tags: {critical: "true"}}
      fix: review
    ---
    kind: Rule
    metadata: {name: gp3-volumes}
    spec:
      severity: low
      match: {types: [aws_ebs_volume]}
      assert: 'resource.attributes.?type.orValue("gp2") != "gp2"'   # the provider's default counts
      message: "{resource.address} is gp2; gp3 costs less at the same size"
      fix: {mode: review, set: {type: gp3}}
    ---
    kind: Exemption
    metadata: {name: legacy-ledger}
    spec:
      policies: [cost-allocation]
      resources: ["aws_instance.legacy*"]
      reason: "leaves with the data centre, FIN-312"
      approvedBy: finops
      expires: 2027-01-31                   # mandatory; at most 180 days ahead

    """
)

@Suite("the language's page")
struct ContractTests {
    @Test("loads but for what this version cannot evaluate, which is said at its place")
    func unsupported() {
        #expect(
            complaints(contract.policies, workspace: contract.workspace) == """
                bursar.yaml:12:34: error: format 'kubernetes' is not supported by this version; it must be 'terraform'
                  12 |       - {name: clusters, format: kubernetes, path: deploy}
                     |                                  ^~~~~~~~~~

                """)
    }

    private func supported() throws -> PolicySet {
        let workspace = contract.workspace.replacing("      - {name: clusters, format: kubernetes, path: deploy}\n", with: "")
        let documents = contract.policies.replacing(", where: \"resource.monthlyCost > usd(10)\"", with: "").split(separator: "---\n")
        let (policies, diagnostics) = load(
            documents.filter { !$0.hasPrefix("kind: Rule") }.joined(separator: "---\n"), workspace: workspace)
        #expect(CaretPrinter().render(diagnostics) == "")
        return try #require(policies)
    }

    @Test("says of the workspace what is written")
    func workspace() throws {
        let workspace = try supported().workspace
        #expect(workspace.name == "acme" && workspace.currency == .usd && workspace.policyPaths == ["policies", "teams"])
        #expect(workspace.place == Place(file: "bursar.yaml", line: 2, column: 1))
        #expect(
            workspace.cost == [
                CostSource(name: "billing", place: Place(file: "bursar.yaml", line: 9, column: 9), paths: ["observed/focus/*.csv.gz"])
            ])
        #expect(
            workspace.inventory.first?.state == ["observed/state/{root}/terraform.tfstate"] && workspace.inventory.first?.path == "infra")
        #expect(workspace.utilization.first?.paths == ["observed/utilization.csv"])
        #expect(workspace.remediation == RemediationSettings() && workspace.scoring.materiality == Money(FixedDecimal(1000), .usd))
        #expect(workspace.scoring.badges == BadgeSettings(branch: "bursar-badges", showsAmounts: true))
        #expect(workspace.scoring.freeze == [Day(year: 2026, month: 12, day: 20)...Day(year: 2027, month: 1, day: 4)])
    }

    @Test("says of teams and exemptions what is written")
    func teamsAndExemptions() throws {
        let policies = try supported()
        #expect(
            policies.team("payments")
                == Team(
                    name: "payments", place: Place(file: "a.yaml", line: 5, column: 1), parent: "engineering", costCenter: "CC-1010",
                    contact: "#payments",
                    claims: [.tags(["team": "payments"]), .paths([try PathGlob("infra/payments/**")]), .accounts(["111122223333"])]))
        #expect(
            policies.exemptions == [
                Exemption(
                    name: "legacy-ledger", place: Place(file: "a.yaml", line: 57, column: 1), policies: ["cost-allocation"],
                    resources: [Glob("aws_instance.legacy*")], reason: "leaves with the data centre, FIN-312", approvedBy: "finops",
                    expires: Day(year: 2027, month: 1, day: 31))
            ])
    }

    @Test("says of policies what is written")
    func policies() throws {
        let policies = try supported()
        let budget = try #require(policies.budgets.first)
        #expect(budget.amount.exact == "12000 USD" && budget.period == .monthly && budget.cost == .effective)
        #expect(budget.amountPlace == Place(file: "a.yaml", line: 21, column: 3))
        #expect(
            budget.alerts == [
                .init(.actual, above: try FixedDecimal("0.8"), .medium), .init(.forecast, above: FixedDecimal(1), .high),
            ])
        #expect(budget.header.level == 1 && budget.header.severity == .medium && budget.header.enforcement == .warn)

        let tagging = try #require(policies.tagging.first)
        #expect(tagging.header.severity == .high && tagging.header.enforcement == .block && tagging.header.fix == .automatic)
        #expect(tagging.match == ResourceMatch(types: [Glob("aws_*")], paths: [try PathGlob("infra/**")]))
        #expect(tagging.requires.map(\.allowed) == [.teams, .list(["prod", "staging", "dev"]), .any])
        #expect(tagging.requires.map(\.defaultValue) == [.teamName, .pathSegment(3), .teamCostCenter])
        #expect(tagging.requires[1].aliases == ["env", "Environment"])
        #expect(tagging.requires[2].pattern == (try LinearPattern("CC-[0-9]{4}")))

        let rightsizing = try #require(policies.rightsizing.first)
        #expect(rightsizing.cpu == .init(percentile: FixedDecimal(95), target: FixedDecimal(60)))
        #expect(rightsizing.idle == .init(cpuBelow: FixedDecimal(3), duration: .days(14)))
        #expect(
            rightsizing.guardrails
                == .init(
                    families: .same, maxStep: 2, minimumMonthlySavings: Money(FixedDecimal(20), .usd), excludedTags: ["critical": "true"]))
        #expect(rightsizing.header.level == 2)
        #expect(policies.digest.count == 64)
    }

    @Test("a budget needs its scope and amount only")
    func enoughForABudget() throws {
        let (policies, diagnostics) = load(object("Budget", "{scope: {regions: [eu-west-1]}, amount: 0.5 USD}"))
        #expect(CaretPrinter().render(diagnostics) == "")
        let budget = try #require(policies?.budgets.first)
        #expect(budget.period == .monthly && budget.cost == .effective && !budget.includeTax && budget.includeCredits)
        #expect(
            budget.alerts == [.init(.actual, above: try FixedDecimal("0.8"), .medium), .init(.actual, above: FixedDecimal(1), .high)])
    }
}
