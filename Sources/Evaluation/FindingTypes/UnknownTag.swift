/// Marks required tags whose value nobody can know before apply.
enum UnknownTag {
    static let id = "unknown-tag"
    static let description = FindingType(
        id: id,
        title: "a required tag cannot be known before apply",
        does: "Marks a required key as unknown, with the reason, when its value depends on something that has no value yet: a variable "
            + "without a default, an attribute of another resource, a module from a registry. Unknown is neither pass nor fail.",
        cost: "None by itself; it is a place where the policy cannot vouch for the tag.",
        example: """
            variable "tags" {
              type = map(string)
            }

            resource "aws_sqs_queue" "jobs" {
              tags = var.tags
            }
            """,
        remedy: """
            Define the required keys after the unknown part, so that they hold whatever it brings:

              tags = merge(var.tags, {
                team = "payments"
              })
            """)

    static func message(key: String, reason: String) -> String { "required tag '\(key)' cannot be known before apply: \(reason)" }
}
