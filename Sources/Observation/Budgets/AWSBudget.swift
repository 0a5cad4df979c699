import CostModel
import Diagnostics
import JSON

/// One budget of AWS Budgets, as a document of kind Budget.
struct AWSBudget {
    private let budget: JSONValue
    private let name: String
    private let today: Day
    private var remarks: [String] = []
    /// Why it cannot be written at all.
    private var obstacle: String?

    init(_ budget: JSONValue, name: String, today: Day) {
        self.budget = budget
        self.name = name
        self.today = today
    }

    var entry: BudgetImport.Entry {
        var writer = self
        let text = writer.document()
        return BudgetImport.Entry(
            name: (budget.at("BudgetName").textValue ?? name).printable, text: text,
            remarks: writer.remarks + [writer.obstacle].compactMap(\.self), isLeftOut: writer.obstacle != nil)
    }

    private mutating func document() -> String {
        let title = (budget.at("BudgetName").textValue ?? "").printable
        checkKind()
        let period = period()
        let amounts = amounts(period)
        let scope = scope()
        let cost = cost()
        var lines = [
            "# From AWS Budgets: \(title.isEmpty ? "a budget without a name" : title)", "kind: Budget", "metadata: {name: \(name)}",
            "spec:", scope.isEmpty ? "  scope: {}" : "  scope:",
        ]
        lines += scope.map { "    \($0)" }
        if let period { lines.append("  period: \(period.rawValue)") }
        lines += amounts.map { "  \($0)" } + cost.map { "  \($0)" }
        if let obstacle {
            lines.insert("# Not written: \(obstacle)", at: 1)
            lines = [lines[0], lines[1]] + lines.dropFirst(2).map { "# \($0)" }
        } else {
            for remark in remarks.reversed() { lines.insert("# Not expressed: \(remark)", at: 1) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func obstruct(_ reason: String) { obstacle = obstacle ?? reason.printable }

    // MARK: What is counted

    private mutating func checkKind() {
        let type = budget.at("BudgetType").textValue ?? ""
        if type != "COST" {
            obstruct("it is a budget of \(type.isEmpty ? "no known type" : type), and only costs are held against limits here")
        }
        if let end = budget.at("TimePeriod", "End").time, end.day < today { obstruct("it ended on \(end.day)") }
        if budget.at("BillingViewArn").textValue.map({ !$0.hasSuffix("/primary") }) ?? false {
            remarks.append("it counts a billing view of its own; here the whole bill is counted")
        }
        if let kind = budget.at("AutoAdjustData", "AutoAdjustType").textValue {
            remarks.append("AWS adjusts its limit by itself (\(kind)); the amount is that of today".printable)
        }
    }

    private mutating func period() -> PeriodLength? {
        switch budget.at("TimeUnit").textValue {
        case "DAILY": return .daily
        case "MONTHLY": return .monthly
        case "QUARTERLY": return .quarterly
        case "ANNUALLY": return .annually
        case let other:
            obstruct("its period '\(other ?? "")' is none of days, months, quarters and years")
            return nil
        }
    }

    private mutating func amounts(_ period: PeriodLength?) -> [String] {
        var planned: [(period: BudgetPeriod, money: String)] = []
        if let period, case .object(let members) = budget.at("PlannedBudgetLimits") {
            for member in members {
                // Seconds since 1970, or a time.
                guard let start = JSONValue.number(member.key).time ?? Instant(member.key), let money = money(member.value) else {
                    obstruct("a planned limit cannot be read")
                    continue
                }
                planned.append((BudgetPeriod(period, holding: start.day), money))
            }
        }
        planned.sort { $0.period < $1.period }
        let usual = money(budget.at("BudgetLimit")) ?? planned.last { $0.period.days.lowerBound <= today }?.money ?? planned.first?.money
        guard let usual else {
            obstruct("it states no limit")
            return []
        }
        let others = planned.filter { $0.money != usual }
        return ["amount: \(usual)"] + (others.isEmpty ? [] : ["amounts:"] + others.map { "  \($0.period): \($0.money)" })
    }

    /// `12000 USD`, exactly.
    private func money(_ spend: JSONValue) -> String? {
        guard let text = spend.at("Amount").numberText, let unit = spend.at("Unit").textValue, let currency = Currency(unit) else {
            return nil
        }
        do throws(FixedDecimal.ParseError) {
            let amount = try FixedDecimal(text)
            return amount > .zero ? Money(amount, currency).exact : nil
        } catch { return nil }
    }

    private mutating func cost() -> [String] {
        let metrics = Set((budget.at("Metrics").elements ?? []).compactMap(\.textValue))
        let types = budget.at("CostTypes")
        func says(_ key: String) -> Bool? { if case .bool(let flag)? = types[key] { flag } else { nil } }
        let isAmortized = says("UseAmortized") ?? false || !metrics.isDisjoint(with: ["AmortizedCost", "NetAmortizedCost"])
        if says("UseBlended") ?? false || metrics.contains("BlendedCost") {
            remarks.append("it counts blended cost; here what is billed is counted")
        }
        for (key, what) in [
            ("IncludeSubscription", "subscriptions"), ("IncludeUpfront", "upfront fees"), ("IncludeRecurring", "recurring fees"),
            ("IncludeOtherSubscription", "other subscriptions"), ("IncludeSupport", "support"), ("IncludeDiscount", "discounts"),
        ] where says(key) == false {
            remarks.append("it leaves \(what) out; here they count")
        }
        let credits = says("IncludeCredit") ?? true
        if let refunds = says("IncludeRefund"), refunds != credits {
            remarks.append("it counts \(refunds ? "refunds and no credits" : "credits and no refunds"); here both are credits")
        }
        var lines = isAmortized ? [] : ["cost: billed"]
        lines.append("include: {tax: \(says("IncludeTax") ?? true), credits: \(credits)}")
        return lines
    }

    // MARK: Which part of the bill

    private mutating func scope() -> [String] {
        if budget.at("FilterExpression").isObject { return scope(of: budget.at("FilterExpression")) }
        guard case .object(let filters) = budget.at("CostFilters") else { return [] }
        var lines: [String] = []
        var conditions: [String] = []
        for filter in filters {
            let values = (filter.value.elements ?? []).compactMap(\.textValue)
            switch filter.key {
            case "Service": lines.append("services: \(Self.list(values))")
            case "LinkedAccount": lines.append("accounts: \(Self.list(values))")
            case "Region": lines.append("regions: \(Self.list(values))")
            case "TagKeyValue":
                // Any of the values of a key, and all of the keys.
                let pairs = values.map { value in
                    value.split(separator: "$", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                }
                for (key, values) in Dictionary(grouping: pairs, by: { Self.tagKey($0[0]) }).sorted(by: { $0.key < $1.key }) {
                    conditions.append(Self.tag(key, values.map { $0.count > 1 ? $0[1] : "" }))
                }
            default: obstruct("its filter '\(filter.key)' has no counterpart in a scope")
            }
        }
        if !conditions.isEmpty { lines.append("where: \(Self.quoted(conditions.joined(separator: " && ")))") }
        return lines
    }

    /// A user's tag is `user:team` there, and `team` on the bill in FOCUS.
    private static func tagKey(_ key: String) -> String { key.hasPrefix("user:") ? String(key.dropFirst("user:".count)) : key }

    private mutating func scope(of expression: JSONValue) -> [String] {
        // What all must hold, of which single dimensions have keys of their own.
        let parts = expression.at("And").elements ?? [expression]
        var lines: [String] = []
        var conditions: [String] = []
        var keys: Set<String> = []
        for part in parts {
            let values = (part.at("Dimensions", "Values").elements ?? []).compactMap(\.textValue)
            if let key = Self.keys[part.at("Dimensions", "Key").textValue ?? ""], isPlain(part.at("Dimensions")),
                keys.insert(key.scope).inserted
            {
                lines.append("\(key.scope): \(Self.list(values))")
            } else if let condition = condition(part) {
                conditions.append(condition)
            }
        }
        if !conditions.isEmpty { lines.append("where: \(Self.quoted(conditions.joined(separator: " && ")))") }
        return lines
    }

    /// By Cost Explorer's name of a dimension: the key of a scope, and the field of a line in CEL.
    private static let keys: [String: (scope: String, field: String)] = [
        "SERVICE": ("services", "cost.service"), "LINKED_ACCOUNT": ("accounts", "cost.account"), "REGION": ("regions", "cost.region"),
    ]

    /// Whether values are compared letter by letter.
    private func isPlain(_ values: JSONValue) -> Bool {
        (values.at("MatchOptions").elements ?? []).allSatisfy { ["EQUALS", "CASE_SENSITIVE"].contains($0.textValue) }
    }

    /// - Returns: nil: it cannot be said, which is then the budget's obstacle.
    private mutating func condition(_ expression: JSONValue) -> String? {
        for (key, mark) in [("And", " && "), ("Or", " || ")] {
            guard let parts = expression.at(key).elements else { continue }
            let conditions = parts.compactMap { condition($0) }
            return conditions.isEmpty ? nil : "(" + conditions.joined(separator: mark) + ")"
        }
        if expression.at("Not").isObject { return condition(expression.at("Not")).map { "!(\($0))" } }
        let (dimensions, tags) = (expression.at("Dimensions"), expression.at("Tags"))
        if let key = Self.keys[dimensions.at("Key").textValue ?? ""], isPlain(dimensions) {
            return "\(key.field) in \(Self.list((dimensions.at("Values").elements ?? []).compactMap(\.textValue)))"
        }
        if let key = tags.at("Key").textValue, isPlain(tags) {
            return Self.tag(Self.tagKey(key), (tags.at("Values").elements ?? []).compactMap(\.textValue))
        }
        let what = dimensions.at("Key").textValue ?? expression.at("CostCategories", "Key").textValue.map { "cost category \($0)" }
        obstruct("its filter by '\(what ?? "something else")' has no counterpart in a scope")
        return nil
    }

    private static func tag(_ key: String, _ values: [String]) -> String {
        "(\(literal(key)) in cost.tags && cost.tags[\(literal(key))] in \(list(values)))"
    }

    // MARK: Written

    private static func list(_ values: [String]) -> String { "[" + values.map(literal).joined(separator: ", ") + "]" }

    /// Between double quotes, as YAML and CEL both read it.
    private static func literal(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": literal += "\\\(scalar)"
            case "\n": literal += "\\n"
            case "\t": literal += "\\t"
            case "\r": literal += "\\r"
            default: literal.unicodeScalars.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
            }
        }
        return literal + "\""
    }

    /// A condition between single quotes, in which YAML changes nothing but doubled ones.
    private static func quoted(_ condition: String) -> String { "'" + condition.replacing("'", with: "''") + "'" }
}
