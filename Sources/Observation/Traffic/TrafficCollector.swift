import CostModel

/// Makes a table of what logs say.
struct TrafficCollector {
    /// Pairs by day that are told apart. Of more the smallest count as those of other addresses.
    static let pairLimit = 400_000

    /// In the order of `TrafficTable.Entry`, then by witness.
    private struct Seen: Comparable {
        /// Source and target.
        var ends: UInt64
        /// Kind, day and witness.
        var rest: UInt64
        var bytes: UInt64

        static func < (a: Seen, b: Seen) -> Bool { a.ends == b.ends ? a.rest < b.rest : a.ends < b.ends }
        var group: UInt64 { rest >> 32 }
    }

    private var names: [String] = []
    private var accounts: Set<String> = []
    private var numbers: [String: Int32] = [:]
    private var addresses: [UInt32: Int32] = [:]
    private var witnesses: [String: UInt32] = ["": 0]
    private var seen: [Seen] = []
    let limit: Int

    init(limit: Int = pairLimit) { self.limit = limit }

    mutating func add(_ source: String, _ target: String, _ kind: TransferKind, _ day: Day, _ bytes: UInt64) {
        add(number(source), number(target), kind, day, bytes, witness: 0)
    }

    /// - Parameter witness: the network interface that saw it, where both ends of a flow may have: then the one that saw most of it counts.
    mutating func add(_ source: Int32, _ target: Int32, _ kind: TransferKind, _ day: Day, _ bytes: UInt64, witness: UInt32) {
        guard kind != .notTransfer, bytes > 0, day.number >= 0 else { return }
        let group = UInt64(kind.rawValue) << 24 | UInt64(day.number) & 0xFF_FFFF
        seen.append(Seen(ends: UInt64(source) << 32 | UInt64(target), rest: group << 32 | UInt64(witness), bytes: bytes))
        if seen.count >= limit * 3 { compact() }
    }

    mutating func note(account: String) { if !account.isEmpty { accounts.insert(account) } }

    mutating func number(witness: String) -> UInt32 {
        if let known = witnesses[witness] { return known }
        witnesses[witness] = UInt32(witnesses.count)
        return UInt32(witnesses.count - 1)
    }

    /// Of an address of IPv4.
    mutating func number(_ address: UInt32) -> Int32 {
        if let known = addresses[address] { return known }
        let number = number(NetworkAddress.text(address))
        addresses[address] = number
        return number
    }

    mutating func number(_ name: String) -> Int32 {
        if let known = numbers[name] { return known }
        if names.count >= limit, name != TrafficTable.others { return number(TrafficTable.others) }
        let number = Int32(names.count)
        numbers[name] = number
        names.append(name)
        return number
    }

    /// Adds up what stands several times; of too many the smallest are added up together.
    private mutating func compact() {
        merge()
        guard seen.count > limit else { return }
        let others = UInt64(number(TrafficTable.others))
        let order = seen.indices.sorted { (seen[$1].bytes, $0) < (seen[$0].bytes, $1) }
        for at in order[limit...] { seen[at].ends = (seen[at].ends >> 32) << 32 | others }
        merge()
    }

    private mutating func merge() {
        seen.sort()
        var merged: [Seen] = []
        for entry in seen {
            if let last = merged.last, last.ends == entry.ends, last.rest == entry.rest {
                let sum = last.bytes.addingReportingOverflow(entry.bytes)
                merged[merged.count - 1].bytes = sum.overflow ? .max : sum.partialValue
            } else {
                merged.append(entry)
            }
        }
        seen = merged
    }

    /// Names are in their order then, whatever was read first.
    mutating func finished() -> TrafficTable {
        compact()
        let order = names.indices.sorted { names[$0] < names[$1] }
        var place = [UInt64](repeating: 0, count: names.count)
        for (new, old) in order.enumerated() { place[old] = UInt64(new) }
        for at in seen.indices { seen[at].ends = place[Int(seen[at].ends >> 32)] << 32 | place[Int(seen[at].ends & 0xFFFF_FFFF)] }
        seen.sort()
        var table = TrafficTable()
        (table.names, table.accounts) = (order.map { names[$0] }, accounts)
        for entry in seen {
            let kind = TransferKind(rawValue: Int32(entry.group >> 24)) ?? .unknown
            let key = TrafficTable.Key(
                source: Int32(entry.ends >> 32), target: Int32(entry.ends & 0xFFFF_FFFF), kind: kind,
                day: Day(Int32(entry.group & 0xFF_FFFF)))
            // Of several witnesses the one that saw most.
            if table.entries.last?.key == key {
                table.entries[table.entries.count - 1].bytes = max(table.entries[table.entries.count - 1].bytes, entry.bytes)
            } else {
                table.entries.append(TrafficTable.Entry(key: key, bytes: entry.bytes))
            }
        }
        seen = []
        return table
    }
}
