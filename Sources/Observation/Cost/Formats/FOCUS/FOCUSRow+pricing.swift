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
}
