package import CostModel

/// How far the bill of one source has come.
package struct BillAge: Hashable, Sendable {
    /// The source's name.
    package var source: String
    /// Where the source is stated.
    package var place: Place?
    /// Of its charges up to the day of the observation: charges dated ahead, such as fees of the coming month, say nothing of how far the
    /// bill has come. Nil: all of them are.
    package var newestDay: Day?
    /// An older bill is stale; nil: it never is.
    package var maxAge: TimeSpan?

    package init(source: String, place: Place? = nil, newestDay: Day? = nil, maxAge: TimeSpan? = nil) {
        self.source = source
        self.place = place
        self.newestDay = newestDay
        self.maxAge = maxAge
    }

    /// The problem of a bill that is too old: its age counts from the end of its newest charge day.
    package func problem(now: Instant) -> ObservationProblem? {
        guard let maxAge, let place else { return nil }
        guard let newestDay else { return stale("the bill '\(source)' has no charge before \(now)", place) }
        guard newestDay.advanced(by: 1).start.adding(maxAge) < now else { return nil }
        return stale("the newest charge of the bill '\(source)' is of \(newestDay): older than \(maxAge)", place)
    }

    private func stale(_ message: String, _ place: Place) -> ObservationProblem {
        ObservationProblem(.partial, id: "stale-bill", file: place.file, line: place.line, column: place.column, message)
    }
}
