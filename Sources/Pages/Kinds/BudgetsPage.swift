import Charts
import CostModel
import Reporting

/// Each budget in the period that is judged: what is spent, what is expected, and what was meant to be spent.
struct BudgetsPage {
    private static let most = 300

    let site: SiteContent
    let names: PageNames

    var body: HTML {
        guard !site.budgets.isEmpty else {
            return "<h1>Budgets</h1>\(Parts.empty("There are no budgets, or nothing is known of them here."))"
        }
        let ordered = site.budgets.sorted { a, b in
            let (left, right) = (Self.share(a) ?? -1, Self.share(b) ?? -1)
            return left == right ? a.status.name < b.status.name : left > right
        }
        let cards = ordered.prefix(12).enumerated().map { index, budget in Self.bullet(budget, id: "c-\(index)") }
        // What is left of a budget for what nobody planned, and how much of that is gone.
        let burns = ordered.contains { $0.status.burn != nil }
        let reserves: [PageTable.Column] = burns ? [.init("reserve", .number), .init("burned", .number)] : []
        let table = PageTable(
            "Budgets",
            [
                .init("budget"), .init("team"), .init("period"), .init("spent", .number), .init("of budget", .number),
                .init("forecast", .number), .init("least", .number), .init("most", .number), .init("budget", .number),
            ] + reserves + [.init("says", .sentence)],
            ordered.prefix(Self.most).map { budget -> [PageTable.Cell] in
                let status = budget.status
                var cells: [PageTable.Cell] = [
                    .init(text: status.name, most: 120), FindingsPage.team(budget.team, names), .init(text: status.period.description),
                    .init(status.known, Self.part(status)),
                    .init("\(Self.share(budget).map { "\($0) %" } ?? "–")", key: Self.share(budget).map(String.init) ?? ""),
                    .init(status.forecast), .init(status.forecastLow), .init(status.forecastHigh), .init(status.amount),
                ]
                if burns { cells += [.init(status.burn?.reserve), .init(status.burn?.burned)] }
                return cells + [.init(text: budget.message ?? status.unitText ?? "within what was meant")]
            })
        return "<h1>Budgets</h1>\(Parts.cards(cards))\(table.html)"
    }

    /// Whole percent of the amount; nil: not known.
    private static func share(_ budget: BudgetEntry) -> Int? {
        guard let known = budget.status.known, let ratio = known.amount.ratio(to: budget.status.amount.amount), abs(ratio) < 1e6 else {
            return nil
        }
        return Int((ratio * 100).rounded(.down))
    }

    static func tile(_ budget: BudgetEntry) -> HTML {
        Parts.tile(
            "Budget", budget.status.amount.short,
            "\(share(budget).map { "\($0) % spent" } ?? "what is spent is not known")\(part(budget.status)) · \(budget.status.name.clipped(to: 80))"
        )
    }

    /// ` (28 of 31 days)` where days that are over are not there.
    private static func part(_ status: BudgetStatus) -> String {
        status.known != nil && status.lacksDays ? " (\(status.coverage.description))" : ""
    }

    static func bullet(_ budget: BudgetEntry, id: String) -> HTML {
        let status = budget.status
        let spent = status.known.map { "\($0.short) spent" } ?? "not known what is spent"
        let forecast = status.forecast.map { ", \($0.short) expected" } ?? ""
        let interval = status.forecastLow.flatMap { low in status.forecastHigh.map { " (\(low.short) to \($0.short))" } } ?? ""
        let unit = status.unitText.map { ": \($0)" } ?? ""
        let summary = "\(spent) of \(status.amount.short) in \(status.period)\(part(status))\(unit)\(forecast)\(interval)."
        let title = "\(status.name.clipped(to: 80)), \(status.period)"
        let message: HTML? = budget.message.map { message in
            "<p class=\"note\">\(budget.severity.map(Parts.severity)) \(message.clipped(to: 300))</p>"
        }
        guard let known = status.known else {
            return "<div class=\"card\"><h3>\(title)</h3><p class=\"note\">\(summary)</p>\(message)</div>"
        }
        let picture = BulletChart(
            title: title, summary: summary, actual: ChartValue(known), expected: status.forecast.map { ChartValue($0) },
            low: status.forecastLow.map { ChartValue($0) }, high: status.forecastHigh.map { ChartValue($0) },
            limit: ChartValue(status.amount)
        ).picture
        return "<div class=\"card\">\(picture.figure(id: id))\(message)</div>"
    }
}
