import TestSupport

/// A workspace of one team and one queue without its tag, for which there is an automatic fix.
enum UntaggedQueue {
    /// Committed.
    static func repository(bill: String = "/dev/null") throws -> TemporaryRepository {
        let estate = try TemporaryRepository()
        try estate.write(
            """
            apiVersion: bursar/v1
            kind: Workspace
            metadata: {name: small}
            spec:
              currency: USD
              policies: [policies]
              observe:
                cost: [{name: billing, format: focus, paths: ["\(bill)"], maxAge: none}]
                inventory: [{name: infra, format: terraform, path: infra}]

            """, to: "bursar.yaml")
        try estate.write(
            """
            kind: Team
            metadata: {name: payments}
            spec: {owns: [{paths: ["infra/**"]}]}
            ---
            kind: TaggingPolicy
            metadata: {name: cost-allocation}
            spec:
              match: {types: ["aws_*"]}
              require: [{key: team, default: payments}]
              fix: automatic

            """, to: "policies/all.yaml")
        try estate.write("resource \"aws_sqs_queue\" \"jobs\" {\n  name = \"jobs\"\n}\n", to: "infra/main.tf")
        try estate.commit()
        return estate
    }
}
