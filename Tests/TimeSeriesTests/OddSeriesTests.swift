import Testing

@testable import TimeSeries

/// Series that say little, or what no bill should: everything stays finite, nothing is made up, and nothing breaks.
@Suite("odd series")
struct OddSeriesTests {
    struct Odd: Sendable, CustomTestStringConvertible {
        var name: String
        var cost: [Double]
        /// How many anomalies of at least ten units there are.
        var anomalies = 0
        var testDescription: String { name }
    }

    private static func steady(_ count: Int) -> [Double] { (0..<count).map { 50 + Double($0 * 7919 % 13) / 13 } }

    static let series: [Odd] = [
        .init(name: "one day", cost: [50]), .init(name: "no day", cost: []),
        .init(name: "zeros", cost: [Double](repeating: 0, count: 200)),
        .init(name: "one spike in zeros", cost: (0..<200).map { $0 == 190 ? 900 : 0 }, anomalies: 1),
        .init(name: "negative", cost: (0..<200).map { $0 < 190 ? -20 : -400 }),
        .init(name: "gaps", cost: steady(200).enumerated().map { $0 % 3 == 1 ? .nan : $1 }),
        .init(name: "nothing known", cost: [Double](repeating: .nan, count: 200)),
        .init(name: "a series that ends", cost: steady(200).enumerated().map { $0 < 120 ? $1 : 0 }),
        .init(name: "a series that ends unknown", cost: steady(200).enumerated().map { $0 < 120 ? $1 : .nan }),
        .init(name: "huge", cost: [Double](repeating: 1e14, count: 200)),
    ]

    private func watch(_ costs: [[Double]]) -> CostWatch {
        let leaves = costs.enumerated().map { index, cost in
            LeafDays(leaf: CostLeaf(team: "a", account: "1", service: "s", region: "r", sku: "\(index)"), cost: cost)
        }
        let missing = [Bool](repeating: false, count: costs.first?.count ?? 0)
        return CostWatch(leaves, missing: missing, firstEpochDay: 20_454, settings: WatchSettings(minimumImpact: 10))
    }

    @Test("are judged without a made-up event", arguments: series)
    func judged(_ odd: Odd) {
        let found = watch([odd.cost]).anomalies()
        #expect(found.count == odd.anomalies, "\(found)")
        #expect(found.allSatisfy { $0.expected.isFinite && $0.actual.isFinite && $0.impact > 0 && $0.end < odd.cost.count })
    }

    @Test("are forecast by numbers between the least and the most that was seen", arguments: series)
    func forecast(_ odd: Odd) {
        let unsettled = min(2, odd.cost.count)
        let origin = odd.cost.count - unsettled
        let days = watch([odd.cost]).forecasts(from: origin, horizon: 60).map(\.days)
        let known = odd.cost.filter { !$0.isNaN }
        let (least, most) = (min(0, known.min() ?? 0), max(0, known.max() ?? 0))
        let slack = 0.5 * (most - least) + 1
        #expect(days.joined().allSatisfy { $0.isFinite && $0 >= least - slack && $0 <= most + slack }, "\(days)")
        guard let first = days.first else { return }
        let range = TotalForecast(totals: odd.cost, unsettled: unsettled, expected: first).range(of: 0..<odd.cost.count + 30)
        #expect(range.low <= range.expected && range.expected <= range.high && range.expected.isFinite)
    }

    @Test("thousands of causes of one event are one event, in the order of their impact")
    func manyCauses() {
        let costs = (0..<2_000).map { index in (0..<60).map { day in day < 50 ? 10 : 200 + Double(index) } }
        let found = watch(costs).anomalies()
        #expect(found.count == 1)
        // The smallest are nothing beside what the team spends.
        #expect((1_900...2_000).contains(found.first?.causes.count ?? 0))
        #expect(zip(found[0].causes, found[0].causes.dropFirst()).allSatisfy { $0.impact >= $1.impact })
    }
}
