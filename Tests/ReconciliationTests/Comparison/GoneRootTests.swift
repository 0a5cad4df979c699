import CostModel
import Foundation
import Reconciliation
import TestSupport
import Testing

@Suite("findings whose root a change takes out of sight")
struct GoneRootTests {
    private static let untagged = "resource \"aws_sqs_queue\" \"more\" {\n  name = \"more\"\n  tags = { team = \"payments\" }\n}\n"
    private static let anything = "resource \"aws_sns_topic\" \"t\" {\n  tags = { team = \"payments\", cost-center = \"CC-1010\" }\n}\n"
    private static let statePath = "observed/state/infra/app/terraform.tfstate"

    /// The base's only finding fails, blocks, and is about `infra/app`, of which something is deployed.
    private func estate(_ change: (SmallEstate) throws -> Void = { _ in }) throws -> SmallEstate {
        let estate = try SmallEstate()
        try estate.repository.write(Self.anything, to: "infra/other/main.tf")
        try change(estate)
        try estate.repository.commit()
        try estate.repository.git(["branch", "base"])
        return estate
    }

    private func check(_ estate: SmallEstate, trustsHead: Bool = false) throws -> ChangeCheck.Outcome {
        try estate.repository.commit()
        return try ChangeCheck(estate.path, now: SmallEstate.now, trustsHead: trustsHead).compare(try estate.open(), with: "base")
    }

    private func remove(_ file: String, of estate: SmallEstate) throws {
        try FileManager.default.removeItem(atPath: "\(estate.path)/\(file)")
    }

    private static let callers: [(String, String)] = [
        ("infra/caller/main.tf", "module \"m\" {\n  source = \"../app\"\n  count = 0\n}\n"),
        ("elsewhere/main.tf", "module \"m\" {\n  source = \"../infra/app\"\n  for_each = {}\n}\n"),
        ("infra/app/tests/setup/main.tf", "module \"m\" {\n  source = \"../..\"\n  count = 0\n}\n"),
        ("infra/caller/main.tf.json", "{\"module\": {\"m\": {\"source\": \"../app\", \"count\": 0}}}\n"),
        ("infra/caller/main.tofu", "module \"m\" {\n  source = \"../app\"\n  count = 0\n}\n"),
    ]

    @Test("a root stays one whoever calls it: what is new in it is new", arguments: callers)
    func called(file: String, text: String) throws {
        for isDeployed in [true, false] {
            let estate = try estate { if !isDeployed { try remove(Self.statePath, of: $0) } }
            try estate.repository.write(text, to: file)
            try estate.repository.write(SmallEstate.queue + Self.untagged, to: "infra/app/main.tf")
            let outcome = try check(estate)
            #expect(outcome.comparison.count(.fixed) == 0 && outcome.comparison.count(.gone) == 0)
            #expect(outcome.deciding.contains { $0.resource?.identity.address == "aws_sqs_queue.more" && $0.blocks })
        }
    }

    @Test("a root stays one though what it calls gets a backend of its own")
    func triesOut() throws {
        let call = "module \"m\" {\n  source = \"../m\"\n}\n"
        let estate = try estate {
            try $0.repository.write(SmallEstate.queue + call, to: "infra/app/main.tf")
            try $0.repository.write("variable \"x\" {\n  default = 1\n}\n", to: "infra/m/main.tf")
        }
        try estate.repository.write("terraform {\n  backend \"s3\" {}\n}\n", to: "infra/m/main.tf")
        try estate.repository.write(SmallEstate.queue + call + Self.untagged, to: "infra/app/main.tf")
        #expect(try check(estate).deciding.contains { $0.resource?.identity.address == "aws_sqs_queue.more" })
    }

    @Test("a folder that has a state is a root, also where nothing is compared")
    func state() throws {
        let estate = try SmallEstate()
        try estate.repository.write("module \"m\" {\n  source = \"../app\"\n  count = 0\n}\n", to: "infra/caller/main.tf")
        #expect(try estate.evaluate().evaluation.findings.contains { $0.resource?.identity.root == "infra/app" && $0.blocks })
    }

    private static let removals: [[String]] = [
        ["rm", "--quiet", "-r", "infra/app"], ["mv", "infra/app", "elsewhere"], ["mv", "infra/app/main.tf", "infra/app/main.tf.off"],
        ["mv", "infra/app/main.tf", "infra/app/main.txt"],
    ]

