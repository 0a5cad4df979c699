import CostModel
import Scoring
import Testing

@Suite("lives of findings")
struct FindingLivesTests {
    let web = Calendar.finding("web")

    @Test("two evaluations in a row open a finding, as of the first; two close it, at the commit at which it was first missing")
    func opensAndCloses() throws {
        var calendar = Calendar()
        calendar.judge()
        calendar.days(1, [web])
        #expect(calendar.life("web")?.state == .appearing)
        #expect(calendar.card().score == Points(hundredths: 10_000))
        calendar.days(1, [web])
        var life = try #require(calendar.life("web"))
        #expect(life.state == .open && life.opened == Calendar.start.adding(.days(1)) && life.due == Day("2026-03-17"))
        #expect(calendar.card().penalties.map(\.finding) == [web.id])
        let penalties = calendar.card().penalties
        calendar.days(1, [], revision: "fix")
        #expect(calendar.life("web")?.state == .disappearing)
        #expect(calendar.card().penalties == penalties)
        calendar.days(1, [], revision: "later")
        life = try #require(calendar.life("web"))
        #expect(life.state == .fixed && life.fixed == Calendar.start.adding(.days(3)) && life.fixedBy == "fix")
        #expect(calendar.card().penalties.isEmpty)
    }

    @Test("the first evaluation of all has none before it to agree with, and counts as it is")
    func first() {
        var calendar = Calendar()
        calendar.judge([web])
        #expect(calendar.life("web")?.state == .open && calendar.life("web")?.opened == Calendar.start)
        #expect(calendar.card().score! < Points(hundredths: 10_000))
    }

    @Test("one odd reading opens nothing, however often it comes")
    func oddReadings() {
        var calendar = Calendar()
        calendar.judge()
        for _ in 0..<5 {
            calendar.days(1, [web])
            #expect(calendar.life("web")?.state == .appearing)
            calendar.days(1)
        }
        #expect(calendar.life("web")?.opened == nil)
    }

    @Test("a finding that is missed once was never gone")
    func missedOnce() {
        var calendar = Calendar()
        calendar.judge([web])
        calendar.days(1, [], revision: "odd")
        calendar.days(1, [web])
        #expect(calendar.life("web")?.state == .open)
        #expect(calendar.life("web")?.fixedBy == nil && calendar.life("web")?.missedSince == nil)
    }

    @Test("a partial evaluation closes nothing, though what it sees opens")
    func partial() {
        var calendar = Calendar()
        calendar.judge([web])
        calendar.days(5, [], isPartial: true)
        #expect(calendar.life("web")?.state == .open)
        calendar.days(1)
        calendar.days(5, [], isPartial: true)
        #expect(calendar.life("web")?.state == .disappearing)
        calendar.days(2, [Calendar.finding("api")], isPartial: true)
        #expect(calendar.life("api")?.state == .open)
        // What it looked at in part makes no score.
        #expect(calendar.card().score == nil && calendar.card().penalties.isEmpty)
    }

    @Test(
        "what a bill with gaps says of a budget opens nothing until a whole one agrees; nobody fixed what the days that came later took back",
        arguments: [nil, ["a"]] as [Set<String>?])
    func budgetOfATornBill(touched: Set<String>?) throws {
        let header = Calendar.header(.budget, "b", .high, level: 1)
        var overrun = Finding(
            policy: header, rule: "over-budget", verdict: .fail, team: "a", message: "", location: nil,
            atStake: Money(FixedDecimal(10), .usd))
        overrun.period = "2026-03"
        let calendar = Calendar([header])
        func lives(_ days: [(isPartial: Bool, findings: [Finding])], touched: Set<String>?, isFirst: Bool = false) -> FindingLife? {
            var lives: [FindingLife] = []
            for (day, (isPartial, findings)) in days.enumerated() {
                lives = FindingLives.advance(
                    lives, with: calendar.result(findings), policies: calendar.policies, at: Calendar.start.adding(.days(day)),
                    revision: "c", isPartial: isPartial, touched: touched, isFirst: isFirst && day == 0)
            }
            return lives.first
        }
        let torn = (isPartial: true, findings: [overrun])
        #expect(lives([torn, torn, torn], touched: touched)?.state == .appearing)
        #expect(lives([torn, torn], touched: touched, isFirst: true)?.state == .appearing)
        let takenBack = try #require(lives([torn, torn, (false, []), (false, [])], touched: touched))
        #expect(takenBack.opened == nil && takenBack.fixedBy == nil)
        #expect(lives([torn, torn, (false, [overrun])], touched: touched)?.state == .open)
        // What could not be judged does not fail by it either, and is what it was once the days are back.
        var unknown = overrun
        unknown.verdict = .unknown
        unknown.reason = "days are missing"
        let judged = try #require(lives([(false, [unknown]), (false, [unknown]), torn, torn, (false, [unknown])], touched: touched))
        #expect(judged.state == .open && judged.verdict == .unknown && judged.unknownSince == Calendar.start)
        #expect(lives([(false, [unknown]), (false, [unknown]), torn, (false, [overrun])], touched: touched)?.verdict == .fail)
        // A gap of others is none of this one's.
        #expect(lives([torn, torn], touched: ["b"])?.state == .open)
    }

