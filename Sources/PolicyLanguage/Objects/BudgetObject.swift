import CostModel
import Diagnostics
import YAML

/// `kind: Budget`: a limit on what a part of the bill may cost.
enum BudgetObject: PolicyKindObject {
    static let doc = "A limit on what a part of the bill may cost in a period."
    static let scope = Field("scope", .object(ScopeObject.self), .required, "Which part of the bill; every part that is stated must hold.")
    static let period = Field("period", .choice(PeriodLength.self), default: "monthly", "How long the budget's period is.")
    static let fiscal = Field("fiscal", .object(FiscalObject.self), "The years that the periods are of; without it the workspace's.")
    static let amount = Field("amount", .money, .required, "What a period may cost.")
    static let amounts = Field(
        "amounts", .map(key: .form(name: "a period", examples: ["2026-12"], pattern: periodPattern), of: .money),
        "Amounts of single periods in place of 'amount'.")
    private static let periodPattern =
        "^([0-9]{4}(-Q[1-4]|-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?|FY[0-9]{4}(-[0-9]{2})?(-Q[1-4]|-P(0[1-9]|1[0-2]))?)$"
    static let cost = Field("cost", .choice(CostBasis.self), default: "effective", "Which of the bill's costs is counted.")
    static let include = Field("include", .object(IncludeObject.self), "Which charges count beside usage.")
    static let alerts = Field(
        "alerts", .list(of: .object(AlertObject.self)),
        "When to raise a finding; without it at 80% (medium) and 100% (high) of the actual cost, of a budget with 'per' at 100%.")
    static let plan = Field(
        "plan", .list(of: .object(ChangeObject.self)), "Changes that are known to be coming: forecasts count them from their day on.")
    static let burn = Field(
        "burn", .bool, default: "false", "Whether a finding says that what the plan leaves of the amount burns fast; monthly budgets only.")
    static let per = Field(
        "per", .metricReference, "The name of a Metric: 'amount' is what one of it may cost, and a period may cost as much as was counted.")
    static let fields =
        HeaderFields.all + [
            scope.description, period.description, fiscal.description, amount.description, amounts.description, cost.description,
            include.description,
            alerts.description, plan.description, burn.description, per.description,
        ]
    static let example: String? = """
        kind: Budget
        metadata: {name: payments-monthly}
        spec:
          scope: {team: payments}
          amount: 12000 USD
          alerts:
            - {when: actual, above: 80%}
            - {when: forecast, above: 100%, severity: high}
        """

    static func build(_ record: Record, _ envelope: Envelope) -> Budget? {
        let header = HeaderFields.build(record, envelope, defaultLevel: 1)
        let scope = record.value(of: scope)
        let period = record.value(of: period)
        let calendar = record.value(of: fiscal) ?? record.decoder.calendar
        let amount = record.value(of: amount)
        let amounts = record.value(of: amounts)
        let byPeriod = period.map { singleAmounts(amounts ?? [], $0, calendar, record) }
        let include = record.value(of: include) ?? IncludeObject.Value()
        let cost = record.value(of: cost) ?? .effective
        let per = record.value(of: per)
        let alerts = readAlerts(record)
        let plan = record.value(of: plan) ?? []
        let burn = record.value(of: burn) ?? false
        if burn, per == nil, let period, period != .monthly || cost == .billed, let place = record.keyRange(of: Self.burn) {
            record.report(
                "wrong-value", "'burn' goes by days against a month: not with 'period: \(period.rawValue)' or billed cost", at: place)
        }
        if cost == .billed, calendar.division == .weeks, period != .daily, let place = record.keyRange(of: Self.cost) {
            record.report(
                "wrong-value", "billed cost belongs to billing months, which the weeks of 'calendar: 4-4-5' do not hold", at: place)
        }
        if per != nil { refuseForecasts(alerts, cost, period, record) }
        guard let scope, let amount, let period, let byPeriod, let place = record.keyRange(of: Self.amount) else { return nil }
        var budget = Budget(
            header: header, amountPlace: Place(place), scope: scope, period: period, amount: amount, amounts: byPeriod, cost: cost,
            includeTax: include.tax, includeCredits: include.credits, alerts: alerts)
        budget.calendar = calendar
        budget.burn = burn
        budget.per = per
        budget.plan = plan.sorted { ($0.from, $0.why) < ($1.from, $1.why) }
        return budget
    }

    private static func singleAmounts(
        _ entries: [MapEntry<Money>], _ length: PeriodLength, _ calendar: FiscalCalendar, _ record: Record
    ) -> [BudgetPeriod: Money] {
        var result: [BudgetPeriod: Money] = [:]
        for entry in entries {
            guard let period = BudgetPeriod(length, entry.key.value, in: calendar) else {
                record.report(
                    "wrong-period",
                    "'\(entry.key.value.shortened)' is no period of a budget with 'period: \(length.rawValue)', written as \(example(of: length, in: calendar))",
                    at: entry.key.range)
                continue
            }
            result[period] = entry.value
        }
        return result
    }

    /// `2026-12-24`, `2026-12`, `2026-Q4`, `2026`, or what a fiscal calendar calls the period of that day.
    private static func example(of length: PeriodLength, in calendar: FiscalCalendar) -> String {
        BudgetPeriod(length, holding: Day(year: 2026, month: 12, day: 24), in: calendar).description
    }

