/// Finds required tags that are there without a value.
enum EmptyTag {
    static let id = "empty-tag"
    static let description = FindingType(
        id: id,
        title: "a required tag is empty",
        does: "Finds a required key whose value is the empty text.",
        cost: "The bill shows the key and no value: the spend is as unallocated as without the tag, but looks tagged in a coverage report.",
        example: """
            tags = {
              cost-center = ""
            }
            """,
        remedy: """
            Give it an allowed value:

              tags = {
                cost-center = "CC-1010"
              }
            """)

    static func message(key: String) -> String { "required tag '\(key)' is empty" }
}
