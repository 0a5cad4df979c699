import CostModel

extension BillCoverage {
    /// Which days the rows of a bill cover.
    ///
    /// Rows of usage decide: a tax or a fee of a day says nothing of what else that day cost. A source without any such rows, such as one of
    /// purchases alone, goes by all rows.
    init(_ days: DayTally, of parts: [BillScan.Part], lateDays: [Int: Int], now: Instant) {
        let accounts = days.accounts(sources: parts.count)
        self.init(
            sources: parts.indices.map { at in
                Self.source(parts[at], Self.deciding(accounts[at]), lateDays[at] ?? 0, now)
            })
    }

    /// The rows that decide, by account and day.
    static func deciding(_ accounts: [String: DayTally.Account]) -> [String: [Day: DayTally.Tally]] {
        let usage = accounts.mapValues(\.usage).filter { !$0.value.isEmpty }
        return usage.isEmpty ? accounts.mapValues(\.all) : usage
    }

    private static func source(
        _ part: BillScan.Part, _ days: [String: [Day: DayTally.Tally]], _ lateDays: Int, _ now: Instant
    ) -> BillCoverage.Source {
        let accounts = days.map { name, tallies in
            BillCoverage.Account(
                name: name, days: [Range<Day>](runsOf: tallies.keys.sorted()),
                zero: [Range<Day>](runsOf: tallies.filter { $0.value.sum.isZero }.keys.sorted()))
        }
        var rows: [Day: Int] = [:]
        for tallies in days.values { for (day, tally) in tallies where day < now.day { rows[day, default: 0] += tally.rows } }
        return BillCoverage.Source(
            name: part.name, newestWhole: newestWhole(rows, settles: part.settles, lateDays, now),
            accounts: accounts.sorted { $0.name < $1.name })
    }

    /// The last closed day that has rows, unless they are still arriving: as long as the source says, else as
    /// earlier deliveries and its last days show. Of a day that has begun to arrive there are fewer rows than of each of those before it.
    private static func newestWhole(_ rows: [Day: Int], settles: TimeSpan?, _ lateDays: Int, _ now: Instant) -> Day? {
        guard let first = rows.keys.min(), var newest = rows.keys.max() else { return nil }
        if let settles {
            let settled = now.subtracting(settles).day.advanced(by: -1)
            return first <= settled ? min(newest, settled) : nil
        }
        newest = newest.advanced(by: -lateDays)
        for _ in 0..<2 {
            let before = (1...7).compactMap { rows[newest.advanced(by: -$0)] }
            guard before.count == 7, let least = before.min(), let count = rows[newest], count * 5 < least * 4 else { break }
            newest = newest.advanced(by: -1)
        }
        return newest
    }
}
