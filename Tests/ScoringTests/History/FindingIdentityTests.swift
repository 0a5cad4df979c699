import CostModel
import Scoring
import TestSupport
import Testing

@Suite("a finding's life goes on")
struct FindingIdentityTests {
    /// A finding of `Calendar`'s policy of tags.
    private func finding(_ name: String, root: String = "infra", deployed: String? = nil) -> Finding {
        var finding = Calendar.finding(name)
        finding.resource = .init(
            identity: ResourceIdentity(root: root, address: "aws_instance.\(name)"), id: deployed, type: "aws_instance", provider: "aws",
            deployedName: deployed)
        finding.id = Finding.identifier(policy: finding.policy, resource: finding.resource?.identity, subject: nil)
        return finding
    }

    private func advance(
        _ lives: [FindingLife], _ findings: [Finding], day: Int, passing: [String] = [], moved: [ResourceIdentity: ResourceIdentity] = [:]
    ) -> [FindingLife] {
        let calendar = Calendar()
        var result = calendar.result(findings)
        result.resources = findings.compactMap { $0.resource?.identity } + passing.map { identity($0) }
        let now = Calendar.start.adding(.days(day))
        result.now = now
        return FindingLives.advance(
            lives, with: result, policies: calendar.policies, at: now, revision: "c\(day)", isPartial: false, isFirst: day == 0,
            successors: { moved[$0].map { [$0] } ?? [] })
    }

    private func identity(_ name: String, root: String = "infra") -> ResourceIdentity {
        ResourceIdentity(root: root, address: "aws_instance.\(name)")
    }

    @Test("when its resource gets another address or another root, by what is deployed")
    func renamed() {
        var lives = advance([], [finding("a", deployed: "i-1")], day: 0)
        let due = lives[0].due
        for (day, name) in ["b", "c", "a"].enumerated() {
            lives = advance(lives, [finding(name, root: name, deployed: "i-1")], day: day + 1)
        }
        #expect(lives.count == 1 && lives[0].state == .open && lives[0].due == due)
        #expect(lives[0].resource == "a:aws_instance.a" && lives[0].firstSeen == Calendar.start)
        #expect(lives[0].id == finding("a", root: "a").id)
    }

    @Test("when two resources change places")
    func swapped() {
        var lives = advance([], [finding("a", deployed: "i-1")], day: 0)
        lives = advance(lives, [finding("a", deployed: "i-2"), finding("b", deployed: "i-1")], day: 1)
        #expect(lives.first { $0.deployed == "i-1" }?.resource == "infra:aws_instance.b")
        #expect(lives.first { $0.deployed == "i-2" }?.firstSeen == Calendar.start.adding(.days(1)))
    }

    @Test("when its resource is made anew at its address, and when it is deployed at last")
    func again() {
        var lives = advance([], [finding("a")], day: 0)
        let before = lives[0].identity
        lives = advance(lives, [finding("a", deployed: "i-1")], day: 1)
        #expect(lives.count == 1 && lives[0].identity != before && lives[0].formerIdentity == before)
        #expect(lives[0].identity == finding("b", deployed: "i-1").key.identity)
        lives = advance(lives, [finding("a", deployed: "i-2")], day: 2)
        #expect(lives.count == 1 && lives[0].firstSeen == Calendar.start && lives[0].deployed == "i-2")
        // A state that nobody finds for a day changes nothing.
        let known = lives[0].identity
        lives = advance(lives, [finding("a")], day: 3)
        #expect(lives.count == 1 && lives[0].identity == known)
    }

    @Test("as the code says that it has moved, also onto the address of one that was fixed")
    func moved() {
        var lives = advance([], [finding("b")], day: 0)
        for day in 1...2 { lives = advance(lives, [finding("a")], day: day, passing: ["b"]) }
        #expect(lives.first { $0.resource == "infra:aws_instance.b" }?.state == .fixed)
        lives = advance(lives, [finding("b")], day: 3, moved: [identity("a"): identity("b")])
        let open = lives.filter { $0.state == .open }
        #expect(open.map(\.firstSeen) == [Calendar.start.adding(.days(1))] && open.map(\.resource) == ["infra:aws_instance.b"])
        #expect(lives.count == 2 && Set(lives.map(\.identity)).count == 2)
        // Something new at the old address is something new.
        lives = advance(lives, [finding("b"), finding("a")], day: 4)
        #expect(lives.count == 3 && Set(lives.map(\.identity)).count == 3)
    }

