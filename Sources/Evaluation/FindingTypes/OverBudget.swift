import CostModel

/// Finds budgets of which an alert is crossed.
enum OverBudget {
    static let id = "over-budget"
    static let description = FindingType(
        id: id,
        title: "a budget's alert is crossed",
        does: "Adds up the period that holds the newest whole day, and for an open period forecasts the rest: the actual to date and, for "
            + "every remaining day, the mean of that weekday over the last four weeks. Crossed means above. The highest crossed alert "
            + "makes the one finding of the budget. Where days are missing, or an alert on a forecast has none, it is unknown.",
        cost: "What is above the amount is money nobody planned for; the sooner it is seen, the less of it there is.",
        example: """
            kind: Budget
            metadata: {name: payments-monthly}
            spec:
              scope: {team: payments}
              amount: 12000 USD   # October's actual is 12,410.10 USD
            """,
        remedy: "Look at what grew with `bursar cost`, fix the findings of the same team, or agree on another amount in a pull request.")

    static func crossed(_ status: BudgetStatus, alert: Budget.Alert, cost: Money) -> String {
        "\(status.name): the \(alert.trigger.rawValue) of \(status.period), \(amount(cost)), is above \(threshold(alert, of: status.amount))"
            + unit(status)
    }

    static func unknown(_ name: String) -> String { "\(name): what it has spent is not known" }

    static func unmatched(_ name: String) -> String { "\(name): its scope never matched a row of the bill" }

    static func undecided(_ status: BudgetStatus, _ reason: String) -> String {
        let actual = status.known.map { ", \(amount($0))," } ?? ""
        return "\(status.name): the actual of \(status.period)\(actual) cannot be judged: \(reason)"
    }

    /// `21 of 31 days; missing are 2026-10-13..2026-10-22`
    static func missing(_ coverage: DayCoverage) -> String {
        let runs = coverage.missingRuns
        return "\(coverage.counted) are there; missing: " + runs.prefix(3).joined(separator: ", ")
            + (runs.count > 3 ? " and \(runs.count - 3) more" : "")
    }

    static func within(_ status: BudgetStatus) -> String {
        "\(status.name): the actual of \(status.period), \(amount(status.actual)), crosses no alert of \(amount(status.amount))"
            + unit(status)
    }

    private static func threshold(_ alert: Budget.Alert, of limit: Money) -> String {
        "\(alert.above.scaled(by: 100, over: 1)) % of \(amount(limit))"
    }

    private static func unit(_ status: BudgetStatus) -> String { status.unitText.map { ": \($0)" } ?? "" }

    private static func amount(_ money: Money) -> String { "\(money.amount.rounded(to: 2)) \(money.currency)" }
}
