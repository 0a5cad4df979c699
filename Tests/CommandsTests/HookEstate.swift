import Foundation
import TestSupport

@testable import Commands

/// A repository with a workspace, and a bare one that it is pushed to, both with our hooks.
///
/// The bill lies outside and in no commit: the server sees it too, as it would an export that is delivered there.
struct HookEstate {
    let repository: TemporaryRepository
    let server: TemporaryRepository
    let outside = TemporaryDirectory()

    /// - Parameter folder: where in the repository the workspace is; empty for its root.
    init(folder: String = "", hasBill: Bool = true, hooks: Bool = true) throws {
        repository = try TemporaryRepository()
        server = try TemporaryRepository(bare: true)
        let prefix = folder.isEmpty ? "" : folder + "/"
        if hasBill { try outside.write(Self.bill, to: "bill.csv") }
        try repository.write(workspace, to: prefix + "bursar.yaml")
        try repository.write(Self.tags, to: prefix + "policies/tags.yaml")
        try repository.write(Self.volume, to: prefix + "infra/main.tf")
        try repository.write("# hello\n", to: "README.md")
        try repository.commit("the estate")
        try repository.git(["remote", "add", "origin", "file://" + server.path])
        guard hooks else { return }
        try install()
    }

    func install() throws {
        for (path, words) in [(repository.path, []), (server.path, ["--server"])] {
            let said = Said(["init", "--hooks", "--quiet", "-C", path] + words)
            if said.code != 0 { throw TemporaryRepository.Failure(description: said.error) }
        }
    }

    /// Runs `git` with hooks that call the tool as it was built, or what the environment names.
    func git(_ arguments: String..., environment: [String: String] = [:]) throws -> Program.Result {
        try repository.attempt(arguments, environment: ["BURSAR": Program.bursar.path].merging(environment) { $1 })
    }

    /// What the server has under a name; nil for nothing.
    func tip(_ branch: String) throws -> String? {
        let result = try server.attempt(["rev-parse", "--verify", "--quiet", "refs/heads/" + branch])
        return result.code == 0 ? result.output.trimmingCharacters(in: .newlines) : nil
    }

    func head() throws -> String { try repository.git(["rev-parse", "HEAD"]) }

    /// Commits past the hooks.
    func commit(_ text: String, to name: String) throws {
        try repository.write(text, to: name)
        try repository.git(["add", "--all"])
        try repository.git(["commit", "--quiet", "--no-verify", "--message", "change"])
    }

    private var workspace: String {
        """
        apiVersion: bursar/v1
        kind: Workspace
        metadata: {name: acme}
        spec:
          currency: USD
          policies: [policies]
          observe:
            cost: [{name: bill, format: focus, paths: ["\(outside.path)/bill.csv"], maxAge: none}]
            inventory: [{name: infra, format: terraform, path: infra}]

        """
    }

    static let tags = """
        kind: TaggingPolicy
        metadata: {name: tags}
        spec:
          enforcement: block
          match: {types: [aws_ebs_volume]}
          require: [{key: team}]

        """

    static let volume = """
        resource "aws_ebs_volume" "data" {
          availability_zone = "us-east-1a"
          size              = 10
          tags              = { team = "payments" }
        }

        """

    static let untagged = volume.replacing("team =", with: "tem =")
    static let broken = tags.replacing("enforcement: block", with: "enforcment: block")

    private static let bill = """
        BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargeCategory,ServiceName,RegionId,SubAccountId,ResourceId,Tags
        1,1,1,1,USD,2026-10-01T00:00:00Z,2026-10-31T00:00:00Z,Usage,EC2,us-east-1,1,vol-1,

        """
}

/// A program in place of the tool that writes down how it is called, and ends as it is told.
struct StubTool {
    let folder = TemporaryDirectory()
    var path: String { folder.path + "/bursar" }

    init(code: Int32 = 0) throws {
        try folder.writeProgram("#!/bin/sh\nprintf '%s\\n' \"$*\" >>\"\(folder.path)/calls\"\nexit \(code)\n", to: "bursar")
    }

    /// How it was called since this was asked last, a line for each call.
    func calls() throws -> [String] {
        guard FileManager.default.fileExists(atPath: folder.path + "/calls") else { return [] }
        let text = String(decoding: try folder.read("calls"), as: UTF8.self)
        try FileManager.default.removeItem(atPath: folder.path + "/calls")
        return text.split(separator: "\n").map(String.init)
    }
}