    @Test(
        "as another one of its type, with the same finding, that comes when it goes: destroyed and made again, day by day or every other day"
    )
    func replaced() {
        for gap in [0, 1] {
            var lives = advance(
                [], [finding("a", deployed: "aws_instance:i-0"), finding("other", deployed: "aws_instance:o")], day: 0)
            var day = 0
            for number in 1...8 {
                for _ in 0..<gap {
                    day += 1
                    lives = advance(lives, [finding("other", deployed: "aws_instance:o")], day: day, passing: [])
                }
                day += 1
                let next = finding("a\(number)", deployed: "aws_instance:i-\(number)")
                lives = advance(lives, [next, finding("other", deployed: "aws_instance:o")], day: day)
            }
            #expect(lives.count == 2, "after \(gap) days without it")
            #expect(lives.allSatisfy { $0.due == Day("2026-03-16")! || $0.deployed == "aws_instance:o" })
        }
    }

    @Test("and ends with its budget's period, which fixes nothing; the next one has a life of its own")
    func periods() throws {
        let header = Calendar.header(.budget, "b", .high, level: 1)
        func overrun(_ period: String) -> Finding {
            var finding = Finding(
                policy: header.reference.header, rule: "over-budget", verdict: .fail, team: "a", message: "", location: nil,
                atStake: Money(FixedDecimal(10), .usd))
            finding.period = period
            return finding
        }
        let calendar = Calendar([header])
        var lives: [FindingLife] = []
        for (day, period) in ["2026-02", "2026-02", "2026-03", "2026-03", "2026-03"].enumerated() {
            let now = Calendar.start.adding(.days(day))
            lives = FindingLives.advance(
                lives, with: calendar.result([overrun(period)]), policies: calendar.policies, at: now, revision: "c", isPartial: false)
        }
        let old = try #require(lives.first { $0.period == "2026-02" })
        let new = try #require(lives.first { $0.period == "2026-03" })
        #expect(lives.count == 2 && old.id == new.id && old.identity != new.identity)
        #expect(old.state == .fixed && old.fixedBy == nil)
        #expect(new.state == .open && new.reopened == 0 && new.opened == Calendar.start.adding(.days(2)))
    }

    @Test("of an older version: its overrun is of the period that is judged next")
    func undated() {
        let header = Calendar.header(.budget, "b", .high, level: 1)
        var finding = Finding(
            policy: header.reference.header, rule: "over-budget", verdict: .fail, team: "a", message: "", location: nil,
            atStake: Money(FixedDecimal(10), .usd))
        let calendar = Calendar([header])
        func advance(_ lives: [FindingLife], _ day: Int) -> [FindingLife] {
            FindingLives.advance(
                lives, with: calendar.result([finding]), policies: calendar.policies, at: Calendar.start.adding(.days(day)), revision: "c",
                isPartial: false, isFirst: day == 0)
        }
        let old = advance([], 0)
        finding.period = "2026-03"
        let lives = advance(old, 1)
        #expect(lives.count == 1 && lives[0].period == "2026-03" && lives[0].firstSeen == Calendar.start)
    }

    @Test("of its own, though another finding has the same short id")
    func collision() {
        let policy = Calendar.header(.tagging, Collision.policy, .high, level: 1)
        func finding(_ name: String) -> Finding {
            Finding(
                policy: policy, rule: "missing-tag", verdict: .fail, team: "a", message: "", subject: Collision.subject,
                resource: .init(
                    identity: ResourceIdentity(root: Collision.root, address: "aws_sqs_queue.\(name)"), id: nil, type: "aws_sqs_queue",
                    provider: "aws"), location: nil, atStake: Money(FixedDecimal(10), .usd))
        }
        let (one, other) = (finding(Collision.names[0]), finding(Collision.names[1]))
        var calendar = Calendar([policy])
        calendar.judge([one])
        calendar.days(2, [other], revision: "swap")
        let lives = calendar.history.lives
        #expect(lives.count == 2 && Set(lives.map(\.id)) == [Collision.id])
        #expect(lives.first { $0.key == one.key }?.state == .fixed)
        #expect(lives.first { $0.key == other.key }?.state == .open)
        #expect(lives.first { $0.key == other.key }?.reopened == 0)
    }
}

extension PolicyReference {
    fileprivate var header: PolicyHeader { Calendar.header(kind, name, .high, level: 1) }
}
