import CostModel

/// ClickHouse before 21, such as the 18.16 of Debian: no named queries, no decimals beyond 38 digits, no JSON functions but `visitParam…`.
///
/// What such a version would pass over or get wrong without a word is counted, and is then no answer.
struct OldClickHouseDialect: EngineDialect {
    private static let firstCurrent = 21

    static func isSpoken(by version: String?) -> Bool {
        guard let major = version?.split(separator: ".").first.flatMap({ Int($0) }) else { return false }
        return major < firstCurrent
    }

    private let current = ClickHouseDialect()

    var title: String { current.title }

    func quoted(_ identifier: String) -> String { current.quoted(identifier) }

    func time(_ column: String, _ storage: BillTable.TimeStorage) -> String {
        switch storage {
        case .timestamp: "toDateTime(\(column), 'UTC')"
        // Of a nullable column this version reads the missing values, too.
        case .text: "if(isNull(\(column)), NULL, parseDateTimeBestEffort(ifNull(\(column), '1970-01-01'), 'UTC'))"
        }
    }

    func day(_ time: String) -> String { current.day(time) }
    func secondBefore(_ time: String) -> String { current.secondBefore(time) }
    func probe(_ clock: String) -> String { current.probe(clock) }

    /// Without maps tags are a `Nested(key String, value String)`, which is two columns.
    func tag(_ key: String, of column: String, _ storage: BillTable.TagStorage) -> String {
        switch storage {
        case .map:
            let (keys, values) = (part("key", of: column), part("value", of: column))
            return "if(has(\(keys), '\(key)'), \(values)[indexOf(\(keys), '\(key)')], NULL)"
        case .json:
            let tags = Self.compact(text(column))
            let raw = "visitParamExtractRaw(\(tags), '\(key)')"
            return "multiIf(visitParamHas(\(tags), '\(key)') = 0, NULL, substring(\(raw), 1, 1) = '\"', "
                + "visitParamExtractString(\(tags), '\(key)'), \(raw) = 'null', NULL, \(raw))"
        }
    }

    private func part(_ name: String, of column: String) -> String { quoted("\(column.filter { $0 != "`" }).\(name)") }

    /// `visitParam…` finds keys at any depth and only without blanks: blanks outside of texts go.
    private static func compact(_ tags: String) -> String {
        #"replaceRegexpAll(ifNull(\#(tags), ''), '("(?:[^"\\\\]|\\\\.)*")|[ \\t\\r\\n]+', '\\1')"#
    }

    /// Only a flat object of plain values is read right; characters beyond 16 bits that are spelt as escapes are not.
    func unreadableTags(_ column: String, _ storage: BillTable.TagStorage) -> String? {
        guard storage == .json else { return nil }
        let value = #"("([^"\\\\]|\\\\.)*"|-?[0-9][-+.0-9eE]*|true|false|null)"#
        let pair = #""[^"\\\\]*":"# + value
        let tags = Self.compact(text(column))
        return "\(column) IS NOT NULL AND \(text(column)) <> '' AND (match(\(tags), '^[{](\(pair)(,\(pair))*)?[}]$') = 0 "
            + #"OR match(\#(tags), '\\\\u[dD][89abAB]'))"#
    }

    /// Of a nullable column this version reads the missing values, too: which of them are stated a key of the row tells.
    func exact(_ column: String) -> String { "toDecimal128(ifNull(\(text(column)), '0'), 18)" }

    /// What is below this does not reach what 38 digits hold, even after the rounding of floating-point numbers.
    func mayWrap(_ value: String) -> String? { "sum(abs(toFloat64(\(value)))) >= 1e20" }
    func text(_ value: String) -> String { current.text(value) }
    var namesQueries: Bool { false }
    var arguments: [String] { current.arguments }
}
