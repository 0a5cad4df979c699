import CostModel
import Scoring

/// One resource's bill from 1 April to the end of September 2026, and changes to it, by hand.
struct SavingsCase {
    static let first = Day(year: 2026, month: 4, day: 1)
    static let merged = Day(year: 2026, month: 7, day: 6)

    var usage = BilledUsage()
    var changes: [MergedChange]
    var lives: [FindingLife] = []
    var known: [SavingsRecord] = []

    /// - Parameter estimate: dollars a month.
    init(estimate: Int? = 500, names: [String] = ["i-1"]) {
        let money = estimate.map { Money(FixedDecimal($0), .usd) }
        changes = [
            MergedChange(plan: "p", change: Self.change("c-1", names, money), commit: "abc", merged: Self.merged.start.adding(.hours(12)))
        ]
        usage.covered = Self.first...Day(year: 2026, month: 9, day: 30)
        bill("i-1") { $0 <= Self.merged ? 24 : 12 }
    }

    /// - Parameter names: one for each resource.
    static func change(_ id: String, _ names: [String], _ estimate: Money?) -> PlanRecord.Change {
        PlanRecord.Change(
            id: id, title: id, file: "main.tf", team: "a", findings: ["f-\(id)"],
            resources: names.enumerated().map { at, name in
                ChangedResource(
                    root: "infra", address: "aws_instance.\(id)-\(at)", type: "aws_instance", billedAs: name.isEmpty ? [] : [name])
            }, monthlySavings: estimate)
    }

    /// Bills whole dollars each day of the covered range; nil: nothing is billed.
    mutating func bill(_ name: String, hours: Int? = nil, product: (Day) -> String? = { _ in nil }, dollars: (Day) -> Int?) {
        guard let covered = usage.covered else { return }
        usage.series[name] = [:]
        for day in covered {
            guard let amount = dollars(day) else { continue }
            usage.series[name]?[day] = BilledUsage.BilledDay(
                effective: FixedDecimal(amount), quantity: hours.map { FixedDecimal($0) }, unit: hours.map { _ in "Hrs" }, sku: product(day)
            )
        }
    }

    /// Lets the bill end on a day.
    mutating func end(on day: Day) { usage.covered = Self.first...day }

    mutating func addLife(opened: Day?, finding: String = "f-c-1") {
        let reference = PolicyReference(.rightsizing, "size")
        let start = Self.first.start
        lives.append(
            FindingLife(
                id: finding, policy: reference, rule: "oversized-instance", verdict: .fail, severity: .medium, team: "a", resource: nil,
                subject: nil, message: "", state: .open, firstSeen: start, lastSeen: start, opened: opened?.start, reopened: 1,
                atStake: .zero(.usd)))
    }

    func records(on day: Day) -> [SavingsRecord] {
        RealisedSavings.measure(changes, usage: usage, lives: lives, known: known, now: day.start, currency: .usd)
    }

    /// Standing, first day, dollars realised and verified, method.
    func lines(on day: Day) -> [String] {
        records(on: day).map { record in
            let dollars = [record.realised, record.verified].map { $0?.amount.rounded(to: 2) ?? "–" }.joined(separator: " ")
            return "\(record.standing.rawValue) \(record.since.map { "\($0)" } ?? "–") \(dollars) \(record.method)"
        }
    }
}
