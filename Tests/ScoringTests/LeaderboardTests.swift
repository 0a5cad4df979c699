import CostModel
import Scoring
import Testing

@Suite("leaderboard")
struct LeaderboardTests {
    /// A team's card by its spend and the dollars it fails on.
    func board(
        _ teams: [(name: String, spend: Int, failing: Int)], first: [String: String] = [:], parents: [String: String] = [:]
    ) -> Leaderboard {
        let spendByScope = SpendByScope(
            teams: Dictionary(uniqueKeysWithValues: teams.map { ($0.name, Account.spend($0.spend)) }), unowned: .init(),
            workspace: Account.spend(teams.map(\.spend).reduce(0, +)),
            controls: [
                .init(
                    policy: Account.tagging.reference, enforcement: .warn, severity: .high, level: 1,
                    spend: Dictionary(uniqueKeysWithValues: teams.map { ($0.name, Account.spend($0.spend)) }))
            ],
            firstDay: Dictionary(uniqueKeysWithValues: teams.map { ($0.name, Day(first[$0.name] ?? "2026-01-01")!) }))
        let findings = teams.map { team in
            var finding = Account.finding(team.name, team.failing)
            finding.team = team.name
            return finding
        }
        return Scorer.score(
            policies: Account.policies(teams.map { Account.team($0.name, parent: parents[$0.name]) }),
            result: Account.result(findings, [:], spendByScope))
    }

    @Test("teams within two points of the leader of their tie share its rank, the next counts the teams before it")
    func ties() {
        let board = board([("a", 100_000, 0), ("b", 100_000, 1_500), ("c", 100_000, 3_000), ("d", 100_000, 30_000)])
        #expect(board.teams.map(\.team) == ["a", "b", "c", "d"])
        #expect(board.teams.map(\.rank) == [1, 1, 3, 4])
    }

    @Test("leagues are quartiles by spend")
    func leagues() {
        let board = board((1...8).map { ("t\($0)", $0 * 10_000, 0) })
        let leagues = Dictionary(uniqueKeysWithValues: board.teams.map { ($0.team, $0.league) })
        #expect(leagues == ["t8": 1, "t7": 1, "t6": 2, "t5": 2, "t4": 3, "t3": 3, "t2": 4, "t1": 4])
    }

    @Test(
        "small and young teams are listed behind the ranked ones, with the reason",
        arguments: [
            (999, "2026-01-01", "not ranked: under 1,000 USD in 28 days"), (1_000, "2026-01-01", nil),
            (5_000, "2026-10-05", "not ranked: its first charge is less than 28 days old"), (5_000, "2026-10-04", nil),
        ] as [(Int, String, String?)])
    func unranked(spend: Int, first: String, note: String?) throws {
        let board = board([("a", spend, 0), ("b", 50_000, 20_000)], first: ["a": first])
        let card = try #require(board.teams.first { $0.team == "a" })
        #expect(card.note == note)
        #expect((card.rank == nil) == (note != nil))
        #expect(board.teams.map(\.team) == (note == nil ? ["a", "b"] : ["b", "a"]))
    }

    @Test("teams too small for a rank count with the nearest team above them, which is ranked with its subtree")
    func subtrees() throws {
        let parents = ["a1": "a", "a2": "a", "c1": "c", "c2": "c"]
        let board = board(
            [("a", 5_000, 0), ("a1", 900, 450), ("a2", 800, 0), ("b", 5_000, 500), ("c", 300, 0), ("c1", 400, 0), ("c2", 400, 100)],
            parents: parents)
        func card(_ name: String) throws -> Scorecard { try #require(board.teams.first { $0.team == name }) }
        // One that is ranked anyway is ranked by the mean of itself and those below it.
        let (a, a1, a2) = (try card("a"), try card("a1"), try card("a2"))
        #expect(a.rankedWith == ["a1", "a2"] && a.score == Points(hundredths: 10_000))
        let mean = try #require(a.subtree)
        #expect(try mean < #require(a.score))
        #expect(try mean > #require(a1.score))
        #expect(a1.rank == nil && a2.rank == nil && a1.note == "not ranked: under 1,000 USD in 28 days")
        // One that is too small itself is ranked once all together are large enough.
        let c = try card("c")
        #expect(c.rank != nil && c.rankedWith == ["c1", "c2"] && c.note == nil)
        let b = try card("b")
        #expect(b.subtree == nil && b.rankedWith.isEmpty)
        // Splitting a team into small ones under it changes nothing for the rank.
        let whole = self.board([("a", 6_700, 450), ("b", 5_000, 500)])
        let split = self.board([("a", 5_000, 0), ("a1", 900, 450), ("a2", 800, 0), ("b", 5_000, 500)], parents: parents)
        let (one, other) = (whole.teams.first { $0.team == "a" }?.score, split.teams.first { $0.team == "a" }?.subtree)
        #expect(abs(try #require(one?.hundredths) - #require(other?.hundredths)) <= 20)
    }

    @Test("small teams that are not enough together are handed on to the next team above, and to nobody at the top")
    func handedOn() throws {
        let board = board(
            [("top", 5_000, 0), ("mid", 300, 0), ("leaf", 200, 100), ("lone", 500, 0), ("under", 100, 50)],
            parents: ["mid": "top", "leaf": "mid", "under": "lone"])
        let top = try #require(board.teams.first { $0.team == "top" })
        #expect(top.rankedWith == ["leaf", "mid"])
        #expect(board.teams.filter { $0.rank != nil }.map(\.team) == ["top"])
    }
}
