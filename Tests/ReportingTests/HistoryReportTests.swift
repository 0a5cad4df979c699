import CostModel
import JSON
import Testing

@testable import Reporting

@Suite("what is remembered, whole")
struct HistoryReportTests {
    private static let now = Instant(seconds: 1_793_534_400)
    private static let day = now.day

    private func expect(_ content: HistoryReport.Content, _ name: String) throws {
        let report = HistoryReport(context: Fixtures.context, content: content)
        try expectSnapshot(report.text(.plain), "history-\(name).txt")
        try expectSnapshot(report.text(TextStyle(width: 80)), "history-\(name)-80-columns.txt")
        try expectSnapshot(String(decoding: JSONWriter.write(report.json()), as: UTF8.self), "history-\(name).json")
    }

    @Test("runs say how they ended, what they found and what kept them")
    func runs() throws {
        let summary = RunSummary(
            resources: 120, failing: [.high: 2, .low: 1], unknown: 2, exempt: 1, atStake: Fixtures.usd(412),
            potentialSavings: Fixtures.usd(140), openRequests: 4)
        let succeeded = Run(
            id: "r-000000000003", trigger: .webhook, started: Self.now, finished: Self.now.adding(TimeSpan(seconds: 9)),
            outcome: .succeeded, revision: "9f2c1ab04e5d9f2c1ab04e5d9f2c1ab04e5d9f2c", policyDigest: "p1", observedDigest: "o1",
            isDryRun: true, isPartial: true,
            stages: [
                StageStatus(stage: .fetch, condition: .ready, reason: .succeeded, started: Self.now, milliseconds: 12),
                StageStatus(
                    stage: .observe, condition: .reconciling, reason: .partialObservation, message: "the bill is 4 days old",
                    started: Self.now, milliseconds: 900),
            ], summary: summary)
        let stalled = Run(
            id: "r-000000000002", trigger: .interval, started: Self.now.subtracting(.hours(1)), finished: Self.now.subtracting(.hours(0)),
            outcome: .stalled, revision: "8e1b",
            stages: [
                StageStatus(stage: .evaluate, condition: .stalled, reason: .invalidPolicy, message: "", started: Self.now)
            ])
        let running = Run(id: "r-000000000001", trigger: .manual, started: Self.now.subtracting(.days(1)))
        try expect(.runs([succeeded, stalled, running]), "runs")
    }

    private static func life(_ id: String, _ state: FindingLife.State, team: String? = "payments", atStake: Int = 412) -> FindingLife {
        FindingLife(
            id: id, policy: PolicyReference(.tagging, "cost-allocation"), rule: "missing-tag", verdict: .fail, severity: .high, team: team,
            resource: "infra/payments/ledger:module.ledger.aws_instance.web[\"a\"]", subject: "team",
            message: "required tag 'team' is missing", state: state, firstSeen: now.subtracting(.days(20)), lastSeen: now,
            opened: now.subtracting(.days(20)), missedSince: state == .open ? nil : now, fixed: state == .fixed ? now : nil,
            fixedBy: state == .fixed ? "9f2c1ab04e5d9f2c1ab04e5d9f2c1ab04e5d9f2c" : nil, reopened: 1, due: day.advanced(by: 10),
            atStake: Fixtures.usd(atStake), monthlySavings: Fixtures.usd(140))
    }

    @Test("findings are listed by what matters: open before fixed, then dollars at stake")
    func findings() throws {
        let lives = [
            Self.life("f-000000000001", .fixed, atStake: 900), Self.life("f-000000000002", .open, team: nil, atStake: 3),
            Self.life("f-000000000003", .disappearing),
        ]
        try expect(.findings(lives.sorted(by: FindingLife.isListed)), "findings")
    }

    @Test("a finding's life tells what happened, and which commit fixed it")
    func finding() throws {
        let life = Self.life("f-000000000001", .fixed)
        let commit = "9f2c1ab04e5d9f2c1ab04e5d9f2c1ab04e5d9f2c"
        let events = [(20, LifeEvent.Kind.opened, nil), (12, .fixed, commit), (9, .reopened, nil), (0, .fixed, commit)].map {
            LifeEvent(finding: life.id, time: Self.now.subtracting(.days($0)), kind: $1, commit: $2)
        }
        try expect(.finding(life, events), "finding")
    }

    @Test("scores run back from the newest day, with the badges behind them")
    func scores() throws {
        let scores = (0..<3).map { back in
            ScoreDay(
                team: "payments", day: Self.day.advanced(by: -back), score: back == 2 ? nil : Points(hundredths: 8234 + back * 100),
                reachedLevel: .gold, level: back == 2 ? .none : .silver, cost: Fixtures.usd(4000), potentialSavings: Fixtures.usd(140),
                waste: Fixtures.usd(99), improvement: 9_950, leaderboard: Points(hundredths: 7001), streakWeeks: back,
                isOverdue: back == 1, policyDigest: "p1")
        }
        let badge = Badge(team: "payments", name: "first-fix", awarded: Self.day, reason: "the first finding fixed", evidence: "ab12")
        try expect(.scores(scores, [badge]), "scores")
    }

