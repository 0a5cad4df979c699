import CostModel
import Evaluation
import Observation
import Scoring

/// The difference of two passes: findings, policies, teams.
struct Difference {
    private let before: EvaluatedWorkspace?
    private let after: EvaluatedWorkspace
    private let policies: [Comparison.PolicyChange]
    private let crossed: EvaluationResult?
    private let causes: Causes
    private let strictness: Strictness
    private let goneRoots: GoneRoots

    /// - Parameters:
    ///   - before: nil: there is nothing to compare with, and everything is new.
    ///   - crossed: the code of `after` judged by the policies of `before`, where both differ.
    ///   - strictness: how the findings of `after` decide.
    init(before: EvaluatedWorkspace?, after: EvaluatedWorkspace, crossed: EvaluationResult?, strictness: Strictness) {
        self.strictness = strictness
        self.crossed = crossed
        self.before = before
        goneRoots = GoneRoots(before: before, after: after)
        self.after = after
        policies = PolicyDifference.changes(from: before?.policies.objects ?? [], to: after.policies.objects)
        causes = Causes(
            policies: policies, crossed: crossed, isSameCode: before?.observed.resources == after.observed.resources)
    }

    func comparison(base: String, named name: String) -> Comparison {
        let findings = findings()
        var comparison = Comparison(
            base: base, baseName: name, findings: findings, policies: policies, teams: teams(findings), pending: [])
        comparison.rollout = rollout()
        return comparison
    }

    // MARK: Findings

    /// How each fares, first what is worst.
    func findings() -> [Comparison.FindingChange] {
        let old = Self.open(before?.evaluation.findings ?? [])
        let new = Self.open(after.evaluation.findings)
        let moved = moved(from: old, to: new)
        let keys = Set(old.keys).union(new.keys).subtracting(moved.values)
        let changes = keys.compactMap { key in change(old[key], new[moved[key] ?? key]) }
        let ranks = Comparison.Change.allCases
        // What is compared is taken out of each finding once: there may be thousands, and they are large.
        let orders = changes.indices.map { index in
            (rank: ranks.firstIndex(of: changes[index].change) ?? 0, order: Finding.Order(changes[index].finding), index: index)
        }
        return orders.sorted { ($0.rank, $0.order) < ($1.rank, $1.order) }.map { changes[$0.index] }
    }

    /// The same question about a resource that the change gives another address, by the key that it had in the base: as the code says, or
    /// because what is deployed has another address now.
    private func moved(from old: [FindingKey: Finding], to new: [FindingKey: Finding]) -> [FindingKey: FindingKey] {
        var moved: [FindingKey: FindingKey] = [:]
        var taken: Set<FindingKey> = []
        let gone = old.filter { new[$0.key] == nil }
        guard !gone.isEmpty else { return [:] }
        let deployed = Dictionary(
            new.compactMap { key, finding in finding.key.asDeployed.map { ($0, key) } }, uniquingKeysWith: { first, _ in first })
        let present = Set(after.observed.resources.lazy.map(\.identity))
        let declared = Set(present.lazy.map(\.block))
        for (key, finding) in gone.sorted(by: { Finding.Order($0.value) < Finding.Order($1.value) }) {
            guard let resource = key.resource else { continue }
            // Terraform moves nothing away from what is still declared, but within its block: the finding is gone because that is mended.
            func isFree(for other: ResourceIdentity?) -> Bool {
                resource.block == other?.block ? !present.contains(resource) : !declared.contains(resource.block)
            }
            let said = after.estate.successors(of: resource).map { successor in
                var other = key
                other.resource = successor
                return other
            }
            let candidates = said + (finding.key.asDeployed.flatMap { deployed[$0] }.map { [$0] } ?? [])
            guard
                let other = candidates.first(where: { candidate in
                    new[candidate] != nil && old[candidate] == nil && !taken.contains(candidate) && isFree(for: candidate.resource)
                })
            else { continue }
            taken.insert(other)
            moved[key] = other
        }
        return moved
    }

