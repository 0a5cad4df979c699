package import CostModel
import Patterns

// What is observed of the estate, and what it is held against.
extension PlayedEstate {
    package var now: Instant { today.start.adding(.hours(6)) }
    private static let place = Place(file: "p.yaml", line: 1)

    package var policies: PolicySet {
        func header(_ kind: PolicyKind, _ name: String, _ severity: Severity, _ level: Int) -> PolicyHeader {
            PolicyHeader(
                reference: PolicyReference(kind, name), place: Self.place, severity: severity, level: level, fixWithin: fixWithin)
        }
        var tags = header(.tagging, "tags", .high, 1)
        if shadowsTags { tags.enforcement = .shadow }
        let exempt = machines.filter(\.isExempt).map { Glob("\($0.root):\($0.address)") }
        var bodies: [any PolicyBody] = budgets.map { name, budget in
            Budget(
                header: header(.budget, name, .medium, 1), amountPlace: Self.place, scope: .init(team: budget.team),
                amount: Money(FixedDecimal(budget.dollars), .usd), alerts: [.init(.actual, above: budget.share, budget.severity)])
        }
        bodies.append(
            TaggingPolicy(header: tags, match: .init(), requires: keys.map { RequiredTag(key: $0, place: Self.place) }))
        bodies.append(
            RightsizingPolicy(
                header: header(.rightsizing, "sizes", .medium, 2), match: .init(), minimumSamples: 80,
                cpu: .init(percentile: FixedDecimal(95), target: FixedDecimal(60)),
                memory: .init(percentile: FixedDecimal(95), target: FixedDecimal(80)),
                guardrails: .init(
                    maxStep: 1, minimumMonthlySavings: Money(FixedDecimal(minimumSavings), .usd), excludedTags: ["critical": "true"])))
        bodies += extraTagging
        bodies += rules
        return PolicySet(
            workspace: Workspace(
                name: "w", place: Self.place, currency: .usd, policyPaths: [],
                scoring: ScoringSettings(materiality: Money(FixedDecimal(materiality), .usd), freeze: freeze)),
            teams: teams.map { team in
                Team(
                    name: team, place: Self.place, parent: parents[team],
                    claims: [.tags(["team": team]), .paths((try? PathGlob("\(team)/**")).map { [$0] } ?? [])])
            }, policies: bodies,
            exemptions: exempt.isEmpty
                ? []
                : [
                    Exemption(
                        name: "x", place: Self.place, policies: [], resources: exempt, reason: "r", approvedBy: "a",
                        expires: Self.start.advanced(by: 1_000))
                ], digest: digest)
    }

    /// All that stands in them.
    package var policyText: String { "\(digest) \(machines.filter(\.isExempt).map { "\($0.root):\($0.address)" })" }

    /// Of what stands in policy files, but for exemptions, which count at once.
    private var digest: String {
        let settings =
            "\(keys) \(String(describing: fixWithin)) \(materiality) \(freeze) \(minimumSavings) \(shadowsTags) \(teams) \(parents)"
        let lists = [
            budgets.sorted { $0.key < $1.key }.map { "\($0)" }, extraTagging.map { "\($0.header.reference)" },
            rules.map { "\($0.header.reference)" },
        ]
        return "\(settings) \(lists)"
    }

    package var state: ObservedState {
        let here = machines.filter { $0.isInCode && $0.until == nil }
        var kinds: [Load: [Metric: SampleSeries]] = [:]
        var series: [String: [Metric: SampleSeries]] = [:]
        for machine in here where series[machine.id] == nil {
            let load = Load(isBusy: machine.isBusy, hasMemory: machine.hasMemory, samples: machine.samples)
            let known = kinds[load] ?? self.series(load)
            kinds[load] = known
            series[machine.id] = known
        }
        return ObservedState(
            resources: here.map(resource), cost: bill, utilization: UtilizationTable(series: series), catalog: Self.catalog)
    }

    private struct Load: Hashable {
        var isBusy: Bool
        var hasMemory: Bool
        var samples: Int
    }

