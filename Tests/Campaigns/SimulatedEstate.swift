import CostModel
import TestSupport

/// An estate of many teams, each with a root of its own, whose resources lack tags: what people work on in a simulation.
///
/// Everything people do goes through a clone of theirs and is pushed; the bill is written new each day.
final class SimulatedEstate {
    let teams: [String]
    let bare: TemporaryRepository
    let observed = TemporaryDirectory()
    private let clone: TemporaryRepository

    init(teams count: Int, start: Day) throws {
        teams = (1...count).map { "team-\($0)" }
        bare = try TemporaryRepository(bare: true)
        clone = try TemporaryRepository()
        try clone.write(Self.workspace, to: "bursar.yaml")
        try clone.write(Self.policies(teams), to: "policies/all.yaml")
        for team in teams {
            try clone.write(Self.code(queues: ["jobs", "mail"]), to: "infra/\(team)/main.tf")
            try writeState(of: team, queues: ["jobs", "mail"])
        }
        try clone.commit("the estate")
        try clone.git(["push", "--quiet", bare.path, "main:main"])
        try writeBill(today: start)
    }

    // MARK: What people do

    /// Changes files on top of the newest revision.
    func commit(_ files: [String: String], _ message: String) throws {
        try clone.git(["fetch", "--quiet", bare.path, "main"])
        try clone.git(["reset", "--quiet", "--hard", "FETCH_HEAD"])
        for (path, text) in files.sorted(by: { $0.key < $1.key }) { try clone.write(text, to: path) }
        try clone.commit(message)
        try clone.git(["push", "--quiet", bare.path, "main:main"])
    }

    func text(_ path: String) throws -> String { try bare.git(["show", "main:\(path)"]) + "\n" }

    func addQueue(_ name: String, to team: String) throws {
        let path = "infra/\(team)/main.tf"
        try commit([path: try text(path) + "\n" + Self.code(queues: [name])], "add \(name)")
        try writeState(of: team, queues: ["jobs", "mail", name])
    }

    /// Somebody mends all of a team's tags by hand.
    func mend(_ team: String) throws {
        let path = "infra/\(team)/main.tf"
        let mended = try text(path).split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            line.contains("team =") || line.contains("team  ") ? [String(line), "    cost-center = \"CC-9999\""] : [String(line)]
        }
        try commit([path: Self.withoutTwins(mended).joined(separator: "\n")], "mend tags of \(team)")
    }

    /// Somebody takes the tags away again.
    func undo(_ team: String) throws {
        let path = "infra/\(team)/main.tf"
        let lines = try text(path).split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.contains("cost-center") }
        try commit([path: lines.joined(separator: "\n") + "\n# \(team)\n"], "tags of \(team) go away")
    }

    func breakPolicies() throws { try commit(["policies/all.yaml": Self.policies(teams) + "\nkind: Nonsense\n"], "a mistake in policies") }
    func mendPolicies() throws { try commit(["policies/all.yaml": Self.policies(teams)], "mend policies") }

    // MARK: What is observed

    func tearBill() throws { try observed.write(Array(try observed.read("bill.csv").prefix(4_000)), to: "bill.csv") }

    func writeBill(today: Day, late: Int = 0) throws {
        var text =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
            + "ChargePeriodEnd,ChargeCategory,ResourceId,ServiceName,SubAccountId\n"
        for offset in (1 + late)...40 {
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

    private static func withoutTwins(_ lines: [String]) -> [String] {
        lines.enumerated().filter { index, line in !(line.contains("cost-center") && index > 0 && lines[index - 1].contains("cost-center"))
        }
        .filter { index, line in
            !(line.contains("cost-center") && index + 1 < lines.count && lines[index + 1].contains("cost-center"))
        }.map(\.element)
    }

    private static func arn(_ queue: String, _ team: String) -> String { "arn:aws:sqs:us-east-1:111122223333:\(queue)-\(team)" }

    private static func code(queues: [String]) -> String {
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
          remediation: {author: "Bursar <bursar@example.com>"}

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
