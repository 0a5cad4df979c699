import CostModel
import Evaluation
import Testing

@Suite("what services allow as tags")
struct ServiceTagTests {
    private func findings(_ type: String, tags: [String: String] = [:], _ wanted: [(key: String, value: String)]) -> [Finding] {
        var world = World()
        var one = resource("web")
        one.type = type
        one.tags = TagSet(supported: true, tags: Tags(tags.mapValues { Tag(value: $0) }))
        world.resources = [one]
        world.tagging = [
            TaggingPolicy(
                header: header(.tagging, "tags", fix: .automatic), match: ResourceMatch(),
                requires: wanted.map {
                    RequiredTag(key: $0.key, place: Place(file: "policies/tags.yaml", line: 9), defaultValue: .literal($0.value))
                })
        ]
        return world.evaluate().findings.filter { $0.policy.kind == .tagging }
    }

    @Test(
        "is what is proposed",
        arguments: [
            ("aws_iam_role", "contact", "#payments", false), ("aws_iam_role", "contact", "pay@acme.example", true),
            ("aws_sqs_queue", "a,b", "x", false), ("aws_instance", "contact", "#payments", true), ("aws_vpc", "contact", "a,b;c", true),
            ("aws_sqs_queue", "AWS:owner", "x", false), ("aws_sqs_queue", "acme:owner", "Jörg 1/2", true),
            ("google_storage_bucket", "cost-center", "CC-1010", false), ("google_storage_bucket", "cost-center", "cc-1010", true),
            ("google_storage_bucket", "Team", "payments", false), ("azurerm_resource_group", "a/b", "x", false),
            ("azurerm_resource_group", "Team", "#x", true),
        ])
    func values(type: String, key: String, value: String, isAllowed: Bool) throws {
        let finding = try #require(findings(type, [(key, value)]).first)
        #expect(finding.verdict == .fail)
        #expect(finding.proposal == (isAllowed ? [key: value] : [:]))
        #expect((finding.fix == .advisory) == !isAllowed)
        #expect((finding.reason == nil) == isAllowed)
    }

    @Test("counts: an object takes ten, and other keys that are missing take their places first")
    func counts() {
        let nine = Dictionary(uniqueKeysWithValues: (1...9).map { ("k\($0)", "v") })
        let found = findings("aws_s3_object", tags: nine, [("a", "1"), ("b", "2")])
        #expect(found.filter { !$0.proposal.isEmpty }.map(\.subject) == ["a"])
        #expect(found.first { $0.subject == "b" }?.reason == "the resource has 9 tags, and the service allows 10")
        #expect(findings("aws_s3_bucket", tags: nine, [("a", "1"), ("b", "2")]).allSatisfy { !$0.proposal.isEmpty })
    }

    @Test("takes two keys for one that differ only in case, where the service does")
    func cases() {
        let wanted = [(key: "team", value: "payments")]
        #expect(findings("aws_iam_role", tags: ["Team": "x"], wanted).first?.fix == .advisory)
        #expect(findings("aws_sqs_queue", tags: ["Team": "x"], wanted).first?.proposal == ["team": "payments"])
    }
}
