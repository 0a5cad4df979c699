import CostModel

/// Where a Cost and Usage Report has its columns. The legacy report and CUR 2.0 have the same ones in two spellings; a column of the legacy
/// report that nobody needed in a month is absent.
struct CURLayout {
    let names: ColumnNames
    let type: Int
    let unblended: Int
    let netUnblended: Int?
    let billingStart: Int
    let start: Int
    /// The name of a line, which is unique in a billing period together with the time that it is of.
    let identity: (line: Int, interval: Int)?
    let end: Int?
    let currency: Int?
    let publicCost: Int?
    let planUsed: [Int]
    let planTotal: Int?
    let planCommitted: Int?
    let reservationUsed: [Int]
    let unusedUpfront: [Int]
    let unusedRecurring: [Int]
    let planName: Int?
    let reservationName: Int?
    let usageType: Int?
    let operation: Int?
    let splitParent: Int?
    let quantity: Int?
    let unit: Int?
    let service: [Int]
    let region: [Int]
    let resource: Int?
    /// Maps of CUR 2.0, as JSON.
    let product: Int?
    let resourceTags: Int?
    /// Tags of the legacy report, each in a column of its own, by key.
    let tagColumns: [(key: String, column: Int)]

    private static let required = [
        ["lineItem/LineItemType"], ["lineItem/UnblendedCost"], ["bill/BillingPeriodStartDate"], ["lineItem/UsageStartDate"],
        ["lineItem/UsageAccountId"],
    ]

    /// How many of the columns that every report has are there.
    static func likeness(_ names: ColumnNames) -> Int { required.count { names.contains(ColumnNames.plain($0[0])) } }

    /// Nil when a column is missing without which nothing can be said; the problem is then added.
    init?(_ columns: [String], format: String, problems: RowProblems) {
        let tags = Self.tagColumns(columns)
        let own = columns.enumerated().map { index, name in tags.contains { $0.column == index } ? "" : name }
        let names = ColumnNames(own)
        guard names.complain(Self.required, of: format, problems), let type = names["lineitemlineitemtype"],
            let unblended = names["lineitemunblendedcost"], let billingStart = names["billbillingperiodstartdate"],
            let start = names["lineitemusagestartdate"]
        else { return nil }
        self.names = names
        self.type = type
        self.unblended = unblended
        self.billingStart = billingStart
        self.start = start
        netUnblended = names["lineitemnetunblendedcost"]
        if let line = names["identitylineitemid"], let interval = names["identitytimeinterval"] {
            identity = (line, interval)
        } else {
            identity = nil
        }
        end = names["lineitemusageenddate"]
        currency = names["lineitemcurrencycode"]
        publicCost = names["pricingpublicondemandcost"]
        planUsed = names.all("savingsplannetsavingsplaneffectivecost", "savingsplansavingsplaneffectivecost")
        planTotal = names["savingsplantotalcommitmenttodate"]
        planCommitted = names["savingsplanusedcommitment"]
        reservationUsed = names.all("reservationneteffectivecost", "reservationeffectivecost")
        unusedUpfront = names.all(
            "reservationnetunusedamortizedupfrontfeeforbillingperiod", "reservationunusedamortizedupfrontfeeforbillingperiod")
        unusedRecurring = names.all("reservationnetunusedrecurringfee", "reservationunusedrecurringfee")
        planName = names["savingsplansavingsplanarn"]
        reservationName = names["reservationreservationarn"]
        usageType = names["lineitemusagetype"]
        operation = names["lineitemoperation"]
        splitParent = names["splitlineitemparentresourceid"]
        quantity = names["lineitemusageamount"]
        unit = names["pricingunit"]
        service = names.all("productproductname", "productservicename", "lineitemproductcode")
        region = names.all("productregion", "productregioncode")
        resource = names["lineitemresourceid"]
        product = names["product"]
        resourceTags = names["resourcetags"]
        tagColumns = tags
    }

    /// `resourceTags/user:team` holds the tag `team`, `resourceTags/aws:createdBy` the tag `aws:createdBy`; tables of Athena spell the first
    /// `resource_tags_user_team`.
    private static func tagColumns(_ columns: [String]) -> [(key: String, column: Int)] {
        columns.enumerated().compactMap { index, name in
            guard let prefix = ["resourceTags/", "resource_tags_"].first(where: { name.hasPrefix($0) }) else { return nil }
            let key = name.dropFirst(prefix.count)
            let user = prefix.hasSuffix("/") ? "user:" : "user_"
            return (String(key.hasPrefix(user) ? key.dropFirst(user.count) : key), index)
        }
    }
}
