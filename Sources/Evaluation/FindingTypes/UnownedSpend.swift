import CostModel

/// Finds spend that belongs to no team.
enum UnownedSpend {
    static let id = "unowned-spend"
    static let description = FindingType(
        id: id,
        title: "spend belongs to nobody",
        does: "Adds up the effective cost of the 28 closed days that no team owns by tags, by the place of the resource in the code, or "
            + "by account. It counts for the workspace, the parent of all teams.",
        cost: "Nobody answers for it, so nobody reduces it.",
        example: "A charge for AmazonCloudWatch in account 999988887777, which no team claims, without tags and without a resource.",
        remedy: """
            Let a team claim the account, the path or the tag:

              kind: Team
              spec:
                owns:
                  - accounts: ["999988887777"]
            """)

    static func message(_ amount: Money) -> String {
        "\(amount.amount.rounded(to: 2)) \(amount.currency) of the last 28 days belong to no team"
    }
    static let unknown = "whether spend belongs to no team is not known"
    static let none = "every charge of the last 28 days belongs to a team"
}
