import Testing

@testable import TimeSeries

/// 2026-01-01.
private let firstDay = 20_454

/// A weekly pattern with a little deterministic noise, of 100 on weekdays and 70 at weekends.
private func usual(_ day: Int) -> Double {
    let noise = Double((day * 7919) % 13) / 13 - 0.5
    return ([2, 3].contains(day % 7) ? 70 : 100) + 4 * noise
}

private func judged(_ values: [Double], price: [Double] = [], teamDay: Double = 1000, unsettled: Int = 0) -> LeafWatch {
    var watch = LeafWatch(cost: values, price: price, firstEpochDay: firstDay)
    for day in values.indices { watch.judge(day, teamDay: teamDay, settled: day < values.count - unsettled) }
    return watch
}

@Suite("a leaf's days")
struct WatchTests {
    private static let calm: [[Double]] = {
        var series: [[Double]] = [[50], []]
        for value in [0, 50, Double.nan] { series.append([Double](repeating: value, count: 90)) }
        series.append((0..<90).map(usual))
        series.append((0..<90).map { day in Double(day) * 0.3 + 100 })
        series.append((0..<90).map { day in day < 60 ? 50 : .nan })
        series.append((0..<90).map { day in day < 60 ? 50 : 0 })
        return series
    }()

    @Test("a month without anything unusual says nothing", arguments: calm)
    func quiet(_ values: [Double]) {
        #expect(judged(values).found.isEmpty)
    }

    @Test("a spike is found on its day, and teaches nothing")
    func spike() {
        var values = (0..<90).map(usual)
        values[60] = 400
        let watch = judged(values)
        #expect(watch.found.map(\.day) == [60])
        #expect(abs(watch.learned[60] - 100) < 5)
        #expect(watch.found.first.map { $0.excess + $0.expected } == 400)
    }

    @Test("nothing is judged in the first 35 days")
    func warmUp() {
        var values = [Double](repeating: 50, count: 60)
        values[34] = 900
        #expect(judged(values).found.isEmpty)
        values[35] = 900
        #expect(judged(values).found.map(\.day) == [35])
    }

    @Test("a drop is no anomaly, and neither is what is negative")
    func drop() {
        #expect(judged((0..<90).map { $0 < 60 ? 50 : -20 }).found.isEmpty)
    }

    @Test("a shift is found for 15 days, then it is the normal; the next one is news again")
    func shifts() {
        let values = (0..<130).map { $0 < 60 ? 50.0 : $0 < 95 ? 80 : 120 }
        #expect(judged(values).found.map(\.day) == Array(60..<75) + Array(95..<110))
    }

    @Test("incomplete days may show that it is too much already, and are not learned")
    func unsettled() {
        var values = (0..<90).map(usual)
        values[89] = 300
        values[88] = 5
        let watch = judged(values, unsettled: 2)
        #expect(watch.found.map(\.day) == [89])
        #expect(watch.learned[88].isNaN && watch.learned[89].isNaN)
    }

    @Test("what is small beside the team's usual day is not looked at")
    func immaterial() {
        let values = (0..<90).map { $0 < 60 ? 1.0 : 4 }
        #expect(judged(values, teamDay: 1000).found.isEmpty)
        #expect(judged(values, teamDay: 100).found.map(\.day) == Array(60..<75))
    }

    @Test("a price that has stood still and rises is found below the level's bounds, one that never stands still is not")
    func rate() {
        let cost = (0..<90).map { $0 < 70 ? 200.0 : 210 }
        let found = judged(cost, price: (0..<90).map { $0 < 70 ? 2.0 : 2.1 }).found
        #expect(found.first?.day == 70)
        #expect(found.first.map { abs($0.rate - 10) < 1e-9 } == true)
        #expect(judged(cost, price: (0..<90).map { 2 + Double($0 % 9) * 0.05 }).found.isEmpty)
        #expect(judged(cost).found.isEmpty, "without quantities there is no price")
    }

    @Test("a batch of the last days of each month is news once")
    func monthEnds() {
        let values = (0..<151).map { MonthPlace(epochDay: firstDay + $0).daysToEnd < 3 ? 80.0 : 5 }
        // January's and the first day of February's are within the first 35 days.
        #expect(judged(values).found.isEmpty)
        let later = values.enumerated().map { $0 < 80 ? 5 : $1 }
        let months = Set(judged(later).found.map { MonthPlace(epochDay: firstDay + $0.day).month % 12 })
        #expect(months.isSubset(of: [2, 3]), "March is news, later ones are not")
        #expect(months.contains(2))
    }
}

@Suite("logarithms")
struct LogSpreadTests {
    @Test(
        "are those of the standard", arguments: [(1.0, 0.0), (2, 0.693147180559945), (10, 2.302585092994046), (0.001, -6.907755278982137)])
    func logarithm(_ value: Double, _ answer: Double) {
        #expect(abs(LogSpread.logarithm(value) - answer) < 1e-13)
        #expect(abs(LogSpread.power(answer) / value - 1) < 1e-13)
    }

    @Test("and powers never leave what can be held")
    func extremes() {
        #expect(LogSpread.power(800) == .infinity)
        #expect(LogSpread.power(-800) == 0)
    }
}

@Suite("places of a month")
struct MonthPlaceTests {
    @Test(
        "a day knows its place",
        arguments: [(0, 1, 30), (30, 31, 0), (31, 1, 27), (58, 28, 0), (59, 1, 30), (-1, 31, 0), (789, 29, 0)])
    func places(_ ahead: Int, _ day: Int, _ daysToEnd: Int) {
        let place = MonthPlace(epochDay: firstDay + ahead)
        #expect((place.day, place.daysToEnd) == (day, daysToEnd))
    }

    @Test("the 31st has no precedent in a short month, but the last day has")
    func shortMonths() {
        // 2026-05-31: April has 30 days, March 31, February 28.
        let (byDay, byEnd) = MonthPlace.precedents(of: firstDay + 150)
        #expect(byDay == [firstDay + 89])
        #expect(byEnd == [firstDay + 119, firstDay + 89, firstDay + 58])
    }
}
