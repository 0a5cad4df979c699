/// Finds resources that lack a tag their policy requires.
enum MissingTag {
    static let id = "missing-tag"
    static let description = FindingType(
        id: id,
        title: "a required tag is missing",
        does: "Looks at the tags a resource will really have, its own and its provider's defaults, for each key that a tagging policy "
            + "requires. An alias of the key does not count: see aliased-tag.",
        cost: "Spend that carries no tag cannot be given to the team that causes it, so nobody is asked about it and nobody reduces it.",
        example: """
            resource "aws_instance" "web" {
              instance_type = "m5.large"
              tags = {
                environment = "prod"
              }
            }
            """,
        remedy: """
            Write the key with an allowed value, on the resource or in the provider's default_tags:

              tags = {
                environment = "prod"
                team        = "payments"
              }
            """)

    static func message(key: String) -> String { "required tag '\(key)' is missing" }
    static func satisfied(key: String, value: String) -> String { "required tag '\(key)' is '\(value)'" }
}
