import CostModel

/// Where a file has its columns: their order is free and differs from file to file.
struct FOCUSLayout: Hashable, Sendable {
    let billedCost: Int
    let effectiveCost: Int
    let billingPeriodStart: Int
    let chargePeriodStart: Int
    let chargeCategory: Int
    let billingPeriodEnd: Int?
    let chargePeriodEnd: Int?
    let listCost: Int?
    let contractedCost: Int?
    let billingCurrency: Int?
    let consumedQuantity: Int?
    let consumedUnit: Int?
    let pricingCategory: Int?
    let commitmentDiscountId: Int?
    let commitmentDiscountType: Int?
    let commitmentDiscountCategory: Int?
    let commitmentDiscountStatus: Int?
    let pricingQuantity: Int?
    let pricingUnit: Int?
    let providerName: Int?
    let regionId: Int?
    let resourceId: Int?
    let serviceName: Int?
    let skuId: Int?
    let skuPriceId: Int?
    let skuMeter: Int?
    let usageType: Int?
    let operation: Int?
    let skuPriceDetails: Int?
    let chargeDescription: Int?
    let chargeClass: Int?
    let subAccountId: Int?
    let tags: Int?
    let allocatedTags: Int?
    let allocatedMethodId: Int?
    let instanceType: Int?
    let pricingBlock: Int?
    /// Where it stands in for a missing name of a service.
    let publisherName: Int?
    let backReference: Int?
    /// The name of a line, which Oracle's report has.
    let reference: Int?

    /// Nil when a required column is missing or one stands twice; the problem is then added.
    init?(_ names: [String], requiring more: [FOCUSColumn], problems: RowProblems) {
        var indices: [FOCUSColumn: Int] = [:]
        var isUsable = true
        for (index, name) in names.enumerated() {
            let name = Self.trimmed(name)
            guard let column = FOCUSColumn(rawValue: name) ?? FOCUSColumn(earlier: name, beside: names) else { continue }
            if indices.updateValue(index, forKey: column) != nil {
                problems.add(.partial, id: "repeated-column", line: 1, "the column '\(name)' stands twice in the header")
                isUsable = false
            }
        }
        for column in Set(FOCUSColumn.required + more).sorted(by: { $0.rawValue < $1.rawValue }) where indices[column] == nil {
            let alike = names.first { $0.lowercased() == column.rawValue.lowercased() }
            let hint = alike.map { "; the header has '\($0)', but FOCUS's names keep their case" } ?? ""
            problems.add(.partial, id: "missing-column", line: 1, "the column '\(column.rawValue)' is missing\(hint)")
            isUsable = false
        }
        guard isUsable, let billedCost = indices[.billedCost], let effectiveCost = indices[.effectiveCost],
            let billingPeriodStart = indices[.billingPeriodStart], let chargePeriodStart = indices[.chargePeriodStart],
            let chargeCategory = indices[.chargeCategory]
        else { return nil }
        self.billedCost = billedCost
        self.effectiveCost = effectiveCost
        self.billingPeriodStart = billingPeriodStart
        self.chargePeriodStart = chargePeriodStart
        self.chargeCategory = chargeCategory
        billingPeriodEnd = indices[.billingPeriodEnd]
        chargePeriodEnd = indices[.chargePeriodEnd]
        listCost = indices[.listCost]
        contractedCost = indices[.contractedCost]
        billingCurrency = indices[.billingCurrency]
        consumedQuantity = indices[.consumedQuantity]
        consumedUnit = indices[.consumedUnit]
        pricingCategory = indices[.pricingCategory]
        commitmentDiscountId = indices[.commitmentDiscountId]
        commitmentDiscountType = indices[.commitmentDiscountType]
        commitmentDiscountCategory = indices[.commitmentDiscountCategory]
        commitmentDiscountStatus = indices[.commitmentDiscountStatus]
        pricingQuantity = indices[.pricingQuantity]
        pricingUnit = indices[.pricingUnit]
        providerName = indices[.serviceProviderName] ?? indices[.providerName]
        regionId = indices[.regionId]
        resourceId = indices[.resourceId]
        serviceName = indices[.serviceName]
        skuId = indices[.skuId]
        skuPriceId = indices[.skuPriceId]
        skuMeter = indices[.skuMeter]
        usageType = indices[.usageType]
        operation = indices[.operation]
        skuPriceDetails = indices[.skuPriceDetails]
        // It decides nothing: of several the first is shown.
        chargeDescription = names.firstIndex { Self.trimmed($0) == "ChargeDescription" }
        chargeClass = names.firstIndex { Self.trimmed($0) == "ChargeClass" }
        subAccountId = indices[.subAccountId]
        tags = indices[.tags]
        allocatedTags = indices[.allocatedTags]
        allocatedMethodId = indices[.allocatedMethodId]
        instanceType = indices[.instanceType]
        pricingBlock = indices[.pricingBlock]
        publisherName = pricingBlock == nil ? nil : indices[.publisherName]
        backReference = indices[.backReference]
        reference = names.firstIndex { Self.trimmed($0) == "oci_ReferenceNumber" }
    }

    /// Without spaces around it: `BilledCost, EffectiveCost` names two columns.
    private static func trimmed(_ name: String) -> String {
        var name = Substring(name)
        while name.first == " " { name.removeFirst() }
        while name.last == " " { name.removeLast() }
        return String(name)
    }

    /// Where a column stands that a bill can do without.
    func index(of column: FOCUSColumn) -> Int? {
        switch column {
        case .billingCurrency: billingCurrency
        case .providerName: providerName
        case .regionId: regionId
        case .resourceId: resourceId
        case .serviceName: serviceName
        case .skuId: skuId
        case .subAccountId: subAccountId
        case .tags: tags
        default: nil
        }
    }
}
