import CostModel
import Testing

@testable import Scoring

@Suite("levels over time")
struct HeldLevelTests {
    /// A day of team `a`.
    static func day(_ number: Int, score: Int = 100, reached: Level = .gold, level: Level = .none, isOverdue: Bool = false) -> ScoreDay {
        ScoreDay(
            team: "a", day: Day("2026-03-02")!.advanced(by: number), score: Points(hundredths: score * 100), reachedLevel: reached,
            level: level, cost: .zero(.usd), potentialSavings: .zero(.usd), waste: .zero(.usd), isOverdue: isOverdue, policyDigest: "")
    }

    @Test("a level is held after 14 days at it or above, none sooner")
    func promotion() {
        var calendar = Calendar()
        calendar.judge()
        #expect(calendar.card().level == .gold && calendar.card().heldLevel == Level.none)
        calendar.days(12)
        #expect(calendar.card().heldLevel == Level.none)
        calendar.days(1)
        #expect(calendar.card().heldLevel == .gold)
    }

    @Test("the lowest of the 14 days is what is held")
    func mixed() {
        let earlier = (0..<13).map { Self.day($0, reached: $0 == 5 ? .bronze : .gold) }
        #expect(HeldLevel.level(today: Self.day(13), earlier: earlier, hasOverdueCritical: false) == .bronze)
        #expect(HeldLevel.level(today: Self.day(13, reached: .none), earlier: earlier, hasOverdueCritical: false) == .none)
    }

    @Test(
        "a level is lost after 14 days at three or more points under its score, or where only the shares fall short",
        arguments: [
            // score, reached, expected, of a team that holds gold (90)
            (88, Level.silver, Level.gold), (87, .silver, .silver), (87, .bronze, .bronze), (95, .silver, .silver), (90, .gold, .gold),
        ])
    func demotion(score: Int, reached: Level, expected: Level) {
        let earlier = (0..<13).map { Self.day($0, score: score, reached: reached, level: .gold) }
        let today = Self.day(13, score: score, reached: reached)
        #expect(HeldLevel.level(today: today, earlier: earlier, hasOverdueCritical: false) == expected)
        let better = [Self.day(0, level: .gold)] + earlier.dropFirst()
        #expect(HeldLevel.level(today: today, earlier: better, hasOverdueCritical: false) == .gold)
    }

    @Test("an overdue critical finding takes gold away at once, and nothing that the day still reaches")
    func overdueCritical() {
        var calendar = Calendar([Calendar.tags, Calendar.urgent])
        calendar.judge()
        calendar.days(13)
        #expect(calendar.card().heldLevel == .gold)
        let urgent = Calendar.finding("web", 100, by: Calendar.urgent)
        calendar.days(15, [urgent])
        #expect(calendar.card().heldLevel == .gold && !calendar.today.isOverdue)
        calendar.days(1, [urgent])
        #expect(calendar.card().level == .silver && calendar.card().heldLevel == .silver && calendar.today.isOverdue)
    }

    @Test("a partial evaluation moves no level")
    func partial() {
        var calendar = Calendar()
        calendar.judge()
        calendar.days(12)
        calendar.days(1, [], isPartial: true)
        #expect(calendar.card().heldLevel == Level.none && calendar.history.badges.isEmpty)
    }
}

@Suite("scores of evaluations that could not observe everything")
struct PartialScoreTests {
    private static let web = Calendar.finding("web")

    @Test("teams that the gap can touch get no score, no badge and no streak; the others do")
    func touched() {
        var calendar = Calendar(teams: ["a", "b"])
        calendar.judge()
        calendar.days(6)
        let before = calendar.history.scores
        for _ in 0..<14 {
            calendar.pass(1)
            calendar.judge(calendar.result([]), isPartial: true, touched: ["a"])
            #expect(calendar.card("a").score == nil && calendar.card("a").rank == nil && calendar.card("b").rank == 1)
        }
        #expect(calendar.history.scores.filter { $0.team == "a" } == before.filter { $0.team == "a" })
        #expect(calendar.history.scores.count { $0.team == "b" } == 21)
        #expect(calendar.card("a").streakWeeks == 0 && calendar.card("b").streakWeeks == 2)
        #expect(calendar.history.badges.allSatisfy { $0.team == "b" })
    }

