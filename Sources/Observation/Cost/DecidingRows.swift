import CostModel

/// The rows of a source that tell which of its days are there.
///
/// Rows of usage do: a tax or a fee of a day says nothing of what else that day cost. A source without any such rows, such as one of
/// purchases alone, goes by all rows.
///
/// A charge of a month or a year, such as that of a hosted zone or of a support plan, covers days on which nothing else arrived. It decides only where
/// nothing is charged by the day: neither its account nor, since an account was, its source.
struct DecidingRows {
    typealias Tallies = [Day: DayTally.Tally]

    /// By account, of the days that are over.
    private(set) var accounts: [String: Tallies]

    /// So many days must have rows of a day, for others to be missed.
    private static let fewest = 7
    /// After so many days without them a source is not charged by the day any more, and what costs nothing for as long is switched off.
    private static let silence = 28
    /// How many days on each side of those that cost nothing are looked at.
    private static let reach = 7
    /// Of so many days one, or a few that follow each other, may cost nothing and be doubted.
    private static let fortnight = 14

    init(_ tallies: [String: DayTally.Account], _ basis: CostBasis, before today: Day) {
        func past(_ days: Tallies) -> Tallies { days.filter { $0.key < today } }
        let daily = tallies.mapValues { past($0.daily) }
        let newest = daily.values.lazy.flatMap(\.keys).max()
        let byDay = daily.filter { Self.isByDay($0.value, until: newest) }
        let usage = tallies.filter { !$0.value.usage.isEmpty }
        guard !usage.isEmpty else {
            accounts = tallies.mapValues { past($0.all) }
            return
        }
        accounts = usage.mapValues { past($0.usage) }
        restrict(to: byDay)
        for (name, days) in byDay { accounts[name] = days }
        // What a commitment pays for is billed at nothing from one day to the next.
        if basis != .billed { for (name, days) in accounts { accounts[name] = Self.withoutDoubtful(days) } }
    }

    /// Whether an account is charged by the day: on at least every second day since the first.
    private static func isByDay(_ daily: Tallies, until newest: Day?) -> Bool {
        guard daily.count >= fewest, let first = daily.keys.min(), let newest else { return false }
        return daily.count * 2 > first.distance(to: newest)
    }

    /// Takes from accounts that are charged by the month or the year the days on which nothing was delivered of those that are charged by the day.
    private mutating func restrict(to byDay: [String: Tallies]) {
        let delivered = Set(byDay.values.lazy.flatMap(\.keys))
        guard let first = delivered.min(), let last = delivered.max(),
            let newest = accounts.values.lazy.flatMap(\.keys).max(), last.distance(to: newest) < Self.silence
        else { return }
        for (name, days) in accounts { accounts[name] = days.filter { $0.key < first || delivered.contains($0.key) } }
    }

    /// Without the days on which only rows of nothing arrived, where each of the days around cost something: those that cost were lost, or have not come
    /// yet. Days that cost nothing now and then are how an account is billed, and four weeks of them are no loss.
    private static func withoutDoubtful(_ tallies: Tallies) -> Tallies {
        let days = tallies.keys.sorted()
        let isFree = days.map { tallies[$0]?.isFree ?? false }
        guard isFree.contains(true), isFree.contains(false) else { return tallies }
        var doubtful: [Range<Int>] = []
        var at = 0
        while at < days.count {
            guard isFree[at] else {
                at += 1
                continue
            }
            let end = isFree[at...].firstIndex(of: false) ?? days.count
            let (before, after) = (max(0, at - reach)..<at, end..<min(days.count, end + reach))
            let isAlone = !isFree[before].contains(true) && !isFree[after].contains(true)
            let isShort = days[at].distance(to: days[end - 1]) < silence - 1
            if isAlone, isShort, before.count + after.count >= reach { doubtful.append(at..<end) }
            at = end
        }
        guard doubtful.count * fortnight <= max(days.count, 2 * fortnight) else { return tallies }
        var left = tallies
        for day in doubtful.joined() { left[days[day]] = nil }
        return left
    }
}
