import Foundation
import JSON
import TestSupport
import Testing

@testable import TimeSeries

/// Inputs and answers of another implementation of the same method, to six decimals: dates run from 2026-01-01.
private let vectors = "data/history/test_vectors.json"
private let firstDay = 20_454

@Suite("answers of another implementation", .enabled(if: SharedData.exists(vectors), "../shared is not there"))
struct VectorTests {
    private let document: JSONValue

    init() throws { document = try JSONReader.read([UInt8](Data(contentsOf: URL(filePath: SharedData.path(vectors))))) }

    private func series(_ test: JSONValue) throws -> [Double] {
        try #require(document["series"]?[test.text("series")]?.numbers)
    }

    @Test("an expectation with its scale and worst")
    func expectations() throws {
        let tests = try #require(document["expect"]?.elements)
        #expect(tests.count == 11)
        for test in tests {
            let found = Expectation(of: try series(test), day: test.whole("t"), floor: test.real("floor"))
            let answer = try #require(test["answer"]?.numbers)
            #expect(isSame([found.expected, found.scale, found.worst], answer), "\(test.text("series")): \(found), not \(answer)")
        }
    }

    @Test("the unusual days of a leaf")
    func steps() throws {
        let tests = try #require(document["steps"]?.elements)
        #expect(tests.count == 8)
        for test in tests {
            let values = try #require(test["values"]?.numbers)
            var watch = LeafWatch(cost: values, price: test["price"]?.numbers ?? [], firstEpochDay: firstDay)
            for day in values.indices { watch.judge(day, teamDay: test.real("team")) }
            guard case .object(let answers) = test["found"] else { throw Missing() }
            #expect(watch.found.map { String($0.day) } == answers.map(\.key), "\(test.text("name"))")
            for (found, answer) in zip(watch.found, answers) {
                #expect(isSame([found.excess, found.expected], answer.value.numbers ?? []), "\(test.text("name")), day \(found.day)")
            }
        }
    }

    @Test("the forecast of a leaf")
    func forecasts() throws {
        let tests = try #require(document["forecast"]?.elements)
        #expect(tests.count == 11)
        for test in tests {
            let answer = try #require(test["answer"]?.numbers)
            let found = LeafForecast(try series(test), firstEpochDay: firstDay, horizon: answer.count)
            #expect(isSame(found.days, answer), "\(test.text("series"))")
        }
    }

    @Test("the interval of a forecast")
    func intervals() throws {
        let tests = try #require(document["interval"]?.elements)
        #expect(tests.count == 4)
        for test in tests {
            let found = ForecastInterval(try series(test), days: test.whole("days"))
            #expect(isSame([1 + found.low, 1 + found.high], test["answer"]?.numbers ?? []), "\(test.text("series"))")
        }
    }

    @Test("events: a double intake, a shift, what was replaced, a lost tag")
    func events() throws {
        let test = try #require(document["detector"])
        let days = try #require(test["days"]?.elements)
        var costs: [CostLeaf: [Double]] = [:]
        for (day, rows) in days.enumerated() {
            for row in rows.elements ?? [] {
                guard let parts = row.elements, let name = parts[0].elements?.map(\.asText) else { throw Missing() }
                let leaf = CostLeaf(
                    team: name[0] == "unowned" ? nil : name[0], account: name[1], service: name[2], region: name[3], sku: name[4])
                costs[leaf, default: Array(repeating: 0, count: days.count)][day] = parts[1].asNumber
            }
        }
        let watch = CostWatch(
            costs.keys.sorted().map { LeafDays(leaf: $0, cost: costs[$0] ?? []) }, missing: days.map { $0.elements?.isEmpty ?? true },
            firstEpochDay: firstDay, settings: WatchSettings(minimumImpact: 25, unsettled: 0))
        let found = watch.anomalies()
        let answers = try #require(test["anomalies"]?.elements)
        #expect(found.count == answers.count)
        for answer in answers {
            let anomaly = try #require(found.first { $0.kind.rawValue == answer.text("kind") })
            #expect(anomaly.kind == .data ? anomaly.team == nil : anomaly.team ?? "unowned" == answer.text("team"))
            #expect((anomaly.start, anomaly.end) == (answer.whole("start"), answer.whole("end")))
            #expect(anomaly.isOpen == (answer["open"] == .bool(true)))
            #expect(isSame([anomaly.impact, anomaly.expected, anomaly.replaced], ["impact", "expected", "offset"].map(answer.real)))
            #expect(isSame(anomaly.causes.map(\.impact), answer["leaves"]?.elements?.compactMap { $0.elements?[1].asNumber } ?? []))
        }
    }
}

private struct Missing: Error {}

/// The answers are rounded to six decimals.
private func isSame(_ found: [Double], _ answer: [Double]) -> Bool {
    found.count == answer.count && zip(found, answer).allSatisfy { abs($0 - $1) <= 0.000_001_01 }
}

extension JSONValue {
    fileprivate var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    fileprivate var asText: String { if case .string(let text) = self { text } else { "" } }
    /// NaN for `null`.
    fileprivate var asNumber: Double { if case .number(let text) = self { Double(text) ?? .nan } else { .nan } }
    fileprivate var numbers: [Double]? { elements?.map(\.asNumber) }
    fileprivate func text(_ key: String) -> String { self[key]?.asText ?? "" }
    fileprivate func real(_ key: String) -> Double { self[key]?.asNumber ?? .nan }
    fileprivate func whole(_ key: String) -> Int { Int(real(key)) }
}