    @Test("what could not be judged is neither there nor gone")
    func error() {
        var calendar = Calendar()
        calendar.judge([web])
        calendar.days(3, [Calendar.finding("web", verdict: .error)])
        #expect(calendar.life("web")?.state == .open)
    }

    @Test(
        "a finding that comes back is counted, and within 90 days keeps the day by which it was due", arguments: [(89, true), (90, false)])
    func reopened(away: Int, keepsDay: Bool) throws {
        var calendar = Calendar()
        calendar.judge([web])
        calendar.days(2, [], revision: "fix")
        calendar.pass(away)
        calendar.judge([web])
        #expect(calendar.life("web")?.state == .appearing && calendar.life("web")?.fixed == nil)
        calendar.days(1, [web])
        let life = try #require(calendar.life("web"))
        #expect(life.state == .open && life.reopened == 1 && life.fixedBy == nil)
        #expect(life.opened == calendar.now.subtracting(.days(1)))
        #expect((life.due == Day("2026-03-16")) == keepsDay)
    }

    @Test("one that is seen once after its fix stays fixed, as of then and by the same commit")
    func reappears() {
        var calendar = Calendar()
        calendar.judge([web])
        calendar.days(2, [], revision: "fix")
        let fixed = calendar.life("web")
        calendar.days(1, [web])
        calendar.days(1)
        #expect(calendar.life("web")?.state == .fixed)
        #expect(calendar.life("web")?.fixed == fixed?.fixed && calendar.life("web")?.fixedBy == "fix")
    }

    @Test("nobody gets credit when a policy goes, or goes into shadow", arguments: [true, false])
    func policyGone(isShadow: Bool) {
        var calendar = Calendar()
        calendar.judge([web])
        var tags = Calendar.tags
        tags.enforcement = .shadow
        calendar.policies = Calendar([Calendar.sizes] + (isShadow ? [tags] : [])).policies
        calendar.days(2, isShadow ? [Calendar.finding("web", by: tags)] : [])
        #expect(calendar.life("web")?.state == .fixed && calendar.life("web")?.fixedBy == nil)
        #expect(!calendar.history.badges.contains { $0.name == "first-fix" })
    }

    @Test("findings of shadow policies have no life")
    func shadow() {
        var tags = Calendar.tags
        tags.enforcement = .shadow
        var calendar = Calendar([tags])
        calendar.days(3, [Calendar.finding("web", by: tags)])
        #expect(calendar.history.lives.isEmpty)
    }

    @Test(
        "the day by which it is due is set when it opens; while an exemption covers it, or no time is given, the clock stands still; a day that has passed stands"
    )
    func due() {
        var calendar = Calendar()
        calendar.judge([web, Calendar.finding("api", exemption: "x")])
        #expect(calendar.life("web")?.due == Day("2026-03-16") && calendar.life("api")?.due == nil)
        calendar.days(1, [web, Calendar.finding("api")])
        #expect(calendar.life("api")?.due == Day("2026-03-17"))
        calendar.days(14, [web, Calendar.finding("api")])
        calendar.days(1, [Calendar.finding("web", exemption: "x"), Calendar.finding("api", exemption: "x")])
        #expect(calendar.life("web")?.due == Day("2026-03-16"))
        calendar.policies = Calendar([Calendar.header(.tagging, "tags", .high, level: 1, within: .days(90))]).policies
        calendar.days(1, [web])
        #expect(calendar.life("web")?.due == Day("2026-03-16"))
        calendar.policies = Calendar([Calendar.header(.tagging, "tags", .high, level: 1, within: nil)]).policies
        calendar.days(1, [web])
        #expect(calendar.life("web")?.due == Day("2026-03-16"))
    }

