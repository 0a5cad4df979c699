import CostModel

/// Makes a table of what logs say.
struct TrafficCollector {
    /// Pairs by day that are told apart; what comes beyond counts as that of other addresses.
    static let pairLimit = 400_000

    private struct Seen: Hashable {
        var key: TrafficTable.Key
        var witness: Int32
    }

    private(set) var table = TrafficTable()
    private var numbers: [String: Int32] = [:]
    private var witnesses: [String: Int32] = [:]
    private var seen: [Seen: UInt64] = [:]
    private let limit: Int

    init(limit: Int = pairLimit) { self.limit = limit }

    /// - Parameter witness: the network interface that saw it, where both ends of a flow may have: then the one that saw most of it counts.
    mutating func add(_ source: String, _ target: String, _ kind: TransferKind, _ day: Day, _ bytes: UInt64, witness: String = "") {
        guard kind != .notTransfer, bytes > 0 else { return }
        if witnesses[witness] == nil { witnesses[witness] = Int32(witnesses.count) }
        var entry = Seen(
            key: TrafficTable.Key(source: number(source), target: number(target), kind: kind, day: day), witness: witnesses[witness] ?? 0)
        if seen.count >= limit, seen[entry] == nil { entry.key.target = number(TrafficTable.others) }
        let sum = seen[entry, default: 0].addingReportingOverflow(bytes)
        seen[entry] = sum.overflow ? .max : sum.partialValue
    }

    mutating func note(account: String) { if !account.isEmpty, account != "-" { table.accounts.insert(account) } }

    mutating func finished() -> TrafficTable {
        for (entry, bytes) in seen { table.bytes[entry.key] = max(table.bytes[entry.key] ?? 0, bytes) }
        seen = [:]
        return table
    }

    private mutating func number(_ name: String) -> Int32 {
        if let known = numbers[name] { return known }
        if numbers.count >= limit, name != TrafficTable.others { return number(TrafficTable.others) }
        let number = Int32(table.names.count)
        numbers[name] = number
        table.names.append(name)
        return number
    }
}
