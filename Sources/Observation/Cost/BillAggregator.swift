import CostModel

/// Adds up a bill, row by row. Its size follows the distinct combinations that were asked for, not the rows.
final class BillTally {
    /// Rows may not add up to more, positive and negative ones alike: 41 · 10¹⁵ of any currency. Every sum of some of them can then be held,
    /// and so can what evaluation and scoring make of it: forecasts of a year, weights, sums over policies.
    static let limit = UInt128(Int128.max / 4096)

    let question: BillQuestion
    /// One tuple for each combination, in the order of first sight: a number for each dimension.
    @exclusivity(unchecked) private(set) var keys: TupleTable
    private(set) var rowCount = 0
    private(set) var days: ClosedRange<Day>?

    @exclusivity(unchecked) private var sums: [Int128] = []
    @exclusivity(unchecked) private var magnitudes: [UInt128]
    private let key: UnsafeMutablePointer<Int32>
    private let decoder = FOCUSDecoder()
    private let attributes: ChargeAttributes

    init(_ question: BillQuestion) {
        self.question = question
        keys = TupleTable(width: question.dimensions.count)
        magnitudes = Array(repeating: 0, count: question.bases.count)
        key = .allocate(capacity: max(question.dimensions.count, 1))
        attributes = ChargeAttributes(question)
    }

    deinit { key.deallocate() }

    var names: NameTable { attributes.names }
    var currencies: [Currency] { decoder.currencies }
    var tagSets: [[String: String]] { attributes.allTagSets }

    /// The sum of a key, for a basis by its index.
    func sum(of key: Int, _ basis: Int) -> FixedDecimal { FixedDecimal(raw: sums[key * question.bases.count + basis]) }

    /// Adds a row, unless a later file replaces it or the question leaves it out.
    func add(_ record: CSVRecord, of file: BillFile) throws(FieldFault) {
        guard file.keeps(try decoder.billingMonth(of: record, file.layout)) else { return }
        let row = try decoder.decode(record, file.layout)
        if let expected = question.currency, let currency = row.currency, decoder.currencies[currency] != expected {
            file.countForeign(decoder.currencies[currency])
            return
        }
        let isAsked = question.holds(row)
        for at in 0..<question.dimensions.count {
            key[at] = try attributes.number(of: question.dimensions[at], row, record, file.layout)
        }
        try checkMagnitudes(row, file.layout)
        file.count(row)
        guard isAsked else { return }
        let (index, isNew) = keys.insert(key)
        let width = question.bases.count
        if isNew { sums.append(contentsOf: repeatElement(0, count: width)) }
        for at in 0..<width { sums[index * width + at] += row.amounts[question.bases[at]].raw }
        rowCount += 1
        if let known = days, known.contains(row.day) { return }
        days = days.map { min($0.lowerBound, row.day)...max($0.upperBound, row.day) } ?? row.day...row.day
    }

    private func checkMagnitudes(_ row: FOCUSDecoder.Row, _ layout: FOCUSLayout) throws(FieldFault) {
        for at in 0..<magnitudes.count {
            let magnitude = row.amounts[question.bases[at]].raw.magnitude
            guard magnitude <= Self.limit - magnitudes[at] else {
                throw FieldFault(field: layout.index(of: question.bases[at]), message: "the bill adds up to more than can be held exactly")
            }
            magnitudes[at] += magnitude
        }
    }
}

extension FOCUSLayout {
    fileprivate func index(of basis: CostBasis) -> Int {
        switch basis {
        case .effective: effectiveCost
        case .billed: billedCost
        case .list: listCost ?? effectiveCost
        case .contracted: contractedCost ?? effectiveCost
        }
    }
}
