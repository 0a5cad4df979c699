import CostModel
import Diagnostics
import Reconciliation
import TestSupport
import Testing

@Suite("a change held against its base")
struct ChangeCheckTests {
    private func check(_ estate: SmallEstate, base: String = "base", trustsHead: Bool = false) throws -> ChangeCheck.Outcome {
        try ChangeCheck(estate.path, now: SmallEstate.now, trustsHead: trustsHead).compare(try estate.open(), with: base)
    }

    private func estate() throws -> SmallEstate {
        let estate = try SmallEstate()
        try estate.repository.git(["branch", "base"])
        return estate
    }

    @Test("that does nothing says so")
    func nothing() throws {
        let outcome = try check(estate())
        #expect(outcome.comparison.isEmpty)
        #expect(outcome.comparison.count(.unchanged) == 1)
    }

    private static func moves(_ names: [String]) -> String {
        zip(names, names.dropFirst()).map { "moved {\n  from = aws_sqs_queue.\($0)\n  to   = aws_sqs_queue.\($1)\n}\n" }.joined()
    }

    @Test(
        "that mends a resource and says that another one was it brings that one",
        arguments: [["jobs", "big"], ["jobs", "middle", "big"], ["jobs[0]", "big"], ["jobs", "big[0]"], ["jobs", "module.m.big"]])
    func stillDeclared(names: [String]) throws {
        for isCounted in [true, false] {
            let estate = try estate()
            let tags = "  tags = { team = \"payments\", cost-center = \"CC-1010\" }\n"
            let mended = "resource \"aws_sqs_queue\" \"jobs\" {\n\(isCounted ? "  count = 1\n" : "")\(tags)}\n"
            let last = names.last ?? ""
            let count = last.hasSuffix("]") ? "  count = 1\n" : ""
            let other = "resource \"aws_sqs_queue\" \"big\" {\n\(count)  tags = { team = \"payments\" }\n}\n"
            let isModule = last.hasPrefix("module")
            let moves = Self.moves(names).replacing("aws_sqs_queue.module.m.big", with: "module.m.aws_sqs_queue.big")
            let code = mended + moves + (isModule ? "module \"m\" {\n  source = \"./m\"\n}\n" : other)
            try estate.repository.write(code, to: "infra/app/main.tf")
            if isModule { try estate.repository.write(other, to: "infra/app/m/main.tf") }
            try estate.repository.commit()
            let outcome = try check(estate)
            #expect(outcome.deciding.contains { $0.blocks && $0.resource?.identity.address.contains("big") == true })
        }
    }

    private static let renamed = SmallEstate.queue.replacing("\"jobs\" {", with: "\"work\" {")

    @Test(
        "that only gives a resource another address changes nothing",
        arguments: [
            [("app/main.tf", renamed + "moved {\n  from = aws_sqs_queue.jobs\n  to   = aws_sqs_queue.work\n}\n")],
            [
                (
                    "app/main.tf",
                    renamed + "moved {\n  from = aws_sqs_queue.jobs\n  to   = aws_sqs_queue.middle\n}\n"
                        + "moved {\n  from = aws_sqs_queue.middle\n  to   = aws_sqs_queue.work\n}\n"
                )
            ],
            [("app/main.tf", SmallEstate.queue.replacing("  name", with: "  count = 1\n  name"))],
            [
                (
                    "app/main.tf",
                    SmallEstate.queue.replacing("  name", with: "  for_each = { a = 1 }\n  name")
                        + "moved {\n  from = aws_sqs_queue.jobs\n  to   = aws_sqs_queue.jobs[\"a\"]\n}\n"
                )
            ],
            [
                ("app/m/main.tf", SmallEstate.queue),
                (
                    "app/main.tf",
                    "module \"m\" {\n  source = \"./m\"\n}\nmoved {\n  from = aws_sqs_queue.jobs\n  to   = module.m.aws_sqs_queue.jobs\n}\n"
                ),
            ],
            [("app/main.tf", "# moved\n"), ("app/queues.tf", "\n\n" + SmallEstate.queue)],
        ])
    func moved(files: [(String, String)]) throws {
        for isDeployed in [true, false] {
            let estate = try estate()
            if !isDeployed {
                try estate.repository.write(
                    SmallEstate.state(name: "jobs").replacing("\"resources\": [", with: "\"resources\": [], \"other\": ["),
                    to: "observed/state/infra/app/terraform.tfstate")
            }
            for (name, text) in files { try estate.repository.write(text, to: "infra/\(name)") }
            try estate.repository.commit()
            let comparison = try check(estate).comparison
            #expect(comparison.isEmpty, "\(files) \(comparison.findings.map(\.change))")
            #expect(comparison.count(.unchanged) == 1)
        }
    }

