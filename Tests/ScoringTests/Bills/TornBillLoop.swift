import CostModel
import Evaluation
import Observation

@testable import Scoring

/// Two evaluations of the whole bill, two of the torn one, and two of the whole one again, an hour apart, each with what the loop remembers.
struct TornBillLoop {
    private(set) var broken: [(kind: String, message: String)] = []
    private let bill: RandomBill
    private let policies: TornBillPolicies
    private var history = History()
    private var known = BillCoverage(sources: [])
    private var hours = 0

    init(_ bill: RandomBill, _ policies: TornBillPolicies, whole: TornBillJudgement, torn: TornBillJudgement) {
        (self.bill, self.policies) = (bill, policies)
        for _ in 1...2 { evaluate(whole) }
        let before = history
        let isPartial = (1...2).map { _ in evaluate(torn) }.contains(true)
        let lost = Self.lostDays(from: whole.observed.table.coverage, to: torn.observed.table.coverage)
        if !lost.isEmpty, !isPartial { broken.append(("days are lost and nobody says so", lost.joined(separator: ", "))) }
        if isPartial { expect(before, "while days are lost") }
        for _ in 1...2 { evaluate(whole) }
        if isPartial { expect(before, "once they are back") }
    }

    /// - Returns: whether something is missing.
    @discardableResult
    private mutating func evaluate(_ judgement: TornBillJudgement) -> Bool {
        let now = bill.now.adding(.hours(hours))
        hours += 1
        var observed = judgement.observed
        var isPartial = judgement.isPartial
        if let (coverage, losses) = observed.table.coverage?.remembering(known, today: now.day) {
            observed.table.coverage = coverage
            isPartial = isPartial || !losses.isEmpty
            known = coverage.remembered(today: now.day)
        }
        let result = PolicyEvaluator.evaluate(
            policies: policies.set, state: TornBillJudgement.state(observed, judgement.problems, policies), now: now)
        let (changes, _) = ScoreHistory.advance(
            policies: policies.set, result: result, history: history, now: now, revision: "c\(hours)", isPartial: isPartial)
        history = history.adding(changes)
        return isPartial
    }

    /// What was open is open, nobody has the credit, and the scores of the day are what they were.
    private mutating func expect(_ before: History, _ when: String) {
        let lives = Dictionary(history.lives.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        for life in before.lives where life.state == .open {
            guard let now = lives[life.identity], now.state == .open, now.fixedBy == nil else {
                broken.append(("a finding does not stay open \(when)", life.message))
                continue
            }
        }
        if history.scores.contains(where: { day in
            before.scores.contains { $0.team == day.team && $0.day == day.day && $0.score != day.score }
        }) {
            broken.append(("a score changes \(when)", "\(before.scores.map(\.score)) to \(history.scores.map(\.score))"))
        }
        if history.badges != before.badges { broken.append(("a badge is given \(when)", "\(history.badges.map(\.name))")) }
    }

    /// Days of an account that were whole and are not there any more, but for the oldest where four weeks are left.
    private static func lostDays(from whole: BillCoverage?, to torn: BillCoverage?) -> [String] {
        guard let whole, let torn else { return [] }
        return zip(whole.sources, torn.sources).flatMap { before, after -> [String] in
            guard let newest = before.newestWhole else { return [] }
            let first = after.accounts.flatMap { $0.days.map(\.lowerBound) }.min()
            let start = first.flatMap { $0.distance(to: newest) >= 27 ? $0 : nil }
            return before.accounts.flatMap { account -> [String] in
                let there = Set((after.accounts.first { $0.name == account.name }?.days ?? []).flatMap { Array($0) })
                return account.days.joined().filter { day in
                    day <= newest && start.map { day >= $0 } ?? true && !there.contains(day) && !account.zero.contains { $0.contains(day) }
                }.map { "\($0) of \(account.name)" }
            }
        }
    }
}
