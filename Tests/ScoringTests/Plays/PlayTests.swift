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

    /// Only savings of 50 dollars a month are asked for, and one machine is all that there is to mend.
    private static let narrow: Match = {
        var random = SeededGenerator(seed: 3)
        var estate = PlayedEstate(using: &random, teams: 3)
        estate.minimumSavings = 50
        for number in estate.running(of: "payments") {
            estate.machines[number].tags["cost-center"] = "CC-1000"
            estate.machines[number].isBusy = number != 1
            if number == 1 { (estate.machines[number].size, estate.machines[number].rates) = ("m5.xlarge", [(PlayedEstate.first, 460)]) }
        }
        return Match(estate, days: 70)
    }()

    @Test(
        "wins nothing where a size is all that it has to mend",
        arguments: [
            "make three of each, in three roots, which save too little", "critical = true", "exempt once it is late",
            "make it anew outside the code", "make the next one first and remove the last one then, every 13 days",
        ])
    func size(name: String) throws {
        let move = try #require(Move.all.first { $0.name == name })
        let winnings = Self.narrow.winnings([.init(move, team: "payments", from: 3)])
        #expect(winnings.won.isEmpty, "\(winnings.won.count): \(winnings.won.prefix(2)) … \(winnings.won.suffix(1))")
        #expect(winnings.lost.isEmpty, "\(winnings.lost.count): \(winnings.lost.prefix(2))")
    }

    /// Found by the search: each of them wins nothing by itself.
    private static let mixtures = [
        ["make sixteen small ones of each, which save too little", "a torn file of everybody's, every third day"],
        ["one sample too few", "rename with 'moved' every 8 days"],
        ["critical = true", "rename with 'moved' every 1 days"],
        ["exempt 2 days in 9", "make it anew at its address every 13 days"],
        ["tags in the code only", "make it anew at its address every 2 days", "rename in the code every 1 days"],
        ["make it anew under another name every 1 days", "a torn file of everybody's, every third day"],
    ]

    @Test("wins nothing by two or three tricks at a time, each begun a week after the other", arguments: mixtures)
    func mixture(names: [String]) throws {
        let parts = try names.enumerated().map { number, name in
            Match.Part(try #require(Move.all.first { $0.name == name }), team: "payments", from: 3 + 7 * number)
        }
        let winnings = Self.match.winnings(parts)
        #expect(winnings.won.isEmpty, "\(winnings.won.count): \(winnings.won.prefix(2))")
        #expect(winnings.lost.isEmpty, "\(winnings.lost.count): \(winnings.lost.prefix(2))")
    }

    /// Won once: an estate of the search's, and what was done in it.
    struct Found: CustomTestStringConvertible, Sendable {
        var seed: UInt64
        var number: UInt64
        var team: String
        var moves: [(from: Int, name: String)]
        var accomplice: (team: String, from: Int, name: String)?
        var testDescription: String { moves.map(\.name).joined(separator: "; ") }
    }

    static let found = [
        Found(
            seed: 1_002, number: 0, team: "platform",
            moves: [(18, "make it anew outside the code"), (11, "make it anew at its address every 2 days")]),
        Found(
            seed: 1_002, number: 5, team: "mobile",
            moves: [(22, "tags in the code only"), (19, "exchange the tag that is missing, every 13 days")]),
        Found(
            seed: 1_002, number: 18, team: "platform",
            moves: [(7, "make it anew under another name every 1 days"), (20, "exchange the tag that is missing, every 13 days")]),
        Found(
            seed: 1_002, number: 22, team: "platform",
            moves: [(2, "give no time at all"), (2, "make it anew under another name every 13 days")]),
        Found(
            seed: 1_003, number: 6, team: "search",
            moves: [(22, "tags that nobody can know"), (30, "seven tag keys that all have")]),
        Found(
            seed: 1_003, number: 12, team: "payments", moves: [(22, "make it anew outside the code, as three, without tags")],
            accomplice: ("mobile", 16, "make it anew at its address every 1 days")),
        Found(
            seed: 1_005, number: 8, team: "payments",
            moves: [
                (26, "make it anew at its address every 13 days"), (23, "remove it from the code and declare a cheap one like it"),
            ]),
        Found(
            seed: 1_007, number: 24, team: "mobile",
            moves: [
                (25, "make three of each, in three roots, which save too little"),
                (23, "size up, and merge the smaller size after 5 days"),
            ]),
        Found(
            seed: 1_012, number: 23, team: "search",
            moves: [
                (12, "no memory metric every other week"), (12, "make sixteen small ones of each, which save too little"),
            ]),
        Found(
            seed: 1_013, number: 5, team: "mobile",
            moves: [(3, "tags in the code only"), (11, "make the next one first and remove the last one then, every 5 days")]),
    ]

    @Test("wins nothing by what was found by searching", arguments: found)
    func searched(found: Found) throws {
        var random = SeededGenerator(seed: found.seed &* 1_000_003 &+ found.number)
        let count = Int.random(in: 3...5, using: &random)
        let match = Match(PlayedEstate(using: &random, teams: count, isVaried: found.number / 2 % 2 == 0), days: 50)
        let told = found.moves.map { (found.team, $0.from, $0.name) } + (found.accomplice.map { [($0.team, $0.from, $0.name)] } ?? [])
        let parts = try told.map { team, from, name in
            Match.Part(try #require(Move.all.first { $0.name == name }), team: team, from: from)
        }
        let winnings = match.winnings(parts)
        #expect(winnings.won.isEmpty, "\(winnings.won.count): \(winnings.won.prefix(2))")
        #expect(winnings.lost.isEmpty, "\(winnings.lost.count): \(winnings.lost.prefix(2))")
    }

    @Test("wins nothing by code that said all along what does not run")
    func fromTheFirstDay() throws {
        let move = try #require(Move.all.first { $0.name == "tags in the code only" })
        #expect(Self.match.winnings([.init(move, team: "payments", from: 0)]).won.isEmpty)
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
