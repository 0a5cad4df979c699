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

    @exclusivity(unchecked) private var sums: [Int128] = []
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

    /// Adds a row, unless the query leaves it out.
    ///
    /// - Returns: Whether the row is in the bill's currency; one in another is counted and otherwise passed over.
    func add(_ row: some BillRow, _ charge: Charge, billedIn month: Month, of file: BillFile) throws(FieldFault) -> Bool {
        if let expected = query.currency, let currency = charge.currency, numbers.currencies[currency] != expected {
            file.countForeign(currency)
            return false
        }
        for at in 0..<query.dimensions.count {
            key[at] = try attributes.number(of: query.dimensions[at], row, charge, billedIn: month)
        }
        try checkMagnitudes(row, charge)
        file.count(charge, row.oddities, query.bases.first)
        guard query.holds(charge, billedIn: month) else { return true }
        let (index, isNew) = keys.insert(key)
        let width = query.bases.count
        if isNew { sums.append(contentsOf: repeatElement(0, count: width)) }
        for at in 0..<width { sums[index * width + at] += charge.amounts[query.bases[at]].raw }
        rowCount += 1
        if let known = days, known.contains(charge.day) { return true }
        days = days.map { min($0.lowerBound, charge.day)...max($0.upperBound, charge.day) } ?? charge.day...charge.day
        return true
    }

    private func checkMagnitudes(_ row: some BillRow, _ charge: Charge) throws(FieldFault) {
        for at in 0..<magnitudes.count {
            let magnitude = charge.amounts[query.bases[at]].raw.magnitude
            guard magnitude <= Self.limit - magnitudes[at] else {
                throw FieldFault(field: row.field(of: query.bases[at]), message: "the bill adds up to more than can be held exactly")
            }
            magnitudes[at] += magnitude
        }
    }
}
