import CostModel

/// ClickHouse, by `clickhouse-client`.
struct ClickHouseDialect: EngineDialect {
    var title: String { "ClickHouse" }

    func quoted(_ identifier: String) -> String { "`\(identifier)`" }

    func time(_ column: String, _ storage: BillTable.TimeStorage) -> String {
        switch storage {
        case .timestamp: "toDateTime64(\(column), 0, 'UTC')"
        case .text: "parseDateTime64BestEffort(\(column), 0, 'UTC')"
        }
    }

    func day(_ time: String) -> String { "toString(toDate(\(time)))" }
    func secondBefore(_ time: String) -> String { "\(time) - INTERVAL 1 SECOND" }
    func probe(_ clock: String) -> String { "toDateTime('2000-01-01 \(clock)', 'UTC')" }

    func tag(_ key: String, of column: String, _ storage: BillTable.TagStorage) -> String {
        switch storage {
        // Of a key that is not there a map gives an empty text.
        case .map: return "if(mapContains(\(column), '\(key)'), \(column)['\(key)'], NULL)"
        case .json:
            let tags = text(column)
            return "multiIf(JSONType(\(tags), '\(key)') = 'String', JSONExtractString(\(tags), '\(key)'), "
                + "JSONType(\(tags), '\(key)') IN ('Int64', 'UInt64', 'Double', 'Bool'), JSONExtractRaw(\(tags), '\(key)'), NULL)"
        }
    }

    func unreadableTags(_ column: String, _ storage: BillTable.TagStorage) -> String? {
        storage == .json ? "\(column) IS NOT NULL AND \(text(column)) <> '' AND isValidJSON(\(text(column))) = 0" : nil
    }

    /// Sums of narrower decimals wrap around without a word.
    func exact(_ column: String) -> String { "toDecimal256(\(text(column)), 18)" }
    func text(_ value: String) -> String { "toString(\(value))" }
    var arguments: [String] { ["--format", "CSVWithNames", "--query", "{sql}"] }
}
