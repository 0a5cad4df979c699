import CostModel

/// The columns of FOCUS that are had from every row.
enum FOCUSValue: String, CaseIterable {
    case billedCost = "BilledCost"
    case effectiveCost = "EffectiveCost"
    case listCost = "ListCost"
    case contractedCost = "ContractedCost"
    case currency = "BillingCurrency"
    case billingPeriod = "BillingPeriodStart"
    case chargePeriod = "ChargePeriodStart"
    case category = "ChargeCategory"
    case provider = "ProviderName"
    case account = "SubAccountId"
    case service = "ServiceName"
    case region = "RegionId"
    case resource = "ResourceId"
    case sku = "SkuId"
    case skuPrice = "SkuPriceId"
    case description = "ChargeDescription"
    case quantity = "ConsumedQuantity"

    /// The cost that it is; nil: it is another column.
    var cost: CostBasis? {
        switch self {
        case .billedCost: .billed
        case .effectiveCost: .effective
        case .listCost: .list
        case .contractedCost: .contracted
        default: nil
        }
    }

    fileprivate var text: ChargeText? {
        switch self {
        case .provider: .provider
        case .account: .account
        case .service: .service
        case .region: .region
        case .resource: .resource
        case .sku: .sku
        case .skuPrice: .skuPrice
        case .description: .description
        default: nil
        }
    }
}

/// Where a value comes from: the fields with what they say, and the rule; nil: the field as it stands.
struct ValueOrigin {
    var from: [String] = []
    var rule: String?
}

/// Looks at the charges of one line, and at how their values came about.
final class RowInspector {
    private let line: Int
    private let numbers: BillNumbers
    private let tagRules: TagRules
    private(set) var rows: [[BilledRow.Value]] = []

    init(line: Int, numbers: BillNumbers, tagRules: TagRules) {
        self.line = line
        self.numbers = numbers
        self.tagRules = tagRules
    }

    func look(at row: some BillRow) throws(FieldFault) {
        guard row.line == line else { return }
        let (month, charge) = (try row.billingMonth(), try row.charge())
        var values: [BilledRow.Value] = []
        for column in FOCUSValue.allCases {
            let text = try text(column, row, charge, month)
            let origin = row.origin(of: column)
            values.append(BilledRow.Value(column: column.rawValue, text: text, from: origin.from, rule: origin.rule))
        }
        rows.append(values + (try tags(row)))
    }

    /// All tags of the row, and those that rules make: each as it counts, with what was billed where a rule made it.
    private func tags(_ row: some BillRow) throws(FieldFault) -> [BilledRow.Value] {
        func text(_ name: ChargeText) throws(FieldFault) -> String { String(decoding: try row.text(name), as: UTF8.self) }
        let billed = numbers.tagSets.tags(of: try row.tagSet()).merging(numbers.tagSets.seen) { asked, _ in asked }
        let (tags, rules) = tagRules.applied(
            to: billed, account: try text(.account), service: try text(.service), region: try text(.region))
        return Set(billed.keys).union(tags.keys).sorted().map { key in
            let rule = rules[key]
            let from = rule.map { $0.settings[key]?.inputs ?? [] } ?? []
            let origins = from.compactMap { input in billed[input].map { "Tags[\(input)] '\($0)'" } }
            return BilledRow.Value(column: "Tags[\(key)]", text: tags[key], from: origins, rule: rule.map { "by \($0.reference)" })
        }
    }

    private func text(_ column: FOCUSValue, _ row: some BillRow, _ charge: Charge, _ month: Month) throws(FieldFault) -> String? {
        if let cost = column.cost { return charge.stated.contains(StatedCosts(cost)) ? charge.amounts[cost].description : nil }
        if let text = column.text {
            let bytes = try row.text(text)
            return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
        }
        switch column {
        case .currency: return charge.currency.map { numbers.currencies[$0].code }
        case .billingPeriod: return month.description
        case .chargePeriod: return charge.day.description
        case .category: return charge.category.name
        case .quantity: return row.quantity().map { "\($0.amount) \($0.unit)" }
        default: return nil
        }
    }
}
