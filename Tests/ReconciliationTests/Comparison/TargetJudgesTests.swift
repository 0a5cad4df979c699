import CostModel
import Diagnostics
import Foundation
import Reconciliation
import TestSupport
import Testing

@Suite("what decides about a change is its target's, as it is by now")
struct TargetJudgesTests {
    private static let untagged = "resource \"aws_sqs_queue\" \"more\" {\n  name = \"more\"\n  tags = { team = \"payments\" }\n}\n"
    private static let exemption = """
        kind: Exemption
        metadata: {name: agreed}
        spec:
          policies: [cost-allocation]
          resources: ["infra/app:*"]
          reason: it is taken down this week
          approvedBy: Ada
          expires: 2026-12-01

        """

    private func check(_ estate: SmallEstate, trustsHead: Bool = false) throws -> ChangeCheck.Outcome {
        try estate.repository.commit()
        return try ChangeCheck(estate.path, now: SmallEstate.now, trustsHead: trustsHead).compare(try estate.open(), with: "main")
    }

    /// The change is checked out and has nothing yet.
    private func estate(_ base: (SmallEstate) throws -> Void = { _ in }) throws -> SmallEstate {
        let estate = try SmallEstate()
        try base(estate)
        try estate.repository.commit()
        try estate.repository.git(["checkout", "--quiet", "-b", "change"])
        return estate
    }

    /// What happens on the target after the change began.
    private func meanwhile(_ estate: SmallEstate, _ change: (SmallEstate) throws -> Void) throws {
        try estate.repository.commit()
        try estate.repository.git(["checkout", "--quiet", "main"])
        try change(estate)
        try estate.repository.commit()
        try estate.repository.git(["checkout", "--quiet", "change"])
    }

    private func blocking(_ outcome: ChangeCheck.Outcome) -> [String] {
        outcome.deciding.filter { $0.blocks }.compactMap { $0.resource?.identity.address }
    }

    // MARK: Policies and exemptions

    @Test(
        "tags of the bill mean what the target says: a rule that the change adds, edits or takes away waits",
        arguments: ["added", "edited", "taken away"])
    func tagRules(how: String) throws {
        let rule = "kind: TagRule\nmetadata: {name: spelling}\nspec: {set: {team: {from: [team], case: lower}}}\n"
        let estate = try estate { if how != "added" { try $0.repository.write(rule, to: "policies/spelling.yaml") } }
        if how == "taken away" {
            try estate.repository.git(["rm", "--quiet", "policies/spelling.yaml"])
        } else {
            try estate.repository.write(rule.replacing("lower", with: "upper"), to: "policies/spelling.yaml")
        }
        let outcome = try check(estate)
        #expect(outcome.comparison.pending.map(\.what) == ["TagRule spelling"])
        #expect(outcome.head.policies.tagRules.isEmpty == (how == "added"))
        #expect(outcome.head.policies.tagRules.rules.allSatisfy { $0.settings["team"]?.letterCase == .lower })
        let trusted = try check(estate, trustsHead: true)
        #expect(trusted.comparison.pending.isEmpty)
        #expect(trusted.head.policies.tagRules.isEmpty == (how == "taken away"))
    }

    @Test("a rule of tags that came to the target meanwhile counts for the change, too")
    func tagRuleMeanwhile() throws {
        let rule = "kind: TagRule\nmetadata: {name: spelling}\nspec: {set: {team: {from: [team], case: lower}}}\n"
        let estate = try estate()
        try meanwhile(estate) { try $0.repository.write(rule, to: "policies/spelling.yaml") }
        try estate.repository.write(SmallEstate.tagging.replacing("severity: high", with: "severity: critical"), to: "policies/tags.yaml")
        let outcome = try check(estate)
        #expect(outcome.comparison.pending.isEmpty)
        #expect(!outcome.head.policies.tagRules.isEmpty)
    }

    @Test("a policy that was tightened after the change began judges it")
    func tightened() throws {
        let estate = try estate {
            try $0.repository.write(
                SmallEstate.tagging.replacing("enforcement: block", with: "enforcement: warn"), to: "policies/tags.yaml")
        }
        try meanwhile(estate) { try $0.repository.write(SmallEstate.tagging, to: "policies/tags.yaml") }
        try estate.repository.write(SmallEstate.queue + Self.untagged, to: "infra/app/main.tf")
        let outcome = try check(estate)
        #expect(blocking(outcome) == ["aws_sqs_queue.more"])
        #expect(outcome.comparison.policies == [], "the change does nothing to the policies")
    }

