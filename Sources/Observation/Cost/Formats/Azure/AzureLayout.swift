import CostModel

/// Where Azure's cost details have their columns: of an enterprise agreement or a customer agreement, with names in any case, in camel case,
/// or in a translation that keeps the English name in parentheses.
struct AzureLayout {
    let names: ColumnNames
    let cost: Int
    let date: Int
    let billingStart: Int?
    let currency: Int?
    let chargeType: Int?
    let pricingModel: Int?
    let benefit: Int?
    let subscription: Int?
    let resource: Int?
    let location: Int?
    let consumedService: Int?
    let meterCategory: Int?
    /// Its category, subcategory and name.
    let meters: [Int]
    let publisherType: Int?
    let publisher: Int?
    let quantity: Int?
    let unit: Int?
    let unitPrice: Int?
    let tags: Int?
    let pricingCurrency: Int?
    /// From the pricing currency into the billing currency.
    let exchangeRate: Int?

    private static let costs = ["CostInBillingCurrency", "Cost", "PreTaxCost"]
    private static let dates = ["Date", "UsageDateTime"]

    static func resembles(_ names: ColumnNames) -> Bool {
        let hasCost = costs.contains { names.contains(ColumnNames.plain($0)) }
        let hasDate = dates.contains { names.contains(ColumnNames.plain($0)) }
        let own = ["metercategory", "consumedservice", "costinbillingcurrency", "pretaxcost", "subscriptionid", "subscriptionguid"]
        return (hasCost || hasDate) && own.count { names.contains($0) } >= 3
    }

    /// Nil when a column is missing without which nothing can be said; the problem is then added.
    init?(_ columns: [String], format: String, problems: RowProblems) {
        let names = ColumnNames(columns)
        guard names.complain([Self.costs, Self.dates], of: format, problems),
            let cost = names["costinbillingcurrency", "cost", "pretaxcost"], let date = names["date", "usagedatetime"]
        else { return nil }
        self.names = names
        self.cost = cost
        self.date = date
        billingStart = names["billingperiodstartdate"]
        currency = names["billingcurrencycode", "billingcurrency", "currency"]
        chargeType = names["chargetype"]
        pricingModel = names["pricingmodel"]
        benefit = names["benefitid", "reservationid"]
        subscription = names["subscriptionid", "subscriptionguid"]
        resource = names["resourceid", "instanceid", "instancename"]
        location = names["resourcelocation"]
        consumedService = names["consumedservice"]
        meterCategory = names["metercategory"]
        meters = ["metercategory", "metersubcategory", "metername"].compactMap { names[$0] }
        publisherType = names["publishertype"]
        publisher = names["publishername"]
        quantity = names["quantity", "usagequantity"]
        unit = names["unitofmeasure"]
        unitPrice = names["unitprice"]
        tags = names["tags"]
        pricingCurrency = names["pricingcurrency", "pricingcurrencycode"]
        exchangeRate = names["exchangeratepricingtobilling", "exchangerate"]
    }
}
