/// When an autoscaling group of AWS is switched off and on so that it runs in the needed hours only: two `aws_autoscaling_schedule`.
package struct GroupSchedule: Hashable, Sendable {
    package static let type = "aws_autoscaling_schedule"

    /// How many machines: `min_size`, `max_size` and `desired_capacity`.
    package struct Sizes: Hashable, Sendable {
        package var least: Int
        package var most: Int
        package var wanted: Int

        package static let none = Sizes(least: 0, most: 0, wanted: 0)
    }

    /// Those of the code, which the morning restores.
    package var sizes: Sizes
    /// Times of cron: minute, hour, day, month, weekday.
    package var start: String
    package var stop: String
    /// A name of the IANA's.
    package var timeZone: String

    package enum Outcome: Hashable, Sendable {
        case schedule(GroupSchedule)
        case impossible(String)
    }

    package static func of(_ group: Resource, needed: WeeklyHours) -> Outcome {
        guard !group.identity.address.hasSuffix("]") else {
            return .impossible("the group is repeated by 'count' or 'for_each', and so would have to be its schedule")
        }
        guard let zone = zone(needed.timeZone) else {
            return .impossible("AWS knows no time zone '\(needed.timeZone)': name one of the IANA's, such as Europe/Berlin")
        }
        guard let least = number("min_size", of: group), let most = number("max_size", of: group) else {
            return .impossible("the code does not say how many machines the group has: min_size and max_size")
        }
        let wanted = group.attributes["desired_capacity"].map(number)
        if let wanted, wanted == nil { return .impossible("the code does not say how many machines the group has: desired_capacity") }
        let sizes = Sizes(least: least, most: most, wanted: max(wanted.flatMap(\.self) ?? least, least))
        guard sizes.wanted > 0 else {
            return .impossible("the code gives the group no machine, so that there is nothing to restore in the morning")
        }
        let hours = needed
        // Whole days that follow on each other are one time.
        let isWhole = hours.to - hours.from == 24 * 60
        let starts = hours.days.filter { !isWhole || !hours.days.contains(($0 + 6) % 7) }
        let ends = hours.days.filter { !isWhole || !hours.days.contains(($0 + 1) % 7) }
        guard !starts.isEmpty else { return .impossible("it is needed always") }
        let isNextDay = hours.crossesMidnight || hours.to == 24 * 60
        return .schedule(
            GroupSchedule(
                sizes: sizes, start: cron(hours.from, starts), stop: cron(hours.to % (24 * 60), ends.map { isNextDay ? ($0 + 1) % 7 : $0 }),
                timeZone: zone))
    }

    private static func zone(_ name: String) -> String? {
        if name == "UTC" || name == "Z" { return "Etc/UTC" }
        return name.contains("/") && !name.contains(":") ? name : nil
    }

    private static func number(_ name: String, of group: Resource) -> Int? { group.attributes[name].flatMap(number) }

    private static func number(_ attribute: ResourceAttribute) -> Int? {
        guard case .number(let value) = attribute.value, let whole = value.whole else { return nil }
        return Int(exactly: whole)
    }

    /// `0 7 * * 1-5`. Days as `Day.weekday` counts them, cron's begin with Sunday.
    private static func cron(_ minutes: Int, _ days: [Int]) -> String {
        let numbers = days.map { ($0 + 1) % 7 }.sorted()
        let isRun = numbers.count > 2 && numbers[numbers.count - 1] - numbers[0] == numbers.count - 1
        let shown = isRun ? "\(numbers[0])-\(numbers[numbers.count - 1])" : numbers.map(String.init).joined(separator: ",")
        return "\(minutes % 60) \(minutes / 60) * * \(numbers.count == 7 ? "*" : shown)"
    }
}
