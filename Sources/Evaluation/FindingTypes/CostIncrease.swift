import CostModel

/// Finds changes that add more to the monthly cost than a guardrail lets pass.
enum CostIncrease {
    static let id = "cost-increase"
    static let description = FindingType(
        id: id,
        title: "a change costs more than was agreed to",
        does: "Adds up what a change does to the monthly cost of the resources in the guardrail's scope, by estimate, and holds it against "
            + "`increase`: an amount, and a share of what the scope costs before. Without a base to compare with it says nothing. Where a "
            + "bound is not crossed and a resource has no price, or its count or size is not known, it is unknown.",
        cost: "A change is cheap to turn down as long as it is not merged; a month later it is on the invoice.",
        example: """
            kind: Guardrail
            metadata: {name: new-cost}
            spec:
              increase: {above: 500 USD}   # the change adds an m5.24xlarge: +3,363.84 USD
              enforcement: block
            """,
        remedy: "Choose something smaller, or let who may agree to it merge an `Exemption` first that names the guardrail, with `upTo`.")

    static func beyond(_ name: String, _ increase: Money, bounds: [String], _ rest: [String]) -> String {
        ([("\(name): the change adds \(amount(increase)) a month, more than \(bounds.joined(separator: " and "))")] + rest)
            .joined(separator: "; ")
    }

    static func unknown(_ name: String, _ increase: Money, _ rest: [String]) -> String {
        (["\(name): how much the change adds is not known; \(amount(increase)) a month of it is"] + rest).joined(separator: "; ")
    }

    static func within(_ name: String, _ increase: Money) -> String {
        "\(name): the change adds \(amount(increase)) a month, which is within its bounds"
    }

    static func amount(_ money: Money) -> String { "\(money.amount.rounded(to: 2)) \(money.currency)" }
}
