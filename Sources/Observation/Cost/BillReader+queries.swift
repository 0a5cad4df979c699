import CostModel

/// What is asked of a bill, by files and engines alike.
extension BillReader {
    /// The question of all judgements.
    func judgingQuery(currency: Currency?, tagKeys: Set<String>, bases: Set<CostBasis>) -> BillQuery {
        var query = BillQuery(
            dimensions: [
                .day, .billingMonth, .category, .text(.account), .text(.provider), .text(.service), .text(.region), .text(.resource),
                .tagSet,
            ],
            bases: [.effective, .billed, .list, .contracted])
        query.requiredBases = bases.union([.effective])
        query.tagKeys = tagKeys.sorted()
        query.currency = currency
        query.rates = rates
        return query
    }

    /// The question of a breakdown.
    func breakdownQuery(
        by dimensions: [CostBreakdown.Dimension], cost: CostBasis, period: Range<Day>?, currency: Currency?, ownerTagKeys: Set<String>,
        owner: ChargeOwner?
    ) -> BillQuery {
        var keys = dimensions.contains(.team) ? ownerTagKeys : []
        for case .tag(let key) in dimensions { keys.insert(key) }
        let tagKeys = keys.sorted()
        var query = BillQuery(dimensions: dimensions.map { $0.asked(tagKeys, cost) } + [.currency], bases: [cost])
        query.requiredBases = [cost]
        query.tagKeys = tagKeys
        query.currency = currency
        query.rates = rates
        query.days = period
        query.owner = owner
        return query
    }

    /// The parts, with what engines answered.
    func answered(_ query: BillQuery, usage: Bool = false) -> AnsweredParts {
        AnsweredParts(parts, query, usage: usage, now: now)
    }
}

extension CostBreakdown.Dimension {
    fileprivate func asked(_ tagKeys: [String], _ cost: CostBasis) -> BillDimension {
        switch self {
        case .team: .team
        case .service: .text(.service)
        case .region: .text(.region)
        case .account: .text(.account)
        case .provider: .text(.provider)
        case .day: .day
        // Billed cost is keyed by billing period.
        case .month: cost == .billed ? .billingMonth : .chargeMonth
        case .resource: .text(.resource)
        case .sku: .text(.sku)
        case .instanceType: .text(.instanceType)
        case .tag(let key): .tag(tagKeys.firstIndex(of: key) ?? 0)
        }
    }
}
