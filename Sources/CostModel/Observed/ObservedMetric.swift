/// What was counted of a metric, and whether all of it could be read.
package struct ObservedMetric: Hashable, Sendable {
    package var counts: UnitCounts
    /// Why something of it is missing; nil: it was read whole.
    package var gap: String?

    package init(counts: UnitCounts, gap: String? = nil) {
        self.counts = counts
        self.gap = gap
    }
}
