package import CostModel
import Game

/// Scores over time: one more evaluation, given what is remembered of those before.
///
/// A pure function: the same evaluation of the same moment twice gives the same, also when the first one's changes are remembered by then.
package enum ScoreHistory {
    /// How far back the score is that people compare with, and how much older it may be where that day has none.
    private static let comparison = (days: 7, grace: 7)

    /// - Parameters:
    ///   - result: an evaluation whose inputs differ from those of the last one that was counted, by the policies in force.
    ///   - history: all that is remembered.
    ///   - revision: the commit that was judged.
    ///   - isPartial: something could not be observed: no finding closes.
    ///   - touched: the teams whose findings or money the gap may hold; nil: all. They get no score, no badge and no better level. What was
    ///     positively seen of them stays: an overdue finding ends their streak, a critical one takes gold away.
    ///   - wouldBe: newer policies that do not count yet, see `PolicyRollout`, and the same observations judged by them.
    ///   - successors: what a resource of an earlier revision may have become, see `LifeMatches`.
    ///   - measureSavings: what merged changes saved, given the lives as they are after this evaluation, so that what came back with it
    ///     earns nothing today; nil: what is remembered of savings stands.
    /// - Returns: what is to be remembered: lives and savings that changed, today's scores, new badges; and today's scorecards.
    package static func advance(
        policies: PolicySet, result: EvaluationResult, history: History, now: Instant, revision: String, isPartial: Bool,
        touched: Set<String>? = nil, wouldBe: (policies: PolicySet, result: EvaluationResult)? = nil,
        successors: @escaping (ResourceIdentity) -> [ResourceIdentity] = { _ in [] },
        measureSavings: (([FindingLife]) -> [SavingsRecord])? = nil
    ) -> (history: History, leaderboard: Leaderboard) {
        let lives = FindingLives.advance(
            history.lives, with: result, policies: policies, at: now, revision: revision, isPartial: isPartial,
            touched: touched, isFirst: history.isEmpty, lastDay: history.scores.lazy.map(\.day).filter { $0 <= now.day }.max(),
            successors: successors)
        let savings = measureSavings?(lives) ?? history.savings
        var result = result
        result.now = now
        let steady = SteadyFindings.steady(result, lives: lives, policies: policies)
        let measured = Scorer.measure(policies: policies, result: steady)
        // Without a bill the day has no score and no cost that could be remembered.
        guard result.hasBill else {
            var changes = History()
            changes.keep(lives, savings, beside: history)
            return (changes, measured.leaderboard)
        }
        let past = Past(history, lives: lives, savings: savings, steady: steady, today: now.day)
        let future = wouldBe.map { wouldBe in
            let cards = Scorer.score(policies: wouldBe.policies, result: wouldBe.result).teams
            return Dictionary(cards.map { ($0.team, $0.score) }, uniquingKeysWith: { first, _ in first })
        }

        var changes = History()
        var cards = measured.leaderboard.teams
        for index in cards.indices {
            let team = past.team(cards[index].team)
            cards[index].wouldBe = future?[team.name] ?? nil
            if result.unknownSpend != nil || (isPartial && touched?.contains(team.name) ?? true) {
                changes.scores += unscored(&cards[index], team: team, policies: policies, now: now).map { [$0] } ?? []
                continue
            }
            let day = today(
                of: &cards[index], team: team, past: past, yardstick: measured.yardsticks[team.name] ?? Yardstick(), policies: policies,
                digest: wouldBe?.policies.digest ?? policies.digest, now: now)
            let record = Awards.Record(
                team: team.name, today: now.day, days: team.days + [day], lives: team.lives, savings: team.savings,
                held: Set(team.badges.map(\.name)))
            let badges = Awards.new(for: record)
            cards[index].badges = (team.badges + badges).sorted { ($0.awarded, $0.name) < ($1.awarded, $1.name) }
            changes.scores.append(day)
            changes.badges += badges
        }
        let seasonal = SeasonAwards.new(
            history, teams: Set(policies.teams.lazy.filter(\.playsGame).map(\.name)), leastSpend: Scorer.leastRankedSpend, today: now.day)
        changes.badges += seasonal
        for index in cards.indices {
            let team = cards[index].team
            cards[index].badges?.append(contentsOf: seasonal.filter { $0.team == team })
        }
        changes.keep(lives, savings, beside: history)
        changes.scores.sort { $0.team < $1.team }
        changes.badges.sort { ($0.team, $0.name) < ($1.team, $1.name) }
        var board = measured.leaderboard
        board.teams = Scorer.order(cards, measured.unranked, measured.yardsticks)
        return (changes, board)
    }

    /// A team of which not everything could be observed has no score, and keeps what it has.
    ///
    /// - Returns: today's line where something was seen that counts against it, whatever else is missing; without a score, or with the one
    ///   that a whole evaluation gave it today.
    private static func unscored(_ card: inout Scorecard, team: Past.OfTeam, policies: PolicySet, now: Instant) -> ScoreDay? {
        card.withhold()
        let last = team.today ?? team.days.last
        defer { card.badges = team.badges.sorted { ($0.awarded, $0.name) < ($1.awarded, $1.name) } }
        card.heldLevel = last?.level
        card.streakWeeks = last?.streakWeeks
        let overdue = team.lives.filter { $0.isOverdue(at: now) && $0.lastSeen == now }
        guard !overdue.isEmpty, var day = last else { return nil }
        if team.today == nil {
            (day.score, day.leaderboard, day.improvement, day.timeliness) = (nil, nil, nil, nil)
            day.day = now.day
        }
        day.isOverdue = true
        if overdue.contains(where: { $0.severity == .critical }) {
            day.reachedLevel = min(day.reachedLevel, .silver)
            day.level = min(day.level, .silver)
        }
        day.streakWeeks = Streak.count(
            team.days + [day], today: now.day, freeze: policies.workspace.scoring.freeze, hasDeadlines: policies.hasDeadlines)
        card.heldLevel = day.level
        card.streakWeeks = day.streakWeeks
        return day == team.today ? nil : day
    }

    /// Today's line of a team's history, which its scorecard shows, too.
    private static func today(
        of card: inout Scorecard, team: Past.OfTeam, past: Past, yardstick: Yardstick, policies: PolicySet, digest: String,
        now: Instant
    ) -> ScoreDay {
        let overdue = team.lives.filter { $0.isOverdue(at: now) }
        let hasOverdueCritical = overdue.contains { $0.severity == .critical }
        if hasOverdueCritical, card.level == .gold { card.lacks = "for gold: no overdue critical finding" }
        if hasOverdueCritical { card.level = min(card.level, .silver) }
        let waste = Improvement.waste(team.findings, policies.workspace.currency)
        let zero = Money.zero(policies.workspace.currency)
        var day = ScoreDay(
            team: card.team, day: now.day, score: card.score, reachedLevel: card.level, level: team.days.last?.level ?? .none,
            cost: card.cost ?? zero, potentialSavings: card.potentialSavings ?? zero, waste: waste,
            // An overdue finding that is fixed within the day was overdue on it.
            isOverdue: !overdue.isEmpty || team.today?.isOverdue ?? false,
            unseen: team.lives.count { $0.isOpen && $0.unseenSince != nil }, policyDigest: digest)
        day.level = HeldLevel.level(today: day, earlier: team.days, hasOverdueCritical: hasOverdueCritical)
        day.streakWeeks = Streak.count(
            team.days + [day], today: now.day, freeze: policies.workspace.scoring.freeze, hasDeadlines: policies.hasDeadlines)
        if let score = card.score {
            day.timeliness = Timeliness.share(team.lives, at: now)
            if past.knowsImprovement {
                day.improvement = Improvement.share(
                    team.savings, waste: waste.amount, shares: yardstick.shares, earlier: team.days,
                    materiality: yardstick.materiality, today: now.day)
            }
            day.leaderboard = standing(score, day.improvement, day.timeliness)
        }
        card.heldLevel = day.level
        card.daysToLevel = HeldLevel.daysToGo(team.days + [day])
        card.streakWeeks = day.streakWeeks
        card.improvement = day.improvement
        card.timeliness = day.timeliness
        card.leaderboard = day.leaderboard
        card.tell(due: team.lives, at: now)
        let latest = now.day.advanced(by: -comparison.days)
        if let before = team.days.last(where: { (latest.advanced(by: -comparison.grace)...latest).contains($0.day) }) {
            card.previousScore = before.score
            card.movements = before.score.flatMap { score in
                WeeklyMovements.movements(
                    of: card, lives: team.lives, since: before.day, before: score, yardstick: yardstick,
                    severities: past.severities)
            }
        }
        return day
    }

    /// `L = 0.5 · score + 0.3 · 100 · I + 0.2 · 100 · T`, rounded half to even in the second decimal; the score where one is not known.
    static func standing(_ score: Points, _ improvement: Int?, _ timeliness: Int?) -> Points {
        guard let improvement, let timeliness else { return score }
        // A hundredth of a percent of 100 points is a hundredth of a point.
        let tenths = 5 * score.hundredths + 3 * improvement + 2 * timeliness
        let (whole, rest) = tenths.quotientAndRemainder(dividingBy: 10)
        return Points(hundredths: rest > 5 || (rest == 5 && whole % 2 == 1) ? whole + 1 : whole)
    }
}

