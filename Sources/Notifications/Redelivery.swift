package import CostModel

/// When a message that did not come through is sent again: after 30 seconds, then twice as long each time, at most six hours; up to a
/// quarter less, drawn from the message's id, so that many messages do not come back at once and the same history waits the same times.
package enum Redelivery {
    static let first: Int64 = 30
    static let longest: Int64 = 6 * 3_600
    /// After so many attempts, which take about three days, a message is given up.
    package static let mostAttempts = 20
    /// What nobody tried to send for so long after it was due is given up: it has long been seen otherwise.
    package static let lifetime = TimeSpan.days(3)
    /// The most that another side may ask us to wait; a later time is a clock's mistake.
    static let longestAsked: Int64 = 24 * 3_600

    /// How long to wait after the n-th attempt, from 1.
    ///
    /// - Parameter asked: the seconds that the other side asked for, as by Retry-After; they are never undercut.
    package static func wait(after attempt: Int, of id: String, asked: Int? = nil) -> TimeSpan {
        let doubled = min(longest, first << Int64(min(max(0, attempt - 1), 12)))
        var hash = SHA256()
        for field in [id, "\(attempt)"] { hash.update(field: field) }
        let draw = Int64((UInt64(hash.hexDigest().prefix(12), radix: 16) ?? 0) % UInt64(doubled / 4 + 1))
        return TimeSpan(seconds: max(doubled - draw, min(Int64(asked ?? 0), longestAsked)))
    }
}
