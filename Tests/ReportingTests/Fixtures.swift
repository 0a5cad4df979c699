import CostModel
import Diagnostics
import Reporting

/// A small estate that shows every kind of line a report has.
enum Fixtures {
    static let context = ReportContext(
        revision: "9f2c1ab04e5d6c7b8a99887766554433221100ff", evaluatedAt: Instant(seconds: 1_793_491_200))

    static func usd(_ whole: Int, hundredths: Int = 0) -> Money {
        Money(FixedDecimal(whole * 100 + hundredths).scaled(by: 1, over: 100), .usd)
    }

    static let tagging = PolicyHeader(
        reference: .init(.tagging, "cost-allocation"), place: Place(file: "policies/tagging.yaml", line: 1), severity: .high,
        enforcement: .block, level: 1, fix: .automatic)
    static let rightsizing = PolicyHeader(
        reference: .init(.rightsizing, "compute-headroom"), place: Place(file: "policies/rightsizing.yaml", line: 1), level: 2)
    static let budget = PolicyHeader(
        reference: .init(.budget, "payments-monthly"), place: Place(file: "policies/budgets.yaml", line: 1), level: 1)

    static let web = Finding.ResourceReference(
        identity: .init(root: "infra/payments/ledger", address: #"module.ledger.aws_instance.web["a"]"#), id: "i-0abc",
        type: "aws_instance",
        provider: "aws")
    static let queue = Finding.ResourceReference(
        identity: .init(root: "infra/search", address: "aws_sqs_queue.jobs"), id: nil, type: "aws_sqs_queue", provider: "aws")

    static let findings: [Finding] = [
        Finding(
            policy: tagging, rule: "missing-tag", verdict: .fail, team: "payments", message: "required tag 'team' is missing",
            subject: "team", proposal: ["team": "payments"], resource: web,
            location: Place(file: "infra/payments/main.tf", line: 12, endLine: 18), monthlyCost: usd(1340, hundredths: 50),
            atStake: usd(411)),
        Finding(
            policy: rightsizing, rule: "oversized-instance", verdict: .fail, team: "payments",
            message: "m5.2xlarge is larger than it needs to be: m5.xlarge holds p95 CPU at 42 %", proposal: ["instance_type": "m5.xlarge"],
            resource: web, location: Place(file: "infra/payments/main.tf", line: 14, column: 3), monthlyCost: usd(1340, hundredths: 50),
            monthlySavings: usd(140), atStake: usd(128, hundredths: 88)),
        Finding(
            policy: budget, rule: "over-budget", verdict: .fail, severity: .high, team: "payments",
            message: "October's actual 12,412 is above 100 % of 12,000 USD", location: Place(file: "policies/budgets.yaml", line: 9),
            atStake: usd(372, hundredths: 13)),
        Finding(
            policy: tagging, rule: "missing-tag", verdict: .unknown, team: "search", message: "tag 'environment' cannot be known",
            subject: "environment", reason: "computed by lookup()", resource: queue,
            location: Place(file: "infra/search/queues.tf", line: 3), monthlyCost: usd(4, hundredths: 20), atStake: usd(3, hundredths: 87)),
        Finding(
            policy: tagging, rule: "wrong-tag-value", verdict: .fail, team: nil, message: "tag 'team' is 'paymets', which is no team",
            subject: "team", resource: queue, location: Place(file: "infra/search/queues.tf", line: 5), monthlyCost: usd(4, hundredths: 20),
            atStake: usd(3, hundredths: 87), exemption: "legacy-ledger"),
        Finding(
            policy: tagging, rule: "missing-tag", verdict: .pass, team: "search", message: "tag 'cost-center' is 'CC-1010'",
            subject: "cost-center", resource: queue, location: Place(file: "infra/search/queues.tf", line: 3), atStake: usd(0)),
    ].map { finding in
        var finding = finding
        finding.isFixable = !finding.proposal.isEmpty
        return finding
    }

    static var result: EvaluationResult {
        EvaluationResult(
            now: context.evaluatedAt, findings: findings,
            suppressed: [
                Suppression(
                    policy: rightsizing.reference, resource: web, location: Place(file: "infra/payments/main.tf", line: 12),
                    reason: .tooFewSamples, detail: "40 samples, 100 are asked for")
            ],
            budgets: [
                BudgetStatus(
                    name: "payments-monthly", period: BudgetPeriod(.monthly, holding: Day(year: 2026, month: 10, day: 1)), closed: true,
                    cost: .effective, amount: usd(12000), actual: usd(12412), forecast: nil, forecastMethod: nil, judged: true),
                BudgetStatus(
                    name: "search-monthly", period: BudgetPeriod(.monthly, holding: Day(year: 2026, month: 10, day: 1)), closed: false,
                    cost: .effective, amount: usd(9000), actual: usd(3780), forecast: usd(7100),
                    forecastMethod: "mean of each weekday over four weeks", judged: true),
            ],
            exemptions: [
                ExemptionResult(
                    name: "legacy-ledger", place: Place(file: "policies/exemptions.yaml", line: 4), standing: .expiring,
                    expires: Day(year: 2026, month: 11, day: 5), findings: [findings[4].id])
            ],
            summary: .init(resources: 2, findings: FindingCounts(findings), suppressed: 1), owners: [web.identity: "payments"],
            spend: [web.identity: usd(1234)],
            spendByScope: SpendByScope(teams: [:], unowned: .init(), workspace: .init(), controls: [], firstDay: [:]))
    }

    static let problems = [
        Problem(.warning, id: "exemption-expiring", file: "policies/exemptions.yaml", line: 4, column: 1, "legacy-ledger ends in 4 days"),
        Problem(.partial, id: "torn-gzip", file: "observed/focus/2026-10.csv.gz", "the file ends in the middle of a block"),
    ]

    static var check: CheckReport { CheckReport(context: context, result: result, currency: .usd, problems: problems) }

    static var leaderboard: Leaderboard {
        Leaderboard(
            teams: [
                Scorecard(
                    team: "search", parent: "engineering", rank: 1, league: 1, score: Points(hundredths: 10_000), level: .gold,
                    cost: usd(1840), potentialSavings: usd(0), penalties: []),
                Scorecard(
                    team: "payments", parent: "engineering", rank: 2, league: 1, score: Points(hundredths: 7_237), level: .bronze,
                    cost: usd(41_200, hundredths: 5), potentialSavings: usd(140),
                    penalties: [
                        .init(finding: findings[0].id, points: Points(hundredths: 1_543), atStake: usd(411)),
                        .init(finding: findings[2].id, points: Points(hundredths: 900), atStake: usd(372, hundredths: 13)),
                        .init(finding: findings[1].id, points: Points(hundredths: 320), atStake: usd(128, hundredths: 88)),
                    ]),
                Scorecard(
                    team: "labs", parent: nil, score: nil, level: .none, cost: usd(12), potentialSavings: usd(0), penalties: [],
                    note: "under $1,000 in 28 days"),
            ], unowned: usd(311, hundredths: 40))
    }

    static let patch = """
        diff --git a/infra/payments/main.tf b/infra/payments/main.tf
        --- a/infra/payments/main.tf
        +++ b/infra/payments/main.tf
        @@ -13,2 +13,2 @@
           ami = "ami-1"
        -  instance_type = "m5.2xlarge"
        +  instance_type = "m5.xlarge"

        """

    static var plan: Plan {
        Plan(
            baseCommit: context.revision, policyDigest: String(repeating: "a", count: 64),
            observedDigest: String(repeating: "b", count: 64),
            evaluatedAt: context.evaluatedAt, expires: context.evaluatedAt.adding(.days(7)),
            changes: [
                .init(
                    id: "c-1d2e3f405162", title: "set instance_type of aws_instance.web to m5.xlarge", findings: [findings[1].id],
                    team: "payments", file: "infra/payments/main.tf", line: 14, baseBlob: String(repeating: "1", count: 40),
                    newBlob: String(repeating: "2", count: 40), applicability: .review, monthlySavings: usd(140), patch: patch,
                    edits: [TextEdit(37..<47, "m5.xlarge")]),
                .init(
                    id: "c-99887766aabb", title: "set tag team on aws_sqs_queue.jobs", findings: [findings[4].id], team: nil,
                    file: "infra/search/queues.tf", line: 5, applicability: .advisory, reason: "the value is computed by lower()"),
            ],
            files: [
                .init(
                    path: "infra/payments/main.tf", baseBlob: String(repeating: "1", count: 40), newBlob: String(repeating: "2", count: 40))
            ], patch: patch)
    }

    static var planReport: PlanReport { PlanReport(plan: plan, toolVersion: "0.1.0", currency: .usd) }
}
