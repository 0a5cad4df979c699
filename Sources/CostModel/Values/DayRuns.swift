/// Runs of days that follow each other: ascending, none touching the next.
extension [Range<Day>] {
    /// - Parameter days: ascending and distinct.
    package init(runsOf days: some Sequence<Day>) {
        self = []
        for day in days {
            if let last, last.upperBound == day {
                self[count - 1] = last.lowerBound..<day.advanced(by: 1)
            } else {
                append(day..<day.advanced(by: 1))
            }
        }
    }

    /// Whether a day is in one of the runs.
    package func holds(_ day: Day) -> Bool {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].upperBound <= day { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low].contains(day)
    }

    /// How many days they are.
    package var dayCount: Int { reduce(0) { $0 + $1.count } }

    /// The days of either.
    func union(_ others: [Range<Day>]) -> [Range<Day>] {
        var runs: [Range<Day>] = []
        for run in (self + others).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = runs.last, last.upperBound >= run.lowerBound {
                runs[runs.count - 1] = last.lowerBound..<Swift.max(last.upperBound, run.upperBound)
            } else {
                runs.append(run)
            }
        }
        return runs
    }

    /// Its days that are not among others.
    func subtracting(_ others: [Range<Day>]) -> [Range<Day>] {
        var left: [Range<Day>] = []
        var at = 0
        for run in self {
            var start = run.lowerBound
            while at < others.count, others[at].upperBound <= start { at += 1 }
            var next = at
            while next < others.count, others[next].lowerBound < run.upperBound {
                if start < others[next].lowerBound { left.append(start..<others[next].lowerBound) }
                start = others[next].upperBound
                next += 1
            }
            if start < run.upperBound { left.append(start..<run.upperBound) }
        }
        return left
    }

    /// Its days from one on, and before another.
    func clamped(from start: Day, before end: Day) -> [Range<Day>] {
        compactMap { run in
            let (first, last) = (Swift.max(run.lowerBound, start), Swift.min(run.upperBound, end))
            return first < last ? first..<last : nil
        }
    }

    /// As they are shown: `2026-10-13..2026-10-22`.
    package var texts: [String] {
        map { run in run.count == 1 ? "\(run.lowerBound)" : "\(run.lowerBound)..\(run.upperBound.advanced(by: -1))" }
    }
}
