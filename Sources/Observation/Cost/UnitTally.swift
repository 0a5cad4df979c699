import CostModel

/// Adds up what each resource was charged for each thing at on-demand prices, of the days shortly before now: what a unit costs the workspace itself.
///
/// It is kept with the bill's other sums, so nothing of it may depend on the very day: whole months are added up, and the days that count are
/// chosen at the end.
final class UnitTally {
    /// The price of a day so long before the newest is none of today.
    static let length = 28
    /// An older bill shows no price of today either.
    private static let reach = 60

    private struct Key: Hashable {
        var resource: String
        var sku: String?
        var unit: String?
    }

    private struct Sum {
        var cost = FixedDecimal.zero
        /// Nil once a row states none.
        var quantity: FixedDecimal? = .zero

        mutating func add(_ cost: FixedDecimal, _ quantity: FixedDecimal?) {
            self.cost += cost
            if let known = self.quantity, let quantity { self.quantity = known + quantity } else { self.quantity = nil }
        }
    }

    /// The first day that is added up: that of a month.
    let first: Day
    private var sums: [Key: [Day: Sum]] = [:]
    /// The days with charges of usage, at whatever price.
    private var charged: Set<Day> = []

    convenience init(before today: Day) { self.init(since: today.advanced(by: -Self.reach).month.firstDay) }

    private init(since first: Day) {
        self.first = first
    }

    /// - Parameter charge: in the workspace's currency.
    func add(_ row: some BillRow, _ charge: Charge) throws(FieldFault) {
        guard charge.day >= first, charge.category == .usage, charge.stated.contains(.contracted) else { return }
        charged.insert(charge.day)
        let pricing = row.pricing()
        guard pricing.isOnDemand else { return }
        guard let resource = try Self.text(.resource, of: row) else { return }
        let price = try Self.text(.skuPrice, of: row)
        let sku = price == nil ? try Self.text(.sku, of: row) : price
        let key = Key(resource: resource, sku: sku, unit: pricing.quantity?.unit)
        sums[key, default: [:]][charge.day, default: Sum()].add(charge.amounts.contracted, pricing.quantity?.amount)
    }

    private static func text(_ text: ChargeText, of row: some BillRow) throws(FieldFault) -> String? {
        let bytes = try row.text(text)
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    // MARK: Several of them

    /// One for the same days, with nothing in it.
    func empty() -> UnitTally { UnitTally(since: first) }

    func exchange(with other: UnitTally) {
        swap(&sums, &other.sums)
        swap(&charged, &other.charged)
    }

    /// Adds the sums of another one.
    func add(_ other: UnitTally) {
        charged.formUnion(other.charged)
        for (key, days) in other.sums {
            for (day, sum) in days { sums[key, default: [:]][day, default: Sum()].add(sum.cost, sum.quantity) }
        }
    }

    // MARK: Kept

    /// About how many bytes it takes.
    var packedSize: Int { sums.reduce(0) { $0 + 64 + 40 * $1.value.count } }

    func pack(into packer: inout BytePacker) {
        packer.add(charged.sorted()) { $0.add($1.number) }
        let keys = sums.keys.sorted { ($0.resource, $0.sku ?? "", $0.unit ?? "") < ($1.resource, $1.sku ?? "", $1.unit ?? "") }
        packer.add(keys) { packer, key in
            packer.add(key.resource)
            packer.add(key.sku)
            packer.add(key.unit)
            packer.add((sums[key] ?? [:]).sorted { $0.key < $1.key }) { packer, day in
                packer.add(day.key.number)
                day.value.cost.pack(into: &packer)
                packer.add(UInt8(day.value.quantity == nil ? 0 : 1))
                day.value.quantity?.pack(into: &packer)
            }
        }
    }

    func unpack(_ unpacker: inout ByteUnpacker) throws(ByteUnpacker.Torn) {
        typealias Torn = ByteUnpacker.Torn
        charged = Set(try unpacker.array { (unpacker) throws(Torn) in Day(try unpacker.number()) })
        let all = try unpacker.array { (unpacker) throws(Torn) in
            let key = Key(resource: try unpacker.string(), sku: try unpacker.stringIfAny(), unit: try unpacker.stringIfAny())
            let days = try unpacker.array { (unpacker) throws(Torn) in
                let day = Day(try unpacker.number())
                var sum = Sum(cost: try FixedDecimal(&unpacker), quantity: nil)
                if try unpacker.number(UInt8.self) == 1 { sum.quantity = try FixedDecimal(&unpacker) }
                return (day, sum)
            }
            return (key, Dictionary(days) { $1 })
        }
        sums = Dictionary(all) { $1 }
    }

    // MARK: What it says

    /// The newest day before another with charges of usage; nil: there is none of late.
    func newest(before today: Day) -> Day? {
        charged.lazy.filter { $0 < today }.max().flatMap { $0 >= today.advanced(by: -Self.reach) ? $0 : nil }
    }

    /// By the resource's identifier as billed, of the newest 28 days before another; sorted by what they are for.
    func units(before today: Day) -> [String: [BilledUnit]] {
        guard let newest = newest(before: today) else { return [:] }
        let window = newest.advanced(by: 1 - Self.length)...newest
        var result: [String: [BilledUnit]] = [:]
        for (key, sums) in sums {
            let current = sums.filter { window.contains($0.key) }
            guard !current.isEmpty else { continue }
            var unit = BilledUnit(sku: key.sku, unit: key.unit, cost: .zero, quantity: key.unit == nil ? nil : .zero, days: current.count)
            for sum in current.values {
                unit.cost += sum.cost
                if let known = unit.quantity, let amount = sum.quantity { unit.quantity = known + amount } else { unit.quantity = nil }
            }
            result[key.resource, default: []].append(unit)
        }
        return result.mapValues { $0.sorted { ($0.sku ?? "", $0.unit ?? "") < ($1.sku ?? "", $1.unit ?? "") } }
    }
}

/// How a row's price came about.
struct RowPricing {
    /// What the price is for, which is not always what was consumed.
    var quantity: ChargeQuantity?
    /// Neither covered by a commitment nor of a market that changes.
    var isOnDemand: Bool
}
