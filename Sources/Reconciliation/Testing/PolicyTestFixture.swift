import CostModel
import Diagnostics
import Observation
import Patterns

/// The small world that a test describes, observed as a real one is.
struct PolicyTestFixture {
    let estate: WorkspaceEstate
    private(set) var state: ObservedState
    private let given: PolicyTest.Given
    private let now: Instant
    private let currency: Currency
    private let tagRules: TagRules

    /// The file in which code stands that a test writes itself.
    static let file = "main.tf"
    /// What tests give is Terraform: so their key says.
    static let inventories = Inventories([
        InventorySource(name: "given", place: Place(file: file, line: 1), format: .terraform, path: "")
    ])

    /// - Parameter files: the code.
    init(_ given: PolicyTest.Given, files: [SourceFile], now: Instant, currency: Currency, tagRules: TagRules = .none) {
        let estate = Self.inventories.estate(of: files, readsAttributes: true) { sources, roots in
            StateFiles(sources: sources, directory: "", roots: roots)
        }
        self.init(given, estate, now: now, currency: currency, tagRules: tagRules)
    }

    private init(_ given: PolicyTest.Given, _ estate: WorkspaceEstate, now: Instant, currency: Currency, tagRules: TagRules) {
        self.tagRules = tagRules
        self.given = given
        self.now = now
        self.currency = currency
        self.estate = estate
        state = ObservedState(
            resources: Self.deployed(estate.resources, given), cost: Self.bill(given.cost, now: now, currency).tagged(by: tagRules),
            utilization: Self.utilization(given.utilization, now: now),
            catalog: .builtIn, problems: estate.problems)
        state.metrics = Self.metrics(given.metrics, now: now)
    }

    /// The same world with some files' bytes replaced.
    func replacing(_ edited: [String: [UInt8]]) -> PolicyTestFixture {
        var fixture = PolicyTestFixture(given, estate.replacing(edited), now: now, currency: currency, tagRules: tagRules)
        fixture.state.estimates = state.estimates
        return fixture
    }

    /// Estimates its resources by the built-in list, where policies ask for that.
    mutating func estimate(for policies: PolicySet) { state.estimateByList(for: policies) }

    // MARK: The state

    /// A resource is in the state when the test says so, or when it costs or was measured. Its id there is its address.
    private static func deployed(_ resources: [Resource], _ given: PolicyTest.Given) -> [Resource] {
        let seen = Set(given.cost.compactMap(\.resource) + given.utilization.map(\.resource))
        return resources.map { resource in
            let address = resource.identity.address
            guard seen.contains(address) || given.deployed.contains(where: { $0.matches(address) }) else { return resource }
            var resource = resource
            resource.deployed = Resource.Deployed(
                id: address, account: account, region: region, size: resource.size?.value)
            return resource
        }
    }

    private static let account = "000000000000"
    private static let region = "us-east-1"

    // MARK: The bill

    private static func bill(_ charges: [PolicyTest.Charge], now: Instant, _ currency: Currency) -> CostTable {
        var table = CostTable(currency: currency)
        func name(_ text: String) -> Int32 {
            if let index = table.names.firstIndex(of: text) { return Int32(index) }
            table.names.append(text)
            return Int32(table.names.count - 1)
        }
        func tags(_ tags: [String: String]) -> Int32 {
            if let index = table.tagSets.firstIndex(of: tags) { return Int32(index) }
            table.tagSets.append(tags)
            return Int32(table.tagSets.count - 1)
        }
        let today = now.day
        for charge in charges {
            for age in 1...charge.days {
                let day = today.advanced(by: -age)
                let key = CostTable.Key(
                    day: day, billingMonth: day.month, category: .usage, account: name(charge.account), provider: name("AWS"),
                    service: name(charge.service), region: name(charge.region), resource: name(charge.resource ?? ""),
                    tagSet: tags(charge.tags))
                var amounts = CostAmounts()
                amounts.effective = charge.daily.amount
                amounts.billed = charge.daily.amount
                amounts.list = charge.daily.amount
                amounts.contracted = charge.daily.amount
                table.lines.append(CostTable.Line(key: key, amounts: amounts))
                table.rowCount += 1
            }
        }
        if let longest = charges.map(\.days).max() { table.days = today.advanced(by: -longest)...today.advanced(by: -1) }
        return table
    }

    // MARK: Metrics

    private static func metrics(_ counts: [PolicyTest.Count], now: Instant) -> [String: ObservedMetric] {
        var counted: [String: UnitCounts] = [:]
        for count in counts {
            for age in 1...count.days {
                // The last of the values is yesterday's.
                let value = count.values[count.values.count - 1 - (age - 1) % count.values.count]
                _ = counted[count.metric, default: UnitCounts()].add(value, count.key, on: now.day.advanced(by: -age))
            }
        }
        return counted.mapValues { ObservedMetric(counts: $0) }
    }

    // MARK: Utilisation

    private static func utilization(_ usages: [PolicyTest.Usage], now: Instant) -> UtilizationTable {
        var table = UtilizationTable()
        for usage in usages {
            let step = max(1, usage.span.seconds / Int64(usage.samples))
            let samples = (0..<usage.samples).map { index in
                SampleSeries.Sample(
                    time: Instant(seconds: now.seconds - Int64(usage.samples - index) * step),
                    value: usage.values[index % usage.values.count])
            }
            table.series[usage.resource, default: [:]][usage.metric] = SampleSeries(samples: samples)
        }
        return table
    }
}
