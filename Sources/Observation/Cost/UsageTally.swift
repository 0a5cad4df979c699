import CostModel

/// Adds up, beside the bill's other sums, what single resources used day by day. Rows of other resources cost one look-up each.
final class UsageTally {
    private struct Sum {
        var effective = FixedDecimal.zero
        /// Nil once a row states no quantity, or counts in another unit than the first.
        var quantity: FixedDecimal?
        var unit: String?
        /// Nil once rows differ.
        var sku: String?
    }

    /// By the name as it was asked for, and by its comparable form.
    private let ids: [String: Int32]
    private let alike: [String: Int32]
    private let names: [String]
    /// By the index of a resource.
    private var days: [[Day: Sum]]
    @exclusivity(unchecked) private var memo = FieldMemo()

    /// Nil where nobody asks for any resource.
    init?(_ resources: Set<String>) {
        let names = resources.filter { !$0.isEmpty }.sorted()
        guard !names.isEmpty else { return nil }
        self.names = names
        ids = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
        // Of several names of one resource the bill may write a third: the row is the first one's, and nobody's twice.
        alike = Dictionary(names.enumerated().map { (BilledName.comparable($1), Int32($0)) }, uniquingKeysWith: { first, _ in first })
        days = Array(repeating: [:], count: names.count)
    }

    /// Adds a row that the bill's aggregator has taken without fault.
    func add(_ row: some BillRow, _ charge: Charge) throws(FieldFault) {
        // Azure's datasets state a charge twice: what it costs effectively stands in one of them.
        guard charge.category == .usage, charge.stated.contains(.effective) else { return }
        let name = try row.text(.resource)
        let resource = try memo.value(of: name) { () throws(FieldFault) in
            let name = String(decoding: name, as: UTF8.self)
            return ids[name] ?? alike[BilledName.comparable(name)] ?? -1
        }
        guard resource >= 0 else { return }
        let stated = row.quantity()
        let price = try Self.text(.skuPrice, of: row)
        let sku = price == nil ? try Self.text(.sku, of: row) : price
        let index = Int(resource)
        guard var sum = days[index][charge.day] else {
            days[index][charge.day] = Sum(effective: charge.amounts.effective, quantity: stated?.amount, unit: stated?.unit, sku: sku)
            return
        }
        sum.effective += charge.amounts.effective
        if let known = sum.quantity, let stated, stated.unit == sum.unit {
            sum.quantity = known + stated.amount
        } else {
            sum.quantity = nil
        }
        if sum.sku != sku { sum.sku = nil }
        days[index][charge.day] = sum
    }

    func exchange(with other: UsageTally) { swap(&days, &other.days) }

    /// What it was asked for.
    var resources: [String] { names }

    func pack(into packer: inout BytePacker) {
        packer.add(days) { packer, sums in
            packer.add(sums.sorted { $0.key < $1.key }) { packer, day in
                packer.add(day.key.number)
                day.value.effective.pack(into: &packer)
                packer.add(UInt8(day.value.quantity == nil ? 0 : 1))
                day.value.quantity?.pack(into: &packer)
                packer.add(day.value.unit)
                packer.add(day.value.sku)
            }
        }
    }

    func unpack(_ unpacker: inout ByteUnpacker) throws(ByteUnpacker.Torn) {
        typealias Torn = ByteUnpacker.Torn
        let all = try unpacker.array { (unpacker) throws(Torn) in
            let sums = try unpacker.array { (unpacker) throws(Torn) in
                let day = Day(try unpacker.number())
                var sum = Sum(effective: try FixedDecimal(&unpacker))
                if try unpacker.number(UInt8.self) == 1 { sum.quantity = try FixedDecimal(&unpacker) }
                sum.unit = try unpacker.stringIfAny()
                sum.sku = try unpacker.stringIfAny()
                return (day, sum)
            }
            return Dictionary(sums) { $1 }
        }
        guard all.count == names.count else { throw Torn() }
        days = all
    }

    /// One for the same resources.
    func empty() -> UsageTally? { UsageTally(Set(names)) }

    /// Adds the sums of another one for the same resources.
    func add(_ other: UsageTally) {
        for (resource, sums) in other.days.enumerated() {
            for (day, sum) in sums { add(sum, of: resource, on: day) }
        }
    }

    private func add(_ other: Sum, of resource: Int, on day: Day) {
        guard var sum = days[resource][day] else {
            days[resource][day] = other
            return
        }
        sum.effective += other.effective
        if let known = sum.quantity, let more = other.quantity, sum.unit == other.unit {
            sum.quantity = known + more
        } else {
            sum.quantity = nil
        }
        if sum.sku != other.sku { sum.sku = nil }
        days[resource][day] = sum
    }

    private static func text(_ text: ChargeText, of row: some BillRow) throws(FieldFault) -> String? {
        let bytes = try row.text(text)
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// - Parameter table: the whole bill, which says of which days anything is known.
    func usage(of table: CostTable, today: Day) -> BilledUsage {
        let known = Set(table.lines.lazy.filter { $0.key.category == .usage && $0.key.day <= today }.map(\.key.day))
        var usage = BilledUsage()
        if let first = known.min(), let last = known.max() {
            usage.covered = first...last
            usage.gaps = Set(
                (first...last).lazy.filter { day in
                    !known.contains(day) || table.coverage.map { $0.state(of: day) == .missing } ?? false
                })
        }
        for (name, sums) in zip(names, days) where !sums.isEmpty {
            usage.series[name] = sums.mapValues { sum in
                BilledUsage.BilledDay(
                    effective: sum.effective, quantity: sum.quantity, unit: sum.quantity == nil ? nil : sum.unit, sku: sum.sku)
            }
        }
        return usage
    }
}
