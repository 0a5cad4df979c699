import CEL
import CostModel
import Diagnostics
import YAML

/// `kind: SchedulePolicy`: when machines are needed.
enum ScheduleObject: PolicyKindObject {
    static let doc = "When machines are needed; those that run for nothing in other hours are found."
    static let match = Field("match", .object(MatchObject.self), .required, "Which resources, such as those that are not for production.")
    static let needed = Field("needed", .object(WeeklyHoursObject.self), .required, "The hours of a week in which they are needed.")
    static let cpuBelow = Field(
        "cpuBelow", .percent(through: 100), default: "5%", "The share of the CPU below which a machine does nothing.")
    static let percentile = Field(
        "percentile", .number(above: 0, through: 100), default: "100",
        "The nearest-rank percentile over the samples outside the needed hours that stays below it; 100 is every one.")
    static let minimumHours = Field(
        "minimumHours", .integer(1...672), default: "100", "In how many hours outside the needed ones, of four weeks, it must have run.")
    static let tag = Field(
        "tag", .object(ScheduleTagObject.self), "The tag that an instance scheduler reads; without it findings are advice.")
    static let fields =
        HeaderFields.all + [
            match.description, needed.description, cpuBelow.description, percentile.description, minimumHours.description, tag.description,
        ]
    static let example: String? = """
        kind: SchedulePolicy
        metadata: {name: office-hours}
        spec:
          match: {types: [aws_instance], where: 'resource.tags.?environment.orValue("") != "prod"'}
          needed: {days: mon-fri, from: "07:00", to: "19:00", timeZone: Europe/Berlin}
          tag: {key: Schedule, value: office-hours}
        """

    static func build(_ record: Record, _ envelope: Envelope) -> SchedulePolicy? {
        let header = HeaderFields.build(record, envelope, defaultLevel: 2)
        let (match, needed, cpuBelow) = (record.value(of: match), record.value(of: needed), record.value(of: cpuBelow))
        let (percentile, minimumHours, tag) = (record.value(of: percentile), record.value(of: minimumHours), record.value(of: tag))
        guard let match, let needed, let cpuBelow, let percentile, let minimumHours, record.has(Self.tag) == (tag != nil) else {
            return nil
        }
        let stated = tag.map { SchedulePolicy.ScheduleTag(key: $0.key, value: $0.value, place: envelope.place) }
        return SchedulePolicy(
            header: header, match: match, needed: needed, cpuBelow: cpuBelow, percentile: percentile, minimumHours: minimumHours,
            tag: stated)
    }
}

/// `needed`
enum WeeklyHoursObject: NestedObject {
    static let doc = "The same hours on some days of each week."
    static let days = Field("days", .weekdays, .required, "The days on which they begin.")
    static let from = Field("from", .timeOfDay, .required, "When they begin, such as 07:00.")
    static let to = Field("to", .timeOfDay, .required, "When they end, exclusive; before 'from' it is the next day's.")
    static let timeZone = Field("timeZone", .timeZone, .required, "Whose clocks show these hours.")
    static let fields = [days.description, from.description, to.description, timeZone.description]

    static func build(_ record: Record) -> WeeklyHours? {
        let (days, from, to, zone) = (
            record.value(of: days), record.value(of: from), record.value(of: to), record.value(of: timeZone)
        )
        guard let days, let from, let to, let zone else { return nil }
        let hours = WeeklyHours(days: days, from: from, to: to, timeZone: zone)
        guard from != to else {
            record.report(
                "wrong-value", "'from' and 'to' of \(record.context.subject) are the same time; a whole day is from \"00:00\" to \"24:00\"",
                at: record.range(of: Self.to) ?? record.node.range)
            return nil
        }
        guard !hours.isAlways else {
            record.report("wrong-value", "\(record.context.subject) is the whole week: no hour is left to be off", at: record.node.range)
            return nil
        }
        return hours
    }
}

/// `tag`
enum ScheduleTagObject: NestedObject {
    static let doc = "The tag that an instance scheduler reads."
    static let key = Field("key", .text, .required, "Its key.")
    static let value = Field("value", .text, .required, "Its value: the schedule's name.")
    static let fields = [key.description, value.description]

    static func build(_ record: Record) -> (key: String, value: String)? {
        let (key, value) = (record.value(of: key), record.value(of: value))
        guard let key, let value else { return nil }
        return (key, value)
    }
}

extension Shape where Value == [Int] {
    private typealias Weekday = WindowObject.Weekday

    /// `[mon, tue]`, `sat` or `mon-fri`, as `Day.weekday` counts.
    static var weekdays: Shape {
        let list = Shape<[Weekday]>.list(of: .choice(Weekday.self), maximum: 7)
        let names = Weekday.allCases.map(\.rawValue)
        let name = "(\(names.joined(separator: "|")))"
        let span = ValueDescription.form(name: "days", examples: ["mon-fri"], pattern: "^\(name)(-\(name))?$")
        let description = ValueDescription.either([list.description, span])
        return Shape(description) { node, context in
            if node.sequence != nil { return list.read(node, context)?.compactMap { names.firstIndex(of: $0.rawValue) } }
            guard let text = context.text(of: node, expected: description) else { return nil }
            let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { names.firstIndex(of: String($0)) }
            guard ends.count < 3, let first = ends[0], let last = ends[ends.count - 1] else {
                context.reportWrongValue(description, text, at: node.range)
                return nil
            }
            // One that ends before it begins goes over the Sunday.
            return (first...(last < first ? last + 7 : last)).map { $0 % 7 }
        }
    }
}

extension Shape where Value == String {
    /// A zone whose clocks are known.
    static var timeZone: Shape {
        let description = ValueDescription.form(name: "a time zone", examples: ["Europe/Berlin", "UTC"], pattern: "^[A-Za-z+-]")
        return Shape(description) { node, context in
            guard let text = context.text(of: node, expected: description) else { return nil }
            guard TimeZones.offset(of: text, at: 0) != nil else {
                let nearest = context.decoder.nearest(to: text, in: TimeZones.names)
                context.reportWrongValue(
                    description, text, at: node.range, suggestion: nearest, edit: nearest.map { context.replacing(node, by: $0) })
                return nil
            }
            return text
        }
    }
}
