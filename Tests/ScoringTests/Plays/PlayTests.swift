import CostModel
import ScorePlays
import TestSupport
import Testing

/// What a team may try for points, each by itself, day by day for ten weeks; `bursar-campaigns adversary` plays mixtures for longer.
///
/// Waste, untagged dollars and overruns are what they were; so nothing that a team shows may be better, and nothing of anybody else worse.
@Suite("a team that wants points and mends nothing")
struct PlayTests {
    private static let match: Match = {
        var random = SeededGenerator(seed: 3)
        return Match(PlayedEstate(using: &random, teams: 3), days: 70)
    }()

    @Test("wins nothing, and nobody loses by it", arguments: Move.all.map(\.name))
    func nothing(name: String) throws {
        let move = try #require(Move.all.first { $0.name == name })
        let winnings = Self.match.winnings([.init(move, team: "payments", from: 3)])
        #expect(winnings.won.isEmpty, "\(winnings.won.count): \(winnings.won.prefix(2)) … \(winnings.won.suffix(1))")
        #expect(winnings.lost.isEmpty, "\(winnings.lost.count): \(winnings.lost.prefix(2))")
    }

    @Test("beside one that mends something, which shows within a week", arguments: ["payments", "search", "platform"])
    func honest(team: String) throws {
        let trouble = Self.match.estate.trouble(of: team)
        try #require(trouble.untagged + trouble.waste > 0)
        let played = Self.match.honest(team, on: 5)
        let (after, before) = (played[12][team]?.score, Self.match.without[12][team]?.score)
        #expect(try #require(after) > #require(before))
    }
}
