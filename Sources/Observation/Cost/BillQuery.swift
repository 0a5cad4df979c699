import CostModel

/// Who pays for a charge, by what its row says; asked once for each distinct combination.
package typealias ChargeOwner = (_ account: String, _ tags: [String: String], _ resource: String) -> String?

/// What rows of a bill are added up by.
enum BillDimension: Hashable, Sendable {
    /// Of ChargePeriodStart.
    case day, chargeMonth
    /// Of BillingPeriodStart.
    case billingMonth
    case category, currency
    case account, provider, service, region, resource, sku, instanceType
    /// All asked tags at once.
    case tagSet
    /// One of the asked tags, by its index among them.
    case tag(Int)
    case team
}

/// What is added up, and of which rows.
struct BillQuestion {
    var dimensions: [BillDimension]
    /// One sum for each.
    var bases: [CostBasis]
    /// Costs that the bill must have a column for; list and contracted cost are zero where it has none.
    var requiredBases: Set<CostBasis> = []
    /// Sorted and distinct.
    var tagKeys: [String] = []
    /// Rows in another currency are left out; nil: every currency is told apart.
    var currency: Currency?
    /// Only charges of these days; for billed cost, of billing periods that start in them.
    var days: Range<Day>?
    var owner: ChargeOwner?

    func holds(_ row: FOCUSDecoder.Row) -> Bool {
        guard let days else { return true }
        return days.contains(bases == [.billed] ? row.billingMonth.firstDay : row.day)
    }

    /// Whether an attribute's column is asked for.
    func asks(for column: FOCUSColumn) -> Bool {
        switch column {
        case .providerName: dimensions.contains(.provider)
        case .regionId: dimensions.contains(.region)
        case .resourceId: dimensions.contains(.resource)
        case .serviceName: dimensions.contains(.service)
        case .skuId: dimensions.contains(.sku)
        case .subAccountId: dimensions.contains(.account)
        case .tags: !tagKeys.isEmpty
        default: false
        }
    }
}
