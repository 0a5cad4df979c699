/// Medians and quantiles of small sets. They are taken some hundred thousand times in one evaluation, so they sort in place.
enum Middle {
    /// The median; the mean of the two in the middle where the count is even. 0 for none.
    static func median(_ values: [Double]) -> Double {
        var copy = values
        return median(sorting: &copy)
    }

    /// The same, and `values` is sorted afterwards.
    static func median(sorting values: inout [Double]) -> Double {
        guard !values.isEmpty else { return 0 }
        sort(&values)
        let half = values.count / 2
        return values.count.isMultiple(of: 2) ? (values[half - 1] + values[half]) / 2 : values[half]
    }

    /// The lower of the two in the middle where the count is even: a value that was really seen. Nil for none.
    static func lowerMedian(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        var copy = values
        sort(&copy)
        return copy[(copy.count - 1) / 2]
    }

    /// The quantile at `share` (0 to 1) with linear interpolation between the neighbours (Hyndman and Fan's type 7). 0 for none.
    static func quantile(_ values: [Double], _ share: Double) -> Double {
        guard !values.isEmpty else { return 0 }
        var copy = values
        sort(&copy)
        let place = share * Double(copy.count - 1)
        let below = Int(place)
        let above = min(below + 1, copy.count - 1)
        return copy[below] + (place - Double(below)) * (copy[above] - copy[below])
    }

    static func mean(_ values: some Collection<Double>) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    /// Sorts by insertion: windows are of some fifty values and often nearly sorted or all alike, where this beats a general sort.
    private static func sort(_ values: inout [Double]) {
        guard values.count <= 80 else { return values.sort() }
        values.withUnsafeMutableBufferPointer { buffer in
            for index in 1..<max(1, buffer.count) {
                let value = buffer[index]
                var hole = index
                while hole > 0, buffer[hole - 1] > value {
                    buffer[hole] = buffer[hole - 1]
                    hole -= 1
                }
                buffer[hole] = value
            }
        }
    }
}
