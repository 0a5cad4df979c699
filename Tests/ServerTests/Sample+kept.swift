import CostModel
import Game
import JSON
import Reporting

extension Sample {
    static let budget: BudgetStatus = {
        var status = BudgetStatus(
            name: "payments-monthly", period: BudgetPeriod(.monthly, holding: day), closed: false, cost: .effective, amount: dollars(900),
            actual: dollars(450), forecast: dollars(950), forecastMethod: "a mix", judged: true)
        status.forecastLow = dollars(900)
        status.forecastHigh = dollars(1_000)
        status.coverage.known = 20
        status.burn = .init(plan: dollars(800), reserve: dollars(100), burned: dollars(60), page: nil, isTooNoisy: false)
        return status
    }()

    /// What the newest evaluation left.
    static let kept: KeptEvaluation = {
        var whole = budget
        whole.name = workspace
        whole.burn = nil
        let row = SpendOverview.Row(name: nil, current: dollars(1_134), previous: dollars(1_466))
        let month = SpendOverview(month: whole, days: day.advanced(by: -28)..<day, total: row, parts: [], unknownDays: [])
        let policy = PolicyReference(.tagging, "cost-allocation")
        let anomalies = ["one", "two"].map { id in
            Anomaly(
                id: "unusual/\(id)", policy: PolicyReference(.anomaly, "unusual"), team: "payments", group: "payments", account: nil,
                kind: "spike", start: day.advanced(by: -3), lastDay: day.advanced(by: -2), isRunning: id == "one", expected: dollars(10),
                actual: dollars(40), replaced: dollars(0), causes: [], why: nil)
        }
        let scenarios = ["bigger", "smaller"].map { name in
            var entry = ScenarioResult.Entry(
                identity: ResourceIdentity(root: "infra", address: "aws_instance.web"), team: "payments", steps: ["m5.large → m5.xlarge"],
                before: FixedDecimal(70), after: nil)
            entry.notes = ["no price"]
            var result = ScenarioResult(name: name, place: Place(file: "policies/s.yaml", line: 3), currency: .usd, entries: [entry])
            result.checks = [.init(.unknown, "after is below 100 USD")]
            return result
        }
        return KeptEvaluation(
            revision: "9f2c1ab0", evaluatedAt: now, currency: .usd, overview: month,
            budgets: [
                BudgetEntry(status: budget, team: "payments", isWhole: false, message: "will be over", severity: .high),
                BudgetEntry(status: whole, team: nil, isWhole: true),
            ],
            campaigns: ["autumn", "winter"].map { name in
                Campaign(
                    name: name, place: Place(file: "policies/c.yaml", line: 1), policies: [policy.name],
                    goal: .fixed(FixedDecimal(1).scaled(by: 4, over: 5)), days: day.advanced(by: -10)...day.advanced(by: 10))
            }, players: ["payments", "search"],
            wins: [
                "payments": [
                    WinToCopy(
                        policy: policy, rule: "missing-tag", team: "search", title: "add a tag", merged: day, verified: dollars(3),
                        patches: [.init(change: "c-9", title: "add a tag", file: "infra/a.tf", line: 3)], savings: nil)
                ]
            ], anomalies: anomalies, simulations: scenarios)
    }()

    static let caught = CaughtFindings(
        since: day.advanced(by: -60),
        entries: ["f-c1", "f-c2"].map { id in
            .init(
                id: id, policy: PolicyReference(.tagging, "cost-allocation"), rule: "missing-tag", severity: .high, team: "payments",
                resource: "infra:aws_sqs_queue.jobs", message: "required tag 'team' is missing", commit: "c0ffee", merge: "d00d",
                merged: day.advanced(by: -2))
        }, arrivals: [.init(day: day.advanced(by: -2), judged: 1, single: 3)])

    static let references = ResourceGraph(
        ["jobs", "policy"].map { name in
            var resource = Resource(
                identity: ResourceIdentity(root: "infra", address: "aws_sqs_queue.\(name)"), type: "aws_sqs_queue", provider: "aws",
                location: Place(file: "infra/main.tf", line: 4), block: FileSpan(file: "infra/main.tf", bytes: 0..<1),
                tags: TagSet(supported: nil))
            if name == "jobs" { resource.referencedBy = [.init(type: "aws_sqs_queue", address: "aws_sqs_queue.policy")] }
            return resource
        }, monthly: [ResourceIdentity(root: "infra", address: "aws_sqs_queue.jobs"): dollars(12)], currency: .usd)

    static let commit = String(repeating: "c0ffee00", count: 5)
    static let details = KeptDetails(
        commit: commit, places: ["f-0a": Place(file: "infra/main.tf", line: 12), "f-9z": Place(file: "gone.tf", line: 1)],
        penalties: [
            "payments": [.init(finding: "f-0a", points: Points(hundredths: 1_999), atStake: dollars(12), due: day, isOverdue: true)]
        ],
        exemptions: ["legacy": .init(reason: "until the move", approvedBy: "finops")], unscored: nil, unowned: dollars(7))

    /// What the newest run offers.
    static let offers: RequestOffers = {
        let standings: [(String, String?, RequestOffer.State)] = [
            ("g-000000000001-aaaaaaaa", "payments", .ready), ("g-000000000002-bbbbbbbb", "search", .open),
            ("g-000000000003-cccccccc", nil, .waiting),
        ]
        return RequestOffers(
            revision: "9f2c1ab0", madeAt: now,
            offers: standings.map { id, team, standing in
                RequestOffer(
                    id: id, team: team, policies: [PolicyReference(.tagging, "cost-allocation")], title: "tags", findings: ["f-0a"],
                    atStake: dollars(12), monthlySavings: nil,
                    changes: [
                        .init(
                            id: "c-1", title: "add a tag", file: "infra/a.tf", line: 3, findings: ["f-0a"], monthlySavings: nil,
                            patch: "--- a/infra/a.tf\n+++ b/infra/a.tf\n@@ -1 +1,2 @@\n a\n+  b\n")
                    ], standing: standing, reason: standing == .waiting ? "outside of the times of 'schedule'" : nil,
                    request: standing == .open ? "https://forge.example/acme/infra/pulls/7" : nil)
            })
    }()

    static let texts = [
        KeptEvaluation.key: kept.text, CaughtFindings.key: caught.text, ResourceGraph.key: references.text,
        RequestOffers.key: offers.text, KeptDetails.key: details.text,
    ]
}
