import CostModel
import JSON

/// The bill of a snapshot, read.
struct SnapshotBill {
    private var bill: ObservedBill
    private var amounts: [CostAmounts] = []
    /// What all lines add up to, positive and negative ones alike, by basis.
    private var magnitudes = [UInt128](repeating: 0, count: CostBasis.allCases.count)

    static func read(_ reader: inout JSONReader, currency: Currency) throws(JSONError) -> ObservedBill {
        var bill = SnapshotBill(bill: ObservedBill(table: CostTable(currency: currency), bases: []))
        let keys = [
            "sources", "costs", "tagKeys", "resources", "days", "rows", "lines", "coverage", "billingPeriods", "problems",
            "names", "tagSets", "amounts", "series", "units",
        ]
        try reader.members(keys, optional: ["coverage", "billingPeriods", "units"]) { (reader, key) throws(JSONError) in
            try bill.readMember(key, &reader)
        }
        bill.bill.table.coverage?.fault = BillCoverage.fault(bill.bill.problems)
        return bill.bill
    }

    private mutating func readMember(_ key: String, _ reader: inout JSONReader) throws(JSONError) {
        switch key {
        case "sources": try reader.array { (reader) throws(JSONError) in bill.ages.append(try Self.age(&reader)) }
        case "costs":
            for name in try reader.texts() {
                guard let basis = CostBasis(rawValue: name) else { throw reader.error("unknown cost '\(name)'") }
                bill.bases.insert(basis)
            }
        case "tagKeys": bill.tagKeys = Set(try reader.texts())
        case "resources":
            let name = try reader.string()
            guard [SnapshotWriter.allResources, SnapshotWriter.deployedResources].contains(name) else {
                throw reader.error("'\(SnapshotWriter.allResources)' or '\(SnapshotWriter.deployedResources)' expected")
            }
            bill.namesAllResources = name == SnapshotWriter.allResources
        case "days": bill.table.days = try Self.days(&reader)
        case "rows": bill.table.rowCount = try reader.integer(in: 0...1 << 50)
        // Room for all of them at once: to move them as they become more costs as much as to read them.
        case "lines": bill.table.lines.reserveCapacity(try reader.integer(in: 0...SnapshotLimit.lines))
        case "coverage": bill.table.coverage = try BillCoverage(&reader)
        case "billingPeriods":
            for period in try reader.runs() { bill.table.billingPeriods[period.lowerBound.month] = period }
        case "problems": bill.problems = try reader.problems()
        case "names":
            bill.table.names = try reader.texts()
            guard bill.table.names.first == "", bill.table.names.count < Int32.max else {
                throw reader.error("the first name is not none")
            }
        case "tagSets": try readTagSets(&reader)
        case "amounts": try reader.array { (reader) throws(JSONError) in amounts.append(try Self.amounts(&reader)) }
        case "units": bill.units = try SnapshotUnits.read(&reader)
        default: try reader.array { (reader) throws(JSONError) in try readSeries(&reader) }
        }
    }

    private static func age(_ reader: inout JSONReader) throws(JSONError) -> BillAge {
        var age = BillAge(source: "")
        try reader.members(["name", "newestDay", "maxAge"]) { (reader, key) throws(JSONError) in
            switch key {
            case "name": age.source = try reader.string()
            case "newestDay": age.newestDay = try reader.null() ? nil : try reader.day()
            default: age.maxAge = try reader.null() ? nil : TimeSpan(seconds: Int64(try reader.integer(in: 0...1 << 40)))
            }
        }
        return age
    }

    private static func days(_ reader: inout JSONReader) throws(JSONError) -> ClosedRange<Day>? {
        var days: [Day] = []
        try reader.array { (reader) throws(JSONError) in days.append(try reader.day()) }
        if days.isEmpty { return nil }
        guard days.count == 2, days[0] <= days[1], days[0].distance(to: days[1]) < SnapshotLimit.days else {
            throw reader.error("the first and the last day of a bill expected, at most \(SnapshotLimit.days) apart")
        }
        return days[0]...days[1]
    }