    @Test("what is gone with a root that has deployed something is listed, and fails", arguments: removals)
    func gone(command: [String]) throws {
        let estate = try estate()
        try estate.repository.git(command)
        let outcome = try check(estate)
        let change = try #require(outcome.comparison.findings.first)
        #expect(change.change == .gone && change.after == nil)
        #expect(
            change.details == [
                "its root 'infra/app' is gone, and its state is not empty: destroy what it deployed first, or exempt it in the base"
            ])
        #expect(outcome.deciding.map(\.id) == [change.finding.id] && outcome.deciding.allSatisfy { $0.blocks })
        #expect(try check(estate, trustsHead: true).deciding == [])
    }

    @Test("so it is beside another currency", arguments: removals)
    func otherCurrency(command: [String]) throws {
        let estate = try estate()
        try estate.repository.git(command)
        try estate.repository.write(SmallEstate.workspace().replacing("currency: USD", with: "currency: EUR"), to: "bursar.yaml")
        let outcome = try check(estate)
        #expect(outcome.comparison.findings.contains { $0.change == .gone && $0.details[0].contains("its state is not empty") })
        #expect(outcome.deciding.contains { $0.blocks && $0.resource?.identity.root == "infra/app" })
        #expect(try !check(estate, trustsHead: true).deciding.contains { $0.resource?.identity.root == "infra/app" })
    }

    @Test("once its state is empty, or it has none, nothing of it is left", arguments: [true, false])
    func destroyed(hasState: Bool) throws {
        let estate = try estate {
            // Of another root there is a state, so that states are looked for in the right place.
            try $0.repository.write(SmallEstate.state(name: "x"), to: "observed/state/infra/other/terraform.tfstate")
            let empty =
                "{\"version\": 4, \"terraform_version\": \"1.11.4\", \"serial\": 2, \"lineage\": \"x\", \"outputs\": {}, \"resources\": []}"
            if hasState {
                try $0.repository.write(empty, to: Self.statePath)
            } else {
                try remove(Self.statePath, of: $0)
            }
        }
        try estate.repository.git(["rm", "--quiet", "-r", "infra/app"])
        let outcome = try check(estate)
        #expect(outcome.comparison.findings.map(\.change) == [.fixed] && outcome.deciding == [])
    }

    @Test("where no states are looked for, or one cannot be read, nobody knows", arguments: [nil, "{\"version\": 4, \"resources\": 1}"])
    func unknown(state: String?) throws {
        let estate = try estate {
            if let state {
                try $0.repository.write(state, to: Self.statePath)
            } else {
                try $0.repository.write(
                    SmallEstate.workspace().replacing(", state: [\"observed/state/{root}/terraform.tfstate\"]", with: ""), to: "bursar.yaml"
                )
            }
        }
        try estate.repository.git(["rm", "--quiet", "-r", "infra/app"])
        let outcome = try check(estate)
        #expect(outcome.comparison.findings.map(\.change) == [.gone] && outcome.deciding.count == 1)
        #expect(outcome.comparison.findings[0].details[0].contains("no state says that nothing of it is deployed"))
    }

    @Test("an exemption of the base lets it go, and it is listed; one that the change brings does not")
    func exempt() throws {
        let exemption = """
            kind: Exemption
            metadata: {name: retired}
            spec:
              policies: [cost-allocation]
              resources: ["infra/app:*"]
              reason: it is taken down this week
              approvedBy: Ada
              expires: 2026-12-01

            """
        let known = try estate { try $0.repository.write(exemption, to: "policies/retired.yaml") }
        try known.repository.git(["rm", "--quiet", "-r", "infra/app"])
        var outcome = try check(known)
        #expect(outcome.comparison.findings.map(\.change) == [.gone] && outcome.deciding == [])
        let own = try estate()
        try own.repository.write(exemption, to: "policies/retired.yaml")
        try own.repository.git(["rm", "--quiet", "-r", "infra/app"])
        outcome = try check(own)
        #expect(outcome.deciding.count == 1)
    }

    @Test("what the base observes is observed until the change is merged", arguments: ["infra/other", "elsewhere"])
    func inventory(path: String) throws {
        let estate = try estate()
        try estate.repository.write(Self.anything, to: "elsewhere/main.tf")
        try estate.repository.write(SmallEstate.workspace().replacing("path: infra,", with: "path: \(path),"), to: "bursar.yaml")
        try estate.repository.write(Self.untagged, to: "infra/new/main.tf")
        let outcome = try check(estate)
        #expect(outcome.comparison.count(.unchanged) == 1 && outcome.comparison.count(.fixed) == 0)
        #expect(outcome.deciding.contains { $0.resource?.identity.root == "infra/new" })
        #expect(outcome.comparison.pending.contains { $0.what == "inventory 'infra'" })
    }

    @Test("a workspace that moves, or is gone, decides nothing", arguments: ["elsewhere/bursar.yaml", nil])
    func workspace(place: String?) throws {
        let estate = try estate()
        if let place {
            try estate.repository.write("x\n", to: "elsewhere/x")
            try estate.repository.git(["mv", "bursar.yaml", place])
        } else {
            try estate.repository.git(["rm", "--quiet", "bursar.yaml"])
        }
        #expect(throws: WorkspaceError.self) { try check(estate) }
    }
}
