import CostModel
import Evaluation
import Observation
import TestSupport

@testable import Scoring

/// What is made of a bill as it was delivered: today, after an evaluation of the day before, and an hour later once more.
struct TornBillJudgement {
    let result: EvaluationResult
    let problems: [ObservationProblem]
    /// Scores without memory.
    let board: Leaderboard
    /// Scores with the memory of the whole bill of yesterday.
    let usage: BilledUsage
    let observed: ObservedBill

    init(_ bill: RandomBill, _ policies: TornBillPolicies) throws {
        let folder = TemporaryDirectory()
        for file in bill.files { try folder.write(RandomBill.text(file.rows), to: file.name) }
        let sources = bill.sources.enumerated().map { number, source in
            CostSource(
                name: "s\(number)", place: Place(file: "bursar.yaml", line: number + 1), paths: ["s\(number)/**"], maxAge: source.maxAge,
                delivery: source.layout.delivery)
        }
        observed = BillReader(sources: sources, directory: folder.path, now: bill.now)
            .bill(currency: .usd, tagKeys: [], bases: [.effective], usageOf: [bill.saving.resource])
        problems = observed.problems + observed.ages.compactMap { $0.problem(now: bill.now) }
        let state = Self.state(observed, problems, policies)
        result = PolicyEvaluator.evaluate(policies: policies.set, state: state, now: bill.now)
        board = Scorer.score(policies: policies.set, result: result)
        usage = observed.usage
    }

    static func state(_ bill: ObservedBill, _ problems: [ObservationProblem], _ policies: TornBillPolicies) -> ObservedState {
        ObservedState(
            resources: policies.resources, cost: bill.table, utilization: UtilizationTable(),
            catalog: InstanceCatalog(source: "a test", entries: []), problems: problems)
    }

    var isPartial: Bool { problems.contains { $0.severity == .partial } }

    /// Two more evaluations, an hour apart, behind what is remembered.
    func advanced(_ history: History, _ bill: RandomBill, _ policies: TornBillPolicies) -> (history: History, board: Leaderboard) {
        var history = history
        var board = self.board
        for hours in [0, 1] {
            let now = bill.now.adding(.hours(hours))
            let (changes, leaderboard) = ScoreHistory.advance(
                policies: policies.set, result: result, history: history, now: now, revision: "c", isPartial: isPartial)
            history = history.adding(changes)
            board = leaderboard
        }
        return (history, board)
    }

    /// What a change saved that halved the cost of a resource.
    func saved(_ bill: RandomBill) -> SavingsRecord? {
        let estimate = TornBillTruth.money(1_000_000)
        let change = PlanRecord.Change(
            id: "c", title: "c", file: "main.tf", team: "t0", findings: [],
            resources: [ChangedResource(root: "infra", address: "aws_instance.r", type: "aws_instance", billedAs: [bill.saving.resource])],
            monthlySavings: estimate)
        return RealisedSavings.measure(
            [MergedChange(plan: "p", change: change, commit: "c", merged: bill.saving.merged.start)], usage: usage, lives: [], known: [],
            now: bill.now, currency: .usd
        ).first
    }
}

/// What the torn bill makes better without a word.
struct TornBillComparison {
    private(set) var broken: [(kind: String, message: String)] = []
    private let bill: RandomBill
    private let policies: TornBillPolicies
    let whole: TornBillJudgement
    let torn: TornBillJudgement

    init(_ bill: RandomBill, _ policies: TornBillPolicies, whole: TornBillJudgement, torn: TornBillJudgement) throws {
        (self.bill, self.policies, self.whole, self.torn) = (bill, policies, whole, torn)
        // Runs that say the same are no fault of the bill.
        if let remark = whole.problems.first(where: { $0.id != "repeated-file" }) {
            broken.append(("a whole bill is complained about", remark.message))
        }
        checkBudgets(whole, "whole")
        checkBudgets(torn, "torn")
        checkFindings()
        try checkScores()
        checkSavings()
    }

    /// What is said beside the numbers.
    private var isSaid: Bool {
        let young = [torn, whole].map { judgement in judgement.result.notes.filter { $0.id == "young-bill" } }
        return !Set(torn.problems + young[0]).subtracting(whole.problems + young[1]).isEmpty
    }

