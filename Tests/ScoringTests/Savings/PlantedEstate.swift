import CostModel
import Observation
import TestSupport

/// Twenty merged changes whose true savings are known, and a bill that moves for many other reasons: usage grows and shrinks and has its
/// weekends, prices and days are noisy, some days are odd, other resources come and go, credits, taxes and purchases stand on the same
/// resources, a month is restated, a file arrives twice, the newest days are not there yet.
struct PlantedEstate {
    static let now = Instant("2026-11-01T06:00:00Z")!
    static let first = Day(year: 2026, month: 4, day: 1)
    /// Its charges are only partly there.
    static let last = Day(year: 2026, month: 10, day: 30)

    private(set) var changes: [MergedChange] = []
    /// Monthly, by the change's id.
    private(set) var truth: [String: FixedDecimal] = [:]
    private var rows: [Row] = []
    private var random: SeededGenerator

    private struct Row {
        var day: Day
        var category = "Usage"
        var resource: String
        /// In millionths.
        var cost: Int
        /// In thousandths.
        var quantity: Int?
        var sku: String?
    }

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        for number in 0..<16 { plant(number, resources: Int.random(in: 1...3, using: &random), isCounted: true) }
        for number in 16..<18 { plant(number, resources: 1, isCounted: false) }
        plantTwoOnOneResource()
        for number in 0..<60 { addOther(number) }
    }

    var identifiers: Set<String> { Set(changes.flatMap(\.change.resources).flatMap(\.billedAs)) }

    // MARK: Changes

    private mutating func plant(_ number: Int, resources: Int, isCounted: Bool) {
        let merged = day(in: Day(year: 2026, month: 7, day: 1)...Day(year: 2026, month: 9, day: 10))
        let since = merged.advanced(by: Int.random(in: 1...9, using: &random))
        var saved = FixedDecimal.zero
        let names = (0..<resources).map { "arn:machine/\(number)-\($0)" }
        for name in names {
            saved += isCounted ? addCounted(name, [since], [since..<since.advanced(by: 28)])[0] : addUncounted(name, merged, since)
        }
        record(number, merged, names, saved)
    }

    /// The second takes effect three weeks after the first.
    private mutating func plantTwoOnOneResource() {
        let merged = day(in: Day(year: 2026, month: 7, day: 1)...Day(year: 2026, month: 8, day: 20))
        let since = [merged.advanced(by: 3), merged.advanced(by: 24)]
        let saved = addCounted("arn:machine/twice", since, [since[0]..<since[1], since[1]..<since[1].advanced(by: 28)])
        record(18, merged, ["arn:machine/twice"], saved[0])
        record(19, merged.advanced(by: 20), ["arn:machine/twice"], saved[1])
    }

    private mutating func record(_ number: Int, _ merged: Day, _ names: [String], _ perDay: FixedDecimal) {
        let saved = perDay.scaled(by: 365, over: 12)
        let id = "c-\(number)"
        truth[id] = saved
        let estimate = saved.scaled(by: Int128(Int.random(in: 70...130, using: &random)), over: 100)
        changes.append(
            MergedChange(
                plan: "plan", change: SavingsCase.change(id, names, Money(estimate, .usd)), commit: "commit-\(number)",
                merged: merged.start.adding(.hours(15))))
    }

    // MARK: Bills

    /// A resource of which units are counted.
    ///
    /// - Returns: what each change of its price saved on a mean day of its window: exact prices, times the units that were really used.
    private mutating func addCounted(_ name: String, _ since: [Day], _ windows: [Range<Day>]) -> [FixedDecimal] {
        var prices = [Int.random(in: 100_000...2_000_000, using: &random)]
        for _ in since { prices.append(prices[prices.count - 1] * Int.random(in: 40...70, using: &random) / 100) }
        let namesProducts = random.chance(1, of: 2)
        let base = Double.random(in: 24_000...240_000, using: &random)
        let weekend = Double.random(in: 0.3...1, using: &random)
        let growth = Double.random(in: -0.004...0.006, using: &random)
        var level = 1.0
        var units: [Day: Int] = [:]
        for day in Self.first...Self.last {
            level *= 1 + growth
            let noise = Double.random(in: 0.85...1.15, using: &random) * (random.chance(1, of: 60) ? 3 : 1)
            let used = Int(base * level * noise * (day.weekday >= 5 ? weekend : 1))
            units[day] = used
            let step = since.count { $0 <= day }
            var price = prices[step]
            var product: String? = "sku-\(step)"
            // It was applied in the middle of the day before.
            if since.contains(day.advanced(by: 1)) { (price, product) = ((price + prices[step + 1]) / 2, nil) }
            price = price * Int.random(in: 996...1_004, using: &random) / 1_000
            rows.append(Row(day: day, resource: name, cost: price * used / 1_000, quantity: used, sku: namesProducts ? product : nil))
        }
        addNoise(name)
        return windows.enumerated().map { at, window in
            let used = window.reduce(0) { $0 + (units[$1] ?? 0) }
            let saved = Int128(prices[at] - prices[at + 1]) * Int128(used)
            return FixedDecimal(1).scaled(by: saved, over: 1_000_000_000 * Int128(window.count))
        }
    }

    /// A resource whose bill states no quantity: its use has weekends and noise, but no trend.
    private mutating func addUncounted(_ name: String, _ merged: Day, _ since: Day) -> FixedDecimal {
        let base = Int.random(in: 5_000_000...80_000_000, using: &random)
        let kept = Int.random(in: 40...60, using: &random)
        let weekend = Int.random(in: 30...100, using: &random)
        for day in Self.first...Self.last {
            // Applied with the merge: nothing on this bill tells it otherwise.
            var cost = day > merged ? base * kept / 100 : base
            if day.weekday >= 5 { cost = cost * weekend / 100 }
            let noise = random.chance(1, of: 60) ? 4_000 : Int.random(in: 980...1_020, using: &random)
            rows.append(Row(day: day, resource: name, cost: cost * noise / 1_000))
        }
        addNoise(name)
        let week = Int128(500 + 2 * weekend) * Int128(base) * Int128(100 - kept)
        return FixedDecimal(1).scaled(by: week, over: 700 * 100 * 1_000_000)
    }

    /// Charges that are no usage.
    private mutating func addNoise(_ name: String) {
        for day in Self.first...Self.last where random.chance(1, of: 5) {
            let category = random.element(["Credit", "Tax", "Purchase", "Adjustment"])
            let cost = Int.random(in: 1_000_000...40_000_000, using: &random)
            rows.append(Row(day: day, category: category, resource: name, cost: category == "Credit" ? -cost : cost))
        }
    }

    private mutating func addOther(_ number: Int) {
        let start = day(in: Self.first...Self.last)
        let end = day(in: start...Self.last)
        let cost = Int.random(in: 1_000_000...90_000_000, using: &random)
        for day in start...end { rows.append(Row(day: day, resource: "other-\(number)", cost: cost, quantity: 24_000, sku: "s")) }
    }

    private mutating func day(in days: ClosedRange<Day>) -> Day {
        days.lowerBound.advanced(by: Int.random(in: 0...days.lowerBound.distance(to: days.upperBound), using: &random))
    }

    // MARK: As files

    /// The bill as the reader of the tool reads it.
    mutating func usage() throws -> BilledUsage {
        let folder = TemporaryDirectory()
        let restated = Month(year: 2026, month: 8)
        try folder.write(
            csv {
                $0.day.month <= restated
            } cost: {
                $0.day.month == restated ? $0.cost * 6 / 5 : $0.cost
            }, to: "2026-09-03.csv")
        let newest = csv {
            $0.day.month >= restated
        } cost: {
            $0.cost
        }
        try folder.write(newest, to: "2026-11-01.csv")
        try folder.write(newest, to: "2026-11-01-again.csv")
        let source = CostSource(
            name: "billing", place: Place(file: "bursar.yaml", line: 1), paths: ["*.csv"], maxAge: nil, delivery: .snapshot)
        let bill = BillReader(sources: [source], directory: folder.path, now: Self.now)
            .bill(currency: .usd, tagKeys: [], bases: [], usageOf: identifiers)
        precondition(!bill.problems.contains { $0.severity == .partial }, "\(bill.problems)")
        return bill.usage
    }

    private mutating func csv(_ holds: (Row) -> Bool, cost: (Row) -> Int) -> String {
        var text = "ChargePeriodStart,BillingPeriodStart,ChargeCategory,BillingCurrency,BilledCost,EffectiveCost,ResourceId,"
        text += "ConsumedQuantity,ConsumedUnit,PricingQuantity,PricingUnit,SkuPriceId\n"
        for row in rows where holds(row) {
            // The newest day has only begun to arrive.
            if row.day == Self.last, random.chance(1, of: 2) { continue }
            let amount = FixedDecimal(cost(row)).scaled(by: 1, over: 1_000_000)
            let quantity = row.quantity.map { "\(FixedDecimal($0).scaled(by: 1, over: 1_000))" } ?? ""
            // Some rows say only what was priced.
            let counted = row.quantity == nil ? ",,," : row.resource.count % 2 == 0 ? "\(quantity),Hrs,," : ",,\(quantity),Hrs"
            let (year, month, _) = row.day.components
            let period = Day(year: year, month: month, day: 1)
            text += "\(row.day),\(period),\(row.category),USD,\(amount),\(amount),\(row.resource),\(counted),\(row.sku ?? "")\n"
        }
        return text
    }
}
