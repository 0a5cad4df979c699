import CostModel

/// Finds machines that run and do nothing in hours in which nobody needs them.
enum IdleOutOfHours {
    static let id = "idle-out-of-hours"
    static let description = FindingType(
        id: id,
        title: "a machine runs when nobody needs it",
        does: "Takes the CPU samples of four weeks that lie outside the hours that the policy says are needed, by the clocks of its time "
            + "zone. Where there are samples the machine ran; where they stay below the policy's share it did nothing. A machine that works "
            + "at night passes, and so does one with the scheduler's tag, or that a schedule in the code names. Without samples it is "
            + "`unknown`.",
        cost: "A machine that is paid for by the hour costs the same at night and on Sundays: mon-fri from 07:00 to 19:00 are 60 of the "
            + "168 hours of a week. What is paid for by a commitment is not saved, and disks cost the same while a machine is off.",
        example: """
            kind: SchedulePolicy
            spec:
              needed: {days: mon-fri, from: "07:00", to: "19:00", timeZone: Europe/Berlin}
              tag: {key: Schedule, value: office-hours}   # aws_instance.dev has no such tag, and ran all weekend below 5 %
            """,
        remedy: "Write the tag that the instance scheduler reads; Bursar proposes it where the policy names one. Without one, "
            + "it proposes two `aws_autoscaling_schedule` for a group: none in the evening, the code's own sizes in the morning.")

    static func message(_ policy: SchedulePolicy, _ use: OutOfHoursUse, _ cost: UsageCost.Amounts) -> String {
        var text = "\(idle(policy, use)); its disks cost the same while it is off"
        if cost.committed > .zero { text += ", and so does what commitments pay for" }
        return text
    }

    private static func idle(_ policy: SchedulePolicy, _ use: OutOfHoursUse) -> String {
        let highest = use.highest.map { " (highest sample \(percent($0)) %)" } ?? ""
        let limit = policy.percentile == FixedDecimal(100) ? "CPU stayed" : "p\(policy.percentile) CPU was"
        return "it ran \(use.hoursText) outside \(policy.needed), and \(limit) below \(policy.cpuBelow) %\(highest)"
    }

    static func committed(_ policy: SchedulePolicy, _ use: OutOfHoursUse) -> String {
        "\(idle(policy, use)); commitments pay for it, so nothing would be saved"
    }
    static func free(_ policy: SchedulePolicy, _ use: OutOfHoursUse) -> String { "\(idle(policy, use)); it is charged nothing by the hour" }
    static func used(_ policy: SchedulePolicy, _ value: Double) -> String {
        let what = policy.percentile == FixedDecimal(100) ? "highest sample of" : "p\(policy.percentile)"
        return "used outside \(policy.needed): \(what) CPU \(percent(value)) %"
    }
    static func off(_ policy: SchedulePolicy, _ use: OutOfHoursUse) -> String {
        "it ran \(use.hoursText) outside \(policy.needed), fewer than \(policy.minimumHours)"
    }
    static func tagged(_ key: String, _ value: String) -> String { "it has a schedule: tag '\(key)' is '\(value)'" }
    static func scheduled(_ address: String) -> String { "it has a schedule: \(address)" }
    static func unknown(_ policy: SchedulePolicy, _ reason: String) -> String {
        "whether it runs for nothing outside \(policy.needed) is not known: \(reason)"
    }
    static func advice(_ policy: SchedulePolicy, _ type: String) -> String {
        let what =
            type == "aws_autoscaling_group"
            ? "aws_autoscaling_schedule blocks for the group" : "the tag that your instance scheduler reads"
        return "the policy names no 'tag'; write \(what), so that it runs \(policy.needed) only"
    }

    static let undeployed = "no state says that it is deployed, so nothing of it was measured"
    static let summaries = "the observations hold summaries of the samples, which do not say when it ran, as in a snapshot"
    static let noSamples = "no CPU sample in the last \(SchedulePolicy.lookback)"
    static let coarse = "its CPU samples are further apart than an hour"
    static func late(_ day: Day) -> String { "its newest CPU sample is of \(day): it is off since, or samples are late" }
    static func few(_ use: OutOfHoursUse) -> String {
        "there are samples of \(use.hoursText) outside and of \(use.neededRan / 3_600) of the \(use.needed / 3_600) needed ones only"
    }
    static func unknownCost(_ policy: SchedulePolicy, _ use: OutOfHoursUse, _ reason: String) -> String {
        "\(idle(policy, use)); what that costs is not known: \(reason)"
    }
    static let noCharge = "the bill has no charge of the last 28 days for it"
    static let unstated = "the bill does not say on which terms it is charged"
    static let otherParts = "its storage is charged under its own name, and the bill does not tell it from its hours"
}
