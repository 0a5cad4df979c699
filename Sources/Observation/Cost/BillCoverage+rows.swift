import CostModel

extension BillCoverage {
    /// Which days the rows of a bill cover.
    ///
    /// Rows of usage decide: a tax or a fee of a day says nothing of what else that day cost. A source without any such rows, such as one of
    /// purchases alone, goes by all rows.
    ///
    /// - Precondition: the bill was asked for what `BillReader.bill` asks for, in that order.
    init(_ bill: BillAggregator, of parts: [BillScan.Part], lateDays: [Int: Int], now: Instant) {
        var cells = CoverageCells()
        for index in 0..<bill.keys.count { cells.add(bill.keys[index], bill.sum(of: index, 0)) }
        self.init(sources: cells.sources(parts, bill.numbers.names, lateDays, now: now))
    }
}

/// The rows of a bill by source, account and day.
private struct CoverageCells: ~Copyable {
    /// Rows of one kind of one cell.
    private struct Tally {
        var lines = 0
        var sum = FixedDecimal.zero

        mutating func add(_ amount: FixedDecimal) {
            lines += 1
            sum += amount
        }
    }

    private var cells = TupleTable(width: 3)
    private var usage: [Tally] = []
    private var all: [Tally] = []
    private var cell: [Int32] = [0, 0, 0]

    /// - Parameter key: as `BillReader.bill` asks for it.
    mutating func add(_ key: UnsafeBufferPointer<Int32>, _ amount: FixedDecimal) {
        // A charge of several days counts its money on the first, and covers all of them.
        for day in key[0]...max(key[0], key[10]) {
            cell[0] = key[9]
            cell[1] = key[3]
            cell[2] = day
            let (index, isNew) = cells.insert(cell)
            if isNew {
                usage.append(Tally())
                all.append(Tally())
            }
            all[index].add(amount)
            if key[2] == Int32(ChargeCategory.usage.rawValue) { usage[index].add(amount) }
        }
    }

    func sources(_ parts: [BillScan.Part], _ names: NameTable, _ lateDays: [Int: Int], now: Instant) -> [BillCoverage.Source] {
        var days = parts.map { _ in (usage: [Int32: [Day: Tally]](), all: [Int32: [Day: Tally]]()) }
        for index in 0..<cells.count {
            let cell = cells[index]
            let (source, account, day) = (Int(cell[0]), cell[1], Day(cell[2]))
            days[source].all[account, default: [:]][day] = all[index]
            if usage[index].lines > 0 { days[source].usage[account, default: [:]][day] = usage[index] }
        }
        return parts.indices.map { at in
            Self.source(parts[at], days[at].usage.isEmpty ? days[at].all : days[at].usage, names, lateDays[at] ?? 0, now)
        }
    }

    private static func source(
        _ part: BillScan.Part, _ days: [Int32: [Day: Tally]], _ names: NameTable, _ lateDays: Int, _ now: Instant
    ) -> BillCoverage.Source {
        let accounts = days.map { number, tallies in
            BillCoverage.Account(
                name: names[number], days: [Range<Day>](runsOf: tallies.keys.sorted()),
                zero: [Range<Day>](runsOf: tallies.filter { $0.value.sum.isZero }.keys.sorted()))
        }
        var lines: [Day: Int] = [:]
        for tallies in days.values { for (day, tally) in tallies where day < now.day { lines[day, default: 0] += tally.lines } }
        return BillCoverage.Source(
            name: part.name, newestWhole: newestWhole(lines, settles: part.settles, lateDays, now),
            accounts: accounts.sorted { $0.name < $1.name })
    }

    /// The last closed day that has rows, unless they are still arriving: as long as the source says, else as
    /// earlier deliveries and its last days show. Of a day that has begun to arrive there are fewer lines than of those before it.
    private static func newestWhole(_ lines: [Day: Int], settles: TimeSpan?, _ lateDays: Int, _ now: Instant) -> Day? {
        guard let first = lines.keys.min(), var newest = lines.keys.max() else { return nil }
        if let settles {
            let settled = now.subtracting(settles).day.advanced(by: -1)
            return first <= settled ? min(newest, settled) : nil
        }
        newest = newest.advanced(by: -lateDays)
        for _ in 0..<2 {
            let before = (1...7).compactMap { lines[newest.advanced(by: -$0)] }
            guard before.count == 7, let count = lines[newest], count * 2 * 7 < before.reduce(0, +) else { break }
            newest = newest.advanced(by: -1)
        }
        return newest
    }
}
