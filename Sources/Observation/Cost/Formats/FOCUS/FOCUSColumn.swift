import CostModel

/// The columns of FOCUS 1.0 to 1.4 that are read, by their exact names; all others are passed over.
enum FOCUSColumn: String, CaseIterable, Sendable {
    case billedCost = "BilledCost"
    case effectiveCost = "EffectiveCost"
    case listCost = "ListCost"
    case contractedCost = "ContractedCost"
    case billingCurrency = "BillingCurrency"
    case billingPeriodStart = "BillingPeriodStart"
    case billingPeriodEnd = "BillingPeriodEnd"
    case chargePeriodStart = "ChargePeriodStart"
    case chargePeriodEnd = "ChargePeriodEnd"
    case chargeCategory = "ChargeCategory"
    case consumedQuantity = "ConsumedQuantity"
    case consumedUnit = "ConsumedUnit"
    case pricingCategory = "PricingCategory"
    case commitmentDiscountId = "CommitmentDiscountId"
    case commitmentDiscountType = "CommitmentDiscountType"
    case commitmentDiscountCategory = "CommitmentDiscountCategory"
    case commitmentDiscountStatus = "CommitmentDiscountStatus"
    case pricingQuantity = "PricingQuantity"
    case pricingUnit = "PricingUnit"
    case providerName = "ProviderName"
    /// Since 1.3, instead of `ProviderName`, which 1.4 leaves out.
    case serviceProviderName = "ServiceProviderName"
    case regionId = "RegionId"
    case resourceId = "ResourceId"
    case serviceName = "ServiceName"
    case skuId = "SkuId"
    case skuPriceId = "SkuPriceId"
    /// Since 1.1.
    case skuMeter = "SkuMeter"
    /// Of AWS's export.
    case usageType = "x_UsageType"
    case operation = "x_Operation"
    /// Since 1.1.
    case skuPriceDetails = "SkuPriceDetails"
    case subAccountId = "SubAccountId"
    case tags = "Tags"
    /// Since 1.3: the tags of what a part of a shared cost was allocated to, and how.
    case allocatedTags = "AllocatedTags"
    case allocatedMethodId = "AllocatedMethodId"
    /// Not of the specification: what some exports call the instance type where `SkuPriceDetails` is missing.
    case instanceType = "x_InstanceType"
    case publisherName = "PublisherName"
    /// Of Azure's export, whose amounts are wrong where a price is for a block of units.
    case pricingBlock = "x_PricingBlockSize"
    /// Of Oracle's report: what an adjustment corrects.
    case backReference = "oci_BackReferenceNumber"

    /// Without these a table is no bill. FOCUS requires more, but its own examples leave out the rest; what is missing of the rest is
    /// said when somebody asks for it.
    static let required: [FOCUSColumn] = [.billedCost, .effectiveCost, .billingPeriodStart, .chargePeriodStart, .chargeCategory]

    /// The names of the preview of 1.0, which Oracle's report still has; each counts only where its later name is missing.
    private static let earlierNames: [String: FOCUSColumn] = [
        "Provider": .providerName, "Publisher": .publisherName, "Region": .regionId, "UsageQuantity": .consumedQuantity,
        "UsageUnit": .consumedUnit,
    ]

    init?(earlier name: String, beside names: [String]) {
        guard let column = Self.earlierNames[name], !names.contains(column.rawValue) else { return nil }
        self = column
    }

    init(_ cost: CostBasis) {
        switch cost {
        case .effective: self = .effectiveCost
        case .billed: self = .billedCost
        case .list: self = .listCost
        case .contracted: self = .contractedCost
        }
    }

    /// The column that states a dimension, and that someone who asks for the dimension must be told is missing.
    init?(stating dimension: BillDimension) {
        switch dimension {
        case .currency: self = .billingCurrency
        case .text(.account): self = .subAccountId
        case .text(.provider): self = .providerName
        case .text(.service): self = .serviceName
        case .text(.region): self = .regionId
        case .text(.resource): self = .resourceId
        case .text(.sku): self = .skuId
        case .tag, .tagSet: self = .tags
        // What only some exports state.
        case .text(.skuPrice), .text(.instanceType), .text(.description): return nil
        // What bills without commitments need not have.
        case .text(.commitment), .text(.commitmentType), .text(.commitmentCategory), .pricing, .hour: return nil
        // What says it differs from export to export.
        case .text(.usageType), .text(.operation), .text(.meter), .transfer: return nil
        // What no table is a bill without, and what follows from other dimensions.
        case .day, .chargeMonth, .billingMonth, .category, .team: return nil
        }
    }
}