    @Test("who cannot say whom the gap touches scores nobody")
    func everybody() {
        var calendar = Calendar(teams: ["a", "b"])
        calendar.judge()
        calendar.pass(1)
        calendar.judge(calendar.result([]), isPartial: true)
        #expect(calendar.history.scores.count == 2)
    }

    @Test("nobody is scored where more than half of the bill's last 28 days are missing, and what was scored stays")
    func mostlyMissing() {
        var calendar = Calendar(teams: ["a", "b"])
        calendar.judge()
        calendar.days(6)
        let before = calendar.history.scores
        for _ in 0..<14 {
            calendar.pass(1)
            var result = calendar.result([])
            result.spendGap = "the bill lacks 20 of the 28 days"
            calendar.judge(result)
            #expect(
                calendar.board.teams.allSatisfy {
                    $0.score == nil && $0.cost == nil && $0.note == "not scored: the bill lacks 20 of the 28 days"
                })
            #expect(calendar.board.unowned == nil && calendar.board.unscored == "the bill lacks 20 of the 28 days")
        }
        #expect(calendar.history.scores == before && calendar.history.badges.isEmpty)
        #expect(calendar.card().streakWeeks == before.last?.streakWeeks)
    }

    @Test("an overdue critical finding that was seen takes gold away and ends the streak, whatever else is missing")
    func seen() throws {
        var calendar = Calendar([Calendar.tags, Calendar.urgent])
        let urgent = Calendar.finding("web", 100, by: Calendar.urgent)
        calendar.judge()
        calendar.days(13)
        calendar.days(15, [urgent])
        #expect(calendar.card().heldLevel == .gold)
        calendar.days(1, [urgent], isPartial: true)
        #expect(calendar.today.level == .silver && calendar.today.isOverdue && calendar.today.score == nil)
        #expect(calendar.today.cost != .zero(.usd))
        // Not seen, it counts against nobody on that day.
        var other = calendar
        other.days(1, [], isPartial: true)
        #expect(other.history.scores.count == calendar.history.scores.count)
    }

    @Test("a whole score of the day stays when a later evaluation of the day is partial")
    func sameDay() {
        var calendar = Calendar()
        calendar.judge([Self.web])
        calendar.days(15, [Self.web])
        let whole = calendar.today
        calendar.now = calendar.now.adding(.hours(1))
        calendar.judge([Self.web], isPartial: true)
        #expect(calendar.today == whole && whole.score != nil)
    }

    @Test("a week in which something was unseen all the time adds nothing to a streak")
    func unseen() {
        var records = (0...14).map { HeldLevelTests.day($0) }
        for index in 7..<14 { records[index].unseen = 1 }
        #expect(Streak.weeks(records, today: StreakTests.monday.advanced(by: 14), freeze: []) == 1)
        records[9].unseen = 0
        #expect(Streak.weeks(records, today: StreakTests.monday.advanced(by: 14), freeze: []) == 2)
    }
}

@Suite("streaks")
struct StreakTests {
    static let monday = Day("2026-03-02")!

    @Test("weeks count when they have ended, and only whole ones", arguments: [(6, 0), (7, 1), (13, 1), (14, 2), (70, 10)])
    func weeks(days: Int, weeks: Int) {
        let records = (0...days).map { HeldLevelTests.day($0) }
        #expect(Streak.weeks(records, today: Self.monday.advanced(by: days), freeze: []) == weeks)
        // Begun on a Tuesday, the first week is no whole one.
        #expect(Streak.weeks(Array(records.dropFirst()), today: Self.monday.advanced(by: days), freeze: []) == max(0, weeks - 1))
    }

    @Test("an overdue finding ends the streak at once, also in the running week", arguments: [(30, 0), (20, 1), (13, 2)])
    func overdue(day: Int, weeks: Int) {
        let records = (0...30).map { HeldLevelTests.day($0, isOverdue: $0 == day) }
        #expect(Streak.weeks(records, today: Self.monday.advanced(by: 30), freeze: []) == weeks)
    }

