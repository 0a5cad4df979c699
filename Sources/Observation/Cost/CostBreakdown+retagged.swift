import CostModel

extension BillQuery {
    /// Whether rules of tags may change a breakdown's answer.
    static func asksTags(_ dimensions: [CostBreakdown.Dimension]) -> Bool {
        dimensions.contains { dimension in
            switch dimension {
            case .team, .tag: true
            default: false
            }
        }
    }

    /// What must be known of a row to apply rules of tags to it, behind the other dimensions of a breakdown.
    static let tagOrigins: [BillDimension] = [.text(.account), .text(.service), .text(.region), .text(.resource), .tagSet]
}

extension CostBreakdown {
    /// A breakdown whose tags and teams follow from rules.
    ///
    /// Files and engines add up by what was billed, with everything that a rule may read; the rules are applied to these sums. So what is
    /// kept of a bill, and what an engine is asked, is true whatever the rules say.
    ///
    /// - Precondition: the bill was asked for the dimensions but teams and tags, then for `tagOrigins` and the currency.
    init(_ bill: BillAggregator, by dimensions: [Dimension], rules: TagRules, owner: ChargeOwner?) {
        let plain = bill.query.dimensions.count - BillQuery.tagOrigins.count - 1
        struct Group: Hashable {
            var values: [String?]
            var currency: Currency?
        }
        var sums: [Group: FixedDecimal] = [:]
        var tags: [[Int32]: [String: String]] = [:]
        for index in 0..<bill.keys.count {
            let key = Array(bill.keys[index])
            let origin = Array(key[plain..<plain + BillQuery.tagOrigins.count])
            let (account, service, region) = (bill.numbers.names[origin[0]], bill.numbers.names[origin[1]], bill.numbers.names[origin[2]])
            let resource = bill.numbers.names[origin[3]]
            let place = [origin[0], origin[1], origin[2], origin[4]]
            let applied =
                tags[place]
                ?? rules.applied(to: bill.numbers.tagSets.tags(of: origin[4]), account: account, service: service, region: region).tags
            tags[place] = applied
            var next = 0
            let values = dimensions.map { dimension -> String? in
                switch dimension {
                case .tag(let tag): return applied[tag]
                case .team: return owner?(account, applied, resource)
                default:
                    defer { next += 1 }
                    return Self.text(key[next], bill.query.dimensions[next], bill)
                }
            }
            let currency = Self.currency(key[key.count - 1], bill)
            sums[Group(values: values, currency: currency), default: .zero] += bill.sum(of: index, 0)
        }
        let rows = sums.map { Row(values: $0.key.values, currency: $0.key.currency, amount: $0.value) }
        let times = dimensions.indices.filter { [.day, .month].contains(dimensions[$0]) }
        self.init(
            rows.sorted { a, b in
                if a.currency != b.currency { return Self.precedes(a.currency, b.currency) }
                for time in times where a.values[time] != b.values[time] { return Self.precedes(a.values[time], b.values[time]) }
                if a.amount != b.amount { return a.amount > b.amount }
                for place in dimensions.indices where a.values[place] != b.values[place] {
                    return Self.precedes(a.values[place], b.values[place])
                }
                return false
            }, of: bill, by: dimensions)
    }

    /// Among names none comes first.
    private static func precedes(_ a: String?, _ b: String?) -> Bool {
        guard let a, let b else { return a == nil && b != nil }
        return a.utf8.lexicographicallyPrecedes(b.utf8)
    }
}
