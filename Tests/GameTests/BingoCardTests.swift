import CostModel
import Foundation
import TestSupport
import Testing

@testable import Game

@Suite("bingo")
struct BingoCardTests {
    /// The quarter that begins 92 days after the lives do.
    private static let season = Season(of: Lives.day(92))

    private static func card(_ lives: [FindingLife], day: Int = 120) -> BingoCard? {
        BingoCard(season, of: "payments", lives: lives, today: Lives.day(day))
    }

    @Test("has four squares to learn, eight to fix and four to keep, the same for the same ledger")
    func squares() throws {
        let lives = (0..<10).map { Lives.life("f\($0)", opened: $0, fixed: $0 < 2 ? 100 : nil, rule: "rule-\($0 % 5)") }
        let card = try #require(Self.card(lives))
        #expect(BingoCard.Kind.allCases.map { kind in card.squares.count { $0.kind == kind } } == [4, 8, 4])
        #expect(Self.card(lives.shuffled()) == card)
        #expect(card.squares.filter { $0.kind == .learn }.map(\.text) == (0..<4).map { "a fix of 'rule-\($0)'" })
        #expect(card.squares.filter { $0.kind == .learn && $0.mark == .marked }.count == 2)
        #expect(card.squares.filter { $0.kind == .fix && $0.mark == .marked }.count == 2)
        #expect(card.squares[0].command == "bursar explain rule-0")
        for row in 0..<4 { #expect(Set(card.squares[row * 4..<row * 4 + 4].map(\.kind)) == Set(BingoCard.Kind.allCases)) }
    }

    @Test("is of what was open four weeks before the season, and there is none where the ledger does not know that time")
    func age() throws {
        #expect(Self.card([Lives.life("a", opened: 70)]) == nil)
        let card = try #require(Self.card([Lives.life("a", opened: 0, team: "search"), Lives.life("b", opened: 70, fixed: 100)]))
        #expect(card.squares.allSatisfy { $0.kind == .keep || $0.mark == .empty } && card.lines == 0)
    }

    @Test("what was kept is lost for good when it breaks")
    func keep() throws {
        var late = Lives.life("a", opened: 0, fixed: 110)
        late.due = Lives.day(99)
        let opened = [late, Lives.life("b", opened: 100), Lives.life("old", opened: 0, policy: .init(.budget, "b"))]
        let card = try #require(Self.card(opened))
        let keeps = card.squares.filter { $0.kind == .keep }
        #expect(keeps.map(\.mark) == [.lost, .marked, .marked, .lost], "\(keeps)")
    }

    @Test("what reduces neither waste nor risk marks no square")
    func adversary() throws {
        let tries = ProcessInfo.processInfo.environment["BURSAR_PLAYS"].flatMap(Int.init) ?? 300
        var random = SeededGenerator(seed: 3)
        for number in 0..<tries {
            let lives = (0..<14).map { index -> FindingLife in
                var life = Lives.life(
                    "f\(index)", opened: Int.random(in: 0...60, using: &random),
                    fixed: Bool.random(using: &random) ? Int.random(in: 80...118, using: &random) : nil, rule: "rule-\(index % 6)",
                    dollars: Int.random(in: 1...50, using: &random))
                life.deployed = "aws_instance:i-\(index)"
                if Bool.random(using: &random) { life.due = Lives.day(Int.random(in: 90...125, using: &random)) }
                return life
            }
            var played = History(lives: lives)
            let moves = (0..<Int.random(in: 1...4, using: &random)).map { _ in Move.allCases.randomElement(using: &random)! }
            for move in moves { move.apply(to: &played, &random) }
            let (before, after) = (try #require(Self.card(lives)), try #require(Self.card(played.lives)))
            #expect(after.marked <= before.marked && after.lines <= before.lines, "\(number): \(moves)")
        }
    }
}
