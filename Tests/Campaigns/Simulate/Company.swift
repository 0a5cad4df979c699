import CostModel
import Git
import TestSupport

/// A company of many teams, each with a root of its own: queues that lack tags, and a machine that is too large. What people do to its
/// code and policies, and what then runs.
final class Company {
    let teams: [String]
    let remote: Remote
    private(set) var policies = CompanyPolicies()
    /// What ran from which day on, by team.
    private(set) var sizes: [String: [(since: Day, size: MachineSize)]] = [:]

    init(teams count: Int, start: Day) throws {
        teams = (1...count).map { "team-\($0)" }
        var files = ["bursar.yaml": Self.workspace, "policies/all.yaml": policies.text(teams)]
        for team in teams {
            files["infra/\(team)/main.tf"] = Self.code(queues: ["jobs", "mail"])
            files["infra/\(team)/web.tf"] = Self.code(machine: .doubled)
        }
        remote = try Remote(files, start: start)
        for team in teams { sizes[team] = [(start.advanced(by: -1_000), .doubled)] }
    }

    // MARK: Code

    func addQueue(_ name: String, to team: String) throws {
        let path = "infra/\(team)/main.tf"
        try remote.commit([path: try remote.text(path) + "\n" + Self.code(queues: [name])], "add \(name)")
    }

    /// Somebody fixes all tags of a team's queues by hand.
    func fix(_ team: String) throws {
        let path = "infra/\(team)/main.tf"
        let fixed = try lines(path, without: "cost-center").flatMap { line in
            line.contains("team =") || line.contains("team  ") ? [line, "    cost-center = \"CC-9999\""] : [line]
        }
        try remote.commit([path: fixed.joined(separator: "\n")], "fix tags of \(team)")
    }

    /// Somebody takes the tags away again.
    func undo(_ team: String) throws {
        let path = "infra/\(team)/main.tf"
        let lines = try lines(path, without: "cost-center")
        try remote.commit([path: lines.joined(separator: "\n") + "# \(remote.time)\n"], "tags of \(team) go away")
    }

    /// Somebody gives a team a larger machine, or one that fits.
    func resize(_ team: String, to size: MachineSize) throws {
        let path = "infra/\(team)/web.tf"
        let text = try remote.text(path).split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.contains("instance_type") ? "  instance_type = \"\(size.type)\"" : String(line)
        }
        try remote.commit([path: text.joined(separator: "\n")], "\(team) gets \(size.type)")
    }

    /// Undoes a commit as the code host's button does.
    ///
    /// - Parameter plan: named in a trailer as `bursar revert` does it; nil: people do not.
    /// - Returns: whether there was anything to undo that nobody has changed since.
    func revert(_ commit: ObjectID, plan: String?) throws -> Bool {
        let files: [String: [UInt8]?]
        do { files = try remote.repository.filesReverting(commit, on: try remote.tip(of: "main")) } catch let error as GitError {
            guard error.code == .moved else { throw error }
            return false
        }
        let bytes = files.compactMapValues { $0 }
        guard !bytes.isEmpty, bytes.count == files.count else { return false }
        let trailer = plan.map { "\n\nBursar-Reverts: \($0)" } ?? ""
        try remote.commit(bytes, "Revert \"something\"\n\nThis reverts commit \(commit).\(trailer)")
        return true
    }

    private func lines(_ path: String, without word: String) throws -> [String] {
        try remote.text(path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init).filter { !$0.contains(word) }
    }

    // MARK: Policies

    func change(_ change: CompanyPolicies.Change, _ random: inout SeededGenerator) throws {
        policies.make(change, &random)
        try remote.commit(["policies/all.yaml": policies.text(teams)], "policies change: \(change)")
    }

    func setBroken(_ isBroken: Bool) throws {
        guard policies.isBroken != isBroken else { return }
        policies.isBroken = isBroken
        try remote.commit(["policies/all.yaml": policies.text(teams)], isBroken ? "a mistake in policies" : "fix policies")
    }

    // MARK: What runs

    /// What the code says runs from this day on.
    func deploy(_ team: String, on day: Day) throws {
        guard let line = try remote.text("infra/\(team)/web.tf").split(separator: "\n").first(where: { $0.contains("instance_type") }),
            let size = MachineSize(type: String(line.split(separator: "\"")[1]))
        else { throw Broken("the machine of \(team) has no size any more") }
        if size != self.size(of: team, on: day) { sizes[team, default: []].append((day, size)) }
    }

    func size(of team: String, on day: Day) -> MachineSize { sizes[team]?.last { $0.since <= day }?.size ?? .doubled }

    /// Names of the team's queues, as its code has them.
    func queues(of team: String) throws -> [String] {
        try remote.text("infra/\(team)/main.tf").split(separator: "\n").filter { $0.hasPrefix("resource \"aws_sqs_queue\"") }.map {
            String($0.split(separator: "\"")[3])
        }
    }

    private static func code(queues: [String]) -> String {
        queues.map { "resource \"aws_sqs_queue\" \"\($0)\" {\n  name = \"\($0)\"\n\n  tags = {\n    team = \"x\"\n  }\n}\n" }.joined(
            separator: "\n")
    }

    private static func code(machine size: MachineSize) -> String {
        """
        resource "aws_instance" "web" {
          ami           = "ami-0abc"
          instance_type = "\(size.type)"

          tags = {
            cost-center = "CC-9000"
            owner       = "team-1"
          }
        }

        """
    }

    private static let workspace = """
        apiVersion: bursar/v1
        kind: Workspace
        metadata: {name: simulated}
        spec:
          currency: USD
          policies: [policies]
          observe:
            cost: [{name: billing, format: focus, paths: ["focus/*.csv*"]}]
            inventory: [{name: infra, format: terraform, path: infra, state: ["state/{root}/terraform.tfstate"]}]
            utilization: [{name: metrics, format: csv, paths: ["metrics/*.csv"]}]
          remediation: {author: "Bursar <bursar@example.com>"}

        """
}
