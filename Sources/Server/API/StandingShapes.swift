internal import CostModel
internal import JSON
internal import Reporting

/// How budgets, forecasts, anomalies, scenarios and the figures of requests are shown.
enum StandingShapes {
    private static let money = Schema.optional(.reference("Money"))

    // MARK: Budgets

    static let budget = RecordShape<BudgetEntry>(
        name: "Budget",
        fields: [
            .text("name") { $0.status.name }, .text(orNull: "team") { $0.team }, .text("period") { $0.status.period.description },
            .field("from", .day) { .string($0.status.period.days.lowerBound.description) },
            .field("to", .day) { .string($0.status.period.days.upperBound.advanced(by: -1).description) },
            .word("cost") { $0.status.cost }, .field("closed", .flag) { .bool($0.status.closed) },
            .field("amount", .reference("Money")) { JSONValue($0.status.amount) },
            .field("spent", .described(money, "null: not known")) { JSONValue($0.status.known) },
            .field("forecast", .described(money, "of the whole period; null: there is none")) { JSONValue($0.status.forecast) },
            .field("low", money) { JSONValue($0.status.forecastLow) }, .field("high", money) { JSONValue($0.status.forecastHigh) },
            .field("knownDays", .integer) { JSONValue($0.status.coverage.known) },
            .field("days", .integer) { JSONValue($0.status.coverage.days) },
            .field("burn", .described(.optional(burn.reference), "null: nobody asked, or it is not known")) { entry in
                entry.status.burn.map(burn.json) ?? .null
            },
            .field("perUnit", .described(.optional(perUnit.reference), "null: the amount is the budget's own")) { entry in
                entry.status.perUnit == nil ? .null : perUnit.json(entry.status)
            },
            .field("severity", .described(.optional(.word(Severity.allCases.map(\.rawValue))), "of its finding; null: it passes")) {
                JSONValue($0.severity?.rawValue)
            },
            .text(orNull: "message") { $0.message },
        ])

    static let perUnit = RecordShape<BudgetStatus>(
        name: "PerUnit",
        fields: [
            .text("unit") { $0.perUnit?.unit ?? "" },
            .field("amount", .described(.reference("Money"), "what one may cost")) { JSONValue($0.perUnit?.amount) },
            .field("count", .described(.text, "over the days that the bill and the metric both have")) {
                .string($0.perUnit?.count.description ?? "")
            },
            .field("cost", .described(money, "what one costs; null: not known")) { JSONValue($0.unitCost) },
        ])

    static let burn = RecordShape<BudgetStatus.Burn>(
        name: "Burn",
        fields: [
            .field("plan", .described(.reference("Money"), "what the period costs if nothing happens")) { JSONValue($0.plan) },
            .field("reserve", .described(.reference("Money"), "the amount less the plan")) { JSONValue($0.reserve) },
            .field("burned", .described(.reference("Money"), "of the reserve, since the period began")) { JSONValue($0.burned) },
            .field("tooNoisy", .flag) { .bool($0.isTooNoisy) },
        ])

    // MARK: Forecasts

    struct Forecast {
        /// Nil: of the whole bill.
        var budget: String?
        var team: String?
        var status: BudgetStatus

        var key: String { budget.map { "budget.\($0)" } ?? "bill" }

        /// The month of the whole bill first, then budgets by name.
        static func all(of kept: KeptEvaluation) -> [Forecast] {
            let whole = kept.overview.map { [Forecast(budget: nil, team: nil, status: $0.month)] } ?? []
            return whole
                + kept.budgets.sorted { $0.status.name < $1.status.name }.map {
                    Forecast(budget: $0.status.name, team: $0.team, status: $0.status)
                }
        }
    }

    static let forecast = RecordShape<Forecast>(
        name: "Forecast",
        fields: [
            .field("budget", .described(.optional(.text), "null: the whole bill, this month")) { JSONValue($0.budget) },
            .text(orNull: "team") { $0.team }, .text("period") { $0.status.period.description },
            .field("from", .day) { .string($0.status.period.days.lowerBound.description) },
            .field("to", .day) { .string($0.status.period.days.upperBound.advanced(by: -1).description) },
            .field("spent", .described(money, "null: not known")) { JSONValue($0.status.known) },
            .field("expected", .described(money, "of the whole period; null: there is no forecast")) { JSONValue($0.status.forecast) },
            .field("low", money) { JSONValue($0.status.forecastLow) }, .field("high", money) { JSONValue($0.status.forecastHigh) },
            .field("method", .described(.optional(.text), "how it was made, or why there is none")) { JSONValue($0.status.forecastMethod) },
            .field("knownDays", .integer) { JSONValue($0.status.coverage.known) },
            .field("days", .integer) { JSONValue($0.status.coverage.days) },
        ])

