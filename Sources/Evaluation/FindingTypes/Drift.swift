import CostModel

/// Finds what the cloud or the state has and the code does not say.
enum Drift {
    static let id = "drift"
    static let description = FindingType(
        id: id,
        title: "what is deployed is not what the code says",
        does: "Holds the tags and the arguments that code writes (size, type, volume) against what the cloud says, where the state says "
            + "something else; or, if the policy compares with the state, against that. What the code leaves open, what Terraform ignores "
            + "and what nobody observed is no drift.",
        cost: "The next apply takes back what somebody needed, or what was paid for in the meantime appears in no review and no budget.",
        example: """
            resource "aws_instance" "web" {
              instance_type = "m5.large"   # the cloud runs m5.4xlarge
            }
            """,
        remedy: """
            Write into the code what is there, as the patch does:

              instance_type = "m5.4xlarge"

            or undo it: 'terraform apply' in the root's folder.
            """)

    /// - Parameters:
    ///   - what: `tag 'team'`, `instance_type`.
    ///   - source: who says so: `the cloud`.
    static func message(_ what: String, present: String?, code: String?, _ source: String, _ root: String) -> String {
        let present = present.map { "is '\($0)' in \(source)" } ?? "is not there in \(source)"
        let code = code.map { "'\($0)' in the code" } ?? "not in the code"
        return "\(what) \(present), \(code); 'terraform apply' in \(root.isEmpty ? "the root" : root) undoes it"
    }

    static let none = "what is deployed is what the code says"
    static let unobserved = "the cloud was not asked about it"
    static func unknown(_ what: String, _ reason: String) -> String { "whether \(what) has drifted cannot be known: \(reason)" }
}