    @Test("requests say what became of them and what they save")
    func requests() throws {
        func request(_ group: String, _ state: RequestRecord.State, number: Int?, isEdited: Bool = false) -> RequestRecord {
            let change = PlanRecord.Change(
                id: "c-1", title: "set 'team'", file: "infra/pay/main.tf", team: "payments", findings: ["f-1"],
                resources: [ChangedResource(root: "infra/pay", address: "aws_instance.web", type: "aws_instance", billedAs: ["i-0abc"])],
                monthlySavings: number == nil ? nil : Fixtures.usd(140))
            return RequestRecord(
                group: group, team: number == nil ? nil : "payments", state: state, branch: "bursar/payments-1",
                title: "payments: tag 2 resources", number: number, url: number.map { "https://git.example/\($0)" },
                plan: PlanRecord(
                    digest: "d1", baseCommit: "b1", policyDigest: "p1", observedDigest: "o1", made: Self.now, changes: [change, change]),
                commit: "c1", opened: Self.now.subtracting(.days(3)), updated: Self.now, ended: state == .open ? nil : Self.now,
                isEdited: isEdited)
        }
        try expect(
            .requests([
                request("g-000000000001-00000001", .open, number: 17, isEdited: true),
                request("g-000000000002-00000002", .dismissed, number: 9), request("g-000000000003-00000003", .merged, number: nil),
            ]), "requests")
    }

    @Test("estimates say what was expected, what came, and which types are off again and again")
    func estimates() throws {
        func record(_ number: Int, _ type: String, error: Int?, _ change: (inout EstimateRecord) -> Void = { _ in }) -> EstimateRecord {
            var record = EstimateRecord(
                commit: "9f2c1ab04e5d\(number)", merged: Self.now, team: "payments", resource: "infra/payments:\(type).n\(number)",
                type: type,
                source: .list, estimated: Fixtures.usd(70), billedAs: ["i-\(number)"], since: Self.day,
                actual: error.map { _ in Fixtures.usd(56) },
                error: error.map { Points(hundredths: $0) }, standing: error == nil ? .waiting : .judged,
                method: error == nil ? "9 of 14 whole days" : "14 whole days from \(Self.day)")
            change(&record)
            return record
        }
        let records = [
            record(1, "aws_instance", error: 420), record(2, "aws_instance", error: nil),
            record(3, "aws_db_instance", error: 3_800), record(4, "aws_db_instance", error: -4_100) { $0.team = nil },
            record(5, "aws_db_instance", error: 2_600) { $0.source = .ownPrice },
            record(6, "aws_lb", error: nil) {
                $0.standing = .dropped
                $0.method = "the bill does not name it"
            },
        ]
        try expect(.estimates(records, EstimateAccuracy(records)), "estimates")
    }

    @Test("the audit names who or what caused each write")
    func audit() throws {
        try expect(
            .audit([
                AuditEntry(
                    time: Self.now, run: "r-000000000003", cause: "webhook github push", action: .requestOpened,
                    object: "https://git.example/17", detail: "f-1, f-2"),
                AuditEntry(time: Self.now, run: nil, cause: "user alice", action: .suspended, object: "acme"),
            ]), "audit")
    }

    @Test(
        "nothing is said to be nothing",
        arguments: [
            HistoryReport.Content.runs([]), .findings([]), .scores([], []), .requests([]), .estimates([], EstimateAccuracy([])), .audit([]),
        ])
    func nothing(_ content: HistoryReport.Content) {
        let text = HistoryReport(context: Fixtures.context, content: content).text(.plain)
        #expect(text.hasPrefix("no") && text.hasSuffix("\n") && !text.contains("  "))
    }

    @Test("no text from outside reaches the terminal as a command to it")
    func hostile() {
        let evil = "\u{1B}]0;owned\u{7}"
        let entry = AuditEntry(time: Self.now, run: evil, cause: evil, action: .commented, object: evil, detail: evil)
        let text = HistoryReport(context: Fixtures.context, content: .audit([entry])).text(TextStyle(color: false))
        #expect(!text.contains("\u{1B}") && !text.contains("\u{7}"))
    }

    @Test("what was put off says until when, who and why")
    func snoozes() throws {
        func snooze(_ group: String, since days: Int, team: String?) -> Snooze {
            let since = Self.now.subtracting(.days(days))
            return Snooze(
                group: group, since: since, until: since.adding(.days(30)), team: team, title: "payments: 2 findings, saving $140/month",
                findings: ["f-000000000001"], monthlySavings: team.map { _ in Fixtures.usd(140) }, person: "ada",
                reason: "a box of the dashboard")
        }
        let snoozes = [
            snooze("g-000000000001-00000001", since: 3, team: "payments"), snooze("g-000000000002-00000001", since: 40, team: nil),
        ]
        try expect(.snoozes(snoozes), "snoozes")
        #expect(HistoryReport(context: Fixtures.context, content: .snoozes([])).text(.plain) == "nobody put a request off\n")
    }
}
