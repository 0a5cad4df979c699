/// What a utilisation sample measures.
package enum Metric: String, Hashable, Sendable, Comparable, CaseIterable {
    /// In percent of the resource's capacity.
    case cpu
    /// In percent of the resource's capacity.
    case memory
    case connections
    case networkIn = "network_in_bytes"
    case networkOut = "network_out_bytes"
    case diskOperations = "disk_ops"

    /// More than this was not measured: its unit is another one. What bursts uses more than all of its capacity for a while.
    package var upperBound: Double {
        switch self {
        case .cpu, .memory: 1_000
        case .connections, .networkIn, .networkOut, .diskOperations: 1_000_000_000_000_000
        }
    }

    package static func < (a: Metric, b: Metric) -> Bool { a.rawValue < b.rawValue }
}

/// The samples of one resource and metric, by time; equal times keep the order of the file.
package struct SampleSeries: Hashable, Sendable {
    package struct Sample: Hashable, Sendable {
        package var time: Instant
        package var value: Double

        package init(time: Instant, value: Double) {
            self.time = time
            self.value = value
        }
    }

    package var samples: [Sample]

    package init(samples: [Sample] = []) {
        self.samples = samples
    }

    /// The samples of a window, start inclusive, end exclusive.
    package func within(_ window: Range<Instant>) -> ArraySlice<Sample> {
        let start = samples.partitioningIndex { $0.time >= window.lowerBound }
        let end = samples.partitioningIndex { $0.time >= window.upperBound }
        return samples[start..<max(start, end)]
    }
}

extension Collection<SampleSeries.Sample> {
    /// The nearest-rank percentile: the smallest value such that at least `percentile` percent of the values are not above it;
    /// of n sorted values the one at rank ⌈percentile · n / 100⌉, counted from 1. Nil without values.
    ///
    /// - Parameter percentile: above 0, at most 100.
    package func percentile(_ percentile: FixedDecimal) -> Double? {
        isEmpty ? nil : map(\.value).sorted().nearestRank(percentile)
    }
}

extension [Double] {
    /// The nearest-rank percentile of values that are sorted and not none.
    func nearestRank(_ percentile: FixedDecimal) -> Double {
        let hundred = FixedDecimal.unit * 100
        let rank = (percentile.raw * Int128(count) + hundred - 1) / hundred
        return self[Swift.max(1, Swift.min(count, Int(rank))) - 1]
    }
}

extension RandomAccessCollection {
    /// The first index at which a predicate that is false and then true becomes true.
    func partitioningIndex(where predicate: (Element) -> Bool) -> Index {
        var low = startIndex
        var count = self.count
        while count > 0 {
            let half = count / 2
            let middle = index(low, offsetBy: half)
            if predicate(self[middle]) {
                count = half
            } else {
                low = index(after: middle)
                count -= half + 1
            }
        }
        return low
    }
}
