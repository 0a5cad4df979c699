import CostModel

/// Who pays for a charge, by what its row says, empty for none; asked once for each distinct combination.
package typealias ChargeOwner = (_ account: String, _ tags: [String: String], _ resource: String) -> String?

/// What rows of a bill are added up by.
enum BillDimension: Hashable, Sendable {
    /// The day on which the charge starts, and its month.
    case day, chargeMonth
    /// The month of the invoice.
    case billingMonth
    case category, currency
    case text(ChargeText)
    /// The kind of price, see `ChargeTerms.Pricing`.
    case pricing
    /// The kind of transfer, see `TransferKind`.
    case transfer
    /// The hour since 1970 of a charge that lasts no longer, -1 of others.
    case hour
    /// All asked tags at once.
    case tagSet
    /// One of the asked tags, by its index among them.
    case tag(Int)
    case team
}

/// What is added up, and of which rows.
struct BillQuery {
    var dimensions: [BillDimension]
    /// One sum for each.
    var bases: [CostBasis]
    /// Costs that the bill must have a column for; others are zero where it has none.
    var requiredBases: Set<CostBasis> = []
    /// Sorted and distinct.
    var tagKeys: [String] = []
    /// Rows in another currency are converted where there are rates for their days, else left out; nil: every currency is told apart.
    var currency: Currency?
    var rates = ExchangeRates()
    /// Only charges of these days; for billed cost, of billing periods that start in them.
    var days: Range<Day>?
    var owner: ChargeOwner?
    /// Whether quantities of usage are added up, too.
    var sumsQuantities = false

    @inline(__always)
    func holds(_ charge: Charge, billedIn month: Month) -> Bool {
        guard let days else { return true }
        return days.contains(bases == [.billed] ? month.firstDay : charge.day)
    }

    /// What a bill can do without, but not without saying so.
    var attributes: [BillDimension] {
        dimensions.filter { if case .text(let text) = $0 { !text.isOfCommitment } else { $0 == .transfer } }
            + (tagKeys.isEmpty ? [] : [.tagSet])
    }
}
