import CostModel

/// What the bill charges for that no resource of the code claims, as far as one thing took the place of another.
///
/// Who removes a resource and makes the same again outside the code has fixed nothing, though nothing can be asked of what is there now. So
/// what was charged and is not any more counts as *replaced* where, from 28 days before that to 28 days after, charges of the same service
/// began that go on, that no resource of the code claims either, that are the same team's or nobody's, and that come to half its cost or
/// more. Each charge takes the place of one thing only.
struct ChargesOutside {
    /// How far apart the end of the one and the beginning of the other may be.
    private static let reach = 28
    /// From how many of its last days its cost is taken.
    private static let rateDays = 7

    /// The names on the bill of what was replaced.
    let replaced: Set<String>

    private struct Charge {
        var name: Int32
        var first: Day
        var last: Day
        /// Of its last days.
        var perDay = FixedDecimal.zero
        var team: Int?
        var service: Int32
    }

    init(_ table: CostTable, _ attribution: CostAttribution, _ windows: Windows) {
        let newest = windows.end.advanced(by: -1)
        var charges = [Charge?](repeating: nil, count: table.names.count)
        for line in table.lines where line.key.resource != 0 && line.key.category == .usage && line.key.day <= newest {
            guard line.amounts.effective > .zero, attribution.resource(of: line.key) == nil else { continue }
            var charge =
                charges[Int(line.key.resource)]
                ?? Charge(
                    name: line.key.resource, first: line.key.day, last: line.key.day, team: attribution.team(of: line.key),
                    service: line.key.service)
            charge.first = min(charge.first, line.key.day)
            if line.key.day >= charge.last {
                charge.last = line.key.day
                charge.team = attribution.team(of: line.key)
                charge.service = line.key.service
            }
            charges[Int(line.key.resource)] = charge
        }
        // What the bill began with may have been there before.
        let begun = table.days?.lowerBound ?? newest
        let oldest = windows.end.advanced(by: -Windows.length * (Windows.mostPast + 1))
        let gone = charges.lazy.compactMap(\.self).filter { $0.last < newest && $0.last >= oldest }
        let new = charges.lazy.compactMap(\.self).filter {
            $0.last == newest && $0.first > begun && $0.first >= oldest.advanced(by: -Self.reach)
        }
        guard !gone.isEmpty, !new.isEmpty else {
            replaced = []
            return
        }
        let relevant = Set(gone.map(\.name) + new.map(\.name))
        for line in table.lines where relevant.contains(line.key.resource) && line.key.category == .usage {
            guard let charge = charges[Int(line.key.resource)], line.key.day <= charge.last,
                line.key.day > charge.last.advanced(by: -Self.rateDays)
            else { continue }
            charges[Int(line.key.resource)]?.perDay += line.amounts.effective
        }
        func priced(_ all: [Charge]) -> [Charge] {
            all.compactMap { charges[Int($0.name)] }.map { charge in
                var charge = charge
                let days = min(Self.rateDays, charge.first.distance(to: charge.last) + 1)
                charge.perDay = charge.perDay.scaled(by: 1, over: Int128(max(1, days)))
                return charge
            }
        }
        func byDay(_ a: Charge, _ b: Charge) -> Bool {
            a.first == b.first ? table.name(a.name) < table.name(b.name) : a.first < b.first
        }
        var free = priced(Array(new)).sorted(by: byDay)
        var names: Set<String> = []
        for left in priced(Array(gone)).sorted(by: { $0.last == $1.last ? byDay($0, $1) : $0.last < $1.last }) {
            var taken: [Int] = []
            var sum = FixedDecimal.zero
            for (index, charge) in free.enumerated() where sum + sum < left.perDay {
                guard charge.service == left.service, charge.team == left.team || charge.team == nil,
                    abs(left.last.distance(to: charge.first)) <= Self.reach
                else { continue }
                taken.append(index)
                sum += charge.perDay
            }
            guard !taken.isEmpty, sum + sum >= left.perDay else { continue }
            for index in taken.reversed() { free.remove(at: index) }
            names.insert(table.name(left.name))
        }
        replaced = names
    }
}
