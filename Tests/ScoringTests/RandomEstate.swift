import CostModel
import Evaluation
import Patterns
import Scoring
import TestSupport

/// A small estate drawn by chance, from which the policies, the bill and the metrics are made anew after each change.
struct RandomEstate {
    struct Machine {
        var name: String
        var team: String
        /// Cents by window: the current one first, then the earlier ones.
        var cents: [Int]
        /// For each required key, whether it is there.
        var tags: [Bool]
        var isLarge: Bool
        /// Whether half the size would do.
        var isBusy: Bool
        var isExempt = false

        var breaksTag: Int? { tags.firstIndex(of: false) }
        var isOversized: Bool { isLarge && !isBusy }
    }

    var teams: [String]
    var machines: [Machine]
    var keys: Int
    var severities: (tagging: Severity, rightsizing: Severity)
    /// Cents by team.
    var budgets: [String: Int]
    /// How many earlier windows the bill covers.
    var history: Int
    static let now = Instant("2026-11-01T00:00:00Z")!
    private static let day = now.day

    init(using random: inout SeededGenerator) {
        teams = (0..<Int.random(in: 1...2, using: &random)).map { "t\($0)" }
        keys = Int.random(in: 1...2, using: &random)
        history = random.chance(9, of: 10) ? Int.random(in: 1...3, using: &random) : 0
        severities = (random.element(Severity.allCases), random.element(Severity.allCases))
        machines = []
        budgets = [:]
        for team in teams {
            for _ in 0..<Int.random(in: 1...3, using: &random) { machines.append(machine(of: team, using: &random)) }
            if random.chance(1, of: 3) { budgets[team] = Int.random(in: 1...900_000, using: &random) }
        }
    }

    mutating func machine(of team: String, using random: inout SeededGenerator) -> Machine {
        let size = random.element([100, 10_000, 1_000_000])
        let isYoung = random.chance(1, of: 4)
        return Machine(
            name: "m\(machines.count)", team: team,
            cents: (0...3).map { $0 > 0 && isYoung ? 0 : Int.random(in: 0...size, using: &random) },
            tags: (0..<keys).map { _ in random.chance(2, of: 3) }, isLarge: random.chance(1, of: 2), isBusy: random.chance(1, of: 2),
            isExempt: random.chance(1, of: 6))
    }

    /// Whether nothing of the team's money lies before the current window: scoring then goes by the current one.
    func isNew(_ team: String) -> Bool {
        history == 0 || !machines.contains { $0.team == team && $0.cents[1...history].contains { $0 > 0 } }
    }

    func evaluate() -> EvaluationResult { PolicyEvaluator.evaluate(policies: policies, state: state, now: Self.now) }
    func board() -> Leaderboard {
        let policies = policies
        return Scorer.score(policies: policies, result: PolicyEvaluator.evaluate(policies: policies, state: state, now: Self.now))
    }
    /// In hundredths; nil: unscored.
    func score(of team: String) -> Int? { board().teams.first { $0.team == team }?.score?.hundredths }
}

extension RandomEstate {
    var policies: PolicySet {
        let places = Place(file: "p.yaml", line: 1)
        func header(_ kind: PolicyKind, _ name: String, _ severity: Severity, _ level: Int) -> PolicyHeader {
            PolicyHeader(reference: PolicyReference(kind, name), place: places, severity: severity, level: level)
        }
        let exempt = machines.filter(\.isExempt).map { Glob("aws_instance.\($0.name)") }
        return PolicySet(
            workspace: Workspace(
                name: "w", place: places, currency: .usd, policyPaths: [],
                scoring: ScoringSettings(materiality: Money(FixedDecimal(1_000), .usd))),
            teams: teams.map { team in
                Team(name: team, place: places, claims: [.paths((try? PathGlob("\(team)/**")).map { [$0] } ?? [])])
            },
            policies: budgets.map { team, cents in
                Budget(
                    header: header(.budget, "b-\(team)", .medium, 1), amountPlace: places, scope: .init(team: team),
                    amount: Self.dollars(cents),
                    alerts: [.init(.actual, above: FixedDecimal(1), .high)])
            } + [
                TaggingPolicy(
                    header: header(.tagging, "tags", severities.tagging, 1), match: .init(),
                    requires: (0..<keys).map { RequiredTag(key: "k\($0)", place: places) }),
                RightsizingPolicy(
                    header: header(.rightsizing, "sizes", severities.rightsizing, 2), match: .init(), minimumSamples: 1,
                    cpu: .init(percentile: FixedDecimal(95), target: FixedDecimal(60))),
            ],
            exemptions: exempt.isEmpty
                ? []
                : [
                    Exemption(
                        name: "x", place: places, policies: [], resources: exempt, reason: "r", approvedBy: "a",
                        expires: Self.day.advanced(by: 100))
                ])
    }

    var state: ObservedState {
        var bill = CostTable(currency: .usd)
        var series: [String: [Metric: SampleSeries]] = [:]
        bill.days = Self.day.advanced(by: -28 * (history + 1))...Self.day.advanced(by: -1)
        for machine in machines {
            bill.names.append(machine.name)
            for window in 0...history {
                var amounts = CostAmounts()
                amounts.effective = Self.dollars(machine.cents[window]).amount
                guard !amounts.effective.isZero else { continue }
                let day = Self.day.advanced(by: -28 * window - 14)
                let key = CostTable.Key(day: day, billingMonth: day.month, category: .usage, resource: Int32(bill.names.count - 1))
                bill.lines.append(CostTable.Line(key: key, amounts: amounts))
            }
            let sample = SampleSeries.Sample(time: Self.now.subtracting(.hours(5)), value: machine.isBusy ? 50 : 10)
            series[machine.name] = [.cpu: SampleSeries(samples: [sample])]
        }
        let resources = machines.map { machine in
            let type = machine.isLarge ? "m5.xlarge" : "m5.large"
            let present = machine.tags.indices.filter { machine.tags[$0] }.map { ("k\($0)", Tag(value: "x")) }
            return Resource(
                identity: ResourceIdentity(root: machine.team, address: "aws_instance.\(machine.name)"), type: "aws_instance",
                provider: "aws", location: Place(file: "\(machine.team)/main.tf", line: 1),
                block: FileSpan(file: "\(machine.team)/main.tf", bytes: 0..<1),
                tags: TagSet(supported: true, tags: Tags(Dictionary(uniqueKeysWithValues: present))),
                size: SizeArgument(name: "instance_type", value: type), deployed: .init(id: machine.name, size: type))
        }
        return ObservedState(
            resources: resources, cost: bill, utilization: UtilizationTable(series: series), catalog: Self.catalog)
    }

    private static func dollars(_ cents: Int) -> Money { Money(FixedDecimal(cents).scaled(by: 1, over: 100), .usd) }

    private static let catalog = InstanceCatalog(
        source: "a test",
        entries: [("m5.large", 2), ("m5.xlarge", 4)].map { name, size in
            InstanceCatalog.Entry(
                name: name, family: "m5", vcpu: size, memoryMiB: size * 4096, architecture: "x86_64", hourly: FixedDecimal(size))
        })
}

extension SeededGenerator {
    mutating func chance(_ part: Int, of whole: Int) -> Bool { Int.random(in: 0..<whole, using: &self) < part }
    mutating func element<Element>(_ choices: [Element]) -> Element { choices[Int.random(in: 0..<choices.count, using: &self)] }
}
