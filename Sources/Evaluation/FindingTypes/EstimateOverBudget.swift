import CostModel

/// Finds budgets that a change would take over an alert.
enum EstimateOverBudget {
    static let id = "estimate-over-budget"
    static let description = FindingType(
        id: id,
        title: "a change takes a budget over an alert",
        does: "Adds what a change does to the monthly cost of a budget's resources, for the days that are left of the period, to the "
            + "forecast of an open period, and holds the sum against alerts with `when: estimate`. Without a base to compare with it says "
            + "nothing, and of a change that adds nothing to the budget neither.",
        cost: "An alert on the bill comes when the money is spent; this one comes before the change is merged.",
        example: """
            kind: Budget
            metadata: {name: search-quarterly}
            spec:
              scope: {team: search}
              amount: 4200 USD
              alerts:
                - {when: estimate, above: 100%}   # forecast 4,384 → 18,800 USD
            """,
        remedy: "Choose something smaller, move what is not urgent to a later period, or agree on another amount in a change of its own.")

    static func crossed(_ effect: EstimateChange.BudgetEffect, alert: Budget.Alert) -> String {
        "\(effect.name): with the change the forecast is \(amount(effect.after)), above \(alert.above.scaled(by: 100, over: 1)) % of "
            + "\(amount(effect.amount)); without it \(amount(effect.before))"
    }

    static func unknown(_ name: String) -> String { "\(name): what the change does to its forecast is not known" }

    static func within(_ effect: EstimateChange.BudgetEffect) -> String {
        "\(effect.name): with the change the forecast is \(amount(effect.after)), which crosses no alert of \(amount(effect.amount))"
    }

    private static func amount(_ money: Money) -> String { CostIncrease.amount(money) }
}
