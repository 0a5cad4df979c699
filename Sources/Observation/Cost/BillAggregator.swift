import CostModel

/// Adds up a bill, row by row. Its size follows the distinct combinations that were asked for, not the rows.
final class BillAggregator {
    /// Rows may not add up to more, positive and negative ones alike: 41 · 10¹⁵ of any currency. Every sum of some of them can then be held,
    /// and so can what evaluation and scoring make of it: forecasts of a year, weights, sums over policies.
    static let limit = UInt128(Int128.max / 4096)

    let query: BillQuery
    let numbers: BillNumbers
    /// One tuple for each combination, in the order of first sight: a number for each dimension.
    @exclusivity(unchecked) private(set) var keys: TupleTable
    private(set) var rowCount = 0
    private(set) var days: ClosedRange<Day>?

    /// Whether some row did not count because all of them would have been too much.
    private(set) var isExceeded = false

    @exclusivity(unchecked) private var sums: [Int128] = []
    /// By key, where the query asks for them.
    @exclusivity(unchecked) private(set) var quantities = QuantitySums()
    @exclusivity(unchecked) private var magnitudes: [UInt128]
    private let key: UnsafeMutablePointer<Int32>
    private let attributes: ChargeAttributes

    init(_ query: BillQuery) {
        self.query = query
        numbers = BillNumbers(tagKeys: query.tagKeys)
        keys = TupleTable(width: query.dimensions.count)
        magnitudes = Array(repeating: 0, count: query.bases.count)
        key = .allocate(capacity: max(query.dimensions.count, 1))
        attributes = ChargeAttributes(numbers, owner: query.owner)
    }

    deinit { key.deallocate() }

    /// The sum of a key, for a basis by its index.
    func sum(of key: Int, _ basis: Int) -> FixedDecimal { FixedDecimal(raw: sums[key * query.bases.count + basis]) }

    /// A charge in the bill's currency. Nil: it is in another, for which there is no rate of its day; it is counted and otherwise passed over.
    @inline(__always)
    func converted(_ charge: Charge, _ row: some BillRow, of file: BillFile) throws(FieldFault) -> Charge? {
        guard let expected = query.currency, let currency = charge.currency, numbers.currencies[currency] != expected else { return charge }
        return try convert(charge, into: expected, row, of: file)
    }

    @inline(never)
    private func convert(_ charge: Charge, into target: Currency, _ row: some BillRow, of file: BillFile) throws(FieldFault) -> Charge? {
        guard let source = charge.currency, let factor = try factor(from: numbers.currencies[source], into: target, charge, row, file)
        else {
            file.countForeign(charge, rows: row.chargeCount)
            return nil
        }
        var converted = charge
        converted.currency = Int(numbers.number(of: target))
        for basis in CostBasis.allCases {
            guard let amount = factor.converted(charge.amounts[basis], limit: Self.limit) else { throw Self.tooLarge(row.field(of: basis)) }
            converted.amounts[basis] = amount
        }
        if let basis = query.bases.first {
            file.countConverted(charge, rows: row.chargeCount, amount: charge.amounts[basis], into: converted.amounts[basis])
        }
        return converted
    }

    private func factor(
        from source: Currency, into target: Currency, _ charge: Charge, _ row: some BillRow, _ file: BillFile
    ) throws(FieldFault) -> ExchangeFactor? {
        file.usesOwnRates ? try row.ownFactor(into: target) : query.rates.factor(from: source, into: target, on: charge.day)
    }

    /// Adds a row in the bill's currency, unless the query leaves it out.
    func add(_ row: some BillRow, _ charge: Charge, billedIn month: Month, of file: BillFile) throws(FieldFault) {
        for at in 0..<query.dimensions.count {
            key[at] = try attributes.number(of: query.dimensions[at], row, charge, billedIn: month)
        }
        try checkMagnitudes(row, charge)
        file.count(charge, rows: row.chargeCount, row.oddities, query.bases.first)
        guard query.holds(charge, billedIn: month) else { return }
        let (index, isNew) = keys.insert(key)
        let width = query.bases.count
        if isNew { sums.append(contentsOf: repeatElement(0, count: width)) }
        for at in 0..<width { sums[index * width + at] += charge.amounts[query.bases[at]].raw }
        if query.sumsQuantities { quantities.add(charge.category == .usage ? row.quantity()?.amount : nil, at: index) }
        rowCount += row.chargeCount
        if let known = days, known.contains(charge.day) { return }
        days = days.map { min($0.lowerBound, charge.day)...max($0.upperBound, charge.day) } ?? charge.day...charge.day
    }