    private func resource(_ machine: Machine) -> Resource {
        let file = "\(machine.root)/main.tf"
        let tags = (machine.codeTags ?? machine.tags).map { ($0.key, Tag(value: $0.value)) }
        var resource = Resource(
            identity: ResourceIdentity(root: machine.root, address: machine.address), type: "aws_instance", provider: "aws",
            location: Place(file: file, line: 1), block: FileSpan(file: file, bytes: 0..<1),
            tags: TagSet(supported: true, tags: Tags(Dictionary(uniqueKeysWithValues: tags)), openReason: machine.openReason),
            size: SizeArgument(name: "instance_type", value: machine.codeSize ?? machine.size),
            deployed: .init(id: machine.id, size: machine.size, tags: machine.tags))
        if machine.ignoresTags { resource.ignoredChanges = IgnoredChanges(tags: true) }
        if machine.openReason != nil {
            // What the code makes unknown is left out of it.
            resource.tags.tags = Tags(Dictionary(uniqueKeysWithValues: tags.filter { $0.0 == "team" }))
        }
        return resource
    }

    private func series(_ machine: Load) -> [Metric: SampleSeries] {
        let step = 4
        let samples = (0..<machine.samples).map { number in
            SampleSeries.Sample(time: now.subtracting(.hours(step * number + 1)), value: machine.isBusy ? 50 : 20)
        }
        let load = SampleSeries(samples: samples.reversed())
        return machine.hasMemory ? [.cpu: load, .memory: load] : [.cpu: load]
    }

    /// One line for days on end that nothing tells apart: windows, months, rates and the newest day.
    private var bill: CostTable {
        var bill = CostTable(currency: .usd)
        let oldest = max(Self.first, today.advanced(by: -28 * 4))
        bill.days = Self.first...today.advanced(by: -1)
        var cuts = Set((0...4).map { today.advanced(by: -28 * $0) } + [today.advanced(by: -1), oldest])
        for day in oldest...today where day.components.day == 1 { cuts.insert(day) }
        var tagSets: [[String: String]: Int32] = [[:]: 0]
        for machine in machines where machine.until.map({ $0 > oldest }) ?? true {
            let end = min(machine.until ?? today, today)
            var days = cuts.filter { $0 > machine.since && $0 < end }
            // What comes and goes is told day by day at its end.
            if machine.since > oldest || machine.until != nil { days.formUnion((1...7).map { end.advanced(by: -$0) }) }
            days = days.filter { $0 > machine.since && $0 < end }
            days.formUnion(machine.rates.map(\.from).filter { $0 > oldest && $0 < end })
            let begin = max(machine.since, oldest)
            guard begin < end else { continue }
            let points = [begin] + days.filter { $0 > begin }.sorted() + [end]
            let set = tagSets[machine.tags] ?? Int32(tagSets.count)
            if tagSets[machine.tags] == nil { bill.tagSets.append(machine.tags) }
            tagSets[machine.tags] = set
            bill.names.append(machine.id)
            for (from, to) in zip(points, points.dropFirst()) {
                var amounts = CostAmounts()
                amounts.effective = FixedDecimal(machine.cents(on: from) * from.distance(to: to)).scaled(by: 1, over: 100)
                let key = CostTable.Key(
                    day: from, billingMonth: from.month, category: .usage, resource: Int32(bill.names.count - 1), tagSet: set)
                bill.lines.append(CostTable.Line(key: key, amounts: amounts))
            }
        }
        return bill
    }

    /// Each machine's days on the bill.
    package var usage: BilledUsage {
        var usage = BilledUsage()
        usage.covered = Self.first...today.advanced(by: -1)
        for change in merged {
            for name in change.change.resources.flatMap(\.billedAs) {
                guard let machine = machines.first(where: { $0.id == name }) else { continue }
                for day in Self.first..<today where machine.cents(on: day) > 0 {
                    usage.series[name, default: [:]][day] = BilledUsage.BilledDay(
                        effective: FixedDecimal(machine.cents(on: day)).scaled(by: 1, over: 100), quantity: nil, unit: nil, sku: nil)
                }
            }
        }
        return usage
    }

    private static let catalog = InstanceCatalog(
        source: "a play",
        entries: prices.enumerated().map { number, size in
            let vcpu = 2 << number
            return InstanceCatalog.Entry(
                name: size.0, family: "m5", vcpu: vcpu, memoryMiB: vcpu * 4_096, architecture: "x86_64",
                hourly: FixedDecimal(size.1).scaled(by: 1, over: 2_400))
        })
}
