import CostModel
import TestSupport

/// A small estate whose resources lack tags, each team with a root of its own: what the real program is tried with.
struct SimulatedEstate {
    let teams: [String]
    let remote: Remote
    let observed = TemporaryDirectory()

    /// - Parameters:
    ///   - requests: what the workspace says of them.
    ///   - more: other files.
    init(teams count: Int, start: Day, requests: String = "{}", more: [String: String] = [:]) throws {
        teams = (1...count).map { "team-\($0)" }
        var files = [
            "bursar.yaml": Self.workspace + "  remediation: {author: \"Bursar <bursar@example.com>\", requests: \(requests)}\n",
            "policies/all.yaml": Self.policies(teams),
        ]
        files.merge(more) { $1 }
        for team in teams { files["infra/\(team)/main.tf"] = Self.code(queues: ["jobs", "mail"]) }
        remote = try Remote(files, start: start)
        for team in teams { try writeState(of: team, queues: ["jobs", "mail"]) }
        try writeBill(today: start)
    }

    // MARK: What people do

    /// Somebody fixes all of a team's tags by hand.
    func fix(_ team: String) throws {
        let path = "infra/\(team)/main.tf"
        let fixed = try linesWithoutTags(path).flatMap { line in
            line.contains("team =") || line.contains("team  ") ? [line, "    cost-center = \"CC-9999\""] : [line]
        }
        try remote.commit([path: fixed.joined(separator: "\n")], "fix tags of \(team)")
    }

    /// Somebody takes the tags away again.
    func undo(_ team: String) throws {
        let path = "infra/\(team)/main.tf"
        try remote.commit([path: try linesWithoutTags(path).joined(separator: "\n") + "\n# \(team)\n"], "tags of \(team) go away")
    }

    private func linesWithoutTags(_ path: String) throws -> [String] {
        try remote.text(path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init).filter {
            !$0.contains("cost-center")
        }
    }

    // MARK: What is observed

    func writeBill(today: Day) throws {
        var text =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
            + "ChargePeriodEnd,ChargeCategory,ResourceId,ServiceName,SubAccountId\n"
        for offset in 1...40 {
            let day = today.advanced(by: -offset)
            let period = "\(day.month.firstDay)T00:00:00Z,\(day.month.advanced(by: 1).firstDay)T00:00:00Z"
            for team in teams {
                for queue in ["jobs", "mail"] {
                    text +=
                        "40,40,40,40,USD,\(period),\(day)T00:00:00Z,\(day.advanced(by: 1))T00:00:00Z,Usage,"
                        + "\(Self.arn(queue, team)),Queues,111122223333\n"
                }
            }
        }
        try observed.write(text, to: "bill.csv")
    }

    private func writeState(of team: String, queues: [String]) throws {
        let resources = queues.map { queue in
            """
            {"mode": "managed", "type": "aws_sqs_queue", "name": "\(queue)", "provider": "provider[\\"registry.example.com/aws\\"]",
             "instances": [{"schema_version": 0, "attributes": {"id": "\(queue)-\(team)", "arn": "\(Self.arn(queue, team))"}}]}
            """
        }
        try observed.write(
            "{\"version\": 4, \"terraform_version\": \"1.11.4\", \"serial\": 1, \"lineage\": \"x\", \"outputs\": {}, \"resources\": ["
                + resources.joined(separator: ",") + "]}", to: "state/infra/\(team)/terraform.tfstate")
    }

    private static func arn(_ queue: String, _ team: String) -> String { "arn:aws:sqs:us-east-1:111122223333:\(queue)-\(team)" }

    static func code(queues: [String]) -> String {
        queues.map { "resource \"aws_sqs_queue\" \"\($0)\" {\n  name = \"\($0)\"\n\n  tags = {\n    team = \"x\"\n  }\n}\n" }.joined(
            separator: "\n")
    }

    private static let workspace = """
        apiVersion: bursar/v1
        kind: Workspace
        metadata: {name: simulated}
        spec:
          currency: USD
          policies: [policies]
          observe:
            cost: [{name: billing, format: focus, paths: ["bill.csv"]}]
            inventory: [{name: infra, format: terraform, path: infra, state: ["state/{root}/terraform.tfstate"]}]

        """

    private static func policies(_ teams: [String]) -> String {
        let owners = teams.enumerated().map { index, team in
            """
            kind: Team
            metadata: {name: \(team)}
            spec: {costCenter: CC-\(1_000 + index), owns: [{paths: ["infra/\(team)/**"]}]}
            ---
            """
        }
        return owners.joined(separator: "\n") + """

            kind: TaggingPolicy
            metadata: {name: cost-allocation}
            spec:
              severity: high
              match: {types: ["aws_*"]}
              require: [{key: cost-center, pattern: "CC-[0-9]{4}", default: {from: team.costCenter}}]
              fix: automatic

            """
    }
}