    @Test("weeks that touch a freeze neither count nor break, and so do weeks without a record")
    func freeze() {
        let records = (0...30).map { HeldLevelTests.day($0, isOverdue: $0 == 15) }
        let today = Self.monday.advanced(by: 30)
        let freeze = Self.monday.advanced(by: 20)...Self.monday.advanced(by: 20)
        #expect(Streak.weeks(records, today: today, freeze: [freeze]) == 3)
        let gap = (0...30).filter { !(14...20).contains($0) }.map { HeldLevelTests.day($0) }
        #expect(Streak.weeks(gap, today: today, freeze: []) == 3)
    }

    @Test("a finding that is fixed on the day after it was due breaks the week, one that goes missing in time does not")
    func inTime() {
        var calendar = Calendar()
        let web = Calendar.finding("web")
        calendar.judge([web])
        calendar.days(13, [web])
        calendar.days(3, [], revision: "fix")
        #expect(calendar.history.scores.allSatisfy { !$0.isOverdue })
        calendar = Calendar()
        calendar.judge([web])
        calendar.days(14, [web])
        calendar.days(2, [])
        #expect(calendar.history.scores.filter(\.isOverdue).map(\.day) == [Day("2026-03-17")])
        #expect(calendar.card().streakWeeks == 0)
    }
}

@Suite("what the leaderboard knows over time")
struct StandingTests {
    static func saving(
        _ dollars: Int, merged: Instant, standing: SavingsStatus = .vested, plan: String = "p", team: String = "a"
    ) -> SavingsRecord {
        let change = PlanRecord.Change(
            id: "c-1", title: "", file: "main.tf", team: team, findings: [], resources: [], monthlySavings: nil)
        let money = Money(FixedDecimal(dollars), .usd)
        return SavingsRecord(
            change: MergedChange(plan: plan, change: change, commit: "c", merged: merged), standing: standing, estimated: money,
            realised: money, verified: money, measured: merged, method: "")
    }

    @Test(
        "L weighs the score by half, improvement by three tenths, timeliness by two; halves go to the even hundredth",
        arguments: [
            (9_000, 10_000, 10_000, 9_500), (9_000, 0, 0, 4_500), (10_000, 10_000, 10_000, 10_000), (1, 0, 0, 0), (3, 0, 0, 2),
            (8_001, 3_333, 6_667, 6_334),
        ])
    func formula(score: Int, improvement: Int, timeliness: Int, expected: Int) {
        #expect(ScoreHistory.standing(Points(hundredths: score), improvement, timeliness) == Points(hundredths: expected))
    }

    @Test("improvement is not known before somebody was scored 28 days ago: until then the leaderboard goes by the score")
    func young() {
        var calendar = Calendar()
        calendar.judge()
        calendar.days(27)
        #expect(calendar.card().improvement == nil && calendar.card().leaderboard == calendar.card().score)
        calendar.days(1)
        #expect(calendar.card().improvement == 10_000)
    }

    @Test(
        "savings that vested in the last 28 days count against the waste of 28 days ago",
        arguments: [
            (29, SavingsStatus.vested, 0), (30, .vested, 5_000), (57, .vested, 5_000), (58, .vested, 0), (40, .measured, 0),
            (40, .clawedBack, 0), (40, .excluded, 0), (40, .pending, 0),
        ])
    func vesting(age: Int, standing: SavingsStatus, expected: Int) {
        var calendar = Calendar()
        calendar.spend = 40_000
        let waste = Calendar.finding("web", 3_360, by: Calendar.sizes)
        calendar.judge([waste])
        calendar.days(27, [waste])
        // 1,825 in a month are 1,680 in 28 days: half of the waste.
        calendar.history.savings = [Self.saving(1_825, merged: calendar.now.adding(.days(1 - age)), standing: standing)]
        calendar.days(1, [waste])
        #expect(calendar.card().improvement == expected)
    }

    @Test("what comes back with an evaluation earns nothing with it")
    func takenBackAtOnce() {
        var calendar = Calendar()
        calendar.spend = 40_000
        let (waste, web) = (Calendar.finding("big", 3_360, by: Calendar.sizes), Calendar.finding("web", 100, by: Calendar.sizes))
        calendar.judge([waste])
        calendar.days(27, [waste])
        calendar.history.savings = [Self.saving(1_825, merged: calendar.now.subtracting(.days(35)))]
        calendar.days(1, [waste, web])
        #expect(calendar.card().improvement == 5_000)
        calendar.pass(1)
        let takenBack = Self.saving(1_825, merged: calendar.now.subtracting(.days(37)), standing: .clawedBack)
        let (changes, board) = ScoreHistory.advance(
            policies: calendar.policies, result: calendar.result([waste, web]), history: calendar.history, now: calendar.now,
            revision: "c1", isPartial: false,
            measureSavings: { lives in
                #expect(lives.first { $0.id == web.id }?.state == .open)
                return [takenBack]
            })
        #expect(changes.savings == [takenBack] && board.teams[0].improvement == 0)
        #expect(calendar.history.adding(changes).savings == [takenBack])
    }

