import CostModel
import Patterns
import Testing

@Suite("many resources")
struct ManyResourcesTests {
    /// Of two types and two teams; some lack a tag, have a wrong one or one that is not known, and some are left alone.
    private static let resources = (0..<2_500).map { number in
        var one = resource(
            "web\(10_000 + number)", type: number % 3 == 0 ? "aws_db_instance" : "aws_instance",
            root: number % 5 == 0 ? "infra/search" : "infra/payments",
            tags: number % 4 == 0 ? [:] : ["environment": number % 7 == 0 ? "test" : "dev"], size: "m5.xlarge")
        if number % 11 == 0 { one.tags.openReason = "var.tags" }
        if number % 13 == 0 { one.tags.tags["critical"] = Tag(value: "true") }
        return one
    }

    private func world(_ resources: some Sequence<Resource>) -> World {
        var world = World()
        world.resources = Array(resources)
        var owners = TaggingTests.policy(
            RequiredTag(key: "owner", place: Place(file: "policies/owners.yaml", line: 9)), types: [Glob("aws_inst*")])
        owners.header.reference = PolicyReference(.tagging, "owners")
        world.tagging = [owners, TaggingTests.policy(TaggingTests.environment())]
        var sizes = RightsizingTests.Scene().policy
        sizes.guardrails.excludedTags = ["critical": "true"]
        world.rightsizing = [sizes]
        return world
    }

    @Test("many resources are judged as few are, in the same order")
    func parts() {
        let whole = world(Self.resources).evaluate()
        let few = stride(from: 0, to: Self.resources.count, by: 500).map { world(Self.resources[$0..<$0 + 500]).evaluate() }

        let judged = whole.findings.filter { $0.resource != nil }
        let expected = few.flatMap(\.findings).filter { $0.resource != nil }.sorted { Finding.Order($0) < Finding.Order($1) }
        let isSame = judged == expected
        #expect(isSame)
        #expect(judged.count > Self.resources.count)
        #expect(Set(judged.map(\.verdict)) == [.pass, .fail, .unknown])

        let suppressed = few.flatMap(\.suppressed).sorted { $0.resource.identity < $1.resource.identity }
        let areSame = whole.suppressed == suppressed
        #expect(areSame)
        #expect(Set(suppressed.map(\.reason)) == [.exclude, .missingCPU])
    }
}
