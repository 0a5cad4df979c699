import CostModel
import Foundation
import Git
import TestSupport

/// An estate of many teams, each with a root of its own, whose resources lack tags: what people work on in a simulation.
///
/// What people do is written into the remote at once; the bill is written new each day.
final class SimulatedEstate {
    let teams: [String]
    let bare: TemporaryRepository
    let observed = TemporaryDirectory()
    /// The remote, to look at and to write what people do: hundreds of days of them by `git` itself would take most of the time.
    let repository: Repository
    /// Seconds since 1970 that people's commits carry.
    var time: Int64

    /// - Parameter requests: what the workspace says of them.
    init(teams count: Int, start: Day, requests: String = "{}") throws {
        teams = (1...count).map { "team-\($0)" }
        bare = try TemporaryRepository(bare: true)
        // What every branch was is looked at later; a clean-up in the background would only take time.
        for setting in ["core.logAllRefUpdates=always", "receive.autogc=false"] {
            try bare.git(["config"] + setting.split(separator: "=").map(String.init))
        }
        repository = try Repository.discover(from: bare.path)
        time = start.start.seconds
        var files = [
            "bursar.yaml": Self.workspace + "  remediation: {author: \"Bursar <bursar@example.com>\", requests: \(requests)}\n",
            "policies/all.yaml": Self.policies(teams),
        ]
        for team in teams {
            files["infra/\(team)/main.tf"] = Self.code(queues: ["jobs", "mail"])
            try writeState(of: team, queues: ["jobs", "mail"])
        }
        let clone = try TemporaryRepository()
        for (path, text) in files { try clone.write(text, to: path) }
        try clone.commit("the estate")
        try clone.git(["push", "--quiet", bare.path, "main:main"])
        try writeBill(today: start)
    }

    /// Removes locks of references that nobody holds any more, as who looks after a server must when its `git` was killed.
    ///
    /// - Returns: how many there were.
    func removeLocks() -> Int {
        let folder = bare.path + "/refs/heads"
        let locks = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }.filter { $0.hasSuffix(".lock") } ?? []
        for lock in locks { bare.directory.remove("refs/heads/\(lock)") }
        return locks.count
    }

    // MARK: What people do

    /// Changes files on top of the newest revision.
    @discardableResult
    func commit(_ files: [String: String], _ message: String, on branch: String = "main") throws -> ObjectID {
        let tip = try tip(of: branch)
        let author = Signature(name: "Ada", email: "ada@example.com", seconds: time)
        let draft = CommitDraft(
            base: tip, files: files.mapValues { Array($0.utf8) }, message: message + "\n", author: author, committer: author)
        let commit = try repository.write(draft)
        try repository.updateBranch(branch, to: commit, expecting: tip, reflog: "push")
        return commit
    }

    func tip(of branch: String) throws -> ObjectID {
        guard let tip = try repository.branchTip(branch) else { throw Broken("there is no branch '\(branch)'") }
        return tip
    }

    func text(_ path: String) throws -> String {
        String(decoding: try RevisionTree(repository, at: try tip(of: "main")).read(path), as: UTF8.self)
    }

    /// Branches of ours, with their tips.
    func branches() throws -> [String: ObjectID] { try repository.branches(prefix: "bursar/") }

    func addQueue(_ name: String, to team: String) throws {
        let path = "infra/\(team)/main.tf"
        try commit([path: try text(path) + "\n" + Self.code(queues: [name])], "add \(name)")
        try writeState(of: team, queues: ["jobs", "mail", name])
    }

    /// Somebody mends all of a team's tags by hand.
    func mend(_ team: String) throws {
        let path = "infra/\(team)/main.tf"
        let mended = try linesWithoutTags(path).flatMap { line in
            line.contains("team =") || line.contains("team  ") ? [line, "    cost-center = \"CC-9999\""] : [line]
        }
        try commit([path: mended.joined(separator: "\n")], "mend tags of \(team)")
    }

    /// Somebody takes the tags away again.
    func undo(_ team: String) throws {
        let path = "infra/\(team)/main.tf"
        try commit([path: try linesWithoutTags(path).joined(separator: "\n") + "\n# \(team)\n"], "tags of \(team) go away")
    }

    private func linesWithoutTags(_ path: String) throws -> [String] {
        try text(path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init).filter { !$0.contains("cost-center") }
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
