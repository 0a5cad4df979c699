import CostModel

/// One full value of each kind, every optional filled; tests take away what they are about.
enum Samples {
    static let now = Instant("2026-11-01T12:00:00Z")!
    static let day = Day("2026-11-01")!

    static func usd(_ text: String) -> Money {
        guard let amount = try? FixedDecimal(text) else { preconditionFailure("a test says '\(text)' where it means an amount") }
        return Money(amount, .usd)
    }

    static func run(_ id: String = "r-000000000001", started: Instant = now, outcome: Run.Outcome = .succeeded) -> Run {
        Run(
            id: id, trigger: .interval, started: started, finished: started.adding(TimeSpan(seconds: 9)), outcome: outcome,
            revision: "9f2c",
            policyDigest: "p1", observedDigest: "o1", isDryRun: true, isPartial: true,
            stages: [
                StageStatus(stage: .fetch, condition: .ready, reason: .succeeded, started: started, milliseconds: 12),
                StageStatus(
                    stage: .observe, condition: .reconciling, reason: .partialObservation, message: "the bill is 3 days old",
                    started: started, milliseconds: 900),
            ],
            summary: RunSummary(
                resources: 120, failing: [.high: 3, .low: 0], unknown: 2, exempt: 1, atStake: usd("412.000000000000000001"),
                potentialSavings: usd("-0.5"), openRequests: 4))
    }

    static func life(_ id: String = "f-6c1d0a52e4b3", state: FindingLife.State = .open) -> FindingLife {
        FindingLife(
            identity: "identity-of-\(id)", id: id, policy: PolicyReference(.tagging, "cost-allocation"), rule: "missing-tag",
            verdict: .fail, severity: .high,
            team: "payments", resource: "infra/pay:aws_instance.web[\"a\"]", subject: "team", message: "required tag 'team' is missing",
            state: state, firstSeen: now, lastSeen: now.adding(.hours(5)), opened: now, unknownSince: now, missedSince: now,
            fixed: state == .fixed ? now.adding(.hours(5)) : nil, fixedBy: state == .fixed ? "abc1" : nil, reopened: 0,
            due: day.advanced(by: 30), isExempt: true, atStake: usd("412.5"), monthlySavings: usd("140"),
            deployed: "aws_instance:arn:aws:ec2:1", period: "2026-11")
    }

    static func score(team: String = "payments", day: Day = day) -> ScoreDay {
        ScoreDay(
            team: team, day: day, score: Points(hundredths: 8234), reachedLevel: .gold, level: .silver, cost: usd("4000"),
            potentialSavings: usd("140"), waste: usd("99.99"), improvement: 10_000, timeliness: 0, leaderboard: Points(hundredths: 7001),
            streakWeeks: 12, isOverdue: true, policyDigest: "p1")
    }

    static func badge(_ name: String = "first-fix", evidence: String = "aa") -> Badge {
        Badge(team: "payments", name: name, awarded: day, reason: "the first finding fixed by a request", evidence: evidence)
    }

    static let change = PlanRecord.Change(
        id: "c-1", title: "set 'team' \u{1} \"quoted\" \\ é\n", file: "infra/pay/main.tf", team: "payments", findings: ["f-1", "f-2"],
        resources: [
            ChangedResource(root: "infra/pay", address: "aws_instance.web", type: "aws_instance", billedAs: ["arn:aws:ec2:1", "i-0abc"]),
            ChangedResource(root: "infra/pay", address: "aws_instance.db", type: "aws_instance", billedAs: []),
        ], monthlySavings: usd("140.25"))

    static let bareChange = PlanRecord.Change(
        id: "c-2", title: "", file: "a.tf", team: nil, findings: [], resources: [], monthlySavings: nil)

    static func request(
        _ group: String = "g-000000000001", state: RequestRecord.State = .open, opened: Instant = now
    ) -> RequestRecord {
        RequestRecord(
            group: group, team: "payments", state: state, branch: "bursar/payments-1", title: "payments: tag 2 resources", number: 17,
            url: "https://git.example/1",
            plan: PlanRecord(
                digest: "d1", baseCommit: "b1", policyDigest: "p1", observedDigest: "o1", made: now, changes: [change, bareChange]),
            commit: "c1", opened: opened, updated: opened.adding(.hours(1)), ended: opened.adding(.hours(2)), mergeCommit: "m1",
            isEdited: true, labels: ["bursar", "cost"])
    }

    static func savings(plan: String = "d1", merged: Instant = now, standing: SavingsStatus = .measured) -> SavingsRecord {
        SavingsRecord(
            change: MergedChange(plan: plan, change: change, commit: "m1", merged: merged), standing: standing, since: day,
            estimated: usd("140"), realised: usd("151.2"), verified: usd("140"), measured: now,
            method: "14 comparable days before, 14 after")
    }

    static func estimate(_ commit: String = "m1", merged: Instant = now, standing: EstimateStatus = .judged) -> EstimateRecord {
        EstimateRecord(
            commit: commit, merged: merged, team: "payments", resource: "infra/pay:aws_instance.web", type: "aws_instance",
            source: .ownPrice, estimated: usd("70.08"), billedAs: ["arn:aws:ec2:1", "i-0abc"], since: day, actual: usd("87.6"),
            error: Points(hundredths: -2_000), standing: standing, method: "14 whole days from 2026-11-01")
    }

    static func cost(_ day: Day = day, team: String? = "payments", service: String = "AmazonEC2", _ amount: String = "12.34") -> DailyCost {
        DailyCost(day: day, team: team, service: service, amount: usd(amount))
    }

    static func use(_ finding: String = "f-1", first: Instant = now, last: Instant = now) -> ExemptionUse {
        ExemptionUse(
            exemption: "legacy", identity: "identity-of-\(finding)", finding: finding, firstUsed: first, lastUsed: last,
            expires: day.advanced(by: 90))
    }

    static func audit(_ object: String = "bursar/payments-1", time: Instant = now, action: AuditEntry.Action = .branchWritten) -> AuditEntry
    {
        AuditEntry(time: time, run: "r-000000000001", cause: "interval", action: action, object: object, detail: "c1; f-1, f-2")
    }

    static func message(_ id: String = "m-1", state: OutboxMessage.State = .sent, due: Instant = now) -> OutboxMessage {
        OutboxMessage(
            id: id, notification: "payments-chat", channel: "chat", thread: id, kind: .findingNew, team: "payments", isResolution: false,
            state: state, created: now, due: due, attempts: 2, finished: state == .waiting ? nil : now.adding(.hours(1)),
            problem: "no answer in time", isOver: true, events: "finding.new a\nfinding.new b", body: "{}",
            reference: "1793534400.000100")
    }

    static let snooze = Snooze(
        group: "g-000000000001", since: now, until: now.adding(.days(30)), team: "payments", title: "payments: tag 2 resources",
        findings: ["f-1", "identity-of-f-1"], monthlySavings: usd("140.25"), person: "ada", reason: "box of the dashboard")

    static let noticed = NoticedEvent(event: "finding.new a", noticed: now)

    static let status = WorkspaceStatus(
        name: "acme", isSuspended: true, stages: run().stages, observedRevision: "9f2c", appliedRevision: "8e1b",
        lastHandledRequest: "webhook-7", lastSuccess: now, next: now.adding(.hours(1)), failures: 3)
}
