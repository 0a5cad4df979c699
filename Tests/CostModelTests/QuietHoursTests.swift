import CostModel
import Testing

@Suite("quiet hours")
struct QuietHoursTests {
    /// 2026-11-02 is a Monday.
    @Test(
        "last until their end, on the clock that is meant",
        arguments: [
            // In the morning and in the evening of a quiet night, and between two.
            ("2026-11-02T06:59:00Z", "2026-11-02T07:00:00Z"), ("2026-11-02T07:00:00Z", "2026-11-02T07:00:00Z"),
            ("2026-11-02T17:59:59Z", "2026-11-02T17:59:59Z"), ("2026-11-02T18:00:00Z", "2026-11-03T07:00:00Z"),
            // From Friday evening to Monday morning, through the weekend.
            ("2026-11-06T18:00:00Z", "2026-11-09T07:00:00Z"), ("2026-11-07T12:00:00Z", "2026-11-09T07:00:00Z"),
            // Saturday begins an hour before UTC's.
            ("2026-11-06T23:30:00Z", "2026-11-09T07:00:00Z"),
        ])
    func ends(from: String, until: String) throws {
        let quiet = QuietHours(hours: .init(from: 19 * 60, until: 8 * 60), weekends: true, offset: 60)
        #expect(quiet.end(from: try #require(Instant(from))).description == until)
    }

    @Test("within one day end on that day; weekends alone leave weekdays free")
    func others() throws {
        let noon = QuietHours(hours: .init(from: 12 * 60, until: 13 * 60), weekends: false, offset: 0)
        #expect(noon.end(from: try #require(Instant("2026-11-02T12:30:00Z"))).description == "2026-11-02T13:00:00Z")
        #expect(noon.end(from: try #require(Instant("2026-11-02T13:00:00Z"))).description == "2026-11-02T13:00:00Z")
        let weekends = QuietHours(hours: nil, weekends: true, offset: 0)
        #expect(weekends.end(from: try #require(Instant("2026-11-06T23:59:59Z"))).description == "2026-11-06T23:59:59Z")
        #expect(weekends.end(from: try #require(Instant("2026-11-08T00:00:00Z"))).description == "2026-11-09T00:00:00Z")
    }
}
