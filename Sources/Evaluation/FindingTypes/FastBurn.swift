import CostModel

/// Finds budgets whose error budget burns fast.
enum FastBurn {
    static let id = "fast-burn"
    static let description = FindingType(
        id: id,
        title: "a budget's reserve burns fast",
        does: "Plans each day of the period by the eight weeks before it, with weekdays and what recurs in every month. The reserve is the "
            + "amount less that plan. Fails where 20 % of it went in two days and 8 % on the last, 35 % in seven days and 8 % in the last "
            + "two, or 45 % in fourteen and 25 % in the last seven; each share is raised to four times what chance does in so many days.",
        cost: "An alert at 80 % of the amount comes when the money is gone; a reserve that burns can still be saved.",
        example: """
            kind: Budget
            metadata: {name: payments-monthly}
            spec:
              scope: {team: payments}
              amount: 12000 USD
              burn: true   # a third of the reserve went in the last two days
            """,
        remedy:
            "Look at what grew with `bursar cost` and at the anomalies of `bursar check`; what is to stay goes into the amount, or into "
            + "`plan` before it comes.")

    static func burning(_ name: String, _ burn: BudgetStatus.Burn, _ page: BudgetStatus.Burn.Page) -> String {
        "\(name): \(percent(page.share)) of the reserve of \(amount(burn.reserve)) went in the last \(page.days) days, "
            + "\(amount(page.burned)) above the plan"
    }

    static func calm(_ name: String, _ burn: BudgetStatus.Burn) -> String {
        let noise = burn.isTooNoisy ? "; its usual days stray so far that no rule can warn early" : ""
        return "\(name): the reserve of \(amount(burn.reserve)) does not burn fast\(noise)"
    }

    static func none(_ name: String, _ burn: BudgetStatus.Burn) -> String {
        "\(name): the plan of the period, \(amount(burn.plan)), leaves no reserve"
    }

    static func unknown(_ name: String) -> String { "\(name): whether its reserve burns is not known" }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
    private static func amount(_ money: Money) -> String { "\(money.amount.rounded(to: 2)) \(money.currency)" }
}
