import CEL
import CostModel
import Testing

@testable import Conditions

@Suite("conditions over the bill")
struct CostConditionTests {
    private func compile(_ text: String) -> (keys: Set<String>?, problem: String?) {
        switch ConditionCompiler(overCost: ()).compile(text, .truth) {
        case .problems(let problems): (nil, problems[0].message)
        case .program: (CostTagKeys.keys(of: Condition(text, at: Place(file: "a.yaml", line: 1))), nil)
        }
    }

    @Test(
        "name the tags that they read",
        arguments: [
            ("cost.tags.env == \"prod\"", ["env"]), ("cost.tags[\"a b\"] == \"x\" || cost .tags.team == 'y'", ["a b", "team"]),
            ("\"env\" in cost.tags && cost.tags.?env.orValue(\"\") == \"prod\"", ["env"]), ("cost.service == \"S3\"", []),
            ("cost.service == \"cost.tags\" // cost.tags", []), ("cost.service != \"cost\"", []),
        ] as [(String, Set<String>)])
    func keys(text: String, keys: Set<String>) {
        let compiled = compile(text)
        #expect(compiled.keys == keys, "\(compiled.problem ?? "")")
    }

    @Test(
        "that read tags in another way are refused, not silently without them",
        arguments: [
            "cost.tags.exists(k, k == \"env\")", "size(cost.tags) > 0", "cost.tags[cost.service] == \"x\"",
            "(cost).tags.environment == \"prod\"", "[cost].exists(c, c.tags.env == \"prod\")",
            "{\"a\": cost}[\"a\"].tags.env == \"prod\"", "cel.bind(c, cost, c.tags.env == \"x\")",
        ])
    func refused(text: String) {
        #expect(compile(text).problem != nil)
    }

    @Test(
        "amounts that no sum could hold are no amounts",
        arguments: ["9223372036854775807", "usd(160000000000000000000.0)", "1e300", "0.0/0.0"])
    func amounts(text: String) {
        let place = Place(file: "a.yaml", line: 1)
        let condition = CompiledCondition(Condition(text, at: place), ConditionCompiler(), .amount)
        let resource = Resource(
            identity: ResourceIdentity(root: "a", address: "b.c"), type: "b", provider: "b", location: place,
            block: FileSpan(file: "a.tf", bytes: 0..<1), tags: TagSet(supported: true))
        let record = ResourceRecord(
            resource, .init(owner: nil, spend: nil, previousSpend: nil, budget: nil, now: Instant(seconds: 0), currency: .usd))
        #expect(condition.amount(of: record, utilization: nil, currency: .usd) == nil)
    }
}
