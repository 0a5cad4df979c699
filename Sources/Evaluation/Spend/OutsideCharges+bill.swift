import CostModel

extension OutsideCharges {
    /// From how many of its last days the cost of a charge is taken.
    private static let rateDays = 7

    private struct Span {
        var first: Day
        var last: Day
        var amount = FixedDecimal.zero
        var team: Int?
        var service: Int32
    }

    init(_ table: CostTable, _ attribution: CostAttribution, _ windows: Windows) {
        let newest = windows.end.advanced(by: -1)
        var spans = [Span?](repeating: nil, count: table.names.count)
        for line in table.lines where line.key.resource != 0 && line.key.category == .usage && line.key.day <= newest {
            guard line.amounts.effective > .zero, attribution.resource(of: line.key) == nil else { continue }
            var span =
                spans[Int(line.key.resource)]
                ?? Span(
                    first: line.key.day, last: line.key.day, team: attribution.team(of: line.key), service: line.key.service)
            span.first = min(span.first, line.key.day)
            if line.key.day >= span.last {
                span.last = line.key.day
                span.team = attribution.team(of: line.key)
                span.service = line.key.service
            }
            spans[Int(line.key.resource)] = span
        }
        // What the bill began with may have been there before.
        let begun = table.days?.lowerBound ?? newest
        let oldest = windows.end.advanced(by: -Windows.length * (Windows.mostPast + 1))
        let gone = spans.indices.filter { index in spans[index].map { $0.last < newest && $0.last >= oldest } ?? false }
        let running = spans.indices.filter { index in spans[index].map { $0.last == newest && $0.first > begun } ?? false }
        guard !running.isEmpty else {
            self.init()
            return
        }
        let relevant = Set(gone + running)
        for line in table.lines where relevant.contains(Int(line.key.resource)) && line.key.category == .usage {
            guard let span = spans[Int(line.key.resource)], line.key.day <= span.last,
                line.key.day > span.last.advanced(by: -Self.rateDays)
            else { continue }
            spans[Int(line.key.resource)]?.amount += line.amounts.effective
        }
        func charges(_ indices: [Int]) -> [Charge] {
            indices.compactMap { index in
                spans[index].map { span in
                    let days = min(Self.rateDays, span.first.distance(to: span.last) + 1)
                    return Charge(
                        name: table.name(Int32(index)), first: span.first, last: span.last,
                        perDay: span.amount.scaled(by: 1, over: Int128(max(1, days))), team: span.team.map { attribution.teams[$0] },
                        service: span.service)
                }
            }
        }
        func byDay(_ a: Charge, _ b: Charge) -> Bool { a.first == b.first ? a.name < b.name : a.first < b.first }
        self.init(
            gone: charges(gone).sorted { $0.last == $1.last ? byDay($0, $1) : $0.last < $1.last },
            running: charges(running).sorted(by: byDay), oldest: oldest)
    }
}
