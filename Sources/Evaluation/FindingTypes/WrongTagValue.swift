import CostModel
import Patterns

/// Finds required tags whose value the policy does not allow.
enum WrongTagValue {
    static let id = "wrong-tag-value"
    static let description = FindingType(
        id: id,
        title: "a required tag has a value that is not allowed",
        does: "Compares the value with the policy's list, with the names of the workspace's teams, or with its pattern, which must match "
            + "the whole value.",
        cost: "Each spelling becomes its own line in the bill: 'production' is not 'prod', and neither total is right.",
        example: """
            tags = {
              environment = "production"   # allowed: prod, staging, dev
            }
            """,
        remedy: """
            Use one of the allowed values:

              tags = {
                environment = "prod"
              }
            """)

    static func message(_ required: RequiredTag, value: String) -> String {
        "tag '\(required.key)' is '\(value)', \(expectation(of: required))"
    }

    private static func expectation(of required: RequiredTag) -> String {
        switch (required.allowed, required.pattern) {
        case (.teams, _): "which is not a team of this workspace"
        case (.list(let values), _): "not one of \(values.map { "'\($0)'" }.joined(separator: ", "))"
        case (.any, let pattern?): "which does not match \(pattern.pattern)"
        case (.any, nil): "which is not allowed"
        }
    }
}