    /// A sum that is not the truth says which days it lacks.
    private mutating func checkBudgets(_ judgement: TornBillJudgement, _ name: String) {
        let truth = TornBillTruth(bill, policies.set.teams)
        for status in judgement.result.budgets {
            guard let budget = policies.set.budgets.first(where: { $0.header.reference.name == status.name }) else { continue }
            let cost = TornBillTruth.money(truth.cost(budget.scope, status.period.days))
            let said = Set(judgement.problems).subtracting(whole.problems)
            guard cost != status.actual, !status.lacksDays, said.isEmpty else { continue }
            let line = "\(status.name) \(status.period): \(status.actual.amount) of \(cost.amount), \(status.coverage)"
            broken.append((status.closed ? "a \(name) period is closed" : "a \(name) sum lacks days that it calls known", line))
        }
    }

    private mutating func checkFindings() {
        let now = Dictionary(torn.result.findings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for finding in whole.result.findings where finding.verdict == .fail {
            guard let seen = now[finding.id] else {
                broken.append(("a finding is gone", finding.message))
                continue
            }
            guard seen.verdict == .pass, !isSaid else { continue }
            if lacksDays(finding.policy) { continue }
            broken.append(("a finding passes", "\(finding.message); \(seen.message)"))
        }
    }

    /// Whether a budget says that days have not arrived: it judges an earlier period, or one that goes on, to date.
    private func lacksDays(_ policy: PolicyReference) -> Bool {
        let statuses = [whole, torn].map { $0.result.budgets.first { $0.name == policy.name && $0.judged } }
        guard let before = statuses[0], let after = statuses[1] else { return false }
        return after.period < before.period || (after.lacksDays && !after.closed && !after.isOver)
    }

    /// Whether a finding ended with its period, without credit, and the budget is not within its amount in the later one, either: of a bill that
    /// stopped long ago yesterday is judged, by its forecast.
    private func hasMovedOn(_ life: FindingLife) -> Bool {
        guard let period = life.period, life.fixedBy == nil else { return false }
        return torn.result.findings.contains { $0.policy == life.policy && $0.period ?? "" > period && $0.verdict != .pass }
    }

    private mutating func checkScores() throws {
        let yesterday = PolicyEvaluator.evaluate(
            policies: policies.set,
            state: ObservedState(
                resources: policies.resources, cost: whole.observed.table, utilization: UtilizationTable(),
                catalog: InstanceCatalog(source: "a test", entries: [])), now: bill.now.subtracting(.days(1)))
        var history = History()
        for hours in [25, 24] {
            history = history.adding(
                ScoreHistory.advance(
                    policies: policies.set, result: yesterday, history: history, now: bill.now.subtracting(.hours(hours)), revision: "c",
                    isPartial: false
                ).history)
        }
        let (before, after) = (whole.advanced(history, bill, policies), torn.advanced(history, bill, policies))
        let earlier = try comparable()
        compare([before.board, earlier?.advanced(history, bill, policies).board], after.board, "a remembered score rises")
        if !torn.result.findings.contains(where: { $0.verdict == .unknown }), !torn.isPartial {
            compare([whole.board, earlier?.board], torn.board, "a score rises")
        }
        let lives = Dictionary(before.history.lives.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        for life in after.history.lives where life.state == .fixed && !isSaid {
            guard let other = lives[life.identity], other.state == .open else { continue }
            if lacksDays(life.policy) || hasMovedOn(life) { continue }
            let seen = torn.result.findings.filter { $0.policy == life.policy }.map { "\($0.verdict) \($0.message)" }
            let statuses = [whole, torn].map { $0.result.budgets.filter { $0.name == life.policy.name && $0.judged } }
            let periods = statuses.joined().map { "\($0.period): \($0.coverage.description)\($0.lacksDays ? ", lacks days" : "")" }
            broken.append(
                ("a finding is fixed", "\(life.message); now \(seen.joined(separator: ", ")); \(periods.joined(separator: ", then "))"))
        }
    }

    /// What the whole bill came to on the last day that the torn one has whole; nil: it has the same.
    private func comparable() throws -> TornBillJudgement? {
        guard let newest = torn.result.coverage?.newestWhole, let last = whole.result.coverage?.newestWhole, newest < last else {
            return nil
        }
        var bill = bill
        for index in bill.files.indices { bill.files[index].rows.removeAll { $0.day > newest } }
        bill.files.removeAll { $0.rows.isEmpty }
        return try TornBillJudgement(bill, policies)
    }

    /// - Parameter whole: the boards of the whole bill, as of today and of the day that the torn one has come to.
    private mutating func compare(_ whole: [Leaderboard?], _ after: Leaderboard, _ kind: String) {
        guard !isSaid else { return }
        let lacks =
            torn.result.coverage?.newestWhole != self.whole.result.coverage?.newestWhole
            || torn.result.budgets.contains(where: \.lacksDays) || torn.result.coverage != self.whole.result.coverage
        let isGuess = torn.result.notes.contains { $0.id == "missing-days" }
        let boards = whole.compactMap { $0?.teams.sorted { $0.team < $1.team } }
        for (at, other) in after.teams.sorted(by: { $0.team < $1.team }).enumerated() {
            let cards = boards.map { $0[at] }.filter { $0.score != nil }
            guard let one = cards.max(by: { reached($0) < reached($1) }), let old = one.score, let new = other.score,
                new.hundredths > reached(one)
            else { continue }
            // Of spend that moves, the days that are there are a guess at the rest, and a note says that it is one.
            if lacks, !bill.isSteady, isGuess || new.hundredths <= old.hundredths + 500 { continue }
            let days = [self.whole, torn].map { $0.result.coverage?.newestWhole?.description ?? "no day" }
            let others = cards.map { "\(points($0, self.whole))" }.joined(separator: " or ")
            let costs = "to \(days.joined(separator: ", then ")); \(others); then \(points(other, torn))"
            broken.append((kind + (lacks ? " while days are lacking" : ""), "\(one.team): \(old) to \(new): \(costs)"))
        }
    }

    /// What a score is made of, for messages.
    private func points(_ card: Scorecard, _ judgement: TornBillJudgement) -> String {
        let messages = Dictionary(judgement.result.findings.map { ($0.id, $0.message) }, uniquingKeysWith: { first, _ in first })
        let spend = card.cost.map { "\($0.amount) in 28 days" } ?? "an unknown cost"
        return ([spend] + card.penalties.map { "\($0.points) \(messages[$0.finding] ?? $0.finding)" }).joined(separator: ", ")
    }

    /// What the torn bill may score at most.
    private func reached(_ card: Scorecard) -> Int { (card.score?.hundredths ?? 0) + 1 + lifted(card) }

    /// Points of budgets that say that days have not arrived: what they are over their amount by grows from day to day.
    private func lifted(_ card: Scorecard) -> Int {
        let budgets = Dictionary(
            whole.result.findings.filter { $0.policy.kind == .budget }.map { ($0.id, $0.policy) }, uniquingKeysWith: { first, _ in first })
        // Of one that cannot be judged what it was over by yesterday counts on.
        let unknown = Set(torn.result.findings.filter { $0.verdict == .unknown }.map(\.id))
        return card.penalties.reduce(0) { sum, penalty in
            let isOpen =
                budgets[penalty.finding].map { policy in
                    lacksDays(policy) || unknown.contains(penalty.finding)
                        || torn.result.budgets.contains { $0.name == policy.name && $0.judged && $0.lacksDays }
                } ?? false
            return sum + (isOpen ? penalty.points.hundredths : 0)
        }
    }

    private mutating func checkSavings() {
        guard let before = whole.saved(bill), let after = torn.saved(bill), let now = after.verified?.amount else { return }
        let then = before.verified?.amount ?? .zero
        guard before.verified != nil, now > then, !isSaid else { return }
        let tolerance = bill.isSteady ? FixedDecimal(1).scaled(by: 1, over: 100) : then.scaled(by: 1, over: 5)
        if now > then + tolerance { broken.append(("savings rise", "\(then) to \(now); \(after.method)")) }
    }
}
