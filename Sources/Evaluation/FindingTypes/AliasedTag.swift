/// Finds required tags that are written under another spelling of their key.
enum AliasedTag {
    static let id = "aliased-tag"
    static let description = FindingType(
        id: id,
        title: "a required tag is written under another key",
        does: "Finds resources that lack the required key and carry one of the policy's aliases for it.",
        cost: "Bills group by the exact key. Spend under 'env' is missing from every report by 'environment'.",
        example: """
            tags = {
              env = "prod"
            }
            """,
        remedy: """
            Rename the key and keep the value, when it is an allowed one:

              tags = {
                environment = "prod"
              }
            """)

    static func message(key: String, alias: String) -> String { "required tag '\(key)' is written as '\(alias)'" }
}
