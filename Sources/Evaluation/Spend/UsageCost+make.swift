import CostModel

extension UsageCost {
    /// Adds it up from the bill.
    init(_ table: CostTable, _ attribution: CostAttribution, _ windows: Windows, _ resources: [Resource]) {
        self.init()
        guard table.tellsTerms else {
            gap = "what was observed does not say on which terms anything was charged, as in a snapshot"
            return
        }
        guard table.tellsTransfer else {
            gap = "the bill does not tell transfer from other use, as without usage types"
            return
        }
        for line in table.lines where line.key.category == .usage && windows.index(of: line.key.day) == 0 {
            let terms = table.terms[Int(line.key.terms)]
            guard terms.transfer == .notTransfer, let index = attribution.resource(of: line.key) else { continue }
            self.resources[resources[index].identity, default: Amounts()].add(line.amounts.effective, terms.pricing)
        }
        guard windows.hasGaps else { return }
        self.resources = self.resources.mapValues { amounts in
            var whole = amounts
            whole.byTheHour = windows.whole(amounts.byTheHour, window: 0)
            whole.committed = windows.whole(amounts.committed, window: 0)
            whole.unstated = windows.whole(amounts.unstated, window: 0)
            return whole
        }
    }
}

extension UsageCost.Amounts {
    fileprivate mutating func add(_ amount: FixedDecimal, _ pricing: ChargeTerms.Pricing) {
        switch pricing {
        case .onDemand, .dynamic: byTheHour += amount
        case .used, .unused: committed += amount
        case .unstated, .other: unstated += amount
        }
    }
}
