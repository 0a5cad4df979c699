import Testing

@testable import TimeSeries

private let firstDay = 20_454

@Suite("forecasts")
struct ForecastTests {
    private static let kinds: [([Double], LeafForecast.Method, Double)] = {
        let stopped: [Double] = (0..<90).map { $0 < 80 ? 30 : 0 }
        let new: [Double] = (0..<90).map { $0 < 87 ? 0 : 40 }
        let sparse: [Double] = (0..<90).map { $0 % 10 == 0 ? 20 : 0 }
        return [
            ([], .none, 0), ([Double](repeating: 0, count: 90), .none, 0), ([Double](repeating: .nan, count: 90), .none, 0),
            ([Double](repeating: 50, count: 90), .mix, 350), ([50], .mix, 350), ([Double](repeating: -5, count: 90), .mix, -35),
            (stopped, .stopped, 0), (new, .new, 120), (sparse, .mean, 14),
        ]
    }()

    @Test("what is known of a leaf decides how it is forecast", arguments: kinds)
    func methods(_ values: [Double], _ method: LeafForecast.Method, _ week: Double) {
        let found = LeafForecast(values, firstEpochDay: firstDay, horizon: 7)
        #expect(found.method == method)
        #expect(abs(found.days.reduce(0, +) - week) < 0.000_001)
    }

    @Test("a fee of each month's first day comes on each first day")
    func fees() {
        let values = (0..<120).map { MonthPlace(epochDay: firstDay + $0).day == 1 ? 900.0 : 0 }
        let found = LeafForecast(values, firstEpochDay: firstDay, horizon: 184)
        #expect(found.method == .calendar)
        #expect(found.days.indices.filter { found.days[$0] == 900 } == [0, 31, 61, 92, 123, 153])
    }

    @Test("a gap is presumed to be like the week before, not zero")
    func gaps() {
        let values = (0..<90).map { [70, 80, 81].contains($0) ? Double.nan : 50 }
        #expect(LeafForecast(values, firstEpochDay: firstDay, horizon: 7).days.allSatisfy { abs($0 - 50) < 0.000_001 })
    }

    @Test("with fewer than six origins the interval is 30 %, of a total that never strays nothing")
    func intervals() {
        let young = ForecastInterval([Double](repeating: 5, count: 40), days: 7)
        #expect((young.low, young.high, young.origins) == (-0.3, 0.3, 2))
        #expect(ForecastInterval([Double](repeating: 5, count: 200), days: 7).high == 0)
    }

    @Test("of incomplete days the larger of forecast and what has arrived counts, and the sum's bounds hold it")
    func totals() {
        var totals = [Double](repeating: 100, count: 40)
        totals[38] = 30
        totals[39] = 400
        let forecast = TotalForecast(totals: totals, unsettled: 2, expected: [Double](repeating: 100, count: 10))
        #expect(forecast.value(on: 38) == 100)
        #expect(forecast.value(on: 39) == 400)
        let sum = forecast.range(of: 30..<45)
        #expect(sum.expected == 1800)
        #expect(sum.low >= 1230)
        #expect(sum.low < sum.expected)
        #expect(sum.expected < sum.high)
        #expect(forecast.range(of: 0..<38) == TotalForecast.Range(expected: 3800, low: 3800, high: 3800))
    }

    @Test("a trial says how far it and the last week again and again were off")
    func trial() throws {
        let totals = (0..<112).map { Double($0 < 84 ? 100 : 110) }
        let found = try #require(ForecastTrial(totals: totals, forecasts: [84: [Double](repeating: 110, count: 28)]))
        #expect(found.error == 0)
        #expect(abs(found.naive - 10 / 110) < 0.000_001)
        #expect(ForecastTrial(totals: totals, forecasts: [:]) == nil)
        #expect(ForecastTrial.origins(settled: 112) == [84, 70, 56])
        #expect(ForecastTrial.origins(settled: 80).isEmpty)
    }

    @Test("what was found and has ended is not forecast; what has been going on for three days is")
    func anomalies() {
        func next(_ cost: @escaping (Int) -> Double) -> Double {
            let leaf = LeafDays(leaf: CostLeaf(team: "a", account: "1", service: "vm", region: "eu", sku: "s"), cost: (0..<90).map(cost))
            let watch = CostWatch(
                [leaf], missing: [Bool](repeating: false, count: 90), firstEpochDay: firstDay,
                settings: WatchSettings(minimumImpact: 1, unsettled: 0))
            return watch.forecasts(from: 90, horizon: 1)[0].days[0]
        }
        #expect(abs(next { $0 == 88 ? 500 : 50 } - 50) < 0.001)
        #expect(next { $0 >= 85 ? 100 : 50 } > 70)
    }
}
