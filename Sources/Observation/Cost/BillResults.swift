import CostModel

extension CostTable {
    /// - Precondition: the bill was asked for the dimensions of a key, in their order, and for all four costs; for SKUs last, and then for
    ///   quantities, too.
    init(_ bill: BillAggregator, currency: Currency) {
        self.init(
            currency: currency, names: bill.numbers.names.texts, tagSets: bill.numbers.tagSets.all, days: bill.days, rowCount: bill.rowCount
        )
        lines.reserveCapacity(bill.keys.count)
        namesSKUs = bill.query.sumsQuantities
        if namesSKUs { quantities = (0..<bill.keys.count).map { bill.quantities[$0] } }
        var terms = TermsColumn(bill)
        tellsTerms = terms.isAsked
        tellsTransfer = terms.isTransferAsked
        for index in 0..<bill.keys.count {
            let key = bill.keys[index]
            var amounts = CostAmounts()
            amounts.effective = bill.sum(of: index, 0)
            amounts.billed = bill.sum(of: index, 1)
            amounts.list = bill.sum(of: index, 2)
            amounts.contracted = bill.sum(of: index, 3)
            lines.append(
                Line(
                    key: Key(
                        day: Day(key[0]), billingMonth: Month(key[1]), category: ChargeCategory(rawValue: UInt8(key[2])) ?? .usage,
                        account: key[3], provider: key[4], service: key[5], region: key[6], resource: key[7], tagSet: key[8],
                        sku: namesSKUs ? key[9] : 0, terms: terms.number(of: index)),
                    amounts: amounts))
        }
        self.terms = terms.all
        // A bill whose rows all say nothing of it may hold any transfer.
        if !lines.isEmpty, !terms.saysTransfer { tellsTransfer = false }
    }
}

/// The terms on which the lines of a bill were charged, each combination by a number.
private struct TermsColumn {
    private let bill: BillAggregator
    /// Where the query has them: the terms, then the kind of transfer.
    private let places: [Int?]
    private var numbers: [[Int32]: Int32] = [[0, 0, 0, 0, 0]: 0]
    private(set) var all = [ChargeTerms()]
    /// Whether any row says by what it could be told whether it is transfer.
    private(set) var saysTransfer = false

    init(_ bill: BillAggregator) {
        self.bill = bill
        places = (BillQuery.terms + [.transfer]).map { bill.query.dimensions.firstIndex(of: $0) }
    }

    var isAsked: Bool { places.first.map { $0 != nil } ?? false }
    var isTransferAsked: Bool { places.last.map { $0 != nil } ?? false }

    mutating func number(of index: Int) -> Int32 {
        guard isAsked || isTransferAsked else { return 0 }
        let key = bill.keys[index]
        let values = places.map { place in place.map { key[$0] } ?? 0 }
        if values[4] != TransferColumn.unsaid { saysTransfer = true }
        if let known = numbers[values] { return known }
        let names = values[1...3].map { bill.numbers.names[$0] }
        all.append(
            ChargeTerms(
                pricing: .init(rawValue: values[0]) ?? .unstated, commitment: names[0], type: names[1], category: names[2],
                transfer: TransferKind(rawValue: values[4]) ?? .notTransfer))
        numbers[values] = Int32(all.count - 1)
        return Int32(all.count - 1)
    }
}

extension CostBreakdown {
    /// - Precondition: the bill was asked for these dimensions and the currency behind them, and for one cost.
    init(_ bill: BillAggregator, by dimensions: [Dimension]) {
        let width = dimensions.count
        let columns = (0...width).map { ValueColumn(bill, $0) }
        let times = dimensions.indices.filter { [.day, .month].contains(dimensions[$0]) }
        let leading = [columns[width]] + times.map { columns[$0] }
        let order = (0..<bill.keys.count).sorted { a, b in
            for column in leading where column.ranks[a] != column.ranks[b] { return column.ranks[a] < column.ranks[b] }
            let (left, right) = (bill.sum(of: a, 0), bill.sum(of: b, 0))
            if left != right { return left > right }
            for column in columns where column.ranks[a] != column.ranks[b] { return column.ranks[a] < column.ranks[b] }
            return false
        }
        let rows = order.map { index in
            Row(
                values: (0..<width).map { columns[$0].text(of: index) }, currency: Self.currency(bill.keys[index][width], bill),
                amount: bill.sum(of: index, 0))
        }
        self.init(rows, of: bill, by: dimensions)
    }

    /// - Parameter rows: in the order in which they are shown.
    init(_ rows: [Row], of bill: BillAggregator, by dimensions: [Dimension]) {
        var totals: [Currency?: FixedDecimal] = [:]
        for row in rows { totals[row.currency, default: .zero] += row.amount }
        self.init(
            dimensions: dimensions, cost: bill.query.bases[0], rows: rows,
            totals: totals.map { Total(currency: $0.key, amount: $0.value) }.sorted { Self.precedes($0.currency, $1.currency) },
            rowCount: bill.rowCount, days: bill.days)
    }

    /// What a number of a currency stands for; a bill of one currency does not number it.
    static func currency(_ number: Int32, _ bill: BillAggregator) -> Currency? {
        number < 0 ? bill.query.currency : bill.numbers.currencies[Int(number)]
    }

    /// Among currencies none comes last.
    static func precedes(_ a: Currency?, _ b: Currency?) -> Bool {
        guard let a, let b else { return a != nil && b == nil }
        return a < b
    }
}

/// The values of one dimension, sorted, and for each key of a bill the rank of its own.
private struct ValueColumn {
    private let texts: [String?]
    let ranks: [Int32]

    init(_ bill: BillAggregator, _ at: Int) {
        let dimension = bill.query.dimensions[at]
        let numbers = (0..<bill.keys.count).map { bill.keys[$0][at] }
        let distinct = Set(numbers).map { (number: $0, text: CostBreakdown.text($0, dimension, bill)) }
        // Among names none comes first, among currencies last.
        let sorted = distinct.sorted { a, b in
            guard let left = a.text, let right = b.text else {
                return dimension == .currency ? a.text != nil && b.text == nil : a.text == nil && b.text != nil
            }
            return left == right ? a.number < b.number : left.utf8.lexicographicallyPrecedes(right.utf8)
        }
        let lowest = numbers.min() ?? 0
        var rankOf = [Int32](repeating: 0, count: numbers.isEmpty ? 0 : Int((numbers.max() ?? 0) - lowest) + 1)
        for (rank, value) in sorted.enumerated() { rankOf[Int(value.number - lowest)] = Int32(rank) }
        ranks = numbers.map { rankOf[Int($0 - lowest)] }
        texts = sorted.map(\.text)
    }

    func text(of key: Int) -> String? { texts[Int(ranks[key])] }
}

extension CostBreakdown {
    /// What a number of a dimension stands for; nil: none.
    static func text(_ number: Int32, _ dimension: BillDimension, _ bill: BillAggregator) -> String? {
        switch dimension {
        case .day: Day(number).description
        case .chargeMonth, .billingMonth: Month(number).description
        case .category: ChargeCategory(rawValue: UInt8(number))?.name
        case .currency: number < 0 ? nil : bill.numbers.currencies[Int(number)].code
        // What no breakdown asks for.
        case .pricing, .hour, .transfer: nil
        case .tag: number < 0 ? nil : bill.numbers.names[number]
        case .text, .team, .tagSet: number == 0 ? nil : bill.numbers.names[number]
        }
    }
}
