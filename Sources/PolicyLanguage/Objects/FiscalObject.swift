import CostModel
import YAML

/// `fiscal`: years that are not the calendar's.
enum FiscalObject: NestedObject {
    static let doc = "Years that are not the calendar's: where they begin, and whether they count months or weeks."
    static let startMonth = Field(
        "startMonth", .integer(1...12), default: "1", "The month with which a year begins; quarters and years follow.")
    static let calendar = Field(
        "calendar", .choice(FiscalCalendar.Division.self), default: "months",
        "Whether years count calendar months, or whole weeks in periods of four, four and five.")
    static let weekStart = Field(
        "weekStart", .choice(FiscalCalendar.Weekday.self), default: "sunday",
        "The first day of each week of '4-4-5'; a year begins on the one nearest to the first of 'startMonth'.")
    static let fields = [startMonth.description, calendar.description, weekStart.description]

    static func build(_ record: Record) -> FiscalCalendar? {
        let startMonth = record.value(of: startMonth) ?? 1
        let division = record.value(of: calendar) ?? .months
        let weekStart = record.value(of: weekStart) ?? .sunday
        if division == .months, record.has(Self.weekStart) {
            record.report("wrong-value", "'weekStart' is for 'calendar: 4-4-5'; months have no first weekday", at: record.node.range)
            return nil
        }
        return FiscalCalendar(startMonth: startMonth, division: division, weekStart: weekStart)
    }
}
