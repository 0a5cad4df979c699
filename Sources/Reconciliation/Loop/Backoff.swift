package import CostModel

/// When the next attempt begins.
///
/// The interval is spread by five per cent either way, so that many workspaces do not ask at once; the back-off after failures doubles from
/// one second to fifteen minutes, spread by a quarter downwards. The spread is drawn from the workspace's name and the attempt, so that
/// the same history waits the same times. Success, and a source that changed, start anew.
package struct Backoff: Sendable {
    package static let first = 1
    package static let longest = 15 * 60

    package var workspace: String

    package init(workspace: String) {
        self.workspace = workspace
    }

    /// After an attempt that came through.
    package func afterSuccess(interval: TimeSpan, run: String) -> TimeSpan {
        let spread = interval.seconds / 20
        return TimeSpan(seconds: max(1, interval.seconds - spread + draw(run, upTo: 2 * spread)))
    }

    /// After the n-th failure in a row, from 1.
    ///
    /// - Parameter atLeast: what the other side asked for; it is never undercut.
    package func afterFailure(_ count: Int, atLeast: Int? = nil, run: String) -> TimeSpan {
        let doubled = Int64(Self.first) << min(max(0, count - 1), 20)
        let wait = min(doubled, Int64(Self.longest))
        let spread = wait / 4
        return TimeSpan(seconds: max(Int64(atLeast ?? 0), max(1, wait - draw(run, upTo: spread))))
    }

    /// From 0 to `limit`, the same for the same words.
    private func draw(_ run: String, upTo limit: Int64) -> Int64 {
        guard limit > 0 else { return 0 }
        var hash = SHA256()
        hash.update(field: workspace)
        hash.update(field: run)
        let value = UInt64(hash.hexDigest().prefix(15), radix: 16) ?? 0
        return Int64(value % UInt64(limit + 1))
    }
}