extension Scorecard {
    /// Says of each penalty by when it is to be gone, and whether that has passed.
    fileprivate mutating func tell(due lives: [FindingLife], at now: Instant) {
        let open = Dictionary(lives.filter(\.isOpen).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for index in penalties.indices {
            guard let life = open[penalties[index].finding] else { continue }
            penalties[index].due = life.due
            penalties[index].isOverdue = life.isOverdue(at: now)
        }
    }
}

extension History {
    /// Takes those that differ from what is remembered.
    fileprivate mutating func keep(_ lives: [FindingLife], _ savings: [SavingsRecord], beside history: History) {
        let known = Dictionary(history.lives.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        self.lives = lives.filter { known[$0.identity] != $0 }
        let knownSavings = Set(history.savings)
        self.savings = savings.filter { !knownSavings.contains($0) }
    }
}

/// What is remembered, by team, up to the day before today.
private struct Past {
    struct OfTeam {
        var name: String
        /// In their order.
        var days: [ScoreDay]
        /// What an earlier evaluation of today left.
        var today: ScoreDay?
        var lives: [FindingLife]
        var findings: [Finding]
        var savings: [SavingsRecord]
        var badges: [Badge]
    }

    /// Whether `I` can be told: somebody was scored 28 days ago. From then on it holds for every team alike.
    let knowsImprovement: Bool
    /// Of the policies that make scores.
    let severities: [PolicyReference: Severity]
    private let today: Day
    private let days: [String: [ScoreDay]]
    private let lives: [String?: [FindingLife]]
    private let findings: [String?: [Finding]]
    private let savings: [String?: [SavingsRecord]]
    private let badges: [String: [Badge]]

    init(_ history: History, lives: [FindingLife], savings: [SavingsRecord], steady: EvaluationResult, today: Day) {
        self.today = today
        knowsImprovement = history.scores.contains { $0.day <= today.advanced(by: -Improvement.days) }
        days = Dictionary(grouping: history.scores, by: \.team).mapValues { $0.sorted { $0.day < $1.day } }
        self.lives = Dictionary(grouping: lives, by: \.team)
        findings = Dictionary(grouping: steady.findings, by: \.team)
        let counting = steady.spendByScope.controls.filter(\.enforcement.counts)
        severities = Dictionary(counting.map { ($0.policy, $0.severity) }, uniquingKeysWith: { first, _ in first })
        self.savings = Dictionary(grouping: savings, by: \.change.change.team)
        badges = Dictionary(grouping: history.badges, by: \.team)
    }

    func team(_ name: String) -> OfTeam {
        let days = days[name] ?? []
        return OfTeam(
            name: name, days: days.filter { $0.day < today }, today: days.last { $0.day == today },
            lives: lives[name] ?? [], findings: findings[name] ?? [], savings: savings[name] ?? [], badges: badges[name] ?? [])
    }
}
