import CostModel
import Diagnostics

/// What an engine is asked for: by which columns rows are told apart, and what is added up of those that are alike.
///
/// Rows that agree in everything that a reading asks for are one to it. So a question is exactly what the reading looks at, and its answer
/// gives the same lines as the rows themselves.
struct EngineQuestion: Hashable {
    /// One field of a row of the answer beside its sums.
    enum Key: Hashable {
        /// The day of a time.
        case day(BillTable.Column)
        /// The last day of a period whose end is not part of it.
        case lastDay(BillTable.Column)
        case text(BillTable.Column)
        /// Whether rows state a cost or a quantity: those that do not are never added to those that do.
        case isStated(BillTable.Column)
        /// The value of an asked tag, by its index.
        case tag(Int)

        /// What the field is called in a statement; no engine has a column of that name.
        var name: String {
            switch self {
            case .day(let column), .lastDay(let column), .text(let column): "k_\(column.rawValue)"
            case .isStated(let column): "has_\(column.rawValue)"
            case .tag(let index): "k_tag_\(index + 1)"
            }
        }
    }

    var keys: [Key]
    var sums: [BillTable.Column]
    /// Sorted and distinct.
    var tagKeys: [String]
    /// Whether an answer says when its rows begin: it tells files apart that state the same in other hours.
    var saysTimes = false
    /// A column whose greatest value an answer says, and of how many rows it has none.
    var changeColumn: String?

    /// - Parameters:
    ///   - usage: whether single resources' days are asked for, with what they used.
    ///   - units: whether what resources are charged by the unit is asked for.
    ///   - missing: columns that the table lacks.
    init(_ query: BillQuery, usage: Bool = false, units: Bool = false, missing: Set<BillTable.Column>) {
        func isThere(_ column: BillTable.Column) -> Bool { !missing.contains(column) }
        var texts: Set<BillTable.Column> = [.chargeCategory, .billingCurrency, .subAccountId]
        var asksTags = false
        for dimension in query.dimensions {
            switch dimension {
            case .text(let text): if let column = Self.column(of: text) { texts.insert(column) }
            case .team:
                texts.insert(.resourceId)
                asksTags = true
            case .tag, .tagSet: asksTags = true
            // The texts of the commitment are asked for with it.
            case .pricing: texts.formUnion([.pricingCategory, .commitmentDiscountStatus])
            case .hour, .transfer, .day, .chargeMonth, .billingMonth, .category, .currency: break
            }
        }
        var sums: Set<BillTable.Column> = [.billedCost, .effectiveCost]
        for basis in query.requiredBases.union(query.bases) { sums.insert(Self.column(of: basis)) }
        if usage {
            texts.formUnion([.resourceId, .skuId, .skuPriceId, .consumedUnit, .pricingUnit])
            sums.formUnion([.consumedQuantity, .pricingQuantity])
        }
        if units {
            texts.formUnion([.resourceId, .skuId, .skuPriceId, .consumedUnit, .pricingUnit, .pricingCategory])
            sums.formUnion([.contractedCost, .consumedQuantity, .pricingQuantity])
        }
        self.sums = BillTable.Column.allCases.filter { sums.contains($0) && isThere($0) }
        tagKeys = asksTags && isThere(.tags) ? query.tagKeys : []
        keys = [.day(.chargePeriodStart), .lastDay(.chargePeriodEnd), .day(.billingPeriodStart), .day(.billingPeriodEnd)]
        keys += BillTable.Column.allCases.filter { texts.contains($0) }.map { .text($0) }
        keys = keys.filter { key in
            switch key {
            case .day(let column), .lastDay(let column), .text(let column): isThere(column)
            case .isStated, .tag: true
            }
        }
        keys += tagKeys.indices.map { .tag($0) } + self.sums.map { .isStated($0) }
    }

    /// How many rows a billing period has, what they cost, and how new they are: what tells whether another question has the same answer as before.
    func fingerprints(by changeColumn: String) -> EngineQuestion {
        var question = self
        question.keys = [.day(.billingPeriodStart)]
        question.tagKeys = []
        question.changeColumn = changeColumn
        return question
    }

    /// The names of an answer's fields, in their order.
    var fields: [String] {
        ["part"] + keys.map(\.name) + ["checks", "charges"] + sums.map { "s_\($0.rawValue)" } + (saysTimes ? ["s_first", "s_last"] : [])
            + (changeColumn == nil ? [] : ["s_unmarked", "s_changed"])
    }

    /// A key of a tag that no dialect has to escape; nil: every asked one is.
    var unaskableTagKey: String? {
        let marks = Set(" _.:/=+@-".utf8)
        return tagKeys.first { key in
            !key.utf8.allSatisfy { ($0 | 0x20) &- UInt8(ascii: "a") < 26 || $0 &- UInt8(ascii: "0") < 10 || marks.contains($0) }
        }
    }

    static func refusal(of key: String) -> String {
        "an engine is not asked for the tag '\(String(key.prefix(60)).printable)': its key has more than letters, digits, blanks and "
            + "'_.:/=+@-'"
    }

    private static func column(of text: ChargeText) -> BillTable.Column? {
        switch text {
        case .account: .subAccountId
        case .provider: .providerName
        case .service: .serviceName
        case .region: .regionId
        case .resource: .resourceId
        case .sku: .skuId
        case .skuPrice: .skuPriceId
        case .instanceType: .instanceType
        case .commitment: .commitmentDiscountId
        case .commitmentType: .commitmentDiscountType
        case .commitmentCategory: .commitmentDiscountCategory
        // Asked of single rows only, which an engine is not asked for.
        case .description, .usageType, .operation, .meter: nil
        }
    }

    private static func column(of cost: CostBasis) -> BillTable.Column {
        switch cost {
        case .effective: .effectiveCost
        case .billed: .billedCost
        case .list: .listCost
        case .contracted: .contractedCost
        }
    }
}
