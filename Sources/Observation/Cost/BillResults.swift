import CostModel

extension CostTable {
    /// - Precondition: the tally was asked for the dimensions of a key, in their order, and for all four costs.
    init(_ tally: BillTally, currency: Currency) {
        self.init(currency: currency, names: tally.names.texts, tagSets: tally.tagSets, days: tally.days, rowCount: tally.rowCount)
        lines.reserveCapacity(tally.keys.count)
        for index in 0..<tally.keys.count {
            let key = tally.keys[index]
            var amounts = CostAmounts()
            amounts.effective = tally.sum(of: index, 0)
            amounts.billed = tally.sum(of: index, 1)
            amounts.list = tally.sum(of: index, 2)
            amounts.contracted = tally.sum(of: index, 3)
            lines.append(
                Line(
                    key: Key(
                        day: Day(key[0]), billingMonth: Month(key[1]), category: ChargeCategory(rawValue: UInt8(key[2])) ?? .usage,
                        account: key[3], provider: key[4], service: key[5], region: key[6], resource: key[7], tagSet: key[8]),
                    amounts: amounts))
        }
    }
}

extension CostBreakdown {
    /// - Precondition: the tally was asked for these dimensions and the currency behind them, and for one cost.
    init(_ tally: BillTally, by dimensions: [Dimension]) {
        let width = dimensions.count
        let columns = (0...width).map { at in
            ValueColumn(tally, at, at == width ? .currency : tally.question.dimensions[at])
        }
        var order = (0..<tally.keys.count).map { index in
            (index: index, rank: columns.indices.map { columns[$0].rank(tally.keys[index][$0]) })
        }
        order.sort { $0.rank.lexicographicallyPrecedes($1.rank) }
        var totals: [Int32: FixedDecimal] = [:]
        var rows: [Row] = []
        rows.reserveCapacity(order.count)
        for (index, _) in order {
            let key = tally.keys[index]
            let amount = tally.sum(of: index, 0)
            totals[key[width], default: .zero] += amount
            rows.append(
                Row(
                    values: (0..<width).map { columns[$0].text(key[$0]) },
                    currency: key[width] < 0 ? tally.question.currency : tally.currencies[Int(key[width])], amount: amount))
        }
        let sums = totals.map { number, amount in
            Total(currency: number < 0 ? tally.question.currency : tally.currencies[Int(number)], amount: amount)
        }
        self.init(
            dimensions: dimensions, cost: tally.question.bases[0], rows: rows,
            totals: sums.sorted { ($0.currency?.code ?? "~") < ($1.currency?.code ?? "~") }, rowCount: tally.rowCount, days: tally.days)
    }
}

/// The values of one dimension: each as text, and where it sorts.
private struct ValueColumn {
    private let texts: [Int32: String]
    private let ranks: [Int32: Int]

    init(_ tally: BillTally, _ at: Int, _ dimension: BillDimension) {
        var texts: [Int32: String] = [:]
        for index in 0..<tally.keys.count {
            let number = tally.keys[index][at]
            guard texts[number] == nil, let text = Self.text(number, dimension, tally) else { continue }
            texts[number] = text
        }
        let sorted = texts.sorted { $0.value < $1.value }
        ranks = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1.key, $0) })
        self.texts = texts
    }

    func text(_ number: Int32) -> String? { texts[number] }
    /// None comes last.
    func rank(_ number: Int32) -> Int { ranks[number] ?? .max }

    private static func text(_ number: Int32, _ dimension: BillDimension, _ tally: BillTally) -> String? {
        switch dimension {
        case .day: Day(number).description
        case .chargeMonth, .billingMonth: Month(number).description
        case .category: ChargeCategory(rawValue: UInt8(number))?.name
        case .currency: number < 0 ? nil : tally.currencies[Int(number)].code
        case .tag: number < 0 ? nil : tally.names[number]
        case .account, .provider, .service, .region, .resource, .sku, .instanceType, .team, .tagSet:
            number == 0 ? nil : tally.names[number]
        }
    }
}
