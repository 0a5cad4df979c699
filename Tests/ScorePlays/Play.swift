package import CostModel
import Evaluation
import Scoring

/// An estate that is judged day by day and remembered, as the loop would, without files.
package struct Play: Sendable {
    /// What a team shows on a day.
    package struct Standing: Hashable, Sendable {
        package var score: Int?
        package var leaderboard: Int?
        package var improvement: Int?
        package var timeliness: Int?
        package var level: Level
        package var rank: Int?
        package var streak: Int
        package var badges: Set<String>
    }

    package var estate: PlayedEstate
    package private(set) var history = History()
    /// As of the last day that was played.
    package private(set) var board: Leaderboard?
    /// By digest, without exemptions; and by all that stands in them.
    private var policies: [String: PolicySet] = [:]
    private var read: [String: PolicySet] = [:]

    package init(_ estate: PlayedEstate) { self.estate = estate }

    /// One day: it is judged, then the next one begins.
    package mutating func day() -> [String: Standing] {
        for number in 0..<estate.evaluations {
            let now = estate.now.adding(.hours(number))
            let result: (history: History, leaderboard: Leaderboard) = advance(at: now)
            history = history.adding(result.history)
            board = result.leaderboard
        }
        estate.today = estate.today.advanced(by: 1)
        return Dictionary(uniqueKeysWithValues: (board?.teams ?? []).map { ($0.team, Standing($0)) })
    }

    private mutating func advance(at now: Instant) -> (history: History, leaderboard: Leaderboard) {
        let text = estate.policyText
        let newest = read[text] ?? estate.policies
        read[text] = newest
        if policies[newest.digest] == nil { policies[newest.digest] = newest }
        let state = estate.state
        let inForce = PolicyRollout.inForce(scores: history.scores, digest: newest.digest, today: now.day)
        let judging = inForce.waitsSince == nil ? nil : policies[inForce.digest].map { PolicyRollout.policies(newest, judgingBy: $0) }
        let result = PolicyEvaluator.evaluate(policies: judging ?? newest, state: state, now: now)
        let (usage, known, merged) = (estate.merged.isEmpty ? BilledUsage() : estate.usage, history.savings, estate.merged)
        return ScoreHistory.advance(
            policies: judging ?? newest, result: result, history: history, now: now, revision: "c\(now)", isPartial: estate.gap != nil,
            touched: estate.gap, wouldBe: judging.map { _ in (newest, result) },
            successors: { [moves = estate.moves] in moves[$0].map { [$0] } ?? [] },
            measureSavings: estate.gap != nil || merged.isEmpty
                ? nil
                : { lives in
                    RealisedSavings.measure(merged, usage: usage, lives: lives, known: known, now: now, currency: .usd)
                })
    }

    /// Plays so many days; what each day does is said before it is judged.
    ///
    /// - Returns: by day and team.
    package mutating func run(days: Int, _ step: (inout PlayedEstate, Int) -> Void = { _, _ in }) -> [[String: Standing]] {
        (0..<days).map { number in
            step(&estate, number)
            return day()
        }
    }
}

extension Play.Standing {
    fileprivate init(_ card: Scorecard) {
        self.init(
            score: card.score?.hundredths, leaderboard: card.leaderboard?.hundredths, improvement: card.improvement,
            timeliness: card.timeliness, level: card.heldLevel ?? .none, rank: card.rank, streak: card.streakWeeks ?? 0,
            badges: Set((card.badges ?? []).map(\.name)))
    }
}

/// What a play won against the same days without it.
package struct Winnings: Sendable {
    /// In hundredths of a point, and of a percent.
    package static let tolerance = 100

    /// What the players of a team won, and what others lost; each as `score 92.96 → 97.10 on day 12`.
    package private(set) var won: [String] = []
    package private(set) var lost: [String] = []

    /// - Parameters:
    ///   - grace: from which day on it matters what was in time.
    ///   - mends: whether a first fix is one.
    package init(
        of players: Set<String>, _ played: [[String: Play.Standing]], instead: [[String: Play.Standing]], grace: Int = 0,
        mends: Bool = false
    ) {
        for (number, (day, without)) in zip(played, instead).enumerated() {
            for (team, before) in without.sorted(by: { $0.key < $1.key }) {
                guard var after = day[team] else { continue }
                if mends { after.badges.remove("first-fix") }
                if number < grace {
                    (after.timeliness, after.streak, after.badges) = (before.timeliness, before.streak, before.badges)
                    after.leaderboard = nil
                }
                let changes = Self.changes(before, after)
                if players.contains(team) {
                    won += changes.filter(\.isUp).map { "\(team): \($0.what) on day \(number)" }
                } else {
                    // Levels and streaks take days with a score, and a gap leaves days without.
                    lost += changes.filter { !$0.isUp && !$0.what.hasPrefix("level") && !$0.what.hasPrefix("streak") }
                        .map { "\(team): \($0.what) on day \(number)" }
                }
            }
        }
    }

    private static func changes(_ before: Play.Standing, _ after: Play.Standing) -> [(what: String, isUp: Bool)] {
        var changes: [(what: String, isUp: Bool)] = []
        func compare(_ name: String, _ old: Int?, _ new: Int?) {
            guard let old, let new, abs(new - old) > tolerance else { return }
            changes.append(("\(name) \(old) → \(new)", new > old))
        }
        compare("score", before.score, after.score)
        compare("L", before.leaderboard, after.leaderboard)
        compare("I", before.improvement, after.improvement)
        compare("T", before.timeliness, after.timeliness)
        if before.level != after.level { changes.append(("level \(before.level) → \(after.level)", after.level > before.level)) }
        if before.streak != after.streak { changes.append(("streak \(before.streak) → \(after.streak)", after.streak > before.streak)) }
        if !after.badges.isSubset(of: before.badges) {
            changes.append(("badges \(after.badges.subtracting(before.badges).sorted())", true))
        }
        return changes
    }
}
