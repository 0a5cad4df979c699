import CEL
import CostModel

/// When machines are needed in the four weeks before now: hours of a week as clocks show them, taken for moments.
///
/// A night in which clocks change is an hour longer or shorter, as it really is.
struct NeededHours {
    /// Whole hours of UTC.
    let window: Range<Instant>
    /// By hour of the window: in how many of its seconds nobody needs a machine.
    let off: [Int]
    /// By time, without overlaps.
    private let spans: [Range<Instant>]

    init(_ week: WeeklyHours, until now: Instant) {
        let end = Instant(seconds: now.seconds - now.seconds % 3_600)
        let start = end.subtracting(SchedulePolicy.lookback)
        window = start..<end
        spans = Self.spans(week, within: window)
        var off = Array(repeating: 3_600, count: Int((end.seconds - start.seconds) / 3_600))
        for span in spans {
            let first = Int((span.lowerBound.seconds - start.seconds) / 3_600)
            let last = Int((span.upperBound.seconds - start.seconds - 1) / 3_600)
            for hour in first...last {
                let begins = start.seconds + Int64(hour) * 3_600
                off[hour] -= Int(min(span.upperBound.seconds, begins + 3_600) - max(span.lowerBound.seconds, begins))
            }
        }
        self.off = off
    }

    /// The hour of the window that holds a time of it.
    func hour(of time: Instant) -> Int { Int((time.seconds - window.lowerBound.seconds) / 3_600) }

    func isNeeded(at time: Instant) -> Bool {
        switch off[hour(of: time)] {
        case 0: true
        case 3_600: false
        default: spans.contains { $0.contains(time) }
        }
    }

    private static func spans(_ week: WeeklyHours, within window: Range<Instant>) -> [Range<Instant>] {
        var spans: [Range<Instant>] = []
        // Clocks are up to 14 hours off UTC, and hours that cross midnight began the day before.
        for day in window.lowerBound.day.advanced(by: -2)...window.upperBound.day.advanced(by: 1) where week.days.contains(day.weekday) {
            let last = week.crossesMidnight ? day.advanced(by: 1) : day
            let begins = moments(day, week.from, week.timeZone).earliest
            let ends = moments(last, week.to, week.timeZone).latest
            let span = (begins..<max(begins, ends)).clamped(to: window)
            guard !span.isEmpty else { continue }
            if let before = spans.last, span.lowerBound <= before.upperBound {
                spans[spans.count - 1] = before.lowerBound..<max(before.upperBound, span.upperBound)
            } else {
                spans.append(span)
            }
        }
        return spans
    }

    /// When clocks show a time: twice in the night in which they are set back, and in the other one some times never. Then what is needed
    /// is the longer time.
    private static func moments(_ day: Day, _ minute: Int, _ zone: String) -> (earliest: Instant, latest: Instant) {
        let local = day.start.seconds + Int64(minute) * 60
        let near = [local - 86_400, local + 86_400].map { local - offset(zone, $0) }
        let real = near.filter { $0 + offset(zone, $0) == local }
        let moments = real.isEmpty ? near : real
        return (Instant(seconds: moments.min() ?? local), Instant(seconds: moments.max() ?? local))
    }

    private static func offset(_ zone: String, _ time: Int64) -> Int64 {
        guard let offset = TimeZones.offset(of: zone, at: time) else { preconditionFailure("the time zone '\(zone)' was not checked") }
        return Int64(offset)
    }
}