    private mutating func readTagSets(_ reader: inout JSONReader) throws(JSONError) {
        var sets: [[String: String]] = []
        try reader.array { (reader) throws(JSONError) in
            var tags: [String: String] = [:]
            try reader.object { (reader, key) throws(JSONError) in
                let key = key.string
                guard bill.tagKeys.contains(key) else { throw reader.error("a tag '\(key)' that was not asked for") }
                tags[key] = try reader.string()
            }
            sets.append(tags)
        }
        guard sets.first?.isEmpty ?? false, sets.count < Int32.max else { throw reader.error("the first set of tags is not none") }
        bill.table.tagSets = sets
    }

    /// `1.5`, or all four costs, `1.5 1.5 2 1.5`.
    private static func amounts(_ reader: inout JSONReader) throws(JSONError) -> CostAmounts {
        let values = try reader.decimals()
        guard values.count == 1 || values.count == 4 else { throw reader.error("one amount expected, or four") }
        var amounts = CostAmounts()
        amounts.effective = values[0]
        amounts.billed = values.count == 1 ? values[0] : values[1]
        amounts.list = values.count == 1 ? values[0] : values[2]
        amounts.contracted = values.count == 1 ? values[0] : values[3]
        return amounts
    }

    /// `["Usage",account,provider,service,region,resource,tags,billedAfter,[day,length,amounts,…]]`
    private mutating func readSeries(_ reader: inout JSONReader) throws(JSONError) {
        var series: CostSeries?
        var category = ChargeCategory.usage
        var numbers: [Int32] = []
        try reader.array { (reader) throws(JSONError) in
            switch try reader.peek() {
            case .string where numbers.isEmpty: category = try Self.category(&reader)
            case .array where numbers.count == 7 && series == nil:
                let found = CostSeries(category: category, numbers: numbers, billedAfter: numbers[6])
                series = found
                try readCharges(of: found, &reader)
            default:
                let last = numbers.count < 5 ? bill.table.names.count - 1 : bill.table.tagSets.count - 1
                numbers.append(Int32(try reader.integer(in: numbers.count < 6 ? 0...last : -Self.months...Self.months)))
                guard numbers.count <= 7 else { throw reader.error("charges expected") }
            }
        }
        guard series != nil else { throw reader.error("a series has no charges") }
    }

    /// No charge is billed further from its day.
    private static let months = 12_000

    private static func category(_ reader: inout JSONReader) throws(JSONError) -> ChargeCategory {
        let name = try reader.string()
        guard let category = ChargeCategory.allCases.first(where: { $0.name == name }) else {
            throw reader.error("unknown category '\(name)'")
        }
        return category
    }

    private mutating func readCharges(of series: CostSeries, _ reader: inout JSONReader) throws(JSONError) {
        guard let days = bill.table.days else { throw reader.error("a charge in a bill that has no days") }
        let count = days.lowerBound.distance(to: days.upperBound) + 1
        let firstDay = days.lowerBound
        var (start, length, place) = (0, 0, 0)
        var nextFree = 0
        try reader.array { (reader) throws(JSONError) in
            defer { place = (place + 1) % 3 }
            switch place {
            case 0: start = try reader.integer(in: nextFree...max(nextFree, count - 1))
            case 1: length = try reader.integer(in: 1...max(1, count - start))
            default:
                guard !amounts.isEmpty, start + length <= count else {
                    throw reader.error("a charge on a day that the bill does not have")
                }
                let amounts = amounts[try reader.integer(in: 0...amounts.count - 1)]
                guard add(amounts, times: length), bill.table.lines.count + length <= SnapshotLimit.lines else {
                    throw reader.error("the bill adds up to more than can be held")
                }
                for offset in start..<start + length {
                    bill.table.lines.append(CostTable.Line(key: series.key(on: firstDay.advanced(by: offset)), amounts: amounts))
                }
                nextFree = start + length
            }
        }
        guard place == 0 else { throw reader.error("a charge is not complete") }
    }

    /// Whether the sums can still be held: the same limit as where rows are added up.
    private mutating func add(_ amounts: CostAmounts, times count: Int) -> Bool {
        for (index, basis) in CostBasis.allCases.enumerated() {
            let (product, overflow) = amounts[basis].raw.magnitude.multipliedReportingOverflow(by: UInt128(count))
            guard !overflow, product <= BillAggregator.limit - magnitudes[index] else { return false }
            magnitudes[index] += product
        }
        return true
    }
}