    // MARK: Anomalies and scenarios

    static let anomaly = RecordShape<JSONValue>(
        "Anomaly",
        [
            ("id", .text), ("policy", .reference("Policy")), ("team", .optional(.text)), ("group", .optional(.text)),
            ("account", .optional(.text)), ("kind", .text), ("start", .day), ("end", .described(.optional(.day), "null: it goes on")),
            ("lastDay", .day), ("running", .flag), ("expected", .reference("Money")), ("actual", .reference("Money")),
            ("impact", .reference("Money")), ("why", .described(.optional(.text), "why the policy says that it was coming")),
        ])

    static let simulation = RecordShape<JSONValue>(
        "Simulation",
        [
            ("name", .text), ("file", .text), ("line", .integer), ("currency", .text), ("before", .reference("Money")),
            ("after", .reference("Money")), ("unknown", .described(.integer, "resources of which it is not known")),
            ("resources", .list(resource.reference)), ("objectives", .list(objective.reference)), ("checks", .list(check.reference)),
        ])

    static let resource = RecordShape<JSONValue>(
        "SimulatedResource",
        [
            ("root", .text), ("address", .text), ("team", .optional(.text)), ("changes", .list(.text)), ("before", money), ("after", money),
            ("difference", money), ("notes", .list(.text)), ("load", .optional(load.reference)),
        ])

    static let load = RecordShape<JSONValue>(
        "SimulatedLoad", [("cpu", .optional(side.reference)), ("memory", .optional(side.reference)), ("reason", .optional(.text))])

    static let side = RecordShape<JSONValue>(
        "LoadInPercent", [("before", .number), ("after", .number), ("broken", .optional(.number))])

    static let objective = RecordShape<JSONValue>(
        "SimulatedObjective",
        [
            ("service", .text), ("objective", .text), ("before", .text), ("after", .text), ("chance", .optional(.number)),
            ("message", .text),
        ])

    static let check = RecordShape<JSONValue>(
        "SimulationCheck", [("result", .word(Verdict.allCases.map(\.rawValue))), ("message", .text)])

    // MARK: Figures

    static let figures = RecordShape<AdoptionFigures>(
        name: "Figures",
        fields: [
            .field("all", part.reference) { part.json($0.all) }, .list("teams", of: part) { $0.teams },
        ])

    static let part = RecordShape<AdoptionFigures.Part>(
        name: "FiguresOfTeam",
        fields: [
            .field("team", .described(.optional(.text), "null: of all")) { JSONValue($0.team) },
            .field("offered", .described(.integer, "changes in requests")) { JSONValue($0.offered) },
            .integer("merged") { $0.merged }, .integer("dismissed") { $0.dismissed },
            .field("adoption", .described(.optional(.number), "of those decided on, the merged ones, in percent; null: none is")) {
                JSONValue($0.adoption.map { Points(hundredths: $0) })
            },
            .field("measured", .described(.integer, "merged changes that later bills measured")) { JSONValue($0.measured) },
            sums("verified", "in a month, by currency", \.verified), sums("realised", "in a month, by currency", \.realised),
            sums("pending", "promised a month by what is not measured yet", \.pending),
            sums("clawedBack", "verified once, until the findings came back", \.clawedBack),
        ])

    private static func sums(
        _ key: String, _ summary: String, _ amounts: @escaping @Sendable (AdoptionFigures.Part) -> [Money]
    ) -> RecordShape<AdoptionFigures.Part>.Field {
        .field(key, .described(.list(.reference("Money")), summary)) { .array(amounts($0).map { JSONValue($0) }) }
    }

    static var schemas: [(String, Schema)] {
        let lists =
            [(budget.name, budget.schema), budget.page, (forecast.name, forecast.schema), forecast.page] + [
                (anomaly.name, anomaly.schema), anomaly.page, (simulation.name, simulation.schema), simulation.page,
            ]
        let others = [resource, load, side, objective, check].map { ($0.name, $0.schema) }
        let parts = [(burn.name, burn.schema), (perUnit.name, perUnit.schema), (figures.name, figures.schema), (part.name, part.schema)]
        return lists + others + parts
    }
}
