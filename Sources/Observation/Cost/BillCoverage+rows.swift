import CostModel

extension BillCoverage {
    /// Which days the rows of a bill cover.
    init(_ days: DayTally, of parts: [BillScan.Part], lateDays: [Int: Int], now: Instant) {
        let accounts = days.accounts(sources: parts.count)
        self.init(
            sources: parts.indices.map { at in
                Self.source(parts[at], DecidingRows(accounts[at], days.basis, before: now.day).accounts, lateDays[at] ?? 0, now)
            })
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
        for tallies in days.values { for (day, tally) in tallies { rows[day, default: 0] += tally.rows } }
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
        let dips = dips(rows, before: newest)
        for _ in 0..<2 {
            guard let least = usual(newest, rows, dips), let count = rows[newest], isFew(count, least) else { break }
            newest = newest.advanced(by: -1)
        }
        return newest
    }

    /// How far back days are looked at, before those that the newest one is compared with.
    private static let memory = 28
    /// As many days on which a source was not billed are passed over.
    private static let passed = 2

    /// The days that looked like the beginning of a day and behind which as many rows came again: they are torn themselves, and no measure for others.
    private static func dips(_ rows: [Day: Int], before newest: Day) -> Set<Day> {
        var dips: Set<Day> = []
        for day in newest.advanced(by: -memory)..<newest {
            guard let count = rows[day], let least = usual(day, rows, dips), isFew(count, least) else { continue }
            let later = (day.advanced(by: 1)..<max(day.advanced(by: 1), newest)).compactMap { rows[$0] }
            if later.contains(where: { !isFew($0, least) }) { dips.insert(day) }
        }
        return dips
    }

    /// The fewest rows of the week before a day; nil: that says nothing.
    private static func usual(_ day: Day, _ rows: [Day: Int], _ dips: Set<Day>) -> Int? {
        let before = (1...7 + passed).map { day.advanced(by: -$0) }.filter { rows[$0] != nil }.prefix(7)
        guard before.count == 7 else { return nil }
        return before.filter { !dips.contains($0) }.compactMap { rows[$0] }.min()
    }

    private static func isFew(_ count: Int, _ least: Int) -> Bool { count * 5 < least * 4 }
}
