import CostModel
import Scoring
import Testing

/// What was found and is not seen any more, though nobody mended it: not judged, held back, changed in the code and not yet where it runs.
@Suite("lives of findings that are not seen")
struct UnseenFindingTests {
    let web = Calendar.finding("web")
    static let size = Calendar.finding("web", by: Calendar.sizes)

    /// An evaluation in which the resource is there, and its policy could not judge it.
    private static func held(_ calendar: Calendar, _ reason: Suppression.Reason, fix: Suppression.Fix? = nil) -> EvaluationResult {
        var result = calendar.result([])
        guard let resource = size.resource else { return result }
        result.resources = [resource.identity]
        var held = Suppression(
            policy: size.policy, resource: resource, location: Place(file: "main.tf", line: 1), reason: reason, detail: "no sample")
        held.fix = fix
        result.suppressed = [held]
        return result
    }

    @Test(
        "what was failing and could not be judged stays open, weighs as before, and says why: no credit, no badge, no better score",
        arguments: [Suppression.Reason.missingCPU, .missingMemory, .tooFewSamples])
    func unseen(reason: Suppression.Reason) throws {
        var calendar = Calendar()
        calendar.judge([Self.size])
        calendar.days(1, [Self.size])
        let score = calendar.card().score
        for _ in 0..<5 {
            calendar.pass(1)
            calendar.judge(Self.held(calendar, reason), revision: "elsewhere")
        }
        let life = try #require(calendar.life("web", by: Calendar.sizes))
        #expect(life.state == .open && life.unseenReason == "no sample" && life.unseenSince == Calendar.start.adding(.days(2)))
        #expect(life.fixedBy == nil && calendar.card().score == score && calendar.today.unseen == 1)
        #expect(calendar.history.badges.isEmpty)
        // The samples are back, and so is the finding: it was never gone.
        calendar.days(1, [Self.size])
        #expect(calendar.life("web", by: Calendar.sizes)?.unseenSince == nil && calendar.life("web", by: Calendar.sizes)?.reopened == 0)
    }

    @Test("what an open finding puts at stake does not shrink with a bill that lacks something, and does with a whole one")
    func stakes() {
        var calendar = Calendar()
        func stake() -> Money? { calendar.life("web")?.atStake }
        calendar.judge([Calendar.finding("web", 1_000)])
        calendar.days(2, [Calendar.finding("web", 400)], isPartial: true)
        #expect(stake() == Money(FixedDecimal(1_000), .usd) && calendar.life("web")?.state == .open)
        calendar.days(1, [Calendar.finding("web", 1_200)], isPartial: true)
        #expect(stake() == Money(FixedDecimal(1_200), .usd))
        calendar.days(1, [Calendar.finding("web", 300)])
        #expect(stake() == Money(FixedDecimal(300), .usd))
        // Of a team that lacks nothing the new amount holds.
        calendar.pass(1)
        calendar.judge(calendar.result([Calendar.finding("web", 200)]), isPartial: true, touched: ["b"])
        #expect(stake() == Money(FixedDecimal(200), .usd))
    }

    @Test("one that fails and cannot be told any more is unseen, not unknown: it weighs on")
    func unknownAfterFailure() {
        var calendar = Calendar()
        calendar.judge([web])
        let score = calendar.card().score
        calendar.days(3, [Calendar.finding("web", verdict: .unknown)])
        #expect(calendar.life("web")?.verdict == .fail && calendar.life("web")?.unseenSince != nil)
        #expect(calendar.card().score == score && calendar.card().penalties.map(\.finding) == [web.id])
    }

    @Test("two passes with an evaluation between them that could not judge are not two in a row")
    func interrupted() {
        var calendar = Calendar()
        let pass = Calendar.finding("web", by: Calendar.sizes, verdict: .pass)
        calendar.judge([Self.size])
        for _ in 0..<3 {
            calendar.days(1, [pass])
            calendar.pass(1)
            calendar.judge(Self.held(calendar, .missingCPU))
        }
        #expect(calendar.life("web", by: Calendar.sizes)?.state == .open)
        calendar.days(2, [pass], revision: "fix")
        #expect(calendar.life("web", by: Calendar.sizes)?.fixedBy == "fix")
    }

    @Test("what the code has and what runs has not is pending: no credit before it follows, then to the commit that changed the code")
    func pending() throws {
        var calendar = Calendar()
        calendar.judge([Self.size])
        let score = calendar.card().score
        var pass = Calendar.finding("web", by: Calendar.sizes, verdict: .pass)
        pass.awaitsApply = true
        calendar.days(4, [pass], revision: "fix")
        for _ in 0..<3 {
            calendar.pass(1)
            calendar.judge(Self.held(calendar, .tooFewSamples, fix: .pending), revision: "later")
        }
        #expect(calendar.life("web", by: Calendar.sizes)?.state == .disappearing && calendar.card().score == score)
        #expect(calendar.history.badges.isEmpty)
        calendar.pass(1)
        calendar.judge(Self.held(calendar, .tooFewSamples, fix: .done), revision: "later")
        let life = try #require(calendar.life("web", by: Calendar.sizes))
        #expect(life.state == .fixed && life.fixedBy == "fix" && life.fixed == Calendar.start.adding(.days(1)))
    }

    @Test(
        "what was failing and is held back by a guard rail counts as if it were exempt, to nobody's credit; a tag of one's own stops no clock",
        arguments: [(Suppression.Reason.exclude, "2026-03-16"), (.maxStep, "2026-03-18"), (.minimumSavings, "2026-03-18")])
    func heldBack(reason: Suppression.Reason, due: String) {
        var calendar = Calendar()
        calendar.judge([Self.size])
        for _ in 0..<2 {
            calendar.pass(1)
            calendar.judge(Self.held(calendar, reason))
        }
        let life = calendar.life("web", by: Calendar.sizes)
        #expect(life?.state == .open && life?.isExempt == true && life?.due == Day(due))
        #expect(life?.fixedBy == nil && calendar.history.badges.isEmpty && calendar.card().penalties.count == 1)
    }

    @Test("what the code does not have any more and the bill still charges for is not gone")
    func stillBilled() {
        var calendar = Calendar()
        var web = Self.size
        web.resource = web.resource.map {
            .init(identity: $0.identity, id: "i-1", type: $0.type, provider: $0.provider, deployedName: "aws_instance:arn:aws:ec2:x:i-1")
        }
        calendar.judge([web])
        let score = calendar.card().score
        for _ in 0..<8 {
            calendar.pass(1)
            var result = calendar.result([])
            result.billedWithoutCode = ["arn:aws:ec2:x:i-1"]
            calendar.judge(result, revision: "removed")
        }
        #expect(calendar.card().score == score && calendar.history.badges.isEmpty)
        calendar.days(2, [], revision: "later")
        #expect(calendar.history.lives.map(\.state) == [.fixed] && calendar.history.lives.map(\.fixedBy) == ["removed"])
    }

    @Test("a fix that is never applied is not in time for longer than a week")
    func neverApplied() {
        var calendar = Calendar()
        calendar.judge([Self.size])
        calendar.days(12, [Self.size])
        var pass = Calendar.finding("web", by: Calendar.sizes, verdict: .pass)
        pass.awaitsApply = true
        calendar.days(8, [pass])
        #expect(!calendar.today.isOverdue)
        calendar.days(1, [pass])
        #expect(calendar.today.isOverdue && calendar.card().timeliness == 0)
    }
}