    @Test("that imports what runs already brings the dollars that were nobody's to its team")
    func imported() throws {
        let estate = try SmallEstate()
        try estate.repository.write(SmallEstate.state(name: "other"), to: "observed/state/infra/app/terraform.tfstate")
        try estate.repository.write("# nothing yet\n", to: "infra/app/main.tf")
        try estate.repository.commit()
        try estate.repository.git(["branch", "base"])
        let id = "arn:aws:sqs:us-east-1:111122223333:jobs"
        let code = SmallEstate.queue + "\nimport {\n  to = aws_sqs_queue.jobs\n  id = \"\(id)\"\n}\n"
        for (text, isBilled) in [(code, true), (code.replacing("queue.jobs\n", with: "queue.none\n"), false)] {
            try estate.repository.write(text, to: "infra/app/main.tf")
            try estate.repository.commit()
            let comparison = try check(estate).comparison
            let new = comparison.findings.filter { $0.change == .new }.map(\.finding)
            #expect(new.map(\.subject) == ["cost-center"])
            #expect((new.first?.monthlyCost?.amount ?? .zero > .zero) == isBilled)
        }
    }

    @Test("that takes a count or a module away again follows the address back")
    func movedBack() throws {
        let estate = try SmallEstate()
        try estate.repository.write(SmallEstate.queue.replacing("  name", with: "  count = 1\n  name"), to: "infra/app/main.tf")
        try estate.repository.commit()
        try estate.repository.git(["branch", "base"])
        try estate.repository.write(SmallEstate.queue, to: "infra/app/main.tf")
        try estate.repository.commit()
        #expect(try check(estate).comparison.isEmpty)
    }

    @Test("that removes a resource from the code, or gives another its name, is no move")
    func removed() throws {
        let estate = try estate()
        try estate.repository.write(
            Self.renamed + "removed {\n  from = aws_sqs_queue.jobs\n  lifecycle {\n    destroy = false\n  }\n}\n", to: "infra/app/main.tf")
        try estate.repository.commit()
        let comparison = try check(estate).comparison
        #expect(comparison.count(.fixed) == 1 && comparison.count(.new) == 1)
    }

    @Test("of code shows what it fixes and what it brings, with places, and blames no policy")
    func code() throws {
        let estate = try estate()
        let fixed = SmallEstate.queue.replacing("team =", with: "cost-center = \"CC-1010\"\n    team =")
        try estate.repository.write(fixed + "resource \"aws_sqs_queue\" \"new\" {\n  name = \"new\"\n}\n", to: "infra/app/main.tf")
        try estate.repository.commit()
        let comparison = try check(estate).comparison
        #expect(comparison.count(.fixed) == 1)
        let new = comparison.findings.filter { $0.change == .new }
        #expect(new.map(\.finding.subject).sorted { $0 ?? "" < $1 ?? "" } == ["cost-center", "team"])
        #expect(new.allSatisfy { $0.causes.isEmpty && $0.finding.location?.line == 9 })
        #expect(comparison.policies.isEmpty)
    }

    @Test("of a policy says what it says now, and which finding that causes")
    func policy() throws {
        let estate = try estate()
        try estate.repository.write(
            SmallEstate.tagging.replacing("  fix: automatic", with: "    - {key: owner}\n  fix: automatic")
                .replacing("severity: high", with: "severity: critical"), to: "policies/tags.yaml")
        try estate.repository.commit()
        let comparison = try check(estate).comparison
        let policy = PolicyReference(.tagging, "cost-allocation")
        #expect(comparison.policies.map(\.policy) == [policy])
        #expect(comparison.policies[0].fields.map(\.path).contains("severity"))
        let severity = comparison.policies[0].fields.first { $0.path == "severity" }
        #expect(severity?.before == "high" && severity?.after == "critical" && severity?.place.description == "policies/tags.yaml:4")
        let new = comparison.findings.filter { $0.change == .new }
        #expect(new.map(\.finding.subject) == ["owner"])
        #expect(comparison.findings.filter { $0.change != .unchanged }.allSatisfy { $0.causes == [policy] })
        let changed = comparison.findings.first { $0.change == .changed }
        #expect(changed?.details.contains("severity high → critical") == true)
    }

