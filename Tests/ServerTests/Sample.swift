import CostModel

/// A small history.
enum Sample {
    static let workspace = "acme"
    static let now = Instant(seconds: 1_793_491_200)
    static let day = now.day

    static func dollars(_ amount: Int) -> Money { Money(FixedDecimal(amount), .usd) }

    static let stages = Stage.allCases.map {
        StageStatus(stage: $0, condition: .ready, reason: .succeeded, started: now, milliseconds: 40)
    }

    static let status = WorkspaceStatus(
        name: workspace, stages: stages, observedRevision: "9f2c1ab0", appliedRevision: "9f2c1ab0", lastSuccess: now,
        next: now.adding(TimeSpan(seconds: 600)))

    static let summary = RunSummary(
        resources: 12, failing: [.high: 3, .low: 1], unknown: 2, exempt: 1,
        atStake: Money(FixedDecimal(raw: 774_250_000_000_000_000_000), .usd),
        potentialSavings: dollars(280), openRequests: 1)

    /// The newest run, as observers hear of its end.
    static let ended = LoopEvent(time: now, workspace: "acme", run: runs[0].id, kind: .runEnded(runs[0], .interval))

    static let runs = (0..<5).map { index in
        Run(
            id: "r-00000000000\(5 - index)", trigger: .interval, started: now.subtracting(TimeSpan(seconds: Int64(index) * 600)),
            finished: now.subtracting(TimeSpan(seconds: Int64(index) * 600 - 1)), outcome: .succeeded, revision: "9f2c1ab0",
            stages: stages, summary: index == 1 ? summary : nil)
    }

    static let lives = ["f-0a", "f-1b", "f-2c"].map { id in
        FindingLife(
            id: id, policy: PolicyReference(.tagging, "cost-allocation"), rule: "missing-tag",
            verdict: id == "f-2c" ? .unknown : .fail, severity: id == "f-0a" ? .high : .low, team: "payments",
            resource: "infra:aws_instance.\(id)", subject: "team", message: "required tag 'team' is missing",
            state: id == "f-1b" ? .fixed : .open, firstSeen: now, lastSeen: now, atStake: dollars(50))
    }

    static let change = PlanRecord.Change(
        id: "c-1", title: "add the tag 'team'", file: "infra/main.tf", team: "payments", findings: ["f-0a"],
        resources: [ChangedResource(root: "infra", address: "aws_instance.f-0a", type: "aws_instance", billedAs: ["i-0abc"])],
        monthlySavings: dollars(20))

    static let plan = PlanRecord(
        digest: "abc123", baseCommit: "9f2c1ab0", policyDigest: "p", observedDigest: "o", made: now, changes: [change, change])

    static let requests = [
        RequestRecord(
            group: "g-1", team: "payments", state: .open, branch: "bursar/g-1", title: "payments: tags", number: 7,
            url: "https://forge.example/acme/infra/pulls/7", plan: plan, commit: "c0ffee", opened: now, updated: now),
        RequestRecord(
            group: "g-2", team: nil, state: .merged, branch: "bursar/g-2", title: "sizes", plan: plan, commit: "c0ffef", opened: now,
            updated: now),
    ]

    static let savings = [
        SavingsRecord(
            change: MergedChange(plan: "abc123", change: change, commit: "d00d", merged: now), standing: .vested, since: day,
            estimated: dollars(20), realised: dollars(22), verified: dollars(20), measured: now, method: "14 comparable days"),
        SavingsRecord(
            change: MergedChange(plan: "abc123", change: change, commit: "d00e", merged: now), standing: .pending, estimated: dollars(9),
            measured: now, method: "too few days"),
    ]

    static let scores = ["payments", "search"].flatMap { team in
        (0..<3).map { index in
            ScoreDay(
                team: team, day: Day(day.number - 2 + Int32(index)), score: Points(hundredths: 8_000 + index), reachedLevel: .silver,
                level: .bronze, cost: dollars(1200), potentialSavings: dollars(280), waste: dollars(90), policyDigest: "p")
        }
    }

    static let badges = [Badge(team: "payments", name: "first-fix", awarded: day, reason: "the first finding was fixed", evidence: "e")]

    static let audit = (0..<3).map { index in
        AuditEntry(
            time: now, run: "r-000000000005", cause: "interval", action: .requestOpened, object: "bursar/g-\(index)", detail: "f-0a")
    }
}