    /// What will be counted nobody forecasts, so what needs a forecast does not go with 'per'.
    private static func refuseForecasts(_ alerts: [Budget.Alert], _ cost: CostBasis, _ period: PeriodLength?, _ record: Record) {
        func refuse(_ what: String, _ place: SourceRange?) {
            guard let place else { return }
            record.report("wrong-value", "\(what) does not go with 'per': what will be counted is not forecast", at: place)
        }
        if record.has(plan) { refuse("'plan'", record.keyRange(of: plan)) }
        if record.value(of: burn) ?? false { refuse("'burn'", record.keyRange(of: burn)) }
        for alert in alerts where alert.trigger != .actual {
            refuse("an alert with 'when: \(alert.trigger.rawValue)'", record.keyRange(of: Self.alerts))
        }
        if cost == .billed, let period, period != .daily, let place = record.keyRange(of: Self.cost) {
            record.report("wrong-value", "billed cost belongs to billing months, and 'per' counts days: not with 'per'", at: place)
        }
    }

    private static func readAlerts(_ record: Record) -> [Budget.Alert] {
        // Of one unit 80 % of the amount is what is hoped for.
        if !record.has(alerts), record.has(per) { return [Budget.Alert(.actual, above: share(100), .high)] }
        guard record.has(alerts) else {
            return [
                Budget.Alert(.actual, above: share(80), .medium), Budget.Alert(.actual, above: share(100), .high),
            ]
        }
        var places: [Budget.Alert: SourceRange] = [:]
        var result: [Budget.Alert] = []
        for alert in record.value(of: alerts) ?? [] {
            var identity = alert.value
            identity.severity = .low
            if let first = places[identity] {
                record.report(
                    "duplicate-alert", "this alert repeats another's threshold", at: alert.range,
                    notes: [.init("first stated here", at: first)])
                continue
            }
            places[identity] = alert.range
            result.append(alert.value)
        }
        return result.sorted { ($0.trigger.rawValue, $0.above) < ($1.trigger.rawValue, $1.above) }
    }

    /// A percentage as a share of the amount: 80 becomes 0.8.
    static func share(_ percent: FixedDecimal) -> FixedDecimal { percent.scaled(by: 1, over: 100) }
    private static func share(_ percent: Int) -> FixedDecimal { share(FixedDecimal(percent)) }
}

/// `scope`: a part of the bill.
enum ScopeObject: NestedObject {
    static let doc = "A part of the bill; every part that is stated must hold. Nothing stated is the whole bill."
    static let team = Field("team", .teamReference, "What this team and the teams under it own.")
    static let accounts = Field("accounts", .list(of: .text), "What runs in these accounts.")
    static let services = Field("services", .list(of: .text), "These services, by their names on the bill.")
    static let regions = Field("regions", .list(of: .text), "What runs in these regions.")
    static let tags = Field("tags", .map(key: .text, of: .text), "What carries all of these tags.")
    static let condition = Field("where", .condition, "A condition in CEL over the lines of the bill.")
    static let fields = [
        team.description, accounts.description, services.description, regions.description, tags.description, condition.description,
    ]

    static func build(_ record: Record) -> Budget.Scope? {
        let condition = record.value(of: condition)
        if let condition { ConditionCheck(record.decoder).cost(condition) }
        return Budget.Scope(
            team: record.value(of: team), accounts: record.value(of: accounts), services: record.value(of: services),
            regions: record.value(of: regions), tags: record.value(of: tags).map(\.dictionary), condition: condition?.condition)
    }
}

/// `include`: which charges count beside usage.
enum IncludeObject: NestedObject {
    struct Value: Sendable {
        var tax = false
        var credits = true
    }

    static let doc = "Which charges count beside usage."
    static let tax = Field("tax", .bool, default: "false", "Taxes.")
    static let credits = Field("credits", .bool, default: "true", "Credits, which lower the cost.")
    static let fields = [tax.description, credits.description]

    static func build(_ record: Record) -> Value? {
        Value(tax: record.value(of: tax) ?? false, credits: record.value(of: credits) ?? true)
    }
}

/// One entry of `alerts`.
enum AlertObject: NestedObject {
    static let doc = "A threshold that raises a finding when the cost is above it."
    static let when = Field(
        "when", .choice(Budget.Alert.Trigger.self), default: "actual",
        "Whether the cost to date counts, the forecast, or on a change the forecast and what the change adds.")
    static let above = Field("above", .percent(through: 1_000), .required, "The share of the amount.")
    static let severity = Field("severity", .choice(Severity.self), default: "medium", "How much the finding matters.")
    static let fields = [when.description, above.description, severity.description]

    static func build(_ record: Record) -> Located<Budget.Alert>? {
        let trigger = record.value(of: when)
        let above = record.value(of: above)
        let severity = record.value(of: severity)
        guard let trigger, let above, let severity else { return nil }
        return Located(value: Budget.Alert(trigger, above: BudgetObject.share(above), severity), range: record.node.range)
    }
}

/// One entry of `plan`.
enum ChangeObject: NestedObject {
    static let doc = "A change of what a day costs, from a day on."
    static let from = Field("from", .day, .required, "The first day.")
    static let change = Field("change", .moneyPerDay, .required, "How much more a day costs; less with a minus.")
    static let why = Field("why", .text, .required, "What it is.")
    static let fields = [from.description, change.description, why.description]

    static func build(_ record: Record) -> Budget.Change? {
        let from = record.value(of: from)
        let change = record.value(of: change)
        let why = record.value(of: why)
        guard let from, let change, let why else { return nil }
        return Budget.Change(from: from, perDay: change, why: why)
    }
}

extension [MapEntry<String>] {
    var dictionary: [String: String] { Dictionary(map { ($0.key.value, $0.value) }, uniquingKeysWith: { first, _ in first }) }
}