    @Test("a policy that was added after the change began judges it, and what it was loosened to does as well", arguments: [true, false])
    func others(isAdded: Bool) throws {
        let estate = try estate { if isAdded { try $0.repository.git(["rm", "--quiet", "policies/tags.yaml"]) } }
        try meanwhile(estate) {
            if isAdded {
                try $0.repository.write(SmallEstate.tagging, to: "policies/tags.yaml")
            } else {
                try $0.repository.git(["rm", "--quiet", "policies/tags.yaml"])
            }
        }
        try estate.repository.write(SmallEstate.queue + Self.untagged, to: "infra/app/main.tf")
        #expect(blocking(try check(estate)) == (isAdded ? ["aws_sqs_queue.more"] : []))
    }

    @Test("a policy that a change adds is tried, beside those that it cannot take away")
    func tried() throws {
        let estate = try estate()
        try estate.repository.write(
            SmallEstate.tagging.replacing("cost-allocation", with: "stricter")
                .replacing("{key: cost-center, pattern: \"CC-[0-9]{4}\", default: {from: team.costCenter}}", with: "{key: owner}"),
            to: "policies/stricter.yaml")
        try estate.repository.git(["rm", "--quiet", "policies/tags.yaml"])
        try meanwhile(estate) { try $0.repository.write("x\n", to: "readme.txt") }
        try estate.repository.git(["checkout", "--quiet", "change"])
        try estate.repository.write(SmallEstate.queue + Self.untagged, to: "infra/app/main.tf")
        let policies = Set(try check(estate).deciding.filter { $0.blocks }.map(\.policy.name))
        #expect(policies == ["stricter", "cost-allocation"])
    }

    @Test("an exemption that only the change has waits, and one that the target took back since is none", arguments: [true, false])
    func exemptions(isOnlyOnChange: Bool) throws {
        let estate = try estate { if !isOnlyOnChange { try $0.repository.write(Self.exemption, to: "policies/agreed.yaml") } }
        if isOnlyOnChange {
            try estate.repository.write(Self.exemption, to: "policies/agreed.yaml")
        } else {
            try meanwhile(estate) { try $0.repository.git(["rm", "--quiet", "policies/agreed.yaml"]) }
        }
        try estate.repository.write(SmallEstate.queue + Self.untagged, to: "infra/app/main.tf")
        let outcome = try check(estate)
        #expect(blocking(outcome) == ["aws_sqs_queue.more"])
        #expect(outcome.comparison.pending.map(\.what) == (isOnlyOnChange ? ["Exemption agreed"] : []))
    }

    @Test("an exemption that was agreed on after the change began counts for it")
    func agreedSince() throws {
        let estate = try estate()
        try meanwhile(estate) { try $0.repository.write(Self.exemption, to: "policies/agreed.yaml") }
        try estate.repository.write(SmallEstate.queue + Self.untagged, to: "infra/app/main.tf")
        let outcome = try check(estate)
        #expect(blocking(outcome) == [] && outcome.head.evaluation.summary.exempt == 2)
    }

    @Test("a change of the currency takes no policy away")
    func currency() throws {
        let estate = try estate()
        try estate.repository.write(SmallEstate.workspace().replacing("currency: USD", with: "currency: EUR"), to: "bursar.yaml")
        try estate.repository.git(["rm", "--quiet", "policies/tags.yaml"])
        try estate.repository.write(SmallEstate.queue + Self.untagged, to: "infra/app/main.tf")
        let outcome = try check(estate)
        #expect(outcome.diagnostics.map(\.id) == ["other-currency"])
        #expect(blocking(outcome) == ["aws_sqs_queue.more"])
    }

    @Test("where the target's policies do not hold, those of where the change began judge")
    func invalid() throws {
        let estate = try estate()
        try meanwhile(estate) { try $0.repository.write("kind: Nonsense\n", to: "policies/broken.yaml") }
        try estate.repository.write(SmallEstate.queue + Self.untagged, to: "infra/app/main.tf")
        let outcome = try check(estate)
        #expect(blocking(outcome) == ["aws_sqs_queue.more"] && outcome.diagnostics.map(\.id) == ["invalid-target"])
    }

    // MARK: Inventories

