/// Medians and quantiles of small sets. They are taken some hundred thousand times in one evaluation, so they sort in place.
enum Middle {
    /// The median; the mean of the two in the middle where the count is even. 0 for none.
    static func median(_ values: [Double]) -> Double {
        var copy = values
        return median(reordering: &copy)
    }

    /// The same, and `values` stand in another order afterwards.
    static func median(reordering values: inout [Double]) -> Double {
        values.withUnsafeMutableBufferPointer { median(reordering: $0) }
    }

    static func median(reordering values: UnsafeMutableBufferPointer<Double>) -> Double {
        let count = values.count
        guard count > 0 else { return 0 }
        let half = count / 2
        guard count > 12 else {
            sort(values)
            return count.isMultiple(of: 2) ? (values[half - 1] + values[half]) / 2 : values[half]
        }
        select(half, of: values)
        guard count.isMultiple(of: 2) else { return values[half] }
        var below = values[0]
        for index in 1..<half where values[index] > below { below = values[index] }
        return (below + values[half]) / 2
    }

    /// Moves the value that is at `place` in the sorted order there, smaller ones before it and larger ones behind it (Hoare's quickselect).
    private static func select(_ place: Int, of values: UnsafeMutableBufferPointer<Double>) {
        var low = 0
        var high = values.count - 1
        while low < high {
            let middle = low + (high - low) / 2
            if values[middle] < values[low] { values.swapAt(middle, low) }
            if values[high] < values[low] { values.swapAt(high, low) }
            if values[high] < values[middle] { values.swapAt(high, middle) }
            let pivot = values[middle]
            var left = low
            var right = high
            while left <= right {
                while values[left] < pivot { left += 1 }
                while values[right] > pivot { right -= 1 }
                if left <= right {
                    values.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if place <= right { high = right } else if place >= left { low = left } else { return }
        }
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
        values.withUnsafeMutableBufferPointer { sort($0) }
    }

    private static func sort(_ buffer: UnsafeMutableBufferPointer<Double>) {
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
