import CostModel

/// What costs by use: as much of it as a usage file says.
extension PriceDraft {
    /// Nobody uses more in a month: what comes to more is a mistake or an attack.
    private static let most = 1e15

    /// What is stated, each multiplied with the next and all with a factor; nil: one of them is not stated, or it comes to too much.
    mutating func amount(_ keys: String..., factor: FixedDecimal = FixedDecimal(1)) -> FixedDecimal? {
        let numbers = keys.map { value($0) }
        var product = factor
        for number in numbers {
            guard let number, product.approximation * number.approximation < Self.most else { return nil }
            product = product.multiplied(by: number)
        }
        return product
    }

    /// How many pieces of a size a request counts for: 65 KB in pieces of 64 are two. One, where nobody says how large it is.
    mutating func pieces(_ key: String, of size: Int) -> FixedDecimal {
        guard let stated = value(key), stated > .zero else { return FixedDecimal(1) }
        let whole = stated.scaled(by: 1, over: Int128(size)).raw
        let (pieces, rest) = whole.quotientAndRemainder(dividingBy: FixedDecimal.unit)
        return FixedDecimal(raw: (pieces + (rest > 0 ? 1 : 0)) * FixedDecimal.unit)
    }

    /// Something that costs by use.
    ///
    /// - Parameters:
    ///   - key: under which a usage file says how much.
    ///   - scale: how many of those make one of the unit.
    mutating func usage(_ name: String, _ unit: String, key: String? = nil, per scale: Int = 1, _ options: PricedPart.Option...) {
        var stated: FixedDecimal?
        if let key { stated = amount(key) }
        add(used(name, unit, stated?.scaled(by: 1, over: Int128(scale)), options))
    }

    /// The same, where how much is computed from several keys; nil: it is not known.
    mutating func usage(_ name: String, _ unit: String, amount: FixedDecimal?, _ options: PricedPart.Option...) {
        add(used(name, unit, amount, options))
    }

    /// Something whose price falls with use: the steps one after the other, each with where it ends in the unit. The resource's own use decides, as if
    /// it were the only one: vendors add up those of an account.
    ///
    /// - Parameters:
    ///   - scale: how many of what people count make one of the unit; for names.
    ///   - free: the steps that cost nothing.
    mutating func steps(
        _ name: String, _ unit: String, amount: FixedDecimal?, per scale: Int = 1, free: Set<Int> = [],
        _ steps: [(end: Int?, options: [PricedPart.Option])]
    ) {
        var start = 0
        for (index, step) in steps.enumerated() {
            defer { start = step.end ?? start }
            let isFree = free.contains(index)
            let bounds = [
                start > 0 ? "beyond \(Self.written(start, unit, scale))" : nil, step.end.map { "up to \(Self.written($0, unit, scale))" },
            ].compactMap(\.self)
            guard let amount else {
                // Of what nobody knows the first price is shown.
                if isFree { continue }
                var part = used(name, unit, nil, step.options)
                part.note = bounds.isEmpty ? nil : bounds.joined(separator: " and ")
                return add(part)
            }
            let here = max(.zero, (step.end.map { min(amount, FixedDecimal($0)) } ?? amount) - FixedDecimal(start))
            guard here > .zero || index == 0 else { return }
            var part = used(start == 0 ? name : "\(name) over \(Self.written(start, unit, scale))", unit, here, step.options)
            part.isIncluded = isFree
            if isFree { part.note = "free \(bounds.joined(separator: " and "))" }
            add(part)
        }
    }

    /// The same with a first step that costs nothing, and one price for the rest.
    mutating func beyond(
        _ end: Int, _ name: String, _ unit: String, amount: FixedDecimal?, per scale: Int = 1, _ options: PricedPart.Option...
    ) {
        steps(name, unit, amount: amount, per: scale, free: [0], [(end, []), (nil, options)])
    }

    private func used(_ name: String, _ unit: String, _ amount: FixedDecimal?, _ options: [PricedPart.Option]) -> PricedPart {
        PricedPart(name: name, quantity: amount, unit: unit, options: options, isUsageBased: true)
    }

    /// `333M`, `50 TB`: where a step ends.
    private static func written(_ units: Int, _ unit: String, _ scale: Int) -> String {
        if unit.hasPrefix("GB"), !unit.hasPrefix("GB-s"), units >= 1024, units % 1024 == 0 {
            return units % 1_048_576 == 0 ? "\(units / 1_048_576) PB" : "\(units / 1024) TB"
        }
        let (count, overflows) = units.multipliedReportingOverflow(by: scale)
        guard !overflows else { return "\(units) \(unit)" }
        for (name, size) in [("B", 1_000_000_000), ("M", 1_000_000), ("k", 1_000)] where count >= size {
            let hundredths = count / (size / 100)
            guard hundredths * (size / 100) == count else { continue }
            let fraction =
                hundredths % 100 == 0
                ? "" : hundredths % 10 == 0 ? ".\(hundredths % 100 / 10)" : "." + String(hundredths % 100 + 100).dropFirst()
            return "\(hundredths / 100)\(fraction)\(name)"
        }
        return "\(count)"
    }
}
