import CostModel
import Scoring
import Testing

/// Estimates of merged changes, held to bills made by hand.
@Suite("an estimate, held to the bill that came")
struct EstimateJudgementTests {
    private static let merged = Instant("2026-09-01T10:00:00Z")!
    private static let start = merged.day

    private func record(since: Int? = 1, monthly: Int = 730) -> EstimateRecord {
        EstimateRecord(
            commit: "c1", merged: Self.merged, team: "payments", resource: "infra:aws_instance.web", type: "aws_instance", source: .list,
            estimated: Money(FixedDecimal(monthly), .usd), billedAs: ["i-1"], since: since.map { Self.start.advanced(by: $0) })
    }

    /// A bill of so many days since the merge, of which each costs so many dollars; others are on it from before.
    private func usage(_ days: Int, each dollars: Int = 24, without gaps: Set<Int> = [], ending end: Int? = nil) -> BilledUsage {
        let own = (0..<(end ?? days)).filter { !gaps.contains($0) }.map {
            (Self.start.advanced(by: $0), BilledUsage.BilledDay(effective: FixedDecimal(dollars)))
        }
        return BilledUsage(
            series: ["i-1": Dictionary(uniqueKeysWithValues: own)],
            covered: Self.start.advanced(by: -30)...Self.start.advanced(by: days - 1), gaps: Set(gaps.map { Self.start.advanced(by: $0) }))
    }

    private func judge(
        _ records: [EstimateRecord], _ usage: BilledUsage, on day: Int,
        deployed: EstimateJudgement.Deployed? = .init(
            names: ["i-1"], isAsWritten: true), currency: Currency = .usd
    ) -> [EstimateRecord] {
        EstimateJudgement.judge(
            records, usage: usage, now: Self.merged.adding(.days(day)), currency: currency
        ) { _ in deployed }
    }

    @Test("waits until 14 whole days are settled, and is judged by exactly these")
    func judged() throws {
        // Days 1 to 14 count; the newest two of a bill still change.
        let early = try #require(judge([record()], usage(16), on: 16).first)
        #expect(early.standing == .waiting && early.method == "13 of 14 whole days")
        let later = try #require(judge([record(monthly: 876)], usage(17), on: 17).first)
        #expect(later.standing == .judged && later.actual == Money(FixedDecimal(730), .usd))
        #expect(later.error == Points(hundredths: 2_000) && later.method == "14 whole days from 2026-09-02")
        #expect(judge([later], usage(40), on: 40) == [], "what is judged stays")
    }

    @Test("begins on the day after it was first seen to run as the code says")
    func sightings() throws {
        let unseen = try #require(judge([record(since: nil)], usage(5), on: 5, deployed: .init(names: [], isAsWritten: true)).first)
        #expect(unseen.since == nil && unseen.standing == .waiting && unseen.method.hasPrefix("waits until a state"))
        let pending = try #require(judge([record()], usage(5), on: 5, deployed: .init(names: ["i-1"], isAsWritten: false)).first)
        #expect(pending.since == nil && pending.standing == .waiting && pending.method.contains("size"))
        let seen = try #require(judge([record(since: nil)], usage(5), on: 5).first)
        #expect(seen.since == Self.start.advanced(by: 6) && seen.billedAs == ["i-1"])
    }

    @Test("passes over days that the bill lacks, and gives up after 28")
    func gaps() throws {
        let patient = try #require(judge([record()], usage(20, without: [3, 4]), on: 20).first)
        #expect(patient.standing == .judged && patient.actual == Money(FixedDecimal(730), .usd))
        let hopeless = try #require(judge([record()], usage(60, without: Set(5...40)), on: 60).first)
        #expect(hopeless.standing == .dropped && hopeless.actual == nil && hopeless.method.contains("4 whole days of the 28"))
    }

    @Test("is dropped, with the reason, where the bill will never tell")
    func dropped() {
        func reason(_ records: [EstimateRecord]) -> String? { records.first.flatMap { $0.standing == .dropped ? $0.method : nil } }
        #expect(reason(judge([record()], usage(20), on: 20, deployed: nil)) == "it left the code before the bill could tell")
        #expect(reason(judge([record()], usage(20), on: 20, currency: Currency("EUR")!))?.contains("EUR") == true)
        #expect(reason(judge([record()], usage(20, ending: 5), on: 20)) == "it is not on the bill any more")
        #expect(reason(judge([record()], usage(20, each: 0), on: 20)) == "the bill charges nothing for it")
        var unnamed = usage(20)
        unnamed.series = [:]
        #expect(reason(judge([record()], unnamed, on: 20)) == "the bill does not name it")
        var next = record()
        next.commit = "c2"
        next.merged = Self.merged.adding(.days(3))
        let judged = judge([record(), next], usage(20), on: 20)
        #expect(judged.map(\.standing) == [.dropped, .judged] && judged[0].method.contains("another change"))
    }

    @Test("a bill that is missing judges nothing")
    func noBill() {
        #expect(judge([record()], BilledUsage(), on: 40).first?.standing == .waiting)
    }

    @Test("the median is of errors up and down, and types that are off again and again are named")
    func accuracy() {
        func judged(_ type: String, _ errors: [Int]) -> [EstimateRecord] {
            errors.enumerated().map { index, error in
                var record = record()
                (record.type, record.resource) = (type, "infra:\(type).\(index)")
                (record.standing, record.error) = (.judged, Points(hundredths: error))
                return record
            }
        }
        let accuracy = EstimateAccuracy(
            judged("aws_instance", [100, -300, 200]) + judged("aws_db_instance", [-4_000, 3_000, 2_600, -100])
                + judged("aws_lb", [9_000, 9_000])
                + [record()])
        #expect(accuracy.byType.map(\.name) == ["aws_db_instance", "aws_instance", "aws_lb"])
        #expect(accuracy.byType.map(\.medianError.hundredths) == [2_800, 200, 9_000])
        #expect(accuracy.unreliableTypes.map(\.name) == ["aws_db_instance"], "two are not again and again")
        #expect(accuracy.all?.judged == 9 && accuracy.waiting == 1)
        #expect(EstimateAccuracy([]).all == nil)
    }
}
