/// The fields of Google's detailed export that are read, by their paths: nested in JSON, column names in CSV.
enum GCPField: String, CaseIterable {
    case service = "service.description"
    case sku = "sku.id"
    case skuText = "sku.description"
    case start = "usage_start_time"
    case end = "usage_end_time"
    case project = "project.id"
    case labels
    case region = "location.region"
    case cost
    case currency
    /// From US dollars into the currency of the row.
    case rate = "currency_conversion_rate"
    case used = "usage.amount"
    case unit = "usage.unit"
    case credits
    case month = "invoice.month"
    case type = "cost_type"
    case adjustment = "adjustment_info.mode"
    case resource = "resource.global_name"
    case list = "cost_at_list"
    case listUnit = "price.effective_price"
    case model = "consumption_model.description"

    /// Without these a row is no charge.
    static let required: [GCPField] = [.start, .cost, .month, .type]

    static let index: [String: GCPField] = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
    /// What holds some of them.
    static let parents: Set<String> = Set(
        allCases.compactMap { field in
            field.rawValue.contains(".") ? field.rawValue.split(separator: ".").first.map(String.init) : nil
        })
    static let ordinals: [GCPField: Int] = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
    var ordinal: Int { Self.ordinals[self] ?? 0 }
}
