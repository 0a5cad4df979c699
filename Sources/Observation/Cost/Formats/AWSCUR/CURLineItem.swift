/// What a line of a Cost and Usage Report is: its `LineItemType`.
///
/// What each of them costs follows AWS's queries for amortised cost (CUR query library, "amortized cost"; Cost and Usage Reports user guide,
/// "Understanding your reservations" and "Understanding Savings Plans").
enum CURLineItem: String, CaseIterable {
    case usage = "Usage"
    case savingsPlanCoveredUsage = "SavingsPlanCoveredUsage"
    case savingsPlanNegation = "SavingsPlanNegation"
    case savingsPlanRecurringFee = "SavingsPlanRecurringFee"
    case savingsPlanUpfrontFee = "SavingsPlanUpfrontFee"
    case discountedUsage = "DiscountedUsage"
    case reservationFee = "RIFee"
    case fee = "Fee"
    case tax = "Tax"
    case credit = "Credit"
    case refund = "Refund"
    case enterpriseDiscount = "EdpDiscount"
    case bundledDiscount = "BundledDiscount"
    case privateRateDiscount = "PrivateRateDiscount"
    case savingsPlanNegotiated = "SppDiscount"
    case flatRate = "FlatRateSubscription"

    /// A discount as a line of its own, by account and product: it has no resource and no tags.
    var isDiscount: Bool {
        switch self {
        case .enterpriseDiscount, .bundledDiscount, .privateRateDiscount, .savingsPlanNegotiated: true
        default: false
        }
    }

    /// What a commitment covers, or what none does: it has a public price and a quantity.
    var isUsage: Bool {
        switch self {
        case .usage, .flatRate, .savingsPlanCoveredUsage, .discountedUsage: true
        default: false
        }
    }

    var isFee: Bool {
        switch self {
        case .savingsPlanRecurringFee, .savingsPlanUpfrontFee, .reservationFee, .fee: true
        default: false
        }
    }
}
