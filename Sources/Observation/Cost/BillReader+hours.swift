package import CostModel

extension BillReader {
    /// What services were charged on demand in some days, by the hour where rows are of hours.
    ///
    /// Query engines group what they are asked for by days, so of what they hold only days are known.
    package func onDemandUse(currency: Currency, days: Range<Day>) -> OnDemandUse {
        var query = BillQuery(dimensions: [.pricing, .category, .hour, .day, .text(.provider), .text(.service)], bases: [.effective])
        query.requiredBases = [.effective]
        query.currency = currency
        query.rates = rates
        query.days = days
        let parts = answered(query)
        let (_, aggregator) = scan(parts.parts) {
            let aggregator = BillAggregator(query)
            return (BillScan(aggregator, days: DayTally(aggregator.numbers.names, basis: .effective), now: now), aggregator)
        }
        return OnDemandUse(aggregator)
    }
}

extension OnDemandUse {
    fileprivate init(_ bill: BillAggregator) {
        self.init()
        for index in 0..<bill.keys.count {
            let key = bill.keys[index]
            guard key[0] == ChargeTerms.Pricing.onDemand.rawValue, key[1] == Int32(ChargeCategory.usage.rawValue) else { continue }
            let service = Service(provider: bill.numbers.names[key[4]], name: bill.numbers.names[key[5]])
            if key[2] < 0 {
                services[service, default: Use()].days[Day(key[3]), default: .zero] += bill.sum(of: index, 0)
            } else {
                services[service, default: Use()].hours[key[2], default: .zero] += bill.sum(of: index, 0)
            }
        }
    }
}
