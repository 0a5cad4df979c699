import CostModel

/// Compares the bill of merged changes' resources before and after.
struct BeforeAndAfter {
    /// Days that each side must have, so that every weekday is there.
    static let fewest = 7
    /// Days that each side may have.
    static let most = 28
    /// A resource must have been on the bill for so many days before the merge, and of these the 28 count in which it cost least: who makes a
    /// thing larger first saves nothing by making it small again.
    static let ripeness = 90
    /// Days at the end of a bill whose charges are still arriving.
    static let settling = 2

    let currency: Currency
    private let changes: [MergedChange]
    private let calendar: BillCalendar?
    /// By the change's index; one for each distinct resource that the bill names.
    private var touches: [[Touch]] = []
    private var resources: [String: BilledResource] = [:]
    /// All changes that move a resource's cost, by the resource's key.
    private var steps: [String: [Step]] = [:]

    /// A resource of a change.
    private struct Touch {
        var key: String
        var since: Day
    }

    /// A change that moves a resource's cost.
    private struct Step {
        var since: Day
        var promised: FixedDecimal
    }

    init(_ changes: [MergedChange], usage: BilledUsage, now: Instant, currency: Currency) {
        self.changes = changes
        self.currency = currency
        calendar = BillCalendar(usage, today: now.day)
        for change in changes {
            var touched: [Touch] = []
            for resource in change.change.resources {
                let names = resource.billedAs.filter { usage.series[$0] != nil }
                guard let calendar, let key = names.min(), !touched.contains(where: { $0.key == key }) else { continue }
                let billed = resources[key] ?? BilledResource(names, of: usage)
                resources[key] = billed
                touched.append(Touch(key: key, since: billed.effect(ofMerge: change.merged.day, in: calendar)))
            }
            touches.append(touched)
            guard let promised = promise(of: change) else { continue }
            for touch in touched { steps[touch.key, default: []].append(Step(since: touch.since, promised: promised)) }
        }
    }

    /// The estimate, where it is money that can be compared.
    private func promise(of change: MergedChange) -> FixedDecimal? {
        guard let estimate = change.change.monthlySavings, estimate.currency == currency, estimate.amount > .zero else { return nil }
        return estimate.amount
    }

    var hasBill: Bool { calendar != nil }

    /// Whether the bill has the days around the day on which a change took effect.
    func reaches(_ since: Day) -> Bool {
        guard let calendar else { return false }
        return calendar.first <= since.advanced(by: -Self.fewest) && calendar.last >= since.advanced(by: Self.fewest - 1)
    }

    /// What the bill says of the change at an index.
    func outcome(of index: Int) -> RealisedSavings.Outcome {
        let change = changes[index]
        guard promise(of: change) != nil else { return .excluded(noPromise(change.change.monthlySavings, currency)) }
        guard change.change.resources.contains(where: { !$0.billedAs.isEmpty }) else { return .excluded(nameless) }
        guard let calendar else { return .pending(noBill) }
        guard !touches[index].isEmpty else {
            let merged = change.merged.day
            let (before, after) = (calendar.days(before: merged), calendar.days(from: merged.advanced(by: 1)))
            guard before.count >= Self.fewest, after.count >= Self.fewest else { return .pending(waiting(before.count, after.count)) }
            return .excluded(unbilled)
        }
        return sum(of: touches[index].map { compare($0, change, calendar) })
    }

    private enum Answer {
        case pending(before: Int, after: Int)
        case leftOut(String)
        case moved(DailySaving, since: Day)
    }

    private func compare(_ touch: Touch, _ change: MergedChange, _ calendar: BillCalendar) -> Answer {
        guard let resource = resources[touch.key] else { return .leftOut(unbilled) }
        let merged = change.merged.day
        if resource.first > max(calendar.first, merged.advanced(by: -Self.ripeness)) { return .leftOut(tooYoung) }
        let others = (steps[touch.key] ?? []).map(\.since)
        let next = others.filter { $0 > touch.since }.min()
        let previous = others.filter { $0 < touch.since }.max()
        // Where an earlier change took effect only about this merge, its own days are what this change is held against.
        let isCrowded = previous.map { $0 > merged.advanced(by: -Self.fewest) } ?? false
        let end = isCrowded ? touch.since : merged
        let start = max(previous ?? calendar.first, end.advanced(by: -Self.most))
        let before = calendar.days(in: start..<max(start, end))
        let stop = min(next ?? Day.max, touch.since.advanced(by: Self.most))
        let after = calendar.days(in: touch.since..<max(touch.since, stop))
        if after.count >= Self.fewest, !after.suffix(Self.fewest).contains(where: resource.isBilled) { return .leftOut(vanished) }
        if let next, touch.since.distance(to: next) < Self.fewest { return .leftOut(overtaken) }
        if let previous, previous.distance(to: touch.since) < Self.fewest { return .leftOut(overtaken) }
        guard before.count >= Self.fewest, after.count >= Self.fewest,
            var comparison = DailySaving(of: resource, before: before, after: after)
        else { return .pending(before: before.count, after: after.count) }
        let first = max(previous ?? calendar.first, end.advanced(by: -Self.ripeness))
        for shift in stride(from: 7, through: first.distance(to: end) - Self.most, by: 7) {
            let end = end.advanced(by: -shift)
            let earlier = calendar.days(in: end.advanced(by: -Self.most)..<end)
            guard earlier.count >= Self.fewest, let cheaper = DailySaving(of: resource, before: earlier, after: after),
                cheaper.perDay < comparison.perDay
            else { continue }
            comparison = cheaper
        }
        if let level = lowLevel(of: resource, before: merged, after, beside: comparison) { comparison = level }
        share(&comparison, touch, change)
        return .moved(comparison, since: touch.since)
    }