    @Test("exempting two days in nine, or taking the time away for a day, wins those days and no more")
    func paused() {
        var calendar = Calendar()
        let exempt = Calendar.finding("web", exemption: "x")
        calendar.judge([web])
        for _ in 0..<2 {
            calendar.days(7, [web])
            calendar.days(2, [exempt])
        }
        #expect(calendar.life("web")?.due == Day("2026-03-20"))
        let timed = calendar.policies
        calendar.policies = Calendar([Calendar.header(.tagging, "tags", .high, level: 1, within: nil)]).policies
        calendar.days(1, [web])
        calendar.policies = timed
        #expect(calendar.life("web")?.due == Day("2026-03-21") && !calendar.today.isOverdue)
        calendar.days(1, [web])
        #expect(calendar.today.isOverdue && calendar.card().timeliness == 0)
    }

    @Test("who passes for a few days and is not known again had its grace; after a week of passing it has another one", arguments: [3, 8])
    func unknownAgain(passing: Int) {
        var calendar = Calendar()
        let unknown = Calendar.finding("web", verdict: .unknown)
        calendar.judge([unknown])
        calendar.days(6, [unknown])
        calendar.days(passing)
        calendar.days(2, [unknown])
        #expect((calendar.card().score! < Points(hundredths: 10_000)) == (passing < 7))
    }

    @Test("a team that takes over what another left undone gets the policy's time, once; what the other missed stays missed")
    func handedOver() throws {
        var calendar = Calendar(teams: ["a", "b"])
        func web(_ team: String) -> Finding { Calendar.finding("web", team: team) }
        calendar.judge([web("a")])
        calendar.days(15, [web("a")])
        #expect(calendar.today.isOverdue && calendar.card("a").timeliness == 0)
        calendar.days(1, [web("b")])
        let life = try #require(calendar.history.lives.first { $0.state == .open })
        #expect(life.team == "b" && life.due == Day("2026-04-01"))
        #expect(calendar.card("a").timeliness == 0 && calendar.card("b").timeliness == 10_000)
        #expect(calendar.history.lives.allSatisfy { $0.fixedBy == nil })
        #expect(!calendar.history.badges.contains { $0.name == "first-fix" })
        // Back and forth wins nothing more.
        for _ in 0..<10 {
            calendar.days(1, [web("a")])
            calendar.days(1, [web("b")])
        }
        #expect(calendar.history.lives.first { $0.state == .open }?.due == Day("2026-04-01"))
        #expect(calendar.card("b").timeliness == 0 && calendar.history.lives.count == 2)
    }

    @Test("an unknown finding weighs nothing for seven days, then as much as a failing one")
    func unknown() {
        var calendar = Calendar()
        let unknown = Calendar.finding("web", verdict: .unknown)
        calendar.judge([unknown])
        calendar.days(6, [unknown])
        #expect(calendar.card().score == Points(hundredths: 10_000))
        #expect(calendar.life("web")?.unknownSince == Calendar.start)
        calendar.days(1, [unknown])
        let late = calendar.card().score
        calendar.days(1, [web])
        #expect(late! < Points(hundredths: 10_000) && calendar.card().score == late)
        #expect(calendar.life("web")?.unknownSince == nil)
    }

    @Test("a clock that was ahead for a while holds nothing up afterwards")
    func ahead() {
        var calendar = Calendar()
        calendar.judge()
        calendar.pass(400)
        calendar.judge([web])
        calendar.pass(-398)
        calendar.judge([web])
        calendar.days(1, [web])
        #expect(calendar.life("web")?.state == .open)
        calendar.days(2, [], revision: "fix")
        #expect(calendar.life("web")?.state == .fixed)
    }

    @Test("the same moment twice is one evaluation, and a clock that jumps back confirms nothing")
    func clock() {
        var calendar = Calendar()
        calendar.judge()
        calendar.days(1, [web])
        calendar.judge([web])
        calendar.pass(-1)
        calendar.judge([web])
        #expect(calendar.life("web")?.state == .appearing)
        #expect(calendar.life("web")?.firstSeen == calendar.life("web")?.lastSeen)
    }
}
