/// A length of time in whole seconds, as policies write it: `72h`, `14d`.
package struct TimeSpan: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var seconds: Int64

    package init(seconds: Int64) { self.seconds = seconds }
    package static func days(_ count: Int) -> TimeSpan { TimeSpan(seconds: Int64(count) * 86_400) }
    package static func hours(_ count: Int) -> TimeSpan { TimeSpan(seconds: Int64(count) * 3_600) }
    package static func < (a: TimeSpan, b: TimeSpan) -> Bool { a.seconds < b.seconds }

    /// The largest whole unit: `14d`, `36h`, `90m`, `45s`.
    package var description: String {
        for (unit, name) in [(86_400, "d"), (3_600, "h"), (60, "m")] as [(Int64, String)] where seconds % unit == 0 && seconds != 0 {
            return "\(seconds / unit)\(name)"
        }
        return "\(seconds)s"
    }
}
