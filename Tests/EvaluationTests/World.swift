import CostModel
import Evaluation
import Patterns

/// A small world to evaluate: a test says what matters to it, the rest is ordinary.
struct World {
    var now = Instant("2026-11-01T00:00:00Z")!
    var teams: [Team] = [team("payments"), team("search")]
    var tagging: [TaggingPolicy] = []
    var rightsizing: [RightsizingPolicy] = []
    var budgets: [Budget] = []
    var serviceLevels: [ServiceLevel] = []
    var schedules: [SchedulePolicy] = []
    var metrics: [String: ObservedMetric] = [:]
    var exemptions: [Exemption] = []
    var baseline: Baseline?
    var resources: [Resource] = []
    var bill = BillMaker()
    var utilization = UtilizationTable()
    var catalog = World.catalog
    var fixedAt: [String: Instant] = [:]
    var advice = AdviceBook()

    func evaluate() -> EvaluationResult {
        var state = ObservedState(
            resources: resources, cost: bill.table, utilization: utilization, catalog: catalog, fixedAt: fixedAt)
        state.advice = advice
        state.metrics = metrics
        let policies: [[any PolicyBody]] = [budgets, tagging, rightsizing, serviceLevels, schedules]
        return PolicyEvaluator.evaluate(
            policies: PolicySet(
                workspace: Workspace(
                    name: "acme", place: Place(file: "bursar.yaml", line: 1), currency: .usd, policyPaths: ["policies"],
                    scoring: ScoringSettings(materiality: Money(FixedDecimal(1000), .usd))),
                teams: teams, policies: policies.flatMap(\.self), exemptions: exemptions, baseline: baseline),
            state: state, now: now)
    }

    /// Four m5 sizes at 4 GiB a vCPU, two c5, an Arm one.
    static let catalog = InstanceCatalog(
        source: "a test",
        entries: [
            entry("m5.large", 2, 8, "0.096"), entry("m5.xlarge", 4, 16, "0.192"), entry("m5.2xlarge", 8, 32, "0.384"),
            entry("m5.4xlarge", 16, 64, "0.768"), entry("m5.8xlarge", 32, 128, "1.536"), entry("c5.large", 2, 4, "0.085"),
            entry("c5.xlarge", 4, 8, "0.17"), entry("m6g.large", 2, 8, "0.077", "arm64"),
        ])

    private static func entry(
        _ name: String, _ vcpu: Int, _ gib: Int, _ price: String, _ architecture: String = "x86_64"
    ) -> InstanceCatalog.Entry {
        InstanceCatalog.Entry(
            name: name, family: String(name.prefix { $0 != "." }), vcpu: vcpu, memoryMiB: gib * 1024, architecture: architecture,
            hourly: dollars(price).amount)
    }
}

/// `dollars("12.50")`
func dollars(_ text: String) -> Money {
    guard let amount = try? FixedDecimal(text) else { preconditionFailure("'\(text)' is no amount") }
    return Money(amount, .usd)
}

func share(_ text: String) -> FixedDecimal { dollars(text).amount }

/// A team that owns its own tag, its own folder and an account named after it.
func team(_ name: String, parent: String? = nil, costCenter: String? = nil) -> Team {
    Team(
        name: name, place: Place(file: "teams/\(name).yaml", line: 1), parent: parent, costCenter: costCenter,
        claims: [.tags(["team": name]), .paths([path("infra/\(name)/**")]), .accounts(["account-\(name)"])])
}

func path(_ pattern: String) -> PathGlob {
    guard let glob = try? PathGlob(pattern) else { preconditionFailure("'\(pattern)' is no path") }
    return glob
}

func header(_ kind: PolicyKind, _ name: String, severity: Severity = .medium, level: Int = 1, fix: Applicability = .review) -> PolicyHeader
{
    PolicyHeader(
        reference: PolicyReference(kind, name), place: Place(file: "policies/\(name).yaml", line: 1), severity: severity, level: level,
        fix: fix)
}

/// A resource in `infra/payments`, deployed under its own name as id.
func resource(
    _ name: String, type: String = "aws_instance", root: String = "infra/payments", file: String? = nil, tags: [String: String] = [:],
    size: String? = nil, running: String? = nil, account: String? = nil
) -> Resource {
    Resource(
        identity: ResourceIdentity(root: root, address: "\(type).\(name)"), type: type, provider: "aws",
        location: Place(file: file ?? "\(root)/main.tf", line: 3, endLine: 9),
        block: FileSpan(file: file ?? "\(root)/main.tf", bytes: 0..<10),
        tags: TagSet(supported: true, tags: Tags(tags.mapValues { Tag(value: $0) })),
        size: size.map { SizeArgument(name: "instance_type", value: $0) },
        deployed: .init(id: name, account: account, size: running ?? size))
}

/// Gathers rows into a cost table.
struct BillMaker {
    var table = CostTable(currency: .usd)

    mutating func charge(
        _ day: String, _ amount: String, resource: String = "", account: String = "", service: String = "", tags: [String: String] = [:],
        category: ChargeCategory = .usage, billed: String? = nil, month: String? = nil
    ) {
        let day = Day(day)!
        var amounts = CostAmounts()
        amounts.effective = share(amount)
        amounts.billed = share(billed ?? amount)
        let key = CostTable.Key(
            day: day, billingMonth: month.map { Month($0)! } ?? day.month, category: category, account: name(account),
            service: name(service), resource: name(resource), tagSet: tagSet(tags))
        table.lines.append(CostTable.Line(key: key, amounts: amounts))
        table.days = min(table.days?.lowerBound ?? day, day)...max(table.days?.upperBound ?? day, day)
        table.rowCount += 1
    }

    /// The same charge on each day of a range, both ends included.
    mutating func daily(_ first: String, _ last: String, _ amount: String, resource: String = "", account: String = "") {
        for day in Day(first)!...Day(last)! { charge("\(day)", amount, resource: resource, account: account) }
    }

    private mutating func name(_ text: String) -> Int32 {
        if let index = table.names.firstIndex(of: text) { return Int32(index) }
        table.names.append(text)
        return Int32(table.names.count - 1)
    }

    private mutating func tagSet(_ tags: [String: String]) -> Int32 {
        if let index = table.tagSets.firstIndex(of: tags) { return Int32(index) }
        table.tagSets.append(tags)
        return Int32(table.tagSets.count - 1)
    }
}
