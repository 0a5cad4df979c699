import Conditions
import CostModel
import Evaluation
import Glibc
import Observation
import Patterns

/// `bursar-benchmarks rules`: 40 rules held against 10,000 resources, compiled once, on one core.
enum RulesBenchmark {
    private static let currency = Currency.usd
    private static let now = Instant(seconds: 1_793_491_200)

    static func run() {
        let place = Place(file: "rules.yaml", line: 1)
        let workspace = Workspace(
            name: "benchmark", place: place, currency: currency, policyPaths: ["rules.yaml"],
            scoring: ScoringSettings(materiality: Money(FixedDecimal(1_000), currency)))
        let policies = PolicySet(workspace: workspace, policies: (0..<40).map { rule($0, place) })
        let state = ObservedState(
            resources: (0..<10_000).map(resource), cost: CostTable(currency: currency), utilization: UtilizationTable(), catalog: .builtIn)
        var best = Double.infinity
        var findings = 0
        for _ in 0..<5 {
            let start = processorTime()
            findings = PolicyEvaluator.evaluate(policies: policies, state: state, now: now).findings.count
            best = min(best, processorTime() - start)
        }
        print("40 rules on 10,000 resources, each rule on a quarter of them")
        print("  compiled rules alone: \(Int(judging(policies.rules, state) * 1000)) ms")
        print("  the whole evaluation, ids, order and owners too: \(Int(best * 1000)) ms, \(findings) findings, passes among them")
    }

    /// The rules' own part, in seconds: resources made into records once, every rule asked of those it speaks about.
    private static func judging(_ rules: [Rule], _ state: ObservedState) -> Double {
        let compiled = rules.map { CompiledRule($0) }
        var best = Double.infinity
        for _ in 0..<5 {
            let start = processorTime()
            let records = state.resources.map { resource in
                ResourceRecord(
                    resource, .init(owner: nil, spend: nil, previousSpend: nil, budget: nil, now: now, currency: currency))
            }
            for rule in compiled {
                for index in state.resources.indices
                where rule.rule.match.types?.contains(where: { $0.matches(state.resources[index].type) }) == true {
                    _ = rule.judge(state.resources[index], records[index], in: state.utilization, now: now, currency: currency)
                }
            }
            best = min(best, processorTime() - start)
        }
        return best
    }

    /// Ten rules a type of resource, and four types: each rule speaks about a quarter of the resources.
    private static func rule(_ index: Int, _ place: Place) -> Rule {
        let assertions = [
            #"resource.attributes.?type.orValue("gp2") != "gp2""#, #"resource.attributes.size < 500"#,
            #"resource.tags.exists(t, t == "team")"#, #"resource.address.matches("^[a-z_]+\\.[a-z0-9]+$")"#,
            #"!(resource.attributes.zone in ["a", "b"]) || resource.deployed"#,
        ]
        let type = "aws_type\(index % 4)"
        let header = PolicyHeader(
            reference: PolicyReference(.rule, "rule-\(index)"), place: place, severity: .low, enforcement: .warn, level: 3)
        return Rule(
            header: header, match: ResourceMatch(types: [Glob(type)]),
            assertion: Condition(assertions[index % assertions.count], at: place),
            message: [.expression(Condition("resource.address", at: place)), .text(" breaks rule \(index)")])
    }

    private static func resource(_ index: Int) -> Resource {
        let type = "aws_type\(index % 4)"
        let tags = ["environment", index % 3 == 0 ? "team" : "squad", "owner"].map { ($0, Tag(value: "v\(index % 7)")) }
        return Resource(
            identity: ResourceIdentity(root: "infra/r\(index % 50)", address: "\(type).n\(index)"), type: type, provider: "aws",
            location: Place(file: "infra/r\(index % 50)/main.tf", line: index % 900 + 1),
            block: FileSpan(file: "infra/r\(index % 50)/main.tf", bytes: 0..<1),
            tags: TagSet(supported: true, tags: Tags(Dictionary(uniqueKeysWithValues: tags))),
            attributes: [
                "type": ResourceAttribute(.string(index % 2 == 0 ? "gp2" : "gp3")),
                "size": ResourceAttribute(.number(FixedDecimal(index % 1_000))), "zone": ResourceAttribute(.string("abc".at(index % 3))),
                "name": ResourceAttribute(.string("n\(index)")),
            ])
    }

    static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

extension String {
    fileprivate func at(_ offset: Int) -> String { String(self[index(startIndex, offsetBy: offset)]) }
}
