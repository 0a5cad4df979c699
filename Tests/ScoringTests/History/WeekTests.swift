import CostModel
import Scoring
import Testing

/// What a scorecard says of a team's week: what is due, why the score moved, and when a level is held.
@Suite("a team's week")
struct WeekTests {
    private let web = Calendar.finding("web")
    private let api = Calendar.finding("api", 3_000)

    @Test("each penalty says by when it is to be gone, and whether that has passed")
    func deadlines() throws {
        var calendar = Calendar()
        calendar.judge([web])
        let penalty = try #require(calendar.card().penalties.first)
        #expect(penalty.due == Day("2026-03-16") && !penalty.isOverdue)
        calendar.days(14, [web])
        #expect(calendar.card().penalties.first?.isOverdue == false)
        calendar.days(1, [web])
        #expect(calendar.card().penalties.first?.isOverdue == true)
        #expect(calendar.card().penalties.first?.due == Day("2026-03-16"))
    }

    @Test("a score that moved says by which findings; the parts add up to the difference")
    func movements() throws {
        var calendar = Calendar()
        calendar.judge([web])
        calendar.days(8, [web])
        #expect(calendar.card().movements == [])
        // One is mended, another comes.
        calendar.days(3, [api], revision: "fix")
        let card = calendar.card()
        let movements = try #require(card.movements)
        #expect(movements.map(\.kind).sorted { $0.rawValue < $1.rawValue }.contains(.opened))
        let opened = try #require(movements.first { $0.kind == .opened })
        let penalty = try #require(card.penalties.first)
        #expect(opened.finding == api.id && opened.points.hundredths == -penalty.points.hundredths)
        let fixed = try #require(movements.first { $0.kind == .fixed })
        #expect(fixed.finding == web.id && fixed.points.hundredths > 0)
        let change = try #require(card.score).hundredths - #require(card.previousScore).hundredths
        #expect(movements.reduce(0) { $0 + $1.points.hundredths } == change)
        #expect(movements.first?.kind == .opened, "what moved it most comes first")
    }

    @Test("what spend did to a score is said, too")
    func amounts() throws {
        var calendar = Calendar()
        calendar.judge([web])
        calendar.days(8, [web])
        calendar.spend = 50_000
        calendar.days(1, [web])
        let movements = try #require(calendar.card().movements)
        #expect(movements.map(\.kind) == [.amounts] && movements[0].points.hundredths < 0)
    }

    @Test("a level that the day reaches is held after so many more days like it")
    func daysToLevel() {
        var calendar = Calendar()
        calendar.judge()
        #expect(calendar.card().daysToLevel == 13)
        calendar.days(12)
        #expect(calendar.card().daysToLevel == 1 && calendar.card().heldLevel == Level.none)
        calendar.days(1)
        #expect(calendar.card().daysToLevel == nil && calendar.card().heldLevel == .gold)
        // A day below begins the count anew.
        var other = Calendar()
        other.judge()
        other.days(5)
        other.days(2, [Calendar.finding("big", 60_000)])
        other.days(2)
        #expect(other.card().daysToLevel == 13)
    }

    @Test("without a week of history nothing is said of it")
    func young() {
        var calendar = Calendar()
        calendar.judge([web])
        #expect(calendar.card().movements == nil)
    }
}