    /// A level that the resource held for a week within the time before a merge, at which the change saves less than half of what it seems
    /// to: who makes a thing larger and smaller by turns saves nothing by the last turn. Nil: there is none.
    private func lowLevel(
        of resource: BilledResource, before merged: Day, _ after: [Day], beside comparison: DailySaving
    ) -> DailySaving? {
        guard comparison.perDay > .zero, let calendar else { return nil }
        let days = calendar.days(in: merged.advanced(by: -Self.ripeness)..<merged)
        var lowest: DailySaving?
        for start in days.indices.dropLast(Self.fewest - 1) {
            let week = Array(days[start..<start + Self.fewest])
            // A week in which it was off says nothing of its size.
            guard week.allSatisfy(resource.isBilled), let level = DailySaving(of: resource, before: week, after: after),
                level.perDay + level.perDay < comparison.perDay, level.perDay < lowest?.perDay ?? comparison.perDay
            else { continue }
            lowest = level
        }
        return lowest
    }

    /// Changes that took effect on the same day share what they did by what they promised.
    private func share(_ comparison: inout DailySaving, _ touch: Touch, _ change: MergedChange) {
        let together = (steps[touch.key] ?? []).filter { $0.since == touch.since }
        guard together.count > 1, let own = promise(of: change) else { return }
        let total = together.reduce(FixedDecimal.zero) { $0 + $1.promised }
        comparison.perDay = comparison.perDay.scaled(by: own.raw, over: total.raw)
        comparison.isShared = true
    }

    private func sum(of answers: [Answer]) -> RealisedSavings.Outcome {
        var moved: [(comparison: DailySaving, since: Day)] = []
        var waits: [(before: Int, after: Int)] = []
        var reasons: [String] = []
        for answer in answers {
            switch answer {
            case .pending(let before, let after): waits.append((before, after))
            case .leftOut(let reason): reasons.append(reason)
            case .moved(let comparison, let since): moved.append((comparison, since))
            }
        }
        if let before = waits.map(\.before).min(), let after = waits.map(\.after).min() { return .pending(waiting(before, after)) }
        guard let since = moved.map(\.since).max() else { return .excluded(Set(reasons).sorted().joined(separator: "; ")) }
        return .measured(
            RealisedSavings.Move(
                perDay: moved.reduce(FixedDecimal.zero) { $0 + $1.comparison.perDay }, since: since,
                method: method(moved.map(\.comparison), leftOut: reasons)))
    }
}

extension Day {
    fileprivate static var max: Day { Day(Int32.max) }
}

// MARK: Messages

private let nameless = "nothing names its resources on a bill"
private let noBill = "the bill is missing, read only in part, or has no charge of usage"
private let unbilled = "the bill does not name its resource"
private let tooYoung = "its resource was on the bill for less than \(BeforeAndAfter.ripeness) days before the merge"
private let vanished = "its resource vanished from the bill"
private let overtaken = "another change took effect within \(BeforeAndAfter.fewest) days"

private func noPromise(_ estimate: Money?, _ currency: Currency) -> String {
    guard let estimate, estimate.currency != currency else { return "the plan promised no saving" }
    return "the plan promised \(estimate.currency), the bill is in \(currency)"
}

private func waiting(_ before: Int, _ after: Int) -> String {
    "waits for \(BeforeAndAfter.fewest) comparable days on each side: \(before) before, \(after) after"
}

private func method(_ moved: [DailySaving], leftOut reasons: [String]) -> String {
    let before = moved.map(\.before).min() ?? 0
    let after = moved.map(\.after).min() ?? 0
    let bases = Set(moved.map { $0.unit.map { "cost per unit of '\($0)'" } ?? "cost per weekday" }).sorted()
    var text = "\(before) comparable days before, \(after) after; " + bases.joined(separator: " and ")
    if moved.contains(where: \.isShared) { text += "; shared by estimate with changes of the same day" }
    for reason in Set(reasons).sorted() { text += "; \(reasons.count { $0 == reason }) left out: \(reason)" }
    return text
}
