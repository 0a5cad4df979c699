import CostModel

/// Days of an account whose rows some may be missing of, or stand twice: what they cost counts, and nobody but the provider can tell.
///
/// An account with a handful of rows has more or fewer of them for many reasons. A day is odd only where its cost goes with its rows, and
/// where such days are rare: what happens once a fortnight or on the same day of every month is how that account is billed.
struct OddDays {
    /// How many days on each side a day is compared with.
    private static let reach = 7
    /// Of so many days one may be odd.
    private static let fortnight = 14
    /// With so many rows on each of the days around, all equally many, one fewer is enough.
    private static let few = 3
    private let coverage: BillCoverage
    private let days: DayTally
    private let now: Instant

    init(_ days: DayTally, _ coverage: BillCoverage, now: Instant) {
        self.days = days
        self.coverage = coverage
        self.now = now
    }

    func problems(_ parts: [BillScan.Part]) -> [ObservationProblem] {
        let accounts = days.accounts(sources: parts.count)
        return parts.indices.compactMap { at in
            let found = DecidingRows(accounts[at], days.basis, before: now.day).accounts.sorted { $0.key < $1.key }.flatMap {
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

    /// The odd days of an account, unless they are no exception.
    private func odd(_ tallies: [Day: DayTally.Tally], _ newestWhole: Day?) -> [OddDay] {
        guard let newestWhole else { return [] }
        // What is still arriving is no measure.
        let tallies = tallies.filter { $0.key <= newestWhole }
        let odd = tallies.keys.compactMap { lacking($0, tallies) ?? doubled($0, tallies) }
        let months = Dictionary(grouping: odd, by: \.day.components.day).mapValues { Set($0.map(\.day.month)).count }
        let rare = odd.filter { months[$0.day.components.day] == 1 }
        return rare.count * Self.fortnight > max(tallies.count, 2 * Self.fortnight) ? [] : rare
    }

    /// A day with far fewer rows than each of those around it, that costs less than any of them; or with fewer where they have all the same
    /// number, however little is missing. Days beside it that are torn themselves hide none: two of a fortnight, one of a week, are let off where
    /// the day has fewer than three fifths of the others.
    private func lacking(_ day: Day, _ tallies: [Day: DayTally.Tally]) -> OddDay? {
        let around = neighbours(day, -Self.reach...Self.reach, tallies)
        guard around.count >= Self.reach, let tally = tallies[day] else { return nil }
        let (rows, sums) = (around.map(\.rows).sorted(), around.map(\.sum).sorted())
        if tally.rows * 5 < rows[0] * 4, tally.sum < sums[0] { return OddDay(day: day, rows: tally.rows, usual: rows[0]) }
        let spared = around.count == 2 * Self.reach ? 2 : 1
        let fewest = rows[spared]
        let isSteady = fewest >= Self.few && around.count == 2 * Self.reach && rows[spared...].allSatisfy { $0 == fewest }
        if isSteady, tally.rows * 5 < fewest * 4 { return OddDay(day: day, rows: tally.rows, usual: fewest) }
        return tally.rows * 5 < fewest * 3 && tally.sum < sums[spared] ? OddDay(day: day, rows: tally.rows, usual: fewest) : nil
    }

    /// A day with half as many rows again as any around it, or about twice as many as any before it, that costs as much more: not a cent more,
    /// and not six times as much, as where somebody begins to spend. Where the bill begins, the days behind are what there is. About twice as
    /// many of which each amount stands in an even number are odd at any cost.
    private func doubled(_ day: Day, _ tallies: [Day: DayTally.Tally]) -> OddDay? {
        guard let tally = tallies[day] else { return nil }
        let around = neighbours(day, -Self.reach...Self.reach, tallies)
        let before = neighbours(day, -Self.reach...(-1), tallies)
        let beside = before.count < Self.reach ? neighbours(day, 1...Self.reach, tallies) : before
        let most = (around: Self.mostRows(around), beside: Self.mostRows(beside))
        let isMany = around.count >= Self.reach && tally.rows * 2 > most.around * 3
        let isTwice = tally.rows * 10 >= most.beside * 18 && tally.rows * 10 <= most.beside * 22
        // Twice the rows, and each amount an even number of times: whatever the days around cost.
        if isTwice, beside.count >= Self.reach, tally.parity == 0 { return OddDay(day: day, rows: tally.rows, usual: most.beside) }
        let others: [DayTally.Tally] = isMany ? around : isTwice ? beside : []
        guard others.count >= Self.reach, let dearest = others.map({ $0.sum }).max() else { return nil }
        let usual = isMany ? most.around : most.beside
        let expected = dearest.scaled(by: Int128(tally.rows), over: Int128(usual))
        let share = tally.sum.scaled(by: 2, over: 3)
        return share > dearest && share <= expected ? OddDay(day: day, rows: tally.rows, usual: usual) : nil
    }

    private static func mostRows(_ tallies: [DayTally.Tally]) -> Int { tallies.map { $0.rows }.max() ?? 0 }

    private func neighbours(_ day: Day, _ reach: ClosedRange<Int>, _ tallies: [Day: DayTally.Tally]) -> [DayTally.Tally] {
        reach.filter { $0 != 0 }.compactMap { tallies[day.advanced(by: $0)] }
    }
}
