import CostModel
import Foundation
import ScorePlays
import TestSupport

/// A team, or several that collude, which wants points and mends nothing, against the scores of 120 days, or of a few.
///
/// Each play draws an estate, some moves by chance, and from when on they are made; every second one searches: it tries a few moves and goes
/// on from the one that won most. Nothing that the players show may be better than without it by more than a point, and nothing of anybody
/// else worse. Beside them an honest team mends one thing, which must show within a week. Of a play that wins only the moves are told without
/// which it does not.
struct Adversary {
    let seed: UInt64
    let isQuick: Bool
    /// The number of the only play that is played; nil: all.
    var only: Int?
    /// What is played in it: `payments@2: critical = true; search@5: no memory metric`; nil: what is drawn.
    var moves: String?
    /// How long a play is.
    var days = 120
    /// Whether each day is told of the teams that play; with `only`.
    var isTraced = false

    func run(plays: Int) throws {
        var counts: [String: (plays: Int, won: Int)] = [:]
        var failures: [String] = []
        let begin = ContinuousClock.now
        for number in only.map({ $0..<$0 + 1 }) ?? 0..<plays {
            var random = SeededGenerator(seed: seed &* 1_000_003 &+ UInt64(number))
            let match = Match(Self.estate(number, &random), days: days)
            var parts = try moves.map(told) ?? []
            var played: [[String: Play.Standing]]?
            if moves == nil, number % 2 == 0 {
                parts = chance(match, &random)
            } else if moves == nil {
                (parts, played) = search(match, &random)
            }
            let winnings = match.winnings(parts, played ?? match.run(parts))
            if isTraced, only != nil { for team in Set(parts.map(\.team)).sorted() { match.trace(parts, team: team) { print($0) } } }
            for part in parts {
                counts[part.move.name, default: (0, 0)].plays += 1
                if !winnings.won.isEmpty || !winnings.lost.isEmpty { counts[part.move.name, default: (0, 0)].won += 1 }
            }
            if let first = winnings.won.first ?? winnings.lost.first.map({ "at the cost of \($0)" }) {
                let moves = smallest(parts, in: match).map { "\($0.team)@\($0.from): \($0.move.name)" }.joined(separator: "; ")
                failures.append("play \(number): \(moves)\n  \(first), \(winnings.won.count) times; others \(winnings.lost.count) times")
            }
            if number % 4 == 0, days > 12, let team = match.estate.teams.randomElement(using: &random) {
                if let broken = honest(match, team) { failures.append("play \(number): \(broken)") }
            }
        }
        for failure in failures { print(failure) }
        let names = counts.sorted { $0.key < $1.key }.map {
            "\($0.key) \($0.value.plays)" + ($0.value.won > 0 ? " (\($0.value.won) won)" : "")
        }
        print("moves: \(names.joined(separator: ", "))")
        try require(failures.isEmpty, "\(failures.count) of \(only == nil ? plays : 1) plays end otherwise than they should")
        print(
            "adversary, seed \(seed): nothing was won in \(only == nil ? plays : 1) plays of \(days) days, in \(begin.duration(to: .now).components.seconds) s"
        )
    }

    /// Of every second pair of plays some teams have less to mend than others.
    private static func estate(_ number: Int, _ random: inout SeededGenerator) -> PlayedEstate {
        PlayedEstate(using: &random, teams: Int.random(in: 3...5, using: &random), isVaried: number / 2 % 2 == 0)
    }

    private func chance(_ match: Match, _ random: inout SeededGenerator) -> [Match.Part] {
        let teams = match.estate.teams.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random))
        return teams.flatMap { team in
            (0..<Int.random(in: 1...3, using: &random)).map { _ in part(team, &random) }
        }
    }

    /// On the first day everything is looked at once before anybody plays: what was hidden before that nobody can know.
    private func part(_ team: String, _ random: inout SeededGenerator) -> Match.Part {
        let move = Move.all[Int.random(in: 0..<Move.all.count, using: &random)]
        return Match.Part(move, team: team, from: Int.random(in: 1...max(1, min(30, days / 3)), using: &random))
    }

    private func told(_ text: String) throws -> [Match.Part] {
        try text.split(separator: "; ").map { part in
            let words = part.split(separator: ": ", maxSplits: 1)
            let place = (words.first ?? "").split(separator: "@")
            let move = Move.all.first { $0.name == words.last.map(String.init) }
            guard let move, place.count == 2, let day = Int(place[1]) else { throw Broken("no move is called '\(part)'") }
            return Match.Part(move, team: String(place[0]), from: day)
        }
    }

    /// The moves that still win, or still cost others, where none of them can be left out.
    private func smallest(_ parts: [Match.Part], in match: Match) -> [Match.Part] {
        for index in parts.indices where parts.count > 1 {
            var fewer = parts
            fewer.remove(at: index)
            let winnings = match.winnings(fewer)
            if !winnings.won.isEmpty || !winnings.lost.isEmpty { return smallest(fewer, in: match) }
        }
        return parts
    }

    /// Two rounds, each of which keeps the best of a few moves; and what it showed.
    private func search(_ match: Match, _ random: inout SeededGenerator) -> ([Match.Part], [[String: Play.Standing]]?) {
        guard let team = match.estate.teams.randomElement(using: &random) else { return ([], nil) }
        var kept: (parts: [Match.Part], shown: [[String: Play.Standing]]?) = ([], nil)
        for _ in 0..<2 {
            let tries = (0..<(isQuick ? 2 : 4)).map { _ in kept.parts + [part(team, &random)] }
            let shown = tries.map { match.run($0) }
            let gains = shown.map { gain($0, team, match) }
            if let best = gains.indices.max(by: { gains[$0] < gains[$1] }) { kept = (tries[best], shown[best]) }
        }
        return kept
    }

    /// What a team has more than without it, summed over the days, in hundredths.
    private func gain(_ played: [[String: Play.Standing]], _ team: String, _ match: Match) -> Int {
        zip(played, match.without).reduce(0) { sum, days in
            let (after, before) = (days.0[team], days.1[team])
            return sum + (after?.score ?? 0) - (before?.score ?? 0) + (after?.leaderboard ?? 0) - (before?.leaderboard ?? 0)
        }
    }

    private func honest(_ match: Match, _ team: String) -> String? {
        let trouble = match.estate.trouble(of: team)
        guard trouble.untagged + trouble.waste > 0 else { return nil }
        let played = match.honest(team, on: 5)
        guard let after = played[12][team]?.score, let before = match.without[12][team]?.score, after <= before else { return nil }
        return "\(team) mends something and stays at \(before)"
    }
}