    /// Takes everything of another one for the same question in exchange for what is here.
    func exchange(with other: BillAggregator) {
        swap(&keys, &other.keys)
        swap(&sums, &other.sums)
        swap(&quantities, &other.quantities)
        swap(&magnitudes, &other.magnitudes)
        swap(&rowCount, &other.rowCount)
        swap(&days, &other.days)
        swap(&isExceeded, &other.isExceeded)
        attributes.exchange(with: other.attributes)
    }

    func pack(into packer: inout BytePacker) {
        packer.add(rowCount)
        packer.add(days.map { [$0.lowerBound, $0.upperBound] } ?? []) { $0.add($1.number) }
        for magnitude in magnitudes { packer.add(magnitude) }
        packer.add(UInt32(keys.count))
        for index in 0..<keys.count { for number in keys[index] { packer.add(number) } }
        for sum in sums { packer.add(sum) }
        if query.sumsQuantities { quantities.pack(into: &packer) }
    }

    /// Fills one that is empty but for its numbers.
    func unpack(_ unpacker: inout ByteUnpacker) throws(ByteUnpacker.Torn) {
        typealias Torn = ByteUnpacker.Torn
        rowCount = try unpacker.number()
        let bounds = try unpacker.array { (unpacker) throws(Torn) in Day(try unpacker.number()) }
        if bounds.count == 2, bounds[0] <= bounds[1] { days = bounds[0]...bounds[1] }
        for at in magnitudes.indices { magnitudes[at] = try unpacker.number() }
        let count = Int(try unpacker.number(UInt32.self))
        for _ in 0..<count {
            for at in 0..<query.dimensions.count {
                switch query.dimensions[at] {
                case .day, .chargeMonth, .billingMonth, .category, .pricing, .hour, .transfer: key[at] = try unpacker.number()
                case .currency: key[at] = try unpacker.index(of: numbers.currencies.count, from: -1)
                case .text, .team: key[at] = try unpacker.index(of: numbers.names.count)
                case .tag: key[at] = try unpacker.index(of: numbers.names.count, from: -1)
                case .tagSet: key[at] = try unpacker.index(of: numbers.tagSets.count)
                }
            }
            guard keys.insert(key).isNew else { throw Torn() }
        }
        sums.reserveCapacity(count * query.bases.count)
        for _ in 0..<count * query.bases.count { sums.append(try unpacker.number()) }
        if query.sumsQuantities { quantities = try QuantitySums(&unpacker, count: count) }
    }

    /// Whether everything that others added up can be added.
    func canHold(_ others: [BillAggregator]) -> Bool {
        guard !isExceeded, !others.contains(where: \.isExceeded) else { return false }
        return magnitudes.indices.allSatisfy { at in
            var rest = Self.limit - magnitudes[at]
            return others.allSatisfy { other in
                guard other.magnitudes[at] <= rest else { return false }
                rest -= other.magnitudes[at]
                return true
            }
        }
    }

    /// Adds to a key the sums that another one has elsewhere.
    func add(_ key: [Int32], sumsOf other: Int, in bill: BillAggregator) {
        let (index, isNew) = keys.insert(key)
        let width = query.bases.count
        if isNew { sums.append(contentsOf: repeatElement(0, count: width)) }
        for at in 0..<width { sums[index * width + at] += bill.sums[other * width + at] }
        if query.sumsQuantities { quantities.add(other, of: bill.quantities, at: index) }
    }

    /// Adds what is counted beside the keys.
    func addTotals(of other: BillAggregator) {
        for at in magnitudes.indices { magnitudes[at] += other.magnitudes[at] }
        rowCount += other.rowCount
        guard let theirs = other.days else { return }
        days = days.map { min($0.lowerBound, theirs.lowerBound)...max($0.upperBound, theirs.upperBound) } ?? theirs
    }

    private func checkMagnitudes(_ row: some BillRow, _ charge: Charge) throws(FieldFault) {
        for at in 0..<magnitudes.count {
            let magnitude = charge.amounts[query.bases[at]].raw.magnitude
            guard magnitude <= Self.limit - magnitudes[at] else {
                isExceeded = true
                throw Self.tooLarge(row.field(of: query.bases[at]))
            }
            magnitudes[at] += magnitude
        }
    }

    private static func tooLarge(_ field: Int) -> FieldFault {
        FieldFault(field: field, message: "the bill adds up to more than can be held exactly")
    }
}
