import CostModel
import Evaluation
import Patterns
import Testing

@Suite("tagging")
struct TaggingTests {
    static func policy(_ requires: RequiredTag..., types: [Glob]? = nil, paths: [PathGlob]? = nil) -> TaggingPolicy {
        TaggingPolicy(
            header: header(.tagging, "tags", fix: .automatic), match: ResourceMatch(types: types, paths: paths), requires: requires)
    }

    static func environment(default preset: RequiredTag.Default? = .literal("prod")) -> RequiredTag {
        RequiredTag(
            key: "environment", place: Place(file: "policies/tags.yaml", line: 9), allowed: .list(["prod", "dev"]),
            aliases: ["env", "Environment"], defaultValue: preset)
    }

    func judge(_ set: TagSet, by policy: TaggingPolicy = policy(environment())) -> Finding? {
        var world = World()
        var one = resource("web")
        one.tags = set
        world.resources = [one]
        world.tagging = [policy]
        return world.evaluate().findings.first { $0.policy.kind == .tagging }
    }

    struct Case: Sendable {
        var title: String
        var tags: [String: String]
        var rule: String
        var verdict = Verdict.fail
        var proposal: String?
    }

    @Test(
        "each way in which a tag can be wrong has its rule and its proposal",
        arguments: [
            Case(title: "an allowed value", tags: ["environment": "dev"], rule: "missing-tag", verdict: .pass),
            Case(title: "no tag", tags: [:], rule: "missing-tag", proposal: "prod"),
            Case(title: "an empty value", tags: ["environment": ""], rule: "empty-tag", proposal: "prod"),
            Case(title: "another value", tags: ["environment": "production"], rule: "wrong-tag-value", proposal: "prod"),
            Case(title: "an alias's allowed value is kept", tags: ["env": "dev"], rule: "aliased-tag", proposal: "dev"),
            Case(title: "an alias's other value gives way to the default", tags: ["env": "qa"], rule: "aliased-tag", proposal: "prod"),
            Case(
                title: "the first alias with an allowed value wins", tags: ["Environment": "dev", "env": "x"], rule: "aliased-tag",
                proposal: "dev"),
            Case(
                title: "an alias beside a wrong value lends its own", tags: ["environment": "x", "env": "dev"], rule: "wrong-tag-value",
                proposal: "dev"),
            Case(title: "keys are case-sensitive", tags: ["ENVIRONMENT": "dev"], rule: "missing-tag", proposal: "prod"),
        ])
    func states(of test: Case) throws {
        let finding = try #require(judge(TagSet(supported: true, tags: Tags(test.tags.mapValues { Tag(value: $0) }))))
        #expect(finding.rule == test.rule)
        #expect(finding.verdict == test.verdict)
        #expect(finding.proposal == (test.proposal.map { ["environment": $0] } ?? [:]))
        #expect(finding.subject == "environment")
    }

    @Test("a required tag is unknown, with the reason, where the set is open")
    func openSet() throws {
        let finding = try #require(judge(TagSet(supported: true, openReason: "variable 'tags' has no default")))
        #expect(finding.verdict == .unknown)
        #expect(finding.rule == "unknown-tag")
        #expect(finding.reason == "variable 'tags' has no default")
    }

    @Test("a key that is defined after the unknown part is trusted, a provider's default is not")
    func openSetWithKnownKeys() throws {
        let own = Tag(value: "dev")
        var preset = own
        preset.isProviderDefault = true
        let trusted = try #require(judge(TagSet(supported: true, tags: ["environment": own], openReason: "var.tags")))
        let open = try #require(judge(TagSet(supported: true, tags: ["environment": preset], openReason: "var.tags")))
        let closed = try #require(judge(TagSet(supported: true, tags: ["environment": preset])))
        #expect([trusted.verdict, open.verdict, closed.verdict] == [.pass, .unknown, .pass])
    }

    @Test("a value known only after apply is unknown")
    func unknownValue() throws {
        let finding = try #require(judge(TagSet(supported: true, tags: ["environment": Tag(value: nil, unknownReason: "each.value")])))
        #expect(finding.verdict == .unknown)
        #expect(finding.message == "required tag 'environment' cannot be known before apply: each.value")
    }

