import CostModel
import TimeSeries

/// The bill day by day and leaf by leaf, for judgement over time: lines are added one after another in the order of the table.
///
/// A day without any row of usage of its provider is missing, neither zero nor unusual, where the provider is billed on most days; so is one that the bill
/// lacks of the account.
struct LeafTable {
    /// What is told apart; numbers of the table's names.
    private struct Key: Hashable {
        var category: ChargeCategory
        var group: Int32
        var account: Int32
        var service: Int32
        var region: Int32
        var sku: Int32
        var provider: Int32
    }

    /// Of a bill with more leaves the smallest are added up by service.
    static let limit = 10_000
    /// Older days decide nothing.
    static let longest = 600

    private let table: CostTable
    private let basis: CostBasis
    /// The first day of the period; the last one is before `end`.
    let first: Day
    let count: Int
    private var numbers: [Key: Int32] = [:]
    private var keys: [Key] = []
    private var totals: [Double] = []
    /// For each line the number of its leaf, -1 for none.
    private var members: [Int32] = []
    private var present: [Int32: [Bool]] = [:]

    /// - Parameters:
    ///   - today: Charges of this day and later ones are not looked at.
    init(_ table: CostTable, basis: CostBasis, today: Day) {
        self.table = table
        self.basis = basis
        let newest = table.lines.lazy.filter { $0.key.category == .usage && $0.key.day < today }.map(\.key.day).max()
        let end = newest.map { $0.advanced(by: 1) } ?? today
        let oldest = table.days?.lowerBound ?? end
        first = max(oldest, end.advanced(by: -Self.longest))
        count = max(0, first.distance(to: end))
        members.reserveCapacity(table.lines.count)
    }

    var end: Day { first.advanced(by: count) }

    /// Takes the next line.
    ///
    /// - Parameter group: whose it is, as a number of the caller's; nil: it is not looked at.
    mutating func add(_ line: CostTable.Line, group: Int32?) {
        let key = line.key
        let day = first.distance(to: key.day)
        guard day >= 0, day < count else {
            members.append(-1)
            return
        }
        if key.category == .usage { present[key.provider, default: [Bool](repeating: false, count: count)][day] = true }
        guard let group else {
            members.append(-1)
            return
        }
        let leaf = Key(
            category: key.category, group: group, account: key.account, service: key.service,
            region: key.category == .usage ? key.region : 0, sku: key.category == .usage ? key.sku : 0, provider: key.provider)
        let number = numbers[leaf] ?? Int32(keys.count)
        if number == keys.count {
            numbers[leaf] = number
            keys.append(leaf)
            totals.append(0)
        }
        totals[Int(number)] += abs(line.amounts[basis].approximation)
        members.append(number)
    }

    // MARK: What they add up to

    /// Leaves with their days.
    struct Days {
        /// Of usage, each with its group's number.
        var leaves: [LeafDays] = []
        var groups: [Int32] = []
        /// Credits, purchases, taxes and adjustments, by account and service.
        var others: [(group: Int32, category: ChargeCategory, cost: [Double])] = []
        /// By day: whether the whole bill has no row of usage.
        var missing: [Bool]
        /// For each line the index of its leaf among `leaves`, -1 for none.
        var members: [Int32]
    }

    /// - Parameter names: what groups are called; nil: nobody.
    func days(names: (Int32) -> String?) -> Days {
        var keys = keys
        var place = keys.indices.map { Int32($0) }
        if keys.count > Self.limit { fold(&keys, &place) }
        var cost = keys.map { _ in [Double](repeating: 0, count: count) }
        var quantity = keys.map { $0.category == .usage && table.namesSKUs ? [Double](repeating: 0, count: count) : [] }
        for (index, line) in table.lines.enumerated() where members[index] >= 0 {
            let leaf = Int(place[Int(members[index])])
            let day = first.distance(to: line.key.day)
            cost[leaf][day] += line.amounts[basis].approximation
            guard !quantity[leaf].isEmpty else { continue }
            quantity[leaf][day] += table.quantities[index].map(\.approximation) ?? .nan
        }
        let gaps = present.mapValues { days in days.count { $0 } * 5 >= days.count * 4 ? days.map { !$0 } : nil }
        let lacking = lackingDays(of: Set(keys.map(\.account)))
        var days = Days(missing: (0..<count).map { day in !present.values.contains { $0[day] } }, members: [])
        var order = [Int32](repeating: -1, count: keys.count)
        for (index, key) in keys.enumerated() {
            if let gaps = gaps[key.provider] ?? nil {
                for day in 0..<count where gaps[day] && cost[index][day] == 0 { cost[index][day] = .nan }
            }
            for day in lacking[key.account] ?? [] where cost[index][day] == 0 { cost[index][day] = .nan }
            guard key.category == .usage else {
                days.others.append((key.group, key.category, cost[index]))
                continue
            }
            order[index] = Int32(days.leaves.count)
            let leaf = CostLeaf(
                team: names(key.group), account: table.name(key.account), service: table.name(key.service),
                region: table.name(key.region), sku: table.name(key.sku))
            days.leaves.append(LeafDays(leaf: leaf, cost: cost[index], quantity: quantity[index]))
            days.groups.append(key.group)
        }
        days.members = members.map { $0 < 0 ? -1 : order[Int(place[Int($0)])] }
        return days
    }

    /// The days since its first that the bill lacks of each account.
    private func lackingDays(of accounts: Set<Int32>) -> [Int32: [Int]] {
        guard let sources = table.coverage?.sources else { return [:] }
        var lacking: [Int32: [Int]] = [:]
        for number in accounts {
            let name = table.name(number)
            let billing = sources.compactMap { source in source.accounts.first { $0.name == name }.map { (source, account: $0) } }
            lacking[number] = (0..<count).filter { offset in
                let day = first.advanced(by: offset)
                return billing.contains { source, account in
                    (account.days.first.map { $0.lowerBound <= day } ?? false) && source.state(of: day, account: account) == .missing
                }
            }
        }
        return lacking
    }

    /// Adds the smallest leaves up by what they have in common but the SKU and region.
    private func fold(_ keys: inout [Key], _ place: inout [Int32]) {
        let order = totals.indices.sorted { (totals[$0], $1) > (totals[$1], $0) }
        var kept: [Key] = []
        var numbers: [Key: Int32] = [:]
        for (rank, index) in order.enumerated() {
            var key = keys[index]
            if rank >= Self.limit { (key.sku, key.region) = (0, 0) }
            let number = numbers[key] ?? Int32(kept.count)
            if number == kept.count {
                numbers[key] = number
                kept.append(key)
            }
            place[index] = number
        }
        keys = kept
    }
}

extension FixedDecimal {
    /// Money that was computed and not billed, to a millionth.
    init(computed value: Double) {
        let bounded = value.isNaN ? 0 : min(max(value, -1e15), 1e15)
        self.init(raw: Int128((bounded * 1_000_000).rounded()) * (FixedDecimal.unit / 1_000_000))
    }
}
