import CostModel

/// What is asked of a bill, by files and engines alike.
extension BillReader {
    /// The question of all judgements.
    ///
    /// - Parameters:
    ///   - leaves: whether lines are told apart by SKU, with what they used.
    ///   - terms: whether they are told apart by the terms on which they were charged.
    ///   - transfer: whether they are told apart by the kind of transfer.
    func judgingQuery(
        currency: Currency?, tagKeys: Set<String>, bases: Set<CostBasis>, leaves: Bool = false, terms: Bool = false, transfer: Bool = false
    ) -> BillQuery {
        var query = BillQuery(
            dimensions: [
                .day, .billingMonth, .category, .text(.account), .text(.provider), .text(.service), .text(.region), .text(.resource),
                .tagSet,
            ] + (leaves ? [.text(.sku)] : []) + (terms ? BillQuery.terms : []) + (transfer ? [.transfer] : []),
            bases: [.effective, .billed, .list, .contracted])
        query.requiredBases = bases.union([.effective])
        query.tagKeys = tagKeys.sorted()
        query.currency = currency
        query.rates = rates
        query.sumsQuantities = leaves
        return query
    }

    /// The question of a breakdown.
    func breakdownQuery(
        by dimensions: [CostBreakdown.Dimension], cost: CostBasis, period: Range<Day>?, currency: Currency?, ownerTagKeys: Set<String>,
        owner: ChargeOwner?, tagRules: TagRules = .none
    ) -> BillQuery {
        var keys = dimensions.contains(.team) ? ownerTagKeys : []
        for case .tag(let key) in dimensions { keys.insert(key) }
        // Whose a row is, and what its tags are, follows from the rules when all is added up.
        let isRetagged = !tagRules.isEmpty && BillQuery.asksTags(dimensions)
        let tagKeys = (isRetagged ? tagRules.inputs(of: keys) : keys).sorted()
        let asked = isRetagged ? dimensions.filter { !BillQuery.asksTags([$0]) } : dimensions
        let origins = isRetagged ? BillQuery.tagOrigins : []
        var query = BillQuery(dimensions: asked.map { $0.asked(tagKeys, cost) } + origins + [.currency], bases: [cost])
        query.requiredBases = [cost]
        query.tagKeys = tagKeys
        query.currency = currency
        query.rates = rates
        query.days = period
        query.owner = isRetagged ? nil : owner
        return query
    }

    /// The parts, with what engines answered.
    func answered(_ query: BillQuery, usage: Bool = false, units: Bool = false) -> AnsweredParts {
        AnsweredParts(parts, query, usage: usage, units: units, now: now)
    }
}

extension BillQuery {
    /// On which terms something was charged.
    static let terms: [BillDimension] = [.pricing, .text(.commitment), .text(.commitmentType), .text(.commitmentCategory)]
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