    @Test("where code is observed is the target's to say: what it moved, and what was observed before")
    func movedInventory() throws {
        let estate = try estate()
        try meanwhile(estate) {
            try $0.repository.git(["mv", "infra", "live"])
            try $0.repository.write(SmallEstate.workspace().replacing("path: infra", with: "path: live"), to: "bursar.yaml")
        }
        try estate.repository.write(SmallEstate.queue + Self.untagged, to: "infra/app/main.tf")
        try estate.repository.write(Self.untagged, to: "live/new/main.tf")
        let outcome = try check(estate)
        // A merge brings what the change wrote to where the target has moved the file.
        #expect(
            Set(outcome.deciding.filter { $0.blocks }.compactMap { $0.resource?.identity.root }) == ["infra/app", "live/app", "live/new"])
        #expect(outcome.comparison.pending == [])
    }

    @Test("how a root is applied, and where its state is, is not for the change to say")
    func roots() throws {
        let code =
            "variable \"tags\" {\n  default = {}\n}\nresource \"aws_sqs_queue\" \"jobs\" {\n  name = \"jobs\"\n  tags = var.tags\n}\n"
        let estate = try estate { try $0.repository.write(code, to: "infra/app/main.tf") }
        try estate.repository.write("tags = { team = \"payments\", cost-center = \"CC-1010\" }\n", to: "infra/app/nice.tfvars")
        let roots = "path: infra, roots: [{path: infra/app, varFiles: [infra/app/nice.tfvars]}]"
        try estate.repository.write(SmallEstate.workspace().replacing("path: infra", with: roots), to: "bursar.yaml")
        try estate.repository.write(code + Self.untagged.replacing("more", with: "x"), to: "infra/app/main.tf")
        let outcome = try check(estate)
        #expect(outcome.comparison.count(.fixed) == 0)
        #expect(outcome.comparison.pending.map(\.what) == ["inventory 'infra'"])
    }

    @Test("how a new root is applied is for the change to say, and it is listed")
    func newRoots() throws {
        let estate = try estate()
        let roots = "path: infra, roots: [{path: infra/new, workspace: dev}]"
        try estate.repository.write(SmallEstate.workspace().replacing("path: infra", with: roots), to: "bursar.yaml")
        let tags = "terraform.workspace == \"dev\" ? { team = \"payments\", cost-center = \"CC-1010\" } : {}"
        try estate.repository.write("resource \"aws_sqs_queue\" \"x\" {\n  tags = \(tags)\n}\n", to: "infra/new/main.tf")
        let outcome = try check(estate)
        #expect(outcome.deciding == [])
        #expect(outcome.comparison.pending.map(\.what) == ["inventory 'infra'", "root 'infra/new'"])
    }

    @Test(
        "what cannot be read where the target looks is missing, though a change in another currency looks elsewhere",
        arguments: ["link", "submodule"])
    func unreadableElsewhere(kind: String) throws {
        let estate = try estate()
        let other = SmallEstate.workspace().replacing("currency: USD", with: "currency: EUR").replacing(
            "path: infra", with: "path: infra/app")
        try estate.repository.write(other, to: "bursar.yaml")
        if kind == "link" {
            try estate.repository.write(Self.untagged, to: "elsewhere/main.tf")
            try FileSystem.link("../elsewhere", at: "\(estate.path)/infra/hidden")
        } else {
            let commit = try estate.repository.git(["rev-parse", "HEAD"])
            try estate.repository.git(["update-index", "--add", "--cacheinfo", "160000,\(commit),infra/hidden"])
            try FileManager.default.createDirectory(atPath: "\(estate.path)/infra/hidden", withIntermediateDirectories: true)
        }
        let outcome = try check(estate)
        #expect(outcome.newGaps.contains { $0.file == "infra/hidden" })
        #expect(outcome.head.observed.isPartial)
    }

    // MARK: Data

    /// Everything observed is committed.
    private func committed(_ workspace: String = SmallEstate.workspace()) throws -> SmallEstate {
        try estate {
            try $0.repository.write("none\n", to: ".gitignore")
            try $0.repository.write(workspace, to: "bursar.yaml")
        }
    }

    private static let statePath = "observed/state/infra/app/terraform.tfstate"

    @Test("a state that the change empties, takes away or puts a link in the place of counts as the target has it", arguments: 0..<4)
    func state(how: Int) throws {
        let estate = try committed()
        let file = "\(estate.path)/\(Self.statePath)"
        switch how {
        case 0:
            try estate.repository.write(
                SmallEstate.state().replacing("\"resources\": [", with: "\"resources\": [], \"other\": ["), to: Self.statePath)
        case 1: try estate.repository.git(["rm", "--quiet", Self.statePath])
        case 2:
            try estate.repository.write("x\n", to: "decoy/x")
            try estate.repository.git(["rm", "--quiet", "-r", "observed/state"])
            try FileSystem.link("../decoy", at: estate.path + "/observed/state")
        default:
            try FileManager.default.removeItem(atPath: file)
            try estate.repository.write(SmallEstate.state(name: "another"), to: Self.statePath)
        }
        try estate.repository.git(["rm", "--quiet", "-r", "infra/app"])
        try estate.repository.write("# none\n", to: "infra/other/main.tf")
        let outcome = try check(estate)
        #expect(outcome.comparison.findings.map(\.change) == [.gone])
        #expect(outcome.deciding.count == 1)
        #expect(outcome.comparison.findings[0].details[0].contains("its state is not empty"))
    }

    @Test("a bill that the change edits, adds to or takes away counts as the target has it", arguments: 0..<4)
    func bill(how: Int) throws {
        let estate = try committed(SmallEstate.workspace(bill: "observed/*.csv"))
        let before = try check(estate).head.evaluation.spend
        switch how {
        case 0: try estate.repository.write(SmallEstate.bill().replacing("1.5,1.5", with: "0,0"), to: "observed/bill.csv")
        case 1: try estate.repository.write(SmallEstate.bill().replacing("1.5,1.5", with: "-1.5,-1.5"), to: "observed/more.csv")
        case 2: try estate.repository.git(["rm", "--quiet", "observed/bill.csv"])
        default:
            try estate.repository.write(
                SmallEstate.workspace(bill: "observed/other.csv"), to: "bursar.yaml")
            try estate.repository.write(SmallEstate.bill(days: 1), to: "observed/other.csv")
        }
        let outcome = try check(estate)
        #expect(outcome.head.evaluation.spend == before)
        #expect(outcome.newGaps == [] && !outcome.head.observed.isPartial)
        #expect(outcome.comparison.pending.map(\.what) == (how == 3 ? ["observe.cost"] : []))
    }

    @Test("a bill that no commit has, or that the change does not touch, is read where it lies")
    func untouched() throws {
        let estate = try estate()
        try estate.repository.write(SmallEstate.bill(days: 20), to: "observed/bill.csv")
        try estate.repository.write(SmallEstate.queue + Self.untagged, to: "infra/app/main.tf")
        let short = try check(estate).head.evaluation.spend
        try estate.repository.write(SmallEstate.bill(days: 40), to: "observed/bill.csv")
        #expect(try check(estate).head.evaluation.spend != short)
    }

    @Test("whoever trusts the change has it judged by its own data")
    func trusted() throws {
        let estate = try committed()
        try estate.repository.git(["rm", "--quiet", "-r", "infra/app"])
        try estate.repository.write("# none\n", to: "infra/other/main.tf")
        try estate.repository.write(
            SmallEstate.state().replacing("\"resources\": [", with: "\"resources\": [], \"other\": ["), to: Self.statePath)
        #expect(try check(estate, trustsHead: true).comparison.findings.map(\.change) == [.fixed])
    }

    @Test("of instance types those of the target count, and another file of them waits")
    func catalogue() throws {
        let header = "instance_type,vcpu,memory_mib,on_demand_usd_hour\n"
        func workspace(_ file: String) -> String {
            SmallEstate.workspace().replacing("  observe:\n", with: "  observe:\n    instanceCatalog: \(file)\n")
        }
        let estate = try committed(workspace("types.csv"))
        try estate.repository.git(["checkout", "--quiet", "main"])
        try estate.repository.write(header + "own.large,2,8192,0.5\n", to: "types.csv")
        try estate.repository.commit()
        try estate.repository.git(["checkout", "--quiet", "-B", "change"])
        try estate.repository.write(header + "own.large,2,8192,0.01\n", to: "types.csv")
        let edited = try check(estate)
        #expect(edited.head.observed.catalog.entries["own.large"]?.hourly.description == "0.5")
        try estate.repository.write(header + "own.large,2,8192,0.01\n", to: "other.csv")
        try estate.repository.write(workspace("other.csv"), to: "bursar.yaml")
        let moved = try check(estate)
        #expect(moved.head.observed.catalog.entries["own.large"]?.hourly.description == "0.5")
        #expect(moved.comparison.pending.map(\.what) == ["observe.instanceCatalog"])
    }

    @Test("nothing of the target's data is left behind")
    func leavesNothing() throws {
        let estate = try committed()
        try estate.repository.write(SmallEstate.bill(days: 20), to: "observed/bill.csv")
        let folder = FileManager.default.temporaryDirectory.path
        func copies() throws -> Set<String> {
            Set(
                try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
                    name.utf8.count == 13 && FileManager.default.fileExists(atPath: "\(folder)/\(name)/observed/bill.csv")
                        && !FileManager.default.fileExists(atPath: "\(folder)/\(name)/bursar.yaml")
                })
        }
        let before = try copies()
        #expect(try check(estate).newGaps == [])
        #expect(try copies().subtracting(before).isEmpty)
    }
}
