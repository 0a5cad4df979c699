import CostModel
import Reporting

extension Fixtures {
    /// A change that lowers a budget, adds an untagged instance, fixes a queue, and would exempt itself.
    static var comparison: Comparison {
        var before = findings[1]
        before.severity = .low
        before.atStake = usd(64)
        let over = PolicyReference(.budget, "payments-monthly")
        var gone = findings[4]
        gone.exemption = nil
        gone.message = "tag 'team' is 'paymets', which is no team"
        var comparison = Comparison(
            base: "0123456789abcdef0123456789abcdef01234567", baseName: "origin/main",
            findings: [
                .init(change: .new, before: nil, after: findings[0]),
                .init(change: .new, before: nil, after: findings[2], causes: [over]),
                .init(change: .changed, before: before, after: findings[1], details: ["severity low → medium"]),
                .init(change: .fixed, before: gone, after: nil),
                .init(change: .unchanged, before: findings[3], after: findings[3]),
            ],
            policies: [
                .init(
                    policy: over, kind: .changed, place: Place(file: "policies/budgets.yaml", line: 1),
                    fields: [
                        .init(
                            path: "amount", before: "12,000 USD", after: "9,000 USD",
                            place: Place(file: "policies/budgets.yaml", line: 9)),
                        .init(
                            path: "include.tax", before: nil, after: "true", place: Place(file: "policies/budgets.yaml", line: 11)),
                    ]),
                .init(
                    policy: .init(.exemption, "new-ledger"), kind: .added, place: Place(file: "policies/exemptions.yaml", line: 12)),
            ],
            teams: [
                .init(
                    team: "payments", scoreBefore: Points(hundredths: 8_237), scoreAfter: Points(hundredths: 7_931),
                    atStakeBefore: usd(69), atStakeAfter: usd(991), savingsBefore: usd(69), savingsAfter: usd(140), new: 2, fixed: 0,
                    changed: 1),
                .init(
                    team: "search", scoreBefore: Points(hundredths: 9_940), scoreAfter: Points(hundredths: 9_999), atStakeBefore: usd(0),
                    atStakeAfter: usd(0), savingsBefore: usd(0), savingsAfter: usd(0), new: 0, fixed: 0, changed: 0),
                .init(
                    team: nil, scoreBefore: nil, scoreAfter: nil, atStakeBefore: usd(4, hundredths: 20), atStakeAfter: usd(0),
                    savingsBefore: usd(0), savingsAfter: usd(0), new: 0, fixed: 1, changed: 0),
            ],
            pending: [
                .init(
                    what: "Exemption new-ledger", place: Place(file: "policies/exemptions.yaml", line: 12),
                    effect: "would cover 2 findings")
            ])
        comparison.rollout = .init(
            days: 14, policies: [over],
            teams: [.init(team: "payments", before: Points(hundredths: 8_237), after: Points(hundredths: 7_931))])
        return comparison
    }

    /// With all that a caller may add.
    static var pipeline: CheckReport {
        var report = CheckReport(context: context, result: result, currency: .usd, problems: [problems[0]])
        report.prefix = "estates/acme"
        report.workspace = "acme"
        report.toolVersion = "0.1.0"
        report.repositoryURL = "https://git.example.com/acme/infra"
        report.policies = [tagging, rightsizing, budget]
        report.policies[0].description = "every dollar has an owner; see <https://wiki.example.com>"
        report.rules = [
            RuleText(
                id: "missing-tag", title: "a required tag is missing", does: "Looks at the tags.", cost: "Nobody is asked.",
                remedy: "tags = {\n  team = \"payments\"\n}")
        ]
        report.fixes = plan.changes
        return report
    }

    static var compared: CheckReport {
        var report = pipeline
        report.comparison = comparison
        return report
    }

    static var unchanged: CheckReport {
        var report = pipeline
        report.problems = []
        report.comparison = Comparison(
            base: comparison.base, baseName: "origin/main",
            findings: findings.prefix(4).map { .init(change: .unchanged, before: $0, after: $0) }, policies: [], teams: [], pending: [])
        return report
    }
}
