import CostModel
import Testing

@testable import Scoring

/// What takes a finding's place goes on with it: its day stays, and nobody is credited.
@Suite("what takes a finding's place")
struct SuccessorTests {
    private static let due = Day("2026-03-16")

    /// A tag that a machine lacks.
    private static func tag(_ key: String, of name: String = "web", team: String = "a", verdict: Verdict = .fail) -> Finding {
        var finding = Calendar.finding(name, team: team, verdict: verdict)
        finding.subject = key
        return finding
    }

    private static func hasFixed(_ calendar: Calendar) -> Bool { calendar.history.badges.contains { $0.name == "first-fix" } }

    /// So many days, each with an evaluation whose code has the resources of the findings, and another one.
    private static func days(
        _ calendar: inout Calendar, _ count: Int, _ findings: [Finding], revision: String = "c", isPartial: Bool = false,
        outside: OutsideCharges = OutsideCharges()
    ) {
        for _ in 0..<count {
            calendar.pass(1)
            var result = calendar.result(findings)
            result.resources = findings.compactMap { $0.resource?.identity } + [ResourceIdentity(root: "infra", address: "aws_s3_bucket.x")]
            result.outside = outside
            calendar.judge(result, revision: revision, isPartial: isPartial)
        }
    }

    @Test("began before it left: who makes the next one first and removes the last one then has fixed nothing", arguments: [1, 5, 20])
    func before(days: Int) throws {
        let (old, new) = (Calendar.finding("web"), Calendar.finding("web2"))
        var calendar = Calendar()
        calendar.judge([old])
        Self.days(&calendar, days, [old, new], revision: "next")
        Self.days(&calendar, 30, [new], revision: "remove")
        let life = try #require(calendar.life("web2"))
        #expect(life.due == Self.due && life.opened == Calendar.start)
        #expect(!Self.hasFixed(calendar) && calendar.card().timeliness == 0)
    }

    @Test("began more than four weeks before: then there were two, and one of them is gone")
    func longBefore() throws {
        let (old, new) = (Calendar.finding("web"), Calendar.finding("web2"))
        var calendar = Calendar()
        calendar.judge([old])
        Self.days(&calendar, 35, [old, new], revision: "next")
        Self.days(&calendar, 2, [new], revision: "remove")
        #expect(calendar.life("web2")?.due == Day("2026-03-17") && calendar.life("web")?.state == .fixed)
    }

    @Test("began while something could not be observed")
    func duringAGap() throws {
        let (old, new) = (Calendar.finding("web"), Calendar.finding("web2"))
        var calendar = Calendar()
        calendar.judge([old])
        Self.days(&calendar, 2, [new], isPartial: true)
        Self.days(&calendar, 3, [new])
        #expect(calendar.life("web2")?.due == Self.due)
        #expect(calendar.history.lives.count { $0.isOpen } == 1)
    }

    /// One that is deployed as `i-1`.
    private static let web: Finding = {
        var web = Calendar.finding("web")
        web.resource = web.resource.map {
            .init(identity: $0.identity, id: "i-1", type: $0.type, provider: $0.provider, deployedName: "aws_instance:::i-1")
        }
        return web
    }()

    /// A charge outside the code, of ten dollars a day.
    private static func charge(_ name: String, from first: String = "2025-12-01", to last: String) -> OutsideCharges.Charge {
        OutsideCharges.Charge(
            name: name, first: Day(first)!, last: Day(last)!, perDay: FixedDecimal(10), team: "a", service: 1)
    }

    @Test("runs outside the code: it waits for that, and weighs what it did, whatever else came and went that day", arguments: [0, 3])
    func outside(others: Int) throws {
        var calendar = Calendar()
        calendar.judge([Self.web])
        let score = calendar.card().score
        let charges = OutsideCharges(
            gone: (0..<others).map { Self.charge("a-\($0)", to: "2026-03-02") } + [Self.charge("i-1", to: "2026-03-02")],
            running: [Self.charge("i-9", from: "2026-03-03", to: "2026-04-30")])
        Self.days(&calendar, 40, [Calendar.finding("other", verdict: .pass)], revision: "removed", outside: charges)
        #expect(calendar.card().score == score && calendar.card().timeliness == 0 && !Self.hasFixed(calendar))
    }

