import CostModel

/// Which days were met. They lie close together, and every row of a bill names one.
struct DaySet: Hashable {
    private var first: Int32 = 0
    private var isMet: [Bool] = []

    @inline(__always)
    mutating func insert(_ day: Day) {
        let at = Int(day.number) - Int(first)
        if at >= 0, at < isMet.count { isMet[at] = true } else { reach(day) }
    }

    @inline(never)
    private mutating func reach(_ day: Day) {
        if isMet.isEmpty {
            first = day.number
            isMet = [true]
        } else if day.number < first {
            isMet.insert(contentsOf: repeatElement(false, count: Int(first - day.number)), at: 0)
            first = day.number
            isMet[0] = true
        } else {
            isMet.append(contentsOf: repeatElement(false, count: Int(day.number - first) - isMet.count))
            isMet.append(true)
        }
    }

    mutating func formUnion(_ other: DaySet) {
        for day in other.all { insert(day) }
    }

    /// Ascending.
    var all: [Day] { isMet.indices.filter { isMet[$0] }.map { Day(first + Int32($0)) } }

    var oldest: Day? { isMet.isEmpty ? nil : Day(first) }

    /// The newest one that is not after another.
    func newest(upTo day: Day) -> Day? {
        guard !isMet.isEmpty, day.number >= first else { return nil }
        let last = min(Int(day.number) - Int(first), isMet.count - 1)
        return isMet[...last].lastIndex(of: true).map { Day(first + Int32($0)) }
    }
}
