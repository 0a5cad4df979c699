/// Finds resources that break a rule of the workspace's own.
enum FailedAssertion {
    static let id = "failed-assertion"
    static let description = FindingType(
        id: id,
        title: "a resource breaks a rule of the workspace",
        does: "Evaluates the rule's assertion, in CEL, for every resource that its match speaks about. What cannot be known before apply "
            + "makes the result unknown, unless the assertion holds whatever it is.",
        cost: "What a rule is about is its author's choice: its description says why it costs money.",
        example: """
            kind: Rule
            metadata: {name: gp3-volumes}
            spec:
              match: {types: [aws_ebs_volume]}
              assert: 'resource.attributes.?type.orValue("gp2") != "gp2"'
              message: "{resource.address} is gp2; gp3 costs less at the same size"
              fix: {mode: review, set: {type: gp3}}
            """,
        remedy: "What the rule's message says. A rule with 'fix.set' has its patch made: bursar plan.")

    static let holds = "the rule's assertion holds"
    static func unknown(_ message: String, reason: String) -> String { "it cannot be known whether this holds: \(reason)" }
    static func broken(_ reason: String) -> String { "the rule cannot be evaluated: \(reason)" }
}