    @Test("improvement is never above one, and goes from whole to nothing as waste goes from two to six per cent: no dollar decides")
    func bounds() {
        var calendar = Calendar()
        let waste = Calendar.finding("web", 6_000, by: Calendar.sizes)
        let some = Calendar.finding("web", 3_000, by: Calendar.sizes)
        let little = Calendar.finding("web", 2_000, by: Calendar.sizes)
        calendar.judge([waste])
        calendar.days(28, [waste])
        #expect(calendar.card().improvement == 0)
        calendar.history.savings = [Self.saving(900_000, merged: calendar.now.subtracting(.days(40)))]
        calendar.judge([waste])
        #expect(calendar.card().improvement == 10_000)
        calendar.history.savings = []
        calendar.days(1, [some])
        #expect(calendar.card().improvement == 7_500)
        calendar.days(1, [little])
        #expect(calendar.card().improvement == 10_000)
    }

    @Test("exempt waste is waste")
    func exemptWaste() {
        var calendar = Calendar()
        calendar.spend = 50_000
        let waste = Calendar.finding("web", 5_000, by: Calendar.sizes, exemption: "x")
        calendar.judge([waste])
        calendar.days(28, [waste])
        #expect(calendar.today.waste.amount == FixedDecimal(5_000) && calendar.card().improvement == 0)
    }

    @Test("timeliness is the share of dollars that fell due in the last 90 days and were fixed in time")
    func timeliness() {
        var calendar = Calendar()
        let quick = Calendar.finding("quick", 3_000)
        let slow = Calendar.finding("slow", 1_000)
        calendar.judge([quick, slow])
        #expect(calendar.card().timeliness == 10_000)
        calendar.days(3, [slow], revision: "fix")
        #expect(calendar.card().timeliness == 10_000)
        calendar.days(12, [slow])
        #expect(calendar.card().timeliness == 7_500)
        calendar.days(3, [])
        #expect(calendar.card().timeliness == 7_500)
        calendar.days(86, [])
        #expect(calendar.card().timeliness == 7_500)
        calendar.days(1, [])
        #expect(calendar.card().timeliness == 10_000)
    }

    @Test("what no policy asks for any more gives no credit for time")
    func removed() {
        var calendar = Calendar()
        calendar.judge([Calendar.finding("a"), Calendar.finding("b", by: Calendar.sizes)])
        calendar.policies = Calendar([Calendar.sizes]).policies
        calendar.days(15, [Calendar.finding("b", by: Calendar.sizes)])
        #expect(calendar.card().timeliness == 0)
    }

    @Test("teams are ranked by L")
    func ranking() {
        var calendar = Calendar(teams: ["a", "b"])
        calendar.spend = 50_000
        let late = Calendar.finding("web", 100)
        let wasteful = Calendar.finding("api", 5_000, by: Calendar.sizes, team: "b")
        calendar.judge([late, wasteful])
        calendar.days(28, [late, wasteful])
        #expect(calendar.board.teams.map(\.team) == ["a", "b"])
        #expect(calendar.card("a").timeliness == 0 && calendar.card("a").improvement == 10_000)
        #expect(calendar.card("b").timeliness == 0 && calendar.card("b").improvement == 0)
        #expect(calendar.board.teams.map(\.rank) == [1, 2])
    }

    @Test("the score of seven days ago is shown, or the nearest in the week before that")
    func previous() {
        var calendar = Calendar()
        calendar.judge([Calendar.finding("web")])
        let first = calendar.card().score
        calendar.pass(6)
        calendar.judge()
        #expect(calendar.card().previousScore == nil)
        calendar.pass(8)
        calendar.judge()
        #expect(calendar.card().previousScore != nil && calendar.card().previousScore == first)
    }
}
