import CostModel
import Evaluation
import Testing

@Suite("exemptions in the code")
struct InlineExemptionTests {
    private static func comment(
        _ policies: String = "tags", until: String = "2027-01-31", line: Int = 2, isPending: Bool = false
    ) -> InlineExemption {
        InlineExemption(
            .agreed(policies: policies.split(separator: ",").map(String.init), until: Day(until)!, reason: "r"),
            place: Place(file: "infra/payments/main.tf", line: line), isPending: isPending)
    }

    private func world(_ comments: InlineExemption..., allowed: Bool = true, exemptible: Bool = true) -> World {
        var world = World()
        var legacy = resource("legacy")
        legacy.inlineExemptions = comments
        world.resources = [legacy, resource("web")]
        var policy = TaggingTests.policy(TaggingTests.environment())
        policy.header.inlineExemptions = allowed
        policy.header.exemptible = exemptible
        world.tagging = [policy]
        world.bill.daily("2026-08-01", "2026-10-31", "10", resource: "legacy")
        return world
    }

    @Test("cover the findings of their resource, under the name of their place")
    func covered() {
        let result = world(Self.comment()).evaluate()
        #expect(
            result.findings.filter { $0.exemption != nil }.map { "\($0.resource!.identity.address) \($0.exemption!)" }
                == ["aws_instance.legacy inline:infra/payments/main.tf:2"])
        #expect(result.summary.exempt == 1 && result.summary.fail == 1)
        #expect(result.exemptions.map(\.standing) == [.active])
        #expect(result.ineffective.isEmpty)
    }

    @Test(
        "stand as exemptions do",
        arguments: [
            ("2026-10-31", ExemptionStatus.expired, 0), ("2026-11-01", .expiring, 1), ("2026-11-15", .expiring, 1),
            ("2026-11-16", .active, 1), ("2027-04-30", .active, 1),
        ])
    func standings(until: String, standing: ExemptionStatus, exempt: Int) {
        let result = world(Self.comment(until: until)).evaluate()
        #expect(result.exemptions.map(\.standing) == [standing])
        #expect(result.summary.exempt == exempt)
        #expect(result.exemptions.map(\.findings.count) == [1])
    }

    @Test(
        "have no effect, and it is said why",
        arguments: [
            ("tags", "2027-05-01", true, true, "'until' is more than 180 days ahead; the latest day is 2027-04-30"),
            ("tgas", "2027-01-31", true, true, "there is no policy 'tgas'; did you mean 'tags'?"),
            (
                "tags", "2027-01-31", false, true,
                "policy 'tags' takes no exemptions in the code: it does not say 'inlineExemptions: true'"
            ), ("tags", "2027-01-31", true, false, "policy 'tags' allows no exemption"),
        ])
    func ineffective(policies: String, until: String, allowed: Bool, exemptible: Bool, reason: String) {
        let result = world(Self.comment(policies, until: until), allowed: allowed, exemptible: exemptible).evaluate()
        #expect(result.summary.exempt == 0)
        #expect(result.exemptions.isEmpty)
        #expect(result.ineffective.map(\.reason) == [reason])
        #expect(result.ineffective.map(\.place.line) == [2])
    }

    @Test("of several policies those count that allow it; what is malformed is told")
    func mixed() {
        var world = world(Self.comment("tags,nothing"))
        world.resources[0].inlineExemptions.append(
            InlineExemption(.malformed("it names no policy"), place: Place(file: "infra/payments/main.tf", line: 5)))
        let result = world.evaluate()
        #expect(result.summary.exempt == 1)
        #expect(result.ineffective.map(\.reason) == ["there is no policy 'nothing'", "it names no policy"])
    }

    @Test("that a change brings along cover nothing yet, and say what they would")
    func pending() {
        let result = world(Self.comment(isPending: true)).evaluate()
        #expect(result.summary.exempt == 0)
        #expect(result.exemptions.map(\.standing) == [.pending])
        #expect(result.exemptions.map(\.findings.count) == [1])
    }

    @Test("a finding comes back when the last of what covers it ends")
    func returning() {
        let result = world(Self.comment(until: "2026-11-05"), Self.comment(until: "2026-11-10", line: 3)).evaluate()
        #expect(result.exemptions.map(\.findings.count) == [1, 1])
        #expect(result.exemptions.map(\.returning.count) == [0, 1])
        let expired = world(Self.comment(until: "2026-10-05"), Self.comment(until: "2026-11-10", line: 3)).evaluate()
        #expect(expired.exemptions.map(\.standing) == [.expired, .expiring])
        #expect(expired.exemptions.map(\.returning.count) == [0, 1])
    }

    @Test("a budget is covered by the comment above it, when it allows that")
    func budget() {
        for allowed in [true, false] {
            var world = World()
            world.bill.daily("2026-08-01", "2026-10-31", "10", account: "account-payments")
            var head = header(.budget, "small")
            head.inlineExemptions = allowed
            let amount = Place(file: "policies/budgets.yaml", line: 5)
            world.budgets = [
                Budget(
                    header: head, amountPlace: amount, scope: .init(team: "payments"), amount: dollars("5"),
                    alerts: [.init(.actual, above: share("1"), .high)],
                    inlineExemptions: [
                        InlineExemption(.agreed(policies: ["small"], until: Day("2027-01-31")!, reason: "r"), place: amount)
                    ])
            ]
            let result = world.evaluate()
            #expect(result.findings.first { $0.policy.kind == .budget }?.exemption == (allowed ? "inline:policies/budgets.yaml:5" : nil))
            #expect(result.ineffective.count == (allowed ? 0 : 1))
        }
    }
}
