import CostModel

extension FOCUSRow {
    /// What its price is for; where the row does not say it, what was consumed.
    func pricing() -> RowPricing {
        let isOnDemand = layout.pricingCategory.map { record[$0].isNull || record[$0].text == "Standard" } ?? true
        var stated: ChargeQuantity?
        if let column = layout.pricingQuantity, let unit = layout.pricingUnit, !record[column].isNull, !record[unit].isNull {
            stated = ChargeQuantity(record[column].text, unit: record[unit].text)
        }
        return RowPricing(quantity: stated ?? quantity(), isOnDemand: isOnDemand)
    }

    /// A bill that states a commitment and not whether it was used does not say on which terms it charges.
    func terms() -> ChargeTerms.Pricing {
        if let status = layout.commitmentDiscountStatus, !record[status].isNull {
            return switch record[status].text {
            case "Used": .used
            case "Unused": .unused
            default: .unstated
            }
        }
        if let id = layout.commitmentDiscountId, !record[id].isNull { return .unstated }
        guard let column = layout.pricingCategory, !record[column].isNull else { return .unstated }
        return switch record[column].text {
        case "Standard": .onDemand
        case "Dynamic": .dynamic
        case "Other": .other
        default: .unstated
        }
    }

    func hour() throws(FieldFault) -> Int32? {
        guard let end = layout.chargePeriodEnd else { return nil }
        let first = try hour(at: layout.chargePeriodStart)
        return try hour(at: end) - first == 1 ? first : nil
    }

    /// Rows of one hour follow each other. A time that cannot be read is far from every other.
    private func hour(at index: Int) throws(FieldFault) -> Int32 {
        let record = record
        return try hours.value(of: record[index].bytes) {
            Instant(parsing: record[index].trimmed).map { Int32(clamping: $0.seconds / 3_600) } ?? 0
        }
    }
}

extension FOCUSLayout {
    /// Where a text stands that is asked for seldom.
    func column(of text: ChargeText) -> Int? {
        switch text {
        case .commitment: commitmentDiscountId
        case .commitmentType: commitmentDiscountType
        case .commitmentCategory: commitmentDiscountCategory
        case .usageType: usageType
        case .operation: operation
        case .meter: skuMeter
        default: nil
        }
    }
}