    @Test("of policies or of settings of scores says whose score will move by how much, once it counts; one of an exemption moves none")
    func scores() throws {
        func rollout(_ text: String, to file: String) throws -> Comparison.Rollout? {
            let estate = try estate()
            try estate.repository.write(text, to: file)
            // The code that comes with it is no part of that.
            try estate.repository.write(SmallEstate.queue + "# more\n", to: "infra/app/main.tf")
            try estate.repository.commit()
            return try check(estate).comparison.rollout
        }
        let stricter = try #require(
            try rollout(SmallEstate.tagging.replacing("severity: high", with: "severity: critical"), to: "policies/tags.yaml"))
        #expect(stricter.days == 14 && stricter.policies == [PolicyReference(.tagging, "cost-allocation")])
        let move = try #require(stricter.teams.first)
        #expect(try #require(move.after) < #require(move.before))
        let shadow = try #require(
            try rollout(SmallEstate.tagging.replacing("enforcement: block", with: "enforcement: shadow"), to: "policies/tags.yaml"))
        #expect(shadow.teams.map(\.team) == [move.team] && shadow.teams.first?.before == move.before)
        // A setting moves scores as a policy does: with less beside what is at stake, each penalty weighs more.
        let setting = try #require(
            try rollout(SmallEstate.workspace(more: "  scoring: {materiality: 1 USD}"), to: "bursar.yaml"))
        #expect(setting.days == 14 && setting.policies == [PolicyReference(.workspace, "small")])
        let moved = try #require(setting.teams.first)
        #expect(moved.team == move.team && moved.before == move.before)
        #expect(try #require(moved.after) < #require(moved.before))
        let exemption = """
            kind: Exemption
            metadata: {name: mine}
            spec: {policies: [cost-allocation], reason: "no time", approvedBy: me, expires: 2026-12-01}
            """
        #expect(try rollout(exemption, to: "policies/mine.yaml") == nil)
    }

    @Test("that only moves and rewrites lines of a policy does nothing")
    func formatting() throws {
        let estate = try estate()
        try estate.repository.write(
            "# a comment\n" + SmallEstate.tagging.replacing("severity: high", with: "severity: \"high\""), to: "policies/tags.yaml")
        try estate.repository.commit()
        let comparison = try check(estate).comparison
        #expect(comparison.policies.isEmpty)
        #expect(comparison.isEmpty)
    }

    @Test("cannot exempt itself: its exemption waits, and counts with trust")
    func exemption() throws {
        let estate = try estate()
        try estate.repository.write(
            """
            kind: Exemption
            metadata: {name: mine}
            spec: {policies: [cost-allocation], reason: "no time", approvedBy: me, expires: 2026-12-01}
            """, to: "policies/mine.yaml")
        try estate.repository.commit()
        let outcome = try check(estate)
        #expect(outcome.head.evaluation.summary.exempt == 0)
        #expect(outcome.comparison.pending.map(\.what) == ["Exemption mine"])
        #expect(outcome.comparison.pending.first?.effect.contains("would cover 1 finding until 2026-12-01") == true)
        let trusted = try check(estate, trustsHead: true)
        #expect(trusted.head.evaluation.summary.exempt == 1)
        #expect(trusted.comparison.pending.isEmpty)
        let change = try #require(trusted.comparison.findings.first)
        #expect(change.change == .changed)
        #expect(change.causes == [PolicyReference(.exemption, "mine")])
    }

    @Test("keeps the exemption of the base where it only prolongs it, and loses one that it takes away")
    func prolonged() throws {
        let text = """
            kind: Exemption
            metadata: {name: old}
            spec: {policies: [cost-allocation], reason: "agreed", approvedBy: finops, expires: 2026-11-15}
            """
        let estate = try SmallEstate()
        try estate.repository.write(text, to: "policies/old.yaml")
        try estate.repository.commit()
        try estate.repository.git(["branch", "base"])
        try estate.repository.write(text.replacing("2026-11-15", with: "2027-03-01"), to: "policies/old.yaml")
        try estate.repository.commit()
        let outcome = try check(estate)
        #expect(outcome.head.evaluation.summary.exempt == 1)
        #expect(outcome.head.evaluation.exemptions.map(\.expires.description) == ["2026-11-15"])
        #expect(outcome.comparison.pending.count == 1)
        try estate.repository.git(["rm", "--quiet", "policies/old.yaml"])
        try estate.repository.commit()
        let without = try check(estate)
        #expect(without.comparison.findings.map(\.change) == [.new])
    }

    @Test("that weakens a policy is judged by the base's enforcement until it is merged")
    func enforcement() throws {
        let estate = try estate()
        try estate.repository.write(
            SmallEstate.tagging.replacing("enforcement: block", with: "enforcement: warn"), to: "policies/tags.yaml")
        try estate.repository.commit()
        let outcome = try check(estate)
        #expect(outcome.comparison.pending.map(\.what) == ["TaggingPolicy/cost-allocation enforcement block → warn"])
        #expect(outcome.deciding.isEmpty)
        try estate.repository.write("resource \"aws_sqs_queue\" \"b\" {\n  name = \"b\"\n}\n", to: "infra/app/b.tf")
        try estate.repository.commit()
        #expect(try check(estate).deciding.map(\.enforcement) == [.block, .block])
        #expect(try check(estate, trustsHead: true).deciding.map(\.enforcement) == [.warn, .warn])
    }

    @Test("that lowers a severity is judged by the base's until it is merged")
    func severity() throws {
        let estate = try estate()
        try estate.repository.write(SmallEstate.tagging.replacing("severity: high", with: "severity: low"), to: "policies/tags.yaml")
        try estate.repository.write("resource \"aws_sqs_queue\" \"b\" {\n  name = \"b\"\n}\n", to: "infra/app/b.tf")
        try estate.repository.commit()
        #expect(try check(estate).deciding.map(\.severity) == [.high, .high])
    }

    @Test("that renames, narrows or removes the policy it breaks ends by the base's", arguments: ["renamed", "narrowed", "removed"])
    func hidden(how: String) throws {
        let estate = try estate()
        let text = SmallEstate.tagging
        switch how {
        case "renamed":
            try estate.repository.write(
                text.replacing("name: cost-allocation", with: "name: other").replacing("enforcement: block", with: "enforcement: warn"),
                to: "policies/tags.yaml")
        case "narrowed": try estate.repository.write(text.replacing("aws_*", with: "aws_instance"), to: "policies/tags.yaml")
        default: try estate.repository.git(["rm", "--quiet", "policies/tags.yaml"])
        }
        try estate.repository.write("resource \"aws_sqs_queue\" \"b\" {\n  name = \"b\"\n}\n", to: "infra/app/b.tf")
        try estate.repository.commit()
        let outcome = try check(estate)
        let blocking = outcome.deciding.filter { $0.enforcement == .block }
        #expect(blocking.map(\.resource?.identity.address) == ["aws_sqs_queue.b", "aws_sqs_queue.b"])
        #expect(outcome.comparison.pending.contains { $0.what == "TaggingPolicy/cost-allocation of the base" })
        #expect(try check(estate, trustsHead: true).deciding.allSatisfy { $0.enforcement != .block })
    }

    @Test("is compared with the merge base, not with what came after it")
    func mergeBase() throws {
        let estate = try estate()
        try estate.repository.git(["checkout", "--quiet", "base"])
        try estate.repository.write("resource \"aws_sqs_queue\" \"later\" {\n  name = \"later\"\n}\n", to: "infra/app/later.tf")
        try estate.repository.commit()
        try estate.repository.git(["checkout", "--quiet", "main"])
        let outcome = try check(estate)
        #expect(outcome.comparison.isEmpty)
    }

    @Test("a base without a workspace, or with broken policies, makes everything new")
    func noBase() throws {
        let estate = try estate()
        try estate.repository.git(["checkout", "--quiet", "-b", "broken"])
        try estate.repository.write("kind: Nonsense\n", to: "policies/broken.yaml")
        try estate.repository.commit()
        try estate.repository.git(["rm", "--quiet", "policies/broken.yaml"])
        try estate.repository.commit()
        let broken = try check(estate, base: "broken~1")
        #expect(broken.comparison.findings.map(\.change) == [.new])
        #expect(broken.diagnostics.map(\.id) == ["invalid-base"])
    }

    @Test("a shallow clone that does not reach the base is told what is missing")
    func shallow() throws {
        let estate = try estate()
        try estate.repository.write("# one\n" + SmallEstate.queue, to: "infra/app/main.tf")
        try estate.repository.commit()
        try estate.repository.git(["checkout", "--quiet", "base"])
        try estate.repository.write("x\n", to: "readme.txt")
        try estate.repository.commit()
        try estate.repository.git(["checkout", "--quiet", "main"])
        let clone = TemporaryDirectory()
        try estate.repository.git([
            "clone", "--quiet", "--depth", "1", "--no-single-branch", "file://\(estate.path)", clone.path + "/shallow",
        ])
        let workspace = try OpenedWorkspace(clone.path + "/shallow", now: SmallEstate.now)
        let error = #expect(throws: WorkspaceError.self) {
            try ChangeCheck(clone.path + "/shallow", now: SmallEstate.now).compare(workspace, with: "origin/base")
        }
        #expect(error?.description.contains("the history is shallow") == true)
        #expect(error?.description.contains("git fetch --unshallow") == true)
        let unknown = #expect(throws: WorkspaceError.self) {
            try ChangeCheck(clone.path + "/shallow", now: SmallEstate.now).compare(workspace, with: "origin/bsae")
        }
        #expect(unknown?.description.contains("did you mean 'origin/base'?") == true)
    }
}
