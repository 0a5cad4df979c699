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

/// Days that have far fewer, or far more, rows than those around them, or about twice as many as those before, and cost as much less or more:
/// some may be lost, or stand twice. What they cost counts; nobody but the provider can tell.
struct OddDays {
    /// How many days on each side a day is compared with.
    private static let reach = 7
    private let coverage: BillCoverage
    private let days: DayTally

    init(_ days: DayTally, _ coverage: BillCoverage) {
        self.days = days
        self.coverage = coverage
    }

    func problems(_ parts: [BillScan.Part]) -> [ObservationProblem] {
        let accounts = days.accounts(sources: parts.count)
        return parts.indices.compactMap { at in
            let found = BillCoverage.deciding(accounts[at]).sorted { $0.key < $1.key }.flatMap {
                odd($0.value, coverage.sources[at].newestWhole)
            }
            guard let first = found.sorted().first, let file = parts[at].place?.file ?? parts[at].files.first?.name else { return nil }
            let others = Set(found.map(\.day)).count - 1
            let more = others > 0 ? ", and \(others) more \(others == 1 ? "day is" : "days are") as odd" : ""
            return ObservationProblem(
                .note, id: "odd-day", file: file, line: parts[at].place?.line, column: parts[at].place?.column,
                "the bill '\(parts[at].name)' has \(first.rows) \(first.rows == 1 ? "row" : "rows") of an account on \(first.day), and "
                    + "\(first.usual) on the days around it: some may \(first.rows < first.usual ? "be missing" : "stand twice")\(more)")
        }
    }

    private struct OddDay: Comparable {
        var day: Day
        var rows: Int
        var usual: Int

        static func < (a: OddDay, b: OddDay) -> Bool { (a.day, a.rows, a.usual) < (b.day, b.rows, b.usual) }
    }

    /// The most rows of a day of the week before, of which this day has about twice as many, that cost as much more.
    private func doubled(_ day: Day, _ tally: DayTally.Tally, _ tallies: [Day: DayTally.Tally]) -> Int? {
        let before = (1...Self.reach).compactMap { tallies[day.advanced(by: -$0)] }
        guard before.count == Self.reach, let most = before.map(\.rows).max(), let dearest = before.map(\.sum).max() else { return nil }
        let isTwice = tally.rows * 10 >= most * 18 && tally.rows * 10 <= most * 22
        return isTwice && tally.sum.scaled(by: 2, over: 3) > dearest ? most : nil
    }

    private func odd(_ tallies: [Day: DayTally.Tally], _ newestWhole: Day?) -> [OddDay] {
        guard let newestWhole else { return [] }
        return tallies.compactMap { day, tally in
            guard day <= newestWhole else { return nil }
            let around = (-Self.reach...Self.reach).filter { $0 != 0 }.compactMap { tallies[day.advanced(by: $0)] }
            guard around.count >= Self.reach, let fewest = around.map(\.rows).min(), let most = around.map(\.rows).max(),
                let least = around.map(\.sum).min(), let dearest = around.map(\.sum).max()
            else { return nil }
            if tally.rows * 5 < fewest * 4, tally.sum < least { return OddDay(day: day, rows: tally.rows, usual: fewest) }
            if tally.rows * 2 > most * 3, tally.sum > dearest { return OddDay(day: day, rows: tally.rows, usual: most) }
            return doubled(day, tally, tallies).map { OddDay(day: day, rows: tally.rows, usual: $0) }
        }
    }
}