    /// What is not as it should be, exempt or not, by the place in the code.
    private static func open(_ findings: [Finding]) -> [FindingKey: Finding] {
        Dictionary(
            findings.lazy.filter { $0.verdict != .pass }.map { ($0.key.atAddress, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private func change(_ old: Finding?, _ new: Finding?) -> Comparison.FindingChange? {
        var change: Comparison.FindingChange
        switch (old, new) {
        case (nil, let new?): change = .init(change: .new, before: nil, after: new)
        case (let old?, nil):
            change =
                goneRoots.detail(of: old).map { .init(change: .gone, before: old, after: nil, details: [$0]) }
                ?? .init(change: .fixed, before: old, after: nil)
        case (let old?, let new?):
            let details = FindingDetails.differences(old, new)
            let decided = strictness.strict(new)
            let worsened = decided.mayFailCheck() && !old.mayFailCheck(isStrict: decided.isNewUnknown)
            change = .init(
                change: worsened ? .new : details.isEmpty ? .unchanged : .changed, before: old, after: new, details: details)
        case (nil, nil): return nil
        }
        if change.change == .new, let new, strictness.strict(new).isNewUnknown { change.details.append(UnknownSettlement.text(for: new)) }
        if change.change != .unchanged { change.causes = causes.of(change) }
        return change
    }

    // MARK: Scores that wait

    /// What scores will be when the change counts for them, against what they are until then: the same code, teams and exemptions, by the
    /// policies and settings of the base.
    private func rollout() -> Comparison.Rollout? {
        let changed = policies.filter(\.makesScores).map(\.policy).sorted()
        guard let before, !changed.isEmpty else { return nil }
        let older = PolicyRollout.policies(after.policies, judgingBy: before.policies)
        let result = judged(by: older, before) ?? PolicyEvaluator.evaluate(policies: older, state: after.observed, now: after.now)
        let board = Scorer.score(policies: older, result: result, touched: after.observed.isPartial ? after.touchedTeams : [])
        let now = Self.cards(board)
        let moves = after.leaderboard().teams.compactMap { card -> Comparison.Rollout.Move? in
            let score = now[card.team]?.score
            return score == card.score ? nil : .init(team: card.team, before: score, after: card.score)
        }
        let sorted = moves.sorted { a, b in a.step == b.step ? a.team < b.team : a.step > b.step }
        return Comparison.Rollout(days: PolicyRollout.shadowDays, policies: changed, teams: sorted)
    }

    /// What was judged already, where teams, exemptions and settings are the base's too: the head's code by the base's policies.
    private func judged(by older: PolicySet, _ before: EvaluatedWorkspace) -> EvaluationResult? {
        var alike = older
        // What objects say in files decides nothing.
        alike.objects = before.policies.objects
        guard alike == before.policies else { return nil }
        if let crossed { return crossed }
        return before.observed.resources == after.observed.resources ? before.evaluation : nil
    }

    // MARK: Teams

    private func teams(_ findings: [Comparison.FindingChange]) -> [Comparison.TeamChange] {
        let currency = after.policies.workspace.currency
        let cardsBefore = before.map { Self.cards($0.leaderboard()) } ?? [:]
        let cardsAfter = Self.cards(after.leaderboard())
        let stakeBefore = Self.stakes(before?.evaluation, currency)
        let stakeAfter = Self.stakes(after.evaluation, currency)
        let counts = Dictionary(grouping: findings, by: { $0.finding.team })
        let names = Set(cardsBefore.keys).union(cardsAfter.keys)
        return names.sorted { ($0 == nil ? 1 : 0, $0 ?? "") < ($1 == nil ? 1 : 0, $1 ?? "") }.map { team in
            let own = counts[team] ?? []
            // What is not there on one side is worth nothing there; without a bill, or most of it, nobody knows what it is worth.
            let zero = after.evaluation.unknownSpend == nil ? Money.zero(currency) : nil
            return Comparison.TeamChange(
                team: team, scoreBefore: cardsBefore[team]?.score, scoreAfter: cardsAfter[team]?.score,
                atStakeBefore: stakeBefore[team] ?? zero, atStakeAfter: stakeAfter[team] ?? zero,
                savingsBefore: cardsBefore[team]?.potentialSavings ?? zero, savingsAfter: cardsAfter[team]?.potentialSavings ?? zero,
                new: own.count { $0.change == .new }, fixed: own.count { $0.change == .fixed }, changed: own.count { $0.change == .changed }
            )
        }
    }

    /// By team; the workspace's own card, of what belongs to nobody, under nil.
    private static func cards(_ board: Leaderboard) -> [String?: Scorecard] {
        var cards: [String?: Scorecard] = [:]
        for card in board.teams { cards[card.team] = card }
        cards[.none] = board.workspace
        return cards
    }

    /// Empty without a bill.
    private static func stakes(_ evaluation: EvaluationResult?, _ currency: Currency) -> [String?: Money] {
        var result: [String?: Money] = [:]
        guard let evaluation, evaluation.unknownSpend == nil else { return result }
        for finding in evaluation.findings where finding.isFailing {
            guard let stake = finding.atStake else { continue }
            result[finding.team] = (result[finding.team] ?? .zero(currency)) + stake.monthly
        }
        return result
    }
}

extension Comparison.PolicyChange {
    /// Whether scores are made by what changes: a policy that makes findings, or the workspace's settings of scores.
    fileprivate var makesScores: Bool {
        policy.kind.makesFindings
            || (policy.kind == .workspace && fields.contains { $0.path == "scoring" || $0.path.hasPrefix("scoring.") })
    }
}

extension Comparison.Rollout.Move {
    /// In hundredths of a point; a score that comes or goes is a whole one.
    fileprivate var step: Int {
        guard let before, let after else { return 10_000 }
        return abs(after.hundredths - before.hundredths)
    }
}
