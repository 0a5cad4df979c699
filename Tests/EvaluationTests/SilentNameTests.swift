import CostModel
import Evaluation
import Patterns
import Testing

/// What is misspelt in policies matches nothing and fails nothing: it is said once, and what was meant where that can be told.
@Suite("names that mean nothing")
struct SilentNameTests {
    private func notes(_ change: (inout World) -> Void) -> [String] {
        var world = World()
        world.resources = [resource("a"), resource("q", type: "aws_sqs_queue", root: "infra/search")]
        world.bill.daily("2026-10-01", "2026-10-31", "10", resource: "a")
        change(&world)
        return world.evaluate().notes.filter { $0.id == "unmatched-name" }.map(\.message)
    }

    private func policy(types: [String]? = nil, paths: [String]? = nil) -> TaggingPolicy {
        TaggingPolicy(
            header: header(.tagging, "tags"), match: ResourceMatch(types: types?.map { Glob($0) }, paths: paths?.map { path($0) }),
            requires: [RequiredTag(key: "team", place: Place(file: "policies/tags.yaml", line: 3))])
    }

    @Test("a type that is nearly one that is there; a list for many estates is none")
    func types() {
        #expect(
            notes { $0.tagging = [policy(types: ["aws_instance", "aws_sqs_queu"])] } == [
                "TaggingPolicy/tags: no resource is of type 'aws_sqs_queu'; did you mean 'aws_sqs_queue'?"
            ])
        #expect(notes { $0.tagging = [policy(types: ["aws_instance", "aws_sqs_queue", "google_storage_bucket"])] }.isEmpty)
    }

    @Test("a path in which no code lies")
    func paths() {
        #expect(
            notes { $0.tagging = [policy(paths: ["infra/payments/**", "infra/serach/**"])] } == [
                "TaggingPolicy/tags: no code lies in 'infra/serach/**'"
            ])
    }

    @Test("an argument that no resource in scope has, and one of them nearly")
    func arguments() {
        func rule(_ assertion: String, _ changes: [Rule.Change] = []) -> Rule {
            let place = Place(file: "policies/r.yaml", line: 5)
            return Rule(
                header: header(.rule, "r"), match: ResourceMatch(types: [Glob("aws_instance")]),
                assertion: Condition(assertion, at: place), message: [.text("x")], changes: changes)
        }
        func world(_ rule: Rule) -> [String] {
            var a = resource("a")
            a.attributes = ["instance_type": ResourceAttribute(.string("m5.large")), "ami": ResourceAttribute(.string("ami-1"))]
            let policies = PolicySet(
                workspace: Workspace(
                    name: "acme", place: Place(file: "bursar.yaml", line: 1), currency: .usd, policyPaths: [],
                    scoring: ScoringSettings(materiality: dollars("1000"))),
                teams: [team("payments")], policies: [rule])
            let state = ObservedState(
                resources: [a], cost: BillMaker().table, utilization: UtilizationTable(), catalog: World.catalog)
            return PolicyEvaluator.evaluate(policies: policies, state: state, now: Instant("2026-11-01T00:00:00Z")!).notes.filter {
                $0.id == "unmatched-name"
            }.map(\.message)
        }
        let said = "Rule/r: no resource in its scope has an argument 'instance_tpye'; did you mean 'instance_type'?"
        #expect(world(rule("resource.attributes.instance_tpye != 'm5.4xlarge'")) == [said])
        #expect(world(rule("true", [Rule.Change(path: ["instance_tpye"], value: .string("m5.large"))])) == [said])
        #expect(world(rule("resource.attributes.instance_type != 'm5.4xlarge'")).isEmpty)
        // One that may be left out is no mistake.
        #expect(world(rule("!has(resource.attributes.monitoring) || resource.attributes.monitoring == true")).isEmpty)
    }

    @Test("a team that owns nothing, and a claim in which no code lies; a team of teams need not own anything")
    func teams() {
        let said = notes { world in
            world.teams = [team("payments", parent: "all"), team("all"), team("search"), team("ghosts")]
        }
        #expect(
            said == [
                "team 'all': no code lies in 'infra/all/**'",
                "team 'ghosts' owns nothing: no resource of the code, and no row of the bill",
                "team 'ghosts': no code lies in 'infra/ghosts/**'",
            ])
    }
}
