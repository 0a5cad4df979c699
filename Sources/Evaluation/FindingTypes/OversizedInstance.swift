import CostModel

/// Finds instances that would keep their headroom on a cheaper type.
enum OversizedInstance {
    static let id = "oversized-instance"
    static let description = FindingType(
        id: id,
        title: "an instance is larger than its load needs",
        does: "Takes the policy's percentile of CPU and memory over the look-back, scales it to every type in the allowed families with "
            + "the same architecture, and proposes the cheapest one that stays at or under the targets, within the guard rails.",
        cost: "An instance is paid for by its size, not by its use: twice the size costs twice as much, every hour.",
        example: """
            resource "aws_instance" "web" {
              instance_type = "m5.2xlarge"   # p95 CPU 9 %, p99 memory 20 %
            }
            """,
        remedy: """
            Use the proposed size:

              instance_type = "m5.large"
            """)

    static func message(present: String, proposed: String, evidence: String) -> String {
        "\(present) has room to spare (\(evidence)): \(proposed) keeps every target"
    }
    static func fits(_ present: String) -> String { "\(present) fits its load" }
    static func smallest(_ present: String) -> String { "no smaller or cheaper type than \(present) is allowed" }
    static func alreadyChanged(code: String, proposed: String) -> String { "the code already says \(code), no dearer than \(proposed)" }
    static func unknown(_ reason: String) -> String { "the size cannot be judged: \(reason)" }
}