    @Test("is nothing cheap in the code, where it runs on outside of it under another name")
    func cheapInTheCode() throws {
        var calendar = Calendar()
        calendar.judge([Self.web])
        let charges = OutsideCharges(
            gone: [Self.charge("i-1", to: "2026-03-02")], running: [Self.charge("i-9", from: "2026-03-03", to: "2026-04-30")])
        Self.days(&calendar, 3, [Calendar.finding("cheap", 10)], revision: "removed", outside: charges)
        let life = try #require(calendar.life("web"))
        #expect(life.isOpen && life.due == Self.due && life.atStake.amount == FixedDecimal(1_000))
    }

    @Test("came back outside the code days after it was removed: it was never fixed")
    func backOutside() throws {
        var calendar = Calendar()
        calendar.judge([Self.web])
        let (score, other) = (calendar.card().score, Calendar.finding("other", verdict: .pass))
        Self.days(&calendar, 5, [other], revision: "removed")
        #expect(calendar.life("web")?.state == .fixed)
        let charges = OutsideCharges(
            gone: [Self.charge("i-1", to: "2026-03-02")], running: [Self.charge("i-9", from: "2026-03-07", to: "2026-04-30")])
        Self.days(&calendar, 40, [other], revision: "outside", outside: charges)
        #expect(calendar.life("web")?.isOpen == true && calendar.life("web")?.due == Self.due)
        #expect(calendar.card().score == score && calendar.card().timeliness == 0 && !Self.hasFixed(calendar))
    }

    @Test("is something new that lacks another tag, unless everybody is asked for that one")
    func newWithAnotherTag() throws {
        for (asked, due) in [([], Self.due), ([Self.tag("environment", of: "db", team: "b")], Day("2026-03-17"))] {
            var calendar = Calendar(teams: ["a", "b"])
            calendar.judge([Self.tag("cost-center")])
            for _ in 0..<3 {
                calendar.pass(1)
                var result = calendar.result([Self.tag("environment", of: "web2")] + asked)
                result.resources = result.findings.compactMap { $0.resource?.identity }
                for resource in result.resources { result.runRates[resource] = Money(FixedDecimal(3_000), .usd) }
                calendar.judge(result, revision: "next")
            }
            let open = calendar.history.lives.filter { $0.isOpen && $0.team == "a" }
            #expect(open.map(\.subject) == ["environment"] && open.map(\.due) == [due])
        }
    }

    @Test("is another tag of the same resource, also while the code alone gives it")
    func exchangedInTheCode() throws {
        var calendar = Calendar()
        calendar.judge([Self.tag("cost-center"), Self.tag("environment", verdict: .pass)])
        var environment = Self.tag("environment", verdict: .pass)
        environment.awaitsApply = true
        Self.days(&calendar, 5, [Self.tag("cost-center", verdict: .pass), environment], revision: "exchange")
        let open = calendar.history.lives.filter(\.isOpen)
        #expect(open.map(\.subject) == ["environment"] && open.map(\.due) == [Self.due] && !Self.hasFixed(calendar))
    }

    @Test("is another tag of the same resource, given and taken on one day, or one after the other", arguments: [0, 1, 10])
    func exchanged(days: Int) throws {
        var calendar = Calendar()
        calendar.judge([Self.tag("cost-center"), Self.tag("environment", verdict: .pass)])
        Self.days(&calendar, days, [Self.tag("cost-center"), Self.tag("environment")])
        Self.days(&calendar, 3, [Self.tag("cost-center", verdict: .pass), Self.tag("environment")], revision: "exchange")
        let open = calendar.history.lives.filter(\.isOpen)
        #expect(open.map(\.subject) == ["environment"] && open.map(\.due) == [Self.due])
        #expect(!Self.hasFixed(calendar))
        // Once all of them are there, that is a fix.
        Self.days(&calendar, 3, [Self.tag("cost-center", verdict: .pass), Self.tag("environment", verdict: .pass)], revision: "fix")
        #expect(calendar.history.lives.allSatisfy { !$0.isOpen } && Self.hasFixed(calendar))
    }

    @Test("is no tag that a policy begins to ask of everybody")
    func asked() throws {
        var calendar = Calendar(teams: ["a", "b"])
        func judge(_ verdict: Verdict, asks: Bool) {
            let asked = asks ? [Self.tag("owner"), Self.tag("owner", of: "db", team: "b")] : []
            Self.days(&calendar, 2, [Self.tag("cost-center", verdict: verdict)] + asked, revision: "fix")
        }
        calendar.judge([Self.tag("cost-center")])
        judge(.fail, asks: false)
        judge(.fail, asks: true)
        judge(.pass, asks: true)
        #expect(calendar.history.badges.map(\.team) == ["a"])
        #expect(calendar.history.lives.first { $0.subject == "owner" && $0.team == "a" }?.due == Day("2026-03-19"))
    }

