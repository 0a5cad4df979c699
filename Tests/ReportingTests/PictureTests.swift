import Charts
import CostModel
import Foundation
import Testing

@testable import Reporting

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("pictures for READMEs")
struct PictureTests {
    private static func card(_ team: String, score: Int? = 8_712) -> Scorecard {
        Scorecard(
            team: team, parent: nil, rank: 1, league: 1, score: score.map { Points(hundredths: $0) }, level: .silver,
            cost: Fixtures.usd(1_234),
            potentialSavings: Fixtures.usd(567), penalties: [], streakWeeks: 12, badges: [], improvement: 4_250, heldLevel: .gold)
    }

    private static func report(_ teams: [Scorecard], _ badge: TeamBadge? = nil) -> ScorecardReport {
        var report = ScorecardReport(
            context: Fixtures.context, leaderboard: Leaderboard(teams: teams, unowned: Fixtures.usd(3)), findings: [])
        report.badge = badge
        return report
    }

    @Test(
        "tell a score, a level, a streak and a share",
        arguments: [
            (TeamBadge.score, "score: 87"), (.level, "level: gold"), (.streak, "streak: 12 weeks"), (.saved, "waste saved: 42 %"),
        ])
    func badges(badge: TeamBadge, title: String) {
        #expect(Self.report([Self.card("payments")], badge).svg().markup.contains("<title id=\"t\">\(title)</title>"))
    }

    @Test("say that nothing is known where it is not", arguments: TeamBadge.allCases)
    func unknown(badge: TeamBadge) {
        let card = Scorecard(team: "new", parent: nil, score: nil, level: .none, cost: nil, potentialSavings: nil, penalties: [])
        let picture = Self.report([card], badge).svg().markup
        #expect(picture.contains("unscored") || picture.contains("unknown"))
    }

    @Test("have no amounts of money, and leave the second half of the leaderboard out")
    func discreet() {
        let teams = (0..<20).map { Self.card("team-\($0)", score: 9_900 - $0 * 100) }
        for picture in [Self.report(teams).svg(), Self.report([teams[0]]).svg()]
            + TeamBadge.allCases.map({ Self.report([teams[0]], $0).svg() })
        {
            #expect(!picture.markup.contains("$") && !picture.markup.contains("1,234") && !picture.markup.contains("567"))
        }
        let board = Self.report(teams).svg().markup
        #expect(board.contains("team-9<") && !board.contains("team-10<"))
    }

    @Test("hold hostile names as text", arguments: RandomComparison.hostile)
    func hostile(evil: String) {
        let pictures =
            [Self.report([Self.card(evil)]), Self.report([Self.card(evil), Self.card(evil + "2")])].map { $0.svg() }
            + TeamBadge.allCases.map { Self.report([Self.card(evil)], $0).svg() }
        for picture in pictures {
            #expect(XMLParser(data: Data(picture.markup.utf8)).parse())
            #expect(!picture.markup.contains("<script") && !picture.markup.contains("<a ") && !picture.markup.contains("<image"))
        }
    }
}
