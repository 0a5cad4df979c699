/// Who is told of what, and where. `kind: Notification`
///
/// It names channels; what their addresses and secrets are stands in the operator's document, see `MessageChannel`.
package struct NotificationPolicy: Hashable, Sendable {
    /// What can be told of.
    package enum Event: String, Hashable, Sendable, CaseIterable, Comparable {
        case findingNew = "finding.new"
        case findingOverdue = "finding.overdue"
        case budgetAlert = "budget.alert"
        case budgetBurn = "budget.burn"
        case anomaly
        case scoreLevel = "score.level"
        case requestOpened = "request.opened"
        case exemptionExpiring = "exemption.expiring"
        case runStalled = "run.stalled"
        case reportWeekly = "report.weekly"
        case reportMonthly = "report.monthly"

        package static func < (a: Event, b: Event) -> Bool { a.rawValue < b.rawValue }

        /// Whether it happens to a finding, by whose identity it is known.
        package var isOfFinding: Bool {
            switch self {
            case .findingNew, .findingOverdue, .budgetAlert, .budgetBurn, .anomaly: true
            case .scoreLevel, .requestOpened, .exemptionExpiring, .runStalled, .reportWeekly, .reportMonthly: false
            }
        }

        /// Whether it lasts, and so may be over.
        package var isState: Bool { isOfFinding || self == .runStalled }
    }

    /// Whom else to tell where nobody has reacted.
    package struct Escalation: Hashable, Sendable {
        /// How long what was told of has lasted since.
        package var after: TimeSpan
        package var targets: [Target]

        package init(after: TimeSpan, targets: [Target]) {
            self.after = after
            self.targets = targets
        }
    }

    package enum Digest: String, Hashable, Sendable, CaseIterable { case none, daily, weekly }

    /// Where messages go.
    package enum Target: Hashable, Sendable {
        case channel(String)
        /// The `contact` of the team that the message is about.
        case contact
    }

    package var name: String
    package var place: Place
    package var events: Set<Event>
    /// Nil: all of these events.
    package var condition: Condition?
    package var targets: [Target]
    package var digest: Digest
    /// Nil: at any time.
    package var quiet: QuietHours?
    /// Nil: nobody else is told.
    package var escalation: Escalation?

    package init(
        name: String, place: Place, events: Set<Event>, condition: Condition? = nil, targets: [Target], digest: Digest = .none,
        quiet: QuietHours? = nil, escalation: Escalation? = nil
    ) {
        self.name = name
        self.place = place
        self.events = events
        self.condition = condition
        self.targets = targets
        self.digest = digest
        self.quiet = quiet
        self.escalation = escalation
    }
}

/// When nobody wants messages: they wait until it is over.
package struct QuietHours: Hashable, Sendable {
    /// Minutes since midnight; nil: no time of the day is quiet.
    package var hours: Range?
    /// Whether Saturdays and Sundays are quiet.
    package var weekends: Bool
    /// Minutes by which the clock on the wall is ahead of UTC.
    package var offset: Int

    package struct Range: Hashable, Sendable {
        package var from: Int
        /// Before `from`: on the next day.
        package var until: Int

        package init(from: Int, until: Int) {
            self.from = from
            self.until = until
        }
    }

    package init(hours: Range?, weekends: Bool, offset: Int) {
        self.hours = hours
        self.weekends = weekends
        self.offset = offset
    }

    /// The first moment that is not quiet, from this one on.
    package func end(from time: Instant) -> Instant {
        // Hours and weekends follow each other: after at most a few steps neither holds.
        var time = time
        for _ in 0..<8 {
            guard let next = next(after: time) else { return time }
            time = next
        }
        return time
    }

    /// When the quiet ends that holds now; nil: it is not quiet.
    private func next(after time: Instant) -> Instant? {
        let shift = Int64(offset) * 60
        let wall = Instant(seconds: time.seconds + shift)
        let midnight = wall.day.start.seconds
        let weekday = wall.day.weekday
        if weekends, weekday >= 5 { return Instant(seconds: midnight + Int64(7 - weekday) * 86_400 - shift) }
        guard let hours, hours.from != hours.until else { return nil }
        let minute = Int(wall.seconds - midnight) / 60
        let isOvernight = hours.until < hours.from
        let isQuiet = isOvernight ? minute >= hours.from || minute < hours.until : minute >= hours.from && minute < hours.until
        guard isQuiet else { return nil }
        let isTomorrow = isOvernight && minute >= hours.from
        return Instant(seconds: midnight + (isTomorrow ? 86_400 : 0) + Int64(hours.until) * 60 - shift)
    }
}
