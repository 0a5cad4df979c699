/// When machines are needed; outside these hours they may be off. `kind: SchedulePolicy`.
package struct SchedulePolicy: ResourcePolicy {
    package var header: PolicyHeader
    package var match: ResourceMatch
    package var needed: WeeklyHours
    /// In percent: a machine whose CPU stays below it does nothing.
    package var cpuBelow: FixedDecimal
    /// Nearest-rank, of the samples outside the needed hours: at 100 every one of them is below.
    package var percentile: FixedDecimal
    /// A machine that ran in fewer hours outside the needed ones is no finding.
    package var minimumHours: Int
    /// The tag that an instance scheduler reads; nil: there is none, and findings are advice.
    package var tag: ScheduleTag?

    /// The time before now that is judged: four weeks hold each weekday equally often.
    package static let lookback = TimeSpan.days(28)

    package struct ScheduleTag: Hashable, Sendable {
        package var key: String
        /// The name that the scheduler knows the schedule by.
        package var value: String
        package var place: Place

        package init(key: String, value: String, place: Place) {
            self.key = key
            self.value = value
            self.place = place
        }
    }

    package init(
        header: PolicyHeader, match: ResourceMatch, needed: WeeklyHours, cpuBelow: FixedDecimal = FixedDecimal(5),
        percentile: FixedDecimal = FixedDecimal(100), minimumHours: Int = 100, tag: ScheduleTag? = nil
    ) {
        self.header = header
        self.match = match
        self.needed = needed
        self.cpuBelow = cpuBelow
        self.percentile = percentile
        self.minimumHours = minimumHours
        self.tag = tag
    }

    package var needs: PolicyNeeds {
        var needs = PolicyNeeds()
        needs.lookbacks = [Self.lookback]
        // Schedules that stand in the code name the resource.
        needs.readsAttributes = true
        needs.readsTerms = true
        needs.readsTransfer = true
        return needs
    }

    package var decidingConditions: [Condition] { [match.condition].compactMap(\.self) }
}

extension PolicySet {
    package var schedules: [SchedulePolicy] { all() }
}

/// The same hours on some days of each week, as clocks show them in a time zone.
package struct WeeklyHours: Hashable, Sendable, CustomStringConvertible {
    /// As `Day.weekday` counts, ascending, at least one; of hours that cross midnight the days on which they begin.
    package var days: [Int]
    /// In minutes since midnight.
    package var from: Int
    /// Exclusive, at most 24:00, and not `from`; before it, it is the next day's.
    package var to: Int
    /// A name of the IANA's database, or an offset such as `+01:00`.
    package var timeZone: String

    package init(days: some Sequence<Int>, from: Int, to: Int, timeZone: String) {
        self.days = Set(days).sorted()
        self.from = from
        self.to = to
        self.timeZone = timeZone
    }

    package var crossesMidnight: Bool { to < from }
    /// Whether no minute of the week is left out.
    package var isAlways: Bool { days.count == 7 && to - from == 24 * 60 }

    private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// `mon-fri 07:00-19:00 Europe/Berlin`
    package var description: String {
        let isRun = days.count > 2 && days[days.count - 1] - days[0] == days.count - 1
        let shown = isRun ? [days[0], days[days.count - 1]] : days
        let text = shown.map { Self.names[$0] }.joined(separator: isRun ? "-" : ", ")
        return "\(text) \(Self.clock(from))-\(Self.clock(to)) \(timeZone)"
    }

    private static func clock(_ minutes: Int) -> String {
        [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
