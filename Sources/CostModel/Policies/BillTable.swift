/// A table in a query engine that holds a bill in FOCUS: what a repository may say of it. Where the engine is, and by which program it is
/// asked, says whoever runs Bursar: see `EngineClient`.
package struct BillTable: Hashable, Sendable {
    /// How tags are stored.
    package enum TagStorage: String, Hashable, Sendable, CaseIterable {
        /// A map of texts; in BigQuery a list of structures with `key` and `value`.
        case map
        /// A JSON object, as text or in the engine's own type.
        case json
    }

    /// How times are stored.
    package enum TimeStorage: String, Hashable, Sendable, CaseIterable {
        /// Timestamps, with a time zone or in UTC, or dates.
        case timestamp
        /// Texts such as `2026-10-31T00:00:00Z`.
        case text
    }

    /// The columns of FOCUS that are asked for, by its names.
    package enum Column: String, Hashable, Sendable, CaseIterable {
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
        case providerName = "ProviderName"
        case subAccountId = "SubAccountId"
        case serviceName = "ServiceName"
        case regionId = "RegionId"
        case resourceId = "ResourceId"
        case skuId = "SkuId"
        case skuPriceId = "SkuPriceId"
        case instanceType = "x_InstanceType"
        case consumedQuantity = "ConsumedQuantity"
        case consumedUnit = "ConsumedUnit"
        case pricingQuantity = "PricingQuantity"
        case pricingUnit = "PricingUnit"
        case pricingCategory = "PricingCategory"
        case commitmentDiscountId = "CommitmentDiscountId"
        case commitmentDiscountType = "CommitmentDiscountType"
        case commitmentDiscountCategory = "CommitmentDiscountCategory"
        case commitmentDiscountStatus = "CommitmentDiscountStatus"
        case tags = "Tags"

        /// Without these a table is no bill.
        package static let required: Set<Column> = [.billedCost, .effectiveCost, .billingPeriodStart, .chargePeriodStart, .chargeCategory]
    }

    package var engine: QueryEngine
    /// `catalog.schema.table`, each part as the engine spells it.
    package var name: [String]
    /// What the table calls columns; what is not named has its usual name.
    package var columns: [Column: String]
    /// Columns that the table does not have. The instance type is no column of FOCUS: who has it names it.
    package var missing: Set<Column>
    package var tags: TagStorage
    package var times: TimeStorage
    /// How many billing months are asked for, the present one included; nil: all that the table has.
    package var months: Int?

    package init(
        engine: QueryEngine, name: [String], columns: [Column: String] = [:], missing: Set<Column> = [],
        tags: TagStorage = .map, times: TimeStorage = .timestamp,
        months: Int? = nil
    ) {
        self.engine = engine
        self.name = name
        self.columns = columns
        self.missing = columns[.instanceType] == nil ? missing.union([.instanceType]) : missing
        self.tags = tags
        self.times = times
        self.months = months
    }

    /// A word that no engine takes for anything but a name: it may stand between any quotes.
    package static func isIdentifier(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text.utf8.first.map { !isDigit($0) && $0 != UInt8(ascii: "-") } ?? false
            && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    }

    /// The parts of `catalog.schema.table`; nil: it is no name of a table.
    package static func parts(of name: String) -> [String]? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        return (1...3).contains(parts.count) && parts.allSatisfy(isIdentifier) ? parts : nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}

/// A program that answers questions in SQL: the words of `engine`.
///
/// A new case asks for its dialect in Observation's `EngineDialects`, which does not compile without.
package enum QueryEngine: String, Hashable, Sendable, CaseIterable {
    case duckdb, clickhouse, postgres, spark, trino, athena, bigquery, snowflake, databricks
}
