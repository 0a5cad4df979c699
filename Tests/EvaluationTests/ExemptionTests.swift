import CostModel
import Evaluation
import Patterns
import Testing

@Suite("exemptions")
struct ExemptionTests {
    func world(
        expires: String = "2027-01-31", policies: [String] = ["tags"], resources: [String] = ["aws_instance.legacy*"],
        exemptible: Bool = true
    ) -> World {
        var world = World()
        world.resources = [resource("legacy_1"), resource("web")]
        var policy = TaggingTests.policy(TaggingTests.environment())
        policy.header.exemptible = exemptible
        world.tagging = [policy]
        world.exemptions = [
            Exemption(
                name: "old", place: Place(file: "policies/old.yaml", line: 1), policies: policies, resources: resources.map { Glob($0) },
                reason: "leaves soon", approvedBy: "finops", expires: Day(expires)!)
        ]
        return world
    }

    @Test("an exempt finding keeps its verdict, carries the exemption's name and is counted apart")
    func covered() throws {
        let result = world().evaluate()
        let exempt = result.findings.filter { $0.exemption == "old" }
        #expect(exempt.map(\.resource?.identity.address) == ["aws_instance.legacy_1"])
        #expect(exempt.map(\.verdict) == [.fail])
        #expect(result.summary.fail == 1)
        #expect(result.summary.exempt == 1)
        #expect(result.exemptions.map(\.standing) == [.active])
    }

    @Test(
        "the last day still counts; the end is announced fourteen days ahead; an expired exemption no longer hides a finding",
        arguments: [
            ("2026-10-31", ExemptionStatus.expired, 0), ("2026-11-01", .expiring, 1), ("2026-11-15", .expiring, 1),
            ("2026-11-16", .active, 1),
        ])
    func standings(expires: String, standing: ExemptionStatus, exempt: Int) {
        let result = world(expires: expires).evaluate()
        #expect(result.exemptions.map(\.standing) == [standing])
        #expect(result.summary.exempt == exempt)
        #expect(result.exemptions.map(\.findings.count) == [1])
    }

    @Test(
        "resources are matched by address or by root and address, with literal brackets; policies by name",
        arguments: [
            (["infra/payments:aws_instance.legacy_1"], ["tags"], 1), (["infra/search:aws_instance.legacy_1"], ["tags"], 0),
            (["aws_instance.web[*]"], ["tags"], 0), (["*"], ["tags"], 2), ([], [], 2), (["*"], ["other"], 0),
        ])
    func matches(resources: [String], policies: [String], count: Int) {
        let result = world(policies: policies, resources: resources).evaluate()
        #expect(result.findings.count { $0.exemption != nil } == count)
        #expect(result.exemptions.map(\.standing) == [count == 0 ? .unused : .active])
    }

    @Test(
        "a folder's name that has a colon is not taken for a root with an address",
        arguments: [
            ("infra/old:*", "infra/old", true), ("infra/old:*", "infra/old:x", false), ("infra/old:*", "infra/old:", false),
            ("infra/old:*", "infra/old:aws_instance.a", false), ("infra/old:aws_instance.*", "infra/old:aws_instance.b", false),
            ("*:aws_instance.a", "infra/old:x", true), ("infra/**", "infra/old:x", true), ("infra/old?x:*", "infra/old:x", true),
            ("infra/old:x:aws_instance.a", "infra/old:x", true), ("aws_instance.a", "infra/old:x", true),
        ])
    func colons(pattern: String, root: String, isNamed: Bool) {
        let exemption = Exemption(
            name: "old", place: Place(file: "policies/old.yaml", line: 1), policies: [], resources: [Glob(pattern)],
            reason: "leaves soon", approvedBy: "finops", expires: Day("2026-12-01")!)
        #expect(exemption.names(ResourceIdentity(root: root, address: "aws_instance.a")) == isNamed)
    }

    @Test("a policy may refuse exemptions")
    func refused() {
        let result = world(exemptible: false).evaluate()
        #expect(result.summary.exempt == 0)
        #expect(result.exemptions.map(\.standing) == [.unused])
    }
}