    @Test("types that take no tags are not applicable; of types nobody knows, an untagged one is unknown")
    func support() {
        #expect(judge(TagSet(supported: false)) == nil)
        #expect(judge(TagSet(supported: nil))?.verdict == .unknown)
        #expect(judge(TagSet(supported: nil, tags: ["environment": Tag(value: "dev")]))?.verdict == .pass)
    }

    @Test(
        "a default that yields no allowed value is not proposed, and the reason is said",
        arguments: [
            (nil, "the policy has no default for 'environment'"),
            (.literal("qa"), "the default 'qa' is not an allowed value of 'environment'"),
            (.teamCostCenter, "team 'payments' has no costCenter"),
            (.pathSegment(7), "the path 'infra/payments' has no segment 7"),
            (.pathSegment(2), "the default 'payments' is not an allowed value of 'environment'"),
        ] as [(RequiredTag.Default?, String)])
    func noProposal(preset: RequiredTag.Default?, reason: String) throws {
        let finding = try #require(judge(TagSet(supported: true), by: Self.policy(Self.environment(default: preset))))
        #expect(finding.proposal.isEmpty)
        #expect(finding.reason == reason)
        #expect(finding.fix == .advisory)
    }

    @Test("defaults come from the owner and the path")
    func defaults() {
        var world = World()
        world.teams = [team("payments", costCenter: "CC-1010")]
        world.resources = [resource("web", root: "infra/payments/prod")]
        let keys: [(String, RequiredTag.Default)] = [
            ("team", .teamName), ("cost-center", .teamCostCenter), ("stage", .pathSegment(3)), ("contact", .teamContact),
        ]
        world.tagging = [
            TaggingPolicy(
                header: header(.tagging, "tags"), match: .init(),
                requires: keys.map { RequiredTag(key: $0.0, place: Place(file: "p", line: 1), defaultValue: $0.1) })
        ]
        let proposals = world.evaluate().findings.filter { $0.policy.kind == .tagging }.map(\.proposal).reduce(into: [:]) { all, one in
            all.merge(one) { first, _ in first }
        }
        #expect(proposals == ["team": "payments", "cost-center": "CC-1010", "stage": "prod"])
    }

    @Test("a pattern matches whole values")
    func pattern() throws {
        let required = RequiredTag(
            key: "cost-center", place: Place(file: "p", line: 1), pattern: try LinearPattern("CC-[0-9]{4}"))
        for (value, verdict) in [("CC-1010", Verdict.pass), ("CC-10100", .fail), ("xCC-1010", .fail)] {
            let finding = try #require(
                judge(TagSet(supported: true, tags: ["cost-center": Tag(value: value)]), by: Self.policy(required)))
            #expect(finding.verdict == verdict)
        }
    }

    @Test(
        "paths match the root's folder or the declaring file",
        arguments: [("infra/**", 1), ("infra/payments/**", 1), ("infra/payments/*.tf", 1), ("infra/modules/**", 0), ("**/main.tf", 1)])
    func paths(pattern: String, count: Int) {
        var world = World()
        world.resources = [resource("web")]
        world.tagging = [Self.policy(Self.environment(), paths: [path(pattern)])]
        #expect(world.evaluate().findings.filter { $0.policy.kind == .tagging }.count == count)
    }

    @Test("types are globs; each failing key has an equal part of the spend at stake")
    func typesAndStakes() {
        var world = World()
        world.resources = [resource("web", tags: ["environment": "dev"]), resource("logs", type: "google_bucket")]
        let keys = ["environment", "team", "owner"].map { RequiredTag(key: $0, place: Place(file: "p", line: 1)) }
        world.tagging = [TaggingPolicy(header: header(.tagging, "tags"), match: .init(types: [Glob("aws_*")]), requires: keys)]
        world.bill.daily("2026-10-01", "2026-10-31", "3", resource: "web")
        let failing = world.evaluate().findings.filter { $0.verdict == .fail && $0.policy.kind == .tagging }
        #expect(failing.map(\.subject) == ["owner", "team"])
        #expect(failing.map(\.atStake) == [dollars("28"), dollars("28")])
        #expect(failing.first?.monthlyCost == dollars("91.25"))
    }
}
