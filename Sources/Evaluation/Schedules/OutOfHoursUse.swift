import CostModel

/// What the CPU samples of one machine say of the hours in which nobody needs it.
struct OutOfHoursUse {
    /// Samples that are further apart say nothing of an hour.
    private static let longestStep: Int64 = 5_400

    /// Seconds of the hours with a sample, outside the needed ones.
    private(set) var ran = 0
    /// Seconds outside the needed hours, since the first sample.
    private(set) var off = 0
    /// Seconds of the needed hours, since the first sample, and those in hours with a sample.
    private(set) var needed = 0
    private(set) var neededRan = 0
    /// Whether most samples are further apart than an hour.
    let isCoarse: Bool
    /// The time of the newest sample.
    let last: Instant
    /// Outside the needed hours, by time.
    private var outside: [SampleSeries.Sample] = []

    /// Nil without samples.
    ///
    /// - Parameter samples: of the window.
    init?(_ samples: ArraySlice<SampleSeries.Sample>, _ hours: NeededHours) {
        guard let first = samples.first, let newest = samples.last else { return nil }
        last = newest.time
        let far = zip(samples, samples.dropFirst()).count { $1.time.seconds - $0.time.seconds > Self.longestStep }
        isCoarse = far * 2 > samples.count - 1
        var seen = Array(repeating: (outside: false, needed: false), count: hours.off.count)
        for sample in samples {
            let hour = hours.hour(of: sample.time)
            if hours.isNeeded(at: sample.time) {
                seen[hour].needed = true
            } else {
                seen[hour].outside = true
                outside.append(sample)
            }
        }
        for hour in hours.hour(of: first.time)..<hours.off.count {
            off += hours.off[hour]
            needed += 3_600 - hours.off[hour]
            if seen[hour].outside { ran += hours.off[hour] }
            if seen[hour].needed { neededRan += 3_600 - hours.off[hour] }
        }
    }

    /// Of the samples outside the needed hours; nil without one.
    func percentile(_ percentile: FixedDecimal) -> Double? { outside.percentile(percentile) }
    var highest: Double? { outside.map(\.value).max() }

    /// How much of what the machine costs by the hour is for hours outside. Hours without a sample count as if it had been off then, the needed
    /// ones as if it had run in all: the share is never too large.
    var share: (of: Int128, whole: Int128) { (Int128(ran), Int128(max(1, ran + needed))) }

    /// Whether there are samples of most of the needed hours, so that a lack of others means that it was off.
    var isMeasured: Bool { neededRan * 2 >= needed && needed > 0 }

    /// `432 of the 432 hours`
    var hoursText: String { "\(ran / 3_600) of the \(off / 3_600) hours" }
}
