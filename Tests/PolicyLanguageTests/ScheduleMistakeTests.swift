import CostModel
import Diagnostics
import Testing

@testable import PolicyLanguage

@Suite("mistakes in a schedule")
struct ScheduleMistakeTests {
    private static func schedule(
        days: String = "mon-fri", from: String = "\"07:00\"", to: String = "\"19:00\"", zone: String = "Europe/Berlin", _ more: String = ""
    ) -> String {
        object(
            "SchedulePolicy",
            "{match: {types: [aws_instance]}, needed: {days: \(days), from: \(from), to: \(to), timeZone: \(zone)}\(more)}")
    }

    @Test(
        "are said",
        arguments: [
            (object("SchedulePolicy", "{match: {types: [a]}}"), "missing 'needed'"),
            (object("SchedulePolicy", "{needed: {days: sat, from: \"01:00\", to: \"02:00\", timeZone: UTC}}"), "missing 'match'"),
            (
                schedule(zone: "Europe/Berlim"),
                "'timeZone' must be a time zone such as Europe/Berlin or UTC, found 'Europe/Berlim'; did you mean 'Europe/Berlin'?"
            ),
            (schedule(zone: "\"+25:00\""), "'timeZone' must be a time zone"),
            (schedule(zone: "\"\""), "'timeZone' must not be empty"),
            (schedule(days: "[]"), "'days' must not be empty"),
            (schedule(days: "[mon, tues]"), "did you mean 'tue'?"),
            (schedule(days: "mon-fry"), "'days' must be a list or days such as mon-fri, found 'mon-fry'"),
            (schedule(days: "mon-tue-wed"), "'days' must be a list or days"),
            (schedule(days: "[mon, mon, mon, mon, mon, mon, mon, mon]"), "may have 7 entries"),
            (schedule(to: "\"07:00\""), "'from' and 'to' of 'needed' are the same time"),
            (schedule(days: "mon-sun", from: "\"00:00\"", to: "\"24:00\""), "no hour is left to be off"),
            (schedule(from: "\"7 am\""), "'from' must be a quoted time of the day"),
            (schedule(to: "\"19:60\""), "'to' must be a quoted time of the day"),
            (schedule(", cpuBelow: 101%"), "'cpuBelow' must be a percentage"),
            (schedule(", percentile: 0"), "'percentile' must be a number above 0"),
            (schedule(", minimumHours: 0"), "'minimumHours' must be a whole number from 1 to 672"),
            (schedule(", tag: {key: Schedule}"), "missing 'value' in 'tag'"),
        ])
    func mistakes(text: String, message: String) {
        let said = complaints(text)
        #expect(said.contains(message), "\(said)")
    }

    @Test("one that is right is read whole, and asks for what it needs to see")
    func right() throws {
        let text = Self.schedule(days: "fri-mon", from: "\"22:00\"", to: "\"06:00\"", ", cpuBelow: 2.5%, tag: {key: S, value: night}")
        let (policies, diagnostics) = load(text)
        let policy = try #require(policies?.schedules.first, "\(diagnostics.map(\.message))")
        #expect(policy.needed == WeeklyHours(days: [0, 4, 5, 6], from: 1_320, to: 360, timeZone: "Europe/Berlin"))
        #expect(policy.needed.description == "mon, fri, sat, sun 22:00-06:00 Europe/Berlin" && policy.needed.crossesMidnight)
        #expect(policy.cpuBelow.description == "2.5" && policy.percentile == FixedDecimal(100) && policy.minimumHours == 100)
        #expect(policy.tag?.key == "S" && policy.tag?.value == "night" && policy.header.level == 2)
        #expect(policy.needs.lookbacks == [.days(28)] && policy.needs.readsTerms && policy.needs.readsTransfer)
    }
}