    @Test("is its parts, where they are new and each too small for a patch: all of them are due when the whole was")
    func parts() throws {
        var calendar = Calendar()
        calendar.judge([Calendar.finding("web", 900, by: Calendar.sizes)])
        Self.days(&calendar, 1, [Calendar.finding("web", 900, by: Calendar.sizes)])
        for _ in 0..<20 {
            calendar.pass(1)
            var result = calendar.result([])
            for part in 0..<3 {
                let resource = try #require(Calendar.finding("web\(part)", by: Calendar.sizes).resource)
                var held = Suppression(
                    policy: Calendar.sizes.reference, resource: resource, location: Place(file: "x.tf", line: 1), reason: .minimumSavings,
                    detail: "")
                held.atStake = Money(FixedDecimal(300), .usd)
                result.suppressed.append(held)
                result.runRates[resource.identity] = Money(FixedDecimal(600), .usd)
                result.owners[resource.identity] = "a"
            }
            result.resources = result.suppressed.map(\.resource.identity)
            calendar.judge(result, revision: "split")
        }
        let open = calendar.history.lives.filter(\.isOpen)
        #expect(open.count == 3 && open.allSatisfy { $0.due == Self.due && $0.atStake.amount == FixedDecimal(300) })
        #expect(calendar.card().streakWeeks == 0 && calendar.today.isOverdue)
    }
}

@Suite("what comes after its day")
struct LateAgreementTests {
    @Test("changes nothing: what a policy gives no time for any more is late since its day, though nobody could judge it then")
    func noTimeAnyMore() {
        var calendar = Calendar()
        calendar.judge([Calendar.finding("web")])
        for _ in 0..<20 {
            calendar.pass(1)
            calendar.judge([Calendar.finding("web", verdict: .unknown)])
        }
        #expect(calendar.life("web")?.unseenSince != nil && calendar.today.isOverdue)
        calendar.policies = Calendar.policies(
            [Calendar.header(.tagging, "tags", .high, level: 1, within: nil)], teams: ["a"], freeze: [], digest: "two")
        for _ in 0..<20 {
            calendar.pass(1)
            calendar.judge([Calendar.finding("web")])
        }
        #expect(calendar.life("web")?.due == Day("2026-03-16"))
    }

    @Test("is no new time of grace: of a resource about which nothing is known no further answer is waited for")
    func moreUnknown() {
        func tag(_ key: String) -> Finding {
            var finding = Calendar.finding("web", verdict: .unknown)
            finding.subject = key
            return finding
        }
        var calendar = Calendar()
        calendar.judge([tag("owner")])
        calendar.pass(10)
        calendar.judge([tag("owner"), tag("tier")])
        let lives = calendar.history.lives
        #expect(lives.count == 2 && lives.allSatisfy { $0.state == .open && $0.unknownSince == Calendar.start })
    }

    @Test("changes nothing: what is exempted late is late until it is fixed, however long that takes")
    func lateExemption() {
        var calendar = Calendar()
        calendar.judge([Calendar.finding("web")])
        calendar.days(20, [Calendar.finding("web")])
        calendar.days(150, [Calendar.finding("web", exemption: "agreed")])
        #expect(calendar.today.isOverdue && calendar.card().streakWeeks == 0)
        calendar.days(16, [], revision: "fix")
        #expect(!calendar.today.isOverdue && calendar.card().streakWeeks == 1)
    }

    @Test("is worth less on every day than the same exemption in time")
    func inTime() {
        var (late, early) = (Calendar(), Calendar())
        late.judge([Calendar.finding("web")])
        early.judge([Calendar.finding("web")])
        for day in 1...120 {
            early.days(1, [Calendar.finding("web", exemption: day > 5 ? "agreed" : nil)])
            late.days(1, [Calendar.finding("web", exemption: day > 20 ? "agreed" : nil)])
            #expect((late.card().streakWeeks ?? 0) <= (early.card().streakWeeks ?? 0), "on day \(day)")
            #expect((late.card().timeliness ?? 0) <= (early.card().timeliness ?? 0), "on day \(day)")
        }
    }
}
