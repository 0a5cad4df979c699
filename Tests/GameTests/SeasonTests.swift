import CostModel
import Foundation
import TestSupport
import Testing

@testable import Game

@Suite("seasons")
struct SeasonTests {
    private static let season = Season(of: Lives.start)
    private static let names: Set = ["a", "b", "c", "d"]

    private static func day(_ team: String, _ number: Int, _ points: Int?, cost: Int = 5_000) -> ScoreDay {
        var day = ScoreDay(
            team: team, day: Lives.day(number), score: points.map { Points(hundredths: $0) }, reachedLevel: .none, level: .none,
            cost: Money(FixedDecimal(cost), .usd), potentialSavings: .zero(.usd), waste: .zero(.usd), policyDigest: "")
        day.leaderboard = day.score
        return day
    }

    private static func days(_ team: String, _ points: Int, _ range: Range<Int> = 0..<92, cost: Int = 5_000) -> [ScoreDay] {
        range.map { day(team, $0, points, cost: cost) }
    }

    private static func table(_ scores: [ScoreDay], teams: Set<String> = names, day: Int = 92, _ season: Season = season) -> SeasonTable {
        SeasonTable(season, scores: scores, teams: teams, leastSpend: FixedDecimal(1_000), today: Lives.day(day))
    }

    @Test("are quarters, count whole weeks, and when one is over all of its days")
    func quarters() {
        #expect(Self.season.description == "2026-Q3" && Self.season.previous.description == "2026-Q2")
        #expect(Season(of: Day(year: 2027, month: 1, day: 1)).previous.description == "2026-Q4")
        // The first of July was a Wednesday.
        #expect(Self.season.countedDays(on: Lives.day(3)).isEmpty)
        #expect(Self.season.countedDays(on: Lives.day(6)).upperBound == Lives.day(5))
        #expect(Self.season.countedDays(on: Lives.day(200)) == Self.season.days)
    }

    @Test("rank by the mean of daily points, with ties within two; who is new, small, or does not want to is not ranked")
    func ranks() {
        let scores = Self.days("a", 9_000) + Self.days("b", 8_850) + Self.days("c", 7_000) + Self.days("d", 9_900, 30..<92)
        let table = Self.table(scores)
        #expect(table.rows.map(\.team) == ["a", "b", "c", "d"] && table.rows.map(\.rank) == [1, 1, 3, nil])
        #expect(table.row(of: "d")?.note == "judged since 2026-07-31: ranked from the next season on")
        #expect(Self.table(scores + Self.days("small", 9_999, cost: 10), teams: ["a", "small"]).row(of: "small")?.rank == nil)
        #expect(Self.table(scores, teams: ["b", "c"]).rows.map(\.team) == ["b", "c"])
        // Before a week is over nobody leads.
        #expect(Self.table(scores, day: 4).rows.isEmpty && Self.table([]).line == nil)
    }

    @Test("a team sees the best three and itself, and nobody else's place")
    func shown() throws {
        let scores = Self.days("a", 9_000) + Self.days("b", 8_000) + Self.days("c", 7_000) + Self.days("d", 6_000) + Self.days("e", 5_000)
        let table = Self.table(scores, teams: ["a", "b", "c", "d", "e"])
        #expect(table.line == "season 2026-Q3: 1. a, 2. b, 3. c")
        #expect(table.line(for: "e") == "season 2026-Q3: 1. a, 2. b, 3. c; you: rank 5 with 50.00")
    }

    @Test("the most improved gained from its first seven days to its last")
    func improved() {
        let scores = Self.days("a", 9_000) + Self.days("b", 4_000, 0..<40) + Self.days("b", 6_500, 40..<92)
        #expect(Self.table(scores).mostImproved?.team == "b")
        #expect(Self.table(scores).mostImproved?.gain == Points(hundredths: 2_500))
    }

    @Test("awards stay: one season's first and most improved, once, and never alone or by a ledger that began in mid season")
    func awards() {
        let scores = Self.days("a", 9_000) + Self.days("b", 4_000, 0..<40) + Self.days("b", 6_500, 40..<92)
        func awarded(_ history: History, day: Int = 93) -> [String] {
            SeasonAwards.new(history, teams: Self.names, leastSpend: FixedDecimal(1_000), today: Lives.day(day)).map {
                "\($0.team) \($0.name)"
            }
        }
        let new = SeasonAwards.new(History(scores: scores), teams: Self.names, leastSpend: FixedDecimal(1_000), today: Lives.day(93))
        #expect(new.map { "\($0.team) \($0.name)" } == ["a season-2026-Q3", "b improved-2026-Q3"])
        #expect(awarded(History(scores: scores, badges: new)).isEmpty && awarded(History(scores: scores), day: 91).isEmpty)
        #expect(
            awarded(History(scores: Self.days("a", 9_000))).isEmpty
                && awarded(History(scores: scores.filter { $0.day > Lives.day(20) })).isEmpty)
        #expect(
            SeasonAwards.hallOfFame(new + [Badge(team: "a", name: "gold", awarded: Lives.day(1), reason: "", evidence: "")])
                == new.sorted {
                    $0.name < $1.name
                })
    }

    @Test("to hide a day raises no points and no rank")
    func hiding() {
        let tries = ProcessInfo.processInfo.environment["BURSAR_PLAYS"].flatMap(Int.init) ?? 200
        var random = SeededGenerator(seed: 11)
        for _ in 0..<tries {
            let honest = ["a", "b", "c"].flatMap { team in (0..<92).map { Self.day(team, $0, Int.random(in: 0...10_000, using: &random)) } }
            let share = Int.random(in: 1...9, using: &random)
            var played = honest.filter { $0.team != "a" || Int.random(in: 0..<10, using: &random) >= share }
            // Nor does one that says nothing, or that has not come yet.
            played += [Self.day("a", 300, 10_000), Self.day("z", 5, nil)]
            let (before, after) = (Self.table(honest), Self.table(played))
            #expect((after.row(of: "a")?.points.hundredths ?? 0) <= (before.row(of: "a")?.points.hundredths ?? 0))
            #expect((after.row(of: "a")?.rank ?? .max) >= (before.row(of: "a")?.rank ?? .max))
            #expect((after.row(of: "a")?.gain?.hundredths ?? 0) <= (before.row(of: "a")?.gain?.hundredths ?? 0))
        }
    }
}
