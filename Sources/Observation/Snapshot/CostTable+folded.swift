import CostModel

extension CostTable {
    /// The same bill without the names of resources that are not kept, which become none, without SKUs and terms, and in an order that does not tell in which its
    /// rows were read. Every sum over days, accounts, tags and kept resources stays what it is.
    func folded(keeping kept: Set<String>) -> CostTable {
        let resources = names.map { kept.contains($0) }
        var keys = lines.map(\.key)
        for index in keys.indices {
            keys[index].sku = 0
            keys[index].terms = 0
            if !resources[Int(keys[index].resource)] { keys[index].resource = 0 }
        }

        var used: Set<Int32> = []
        for key in keys { for number in [key.account, key.provider, key.service, key.region, key.resource] { used.insert(number) } }
        let (names, numbers) = Self.inOrder(names, used: used, none: "") { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let (tagSets, tagNumbers) = Self.inOrder(tagSets, used: Set(keys.lazy.map(\.tagSet)), none: [:], by: Self.precedes)

        var sums: [Key: CostAmounts] = [:]
        sums.reserveCapacity(lines.count)
        for (line, key) in zip(lines, keys) {
            var key = key
            key.account = numbers[Int(key.account)]
            key.provider = numbers[Int(key.provider)]
            key.service = numbers[Int(key.service)]
            key.region = numbers[Int(key.region)]
            key.resource = numbers[Int(key.resource)]
            key.tagSet = tagNumbers[Int(key.tagSet)]
            sums[key, default: CostAmounts()] += line.amounts
        }
        var lines = sums.map { key, amounts in SeriesLine(series: CostSeries(key), line: Line(key: key, amounts: amounts)) }
        lines.sort { a, b in a.series == b.series ? a.line.key.day < b.line.key.day : a.series < b.series }
        var folded = CostTable(currency: currency, names: names, tagSets: tagSets, lines: lines.map(\.line), days: days, rowCount: rowCount)
        folded.coverage = coverage
        folded.billingPeriods = billingPeriods
        return folded
    }

    private struct SeriesLine {
        var series: CostSeries
        var line: Line
    }

    /// The values that are used, sorted, behind the one that stands for none; and for each old number the new one.
    private static func inOrder<Value: Equatable>(
        _ values: [Value], used: Set<Int32>, none: Value, by precedes: (Value, Value) -> Bool
    ) -> (values: [Value], numbers: [Int32]) {
        let order = used.filter { values[Int($0)] != none }.sorted { precedes(values[Int($0)], values[Int($1)]) }
        var numbers = [Int32](repeating: 0, count: values.count)
        for (index, old) in order.enumerated() { numbers[Int(old)] = Int32(index + 1) }
        return ([none] + order.map { values[Int($0)] }, numbers)
    }

    private static func precedes(_ a: [String: String], _ b: [String: String]) -> Bool {
        func texts(_ tags: [String: String]) -> [String] { tags.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] } }
        return texts(a).lexicographicallyPrecedes(texts(b))
    }
}

/// What lines of the bill have in common that differ by their day only.
struct CostSeries: Hashable, Comparable {
    var category: ChargeCategory
    var account: Int32
    var provider: Int32
    var service: Int32
    var region: Int32
    var resource: Int32
    var tagSet: Int32
    /// How many months after its charge day a charge is billed; mostly none.
    var billedAfter: Int32

    init(_ key: CostTable.Key) {
        category = key.category
        (account, provider, service, region) = (key.account, key.provider, key.service, key.region)
        (resource, tagSet) = (key.resource, key.tagSet)
        billedAfter = key.billingMonth.number - key.day.month.number
    }

    init(category: ChargeCategory, numbers: [Int32], billedAfter: Int32) {
        self.category = category
        (account, provider, service, region) = (numbers[0], numbers[1], numbers[2], numbers[3])
        (resource, tagSet) = (numbers[4], numbers[5])
        self.billedAfter = billedAfter
    }

    /// All that are numbers of names, and the tags.
    var numbers: [Int32] { [account, provider, service, region, resource, tagSet] }

    func key(on day: Day) -> CostTable.Key {
        CostTable.Key(
            day: day, billingMonth: day.month.advanced(by: Int(billedAfter)), category: category, account: account, provider: provider,
            service: service, region: region, resource: resource, tagSet: tagSet)
    }

    static func < (a: CostSeries, b: CostSeries) -> Bool {
        if a.resource != b.resource { return a.resource < b.resource }
        if a.account != b.account { return a.account < b.account }
        if a.service != b.service { return a.service < b.service }
        if a.region != b.region { return a.region < b.region }
        if a.tagSet != b.tagSet { return a.tagSet < b.tagSet }
        return (a.category, a.provider, a.billedAfter) < (b.category, b.provider, b.billedAfter)
    }
}
