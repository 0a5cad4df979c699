import CostModel
import Diagnostics
import JSON

/// An answer of Cost Explorer as a bill in FOCUS, of which each row is one group of one day or month.
///
/// What the question did not group by is not known: a service, an account. `UnblendedCost` is what is billed, `AmortizedCost` what it costs
/// effectively; net ones go before them. What was not asked for is not stated, which is neither zero nor another cost.
struct CostExplorerAnswer {
    static let sizeLimit = 64 << 20

    /// Whether no day of it is estimated any more: then it will not change.
    private(set) var isFinal = true
    private var groups: [Grouping] = []
    private var rows: [[String]] = []

    /// What one of the keys of a group is.
    private enum Grouping {
        case column(BillTable.Column)
        case recordType
        case tag(String)
        /// Something that no column of FOCUS holds.
        case other
    }

    /// - Throws: a fault for whatever is not a whole answer.
    init(_ bytes: [UInt8], depth: Int = CommandConnector.standardDepth) throws(FileFault) {
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONReader.read(bytes, limits: JSONLimits(size: Self.sizeLimit, depth: depth))
        } catch { throw Self.fault("it is no JSON: \(error)") }
        guard let results = document.at("ResultsByTime").elements else {
            throw Self.fault("'ResultsByTime' is missing: this is no answer of Cost Explorer")
        }
        guard document.at("NextPageToken").textValue == nil else {
            throw Self.fault("another page follows: ask for less at once, such as one dimension instead of two")
        }
        groups = (document.at("GroupDefinitions").elements ?? []).map(Self.grouping)
        for result in results { try read(result) }
    }

    private static func grouping(_ definition: JSONValue) -> Grouping {
        let key = definition.at("Key").textValue ?? ""
        switch (definition.at("Type").textValue, key) {
        case ("DIMENSION", "SERVICE"): return .column(.serviceName)
        case ("DIMENSION", "LINKED_ACCOUNT"): return .column(.subAccountId)
        case ("DIMENSION", "REGION"): return .column(.regionId)
        case ("DIMENSION", "RESOURCE_ID"): return .column(.resourceId)
        case ("DIMENSION", "RECORD_TYPE"): return .recordType
        case ("TAG", _): return .tag(key)
        default: return .other
        }
    }

    private mutating func read(_ result: JSONValue) throws(FileFault) {
        guard let start = result.at("TimePeriod", "Start").textValue, let end = result.at("TimePeriod", "End").textValue,
            let day = Day(String(start.prefix(10))), let last = Day(String(end.prefix(10)))
        else { throw Self.fault("a result has no 'TimePeriod'") }
        if case .bool(false) = result.at("Estimated") {} else { isFinal = false }
        // An hour ends on the day on which it began.
        let period = (day, max(last, day.advanced(by: 1)))
        let found = result.at("Groups").elements ?? []
        guard found.isEmpty else {
            for group in found { try add(group.at("Metrics"), (group.at("Keys").elements ?? []).map { $0.textValue ?? "" }, period) }
            return
        }
        if groups.isEmpty { try add(result.at("Total"), [], period) }
    }

    private mutating func add(_ metrics: JSONValue, _ keys: [String], _ period: (start: Day, end: Day)) throws(FileFault) {
        guard keys.count == groups.count else { throw Self.fault("a group has \(keys.count) keys, and was asked for \(groups.count)") }
        let billed = metrics.member(of: ["NetUnblendedCost", "UnblendedCost"])
        let effective = metrics.member(of: ["NetAmortizedCost", "AmortizedCost"])
        guard let currency = (billed ?? effective)?.at("Unit").textValue else {
            throw Self.fault("it has neither UnblendedCost nor AmortizedCost: ask with '--metrics UnblendedCost AmortizedCost'")
        }
        let month = period.start.month
        var category = ChargeCategory.usage
        var tags: [JSONValue.Member] = []
        var columns: [BillTable.Column: String] = [:]
        for (grouping, key) in zip(groups, keys) {
            switch grouping {
            // What has none of it is grouped below a word of Cost Explorer's own.
            case .column(let column): columns[column] = key.hasPrefix("No") && key.contains("Resource") ? "" : key
            case .recordType: category = Self.category(key)
            case .tag(let name):
                let value = key.hasPrefix(name + "$") ? key.dropFirst(name.utf8.count + 1) : key[...]
                if !value.isEmpty { tags.append(JSONValue.Member(name, .string(String(value)))) }
            case .other: break
            }
        }
        let written =
            tags.isEmpty ? "" : String(decoding: JSONWriter.bytes(of: .object(tags), .compact, escaping: .standard), as: UTF8.self)
        rows.append(
            [
                billed?.at("Amount").numberText ?? "", effective?.at("Amount").numberText ?? "", currency,
                month.firstDay.description, month.advanced(by: 1).firstDay.description, period.start.description,
                period.end.description, category.name, "AWS",
            ] + stated.map { columns[$0] ?? "" } + (hasTags ? [written] : []) + ["1"])
    }

    /// Of `RECORD_TYPE`.
    private static func category(_ type: String) -> ChargeCategory {
        switch type {
        case "Tax": .tax
        case "Credit", "Refund", "EnterpriseDiscount", "BundledDiscount": .credit
        case "RIFee", "SavingsPlanRecurringFee", "SavingsPlanUpfrontFee", "Fee": .purchase
        default: .usage
        }
    }

    private var stated: [BillTable.Column] { groups.compactMap { if case .column(let column) = $0 { column } else { nil } } }
    private var hasTags: Bool { groups.contains { if case .tag = $0 { true } else { false } } }

    /// In FOCUS, the rows in the order of the answer.
    var bill: AnsweredBill {
        let names: [BillTable.Column] = [
            .billedCost, .effectiveCost, .billingCurrency, .billingPeriodStart, .billingPeriodEnd, .chargePeriodStart, .chargePeriodEnd,
            .chargeCategory, .providerName,
        ]
        let header = (names + stated + (hasTags ? [.tags] : [])).map(\.rawValue) + [EngineAnswer.chargesColumn]
        let lines = ([header] + rows).map { $0.map(Self.quoted).joined(separator: ",") + "\n" }
        return AnsweredBill(text: Array(lines.joined().utf8), charges: rows.count)
    }

    private static func quoted(_ field: String) -> String {
        let isPlain = field.utf8.allSatisfy {
            ($0 | 0x20) &- 97 < 26 || $0 &- 48 < 10 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        return isPlain ? field : "\"" + field.replacing("\"", with: "\"\"") + "\""
    }

    private static func fault(_ reason: String) -> FileFault {
        FileFault(id: "cost-explorer", description: "the answer of Cost Explorer is not whole: \(reason.printable)")
    }
}

extension JSONValue {
    /// The first of some members that is there.
    fileprivate func member(of keys: [String]) -> JSONValue? { keys.lazy.compactMap { self[$0] }.first }
}
