import CostModel
import Reconciliation
import TestSupport
import Testing

@Suite("a pass")
struct EvaluatedWorkspaceTests {
    @Test("finds the missing tag, its owner, its line and its dollars")
    func finding() throws {
        let evaluated = try SmallEstate().evaluate()
        let failing = evaluated.evaluation.findings.filter { $0.verdict == .fail }
        #expect(failing.map(\.subject) == ["cost-center"])
        #expect(failing.first?.team == "payments")
        #expect(failing.first?.location?.description == "infra/app/main.tf:1")
        // 28 days at 1.50, times 365/336.
        #expect(failing.first?.monthlyCost?.amount.description == "45.625")
        #expect(!evaluated.observed.isPartial)
    }

    @Test("judges a revision, an edited working tree and a bare clone alike, and says which it was")
    func revisions() throws {
        let estate = try SmallEstate()
        let id = try estate.repository.git(["rev-parse", "HEAD"])
        #expect(try estate.evaluate().workspace.revision == id)
        try estate.repository.write(SmallEstate.queue.replacing("team =", "cost-center = \"CC-1\"\n    team ="), to: "infra/app/main.tf")
        #expect(try estate.evaluate().workspace.revision == id + "-dirty")
        #expect(try estate.evaluate(.revision("HEAD")).workspace.revision == id)

        let bare = TemporaryDirectory()
        try estate.repository.git(["clone", "--quiet", "--bare", estate.path, bare.path + "/bare.git"])
        let workspace = try OpenedWorkspace(bare.path + "/bare.git", now: SmallEstate.now)
        #expect(workspace.revision == id)
        #expect(workspace.policies.tagging.map(\.header.reference.name) == ["cost-allocation"])
    }

    @Test("works before the first commit, but there is nothing to plan against")
    func unborn() throws {
        let estate = try SmallEstate(committing: false)
        let evaluated = try estate.evaluate()
        #expect(evaluated.workspace.revision == "unborn")
        #expect(evaluated.evaluation.summary.fail == 1)
        #expect(throws: WorkspaceError.self) { try evaluated.plan() }
    }

    @Test("a workspace may be a folder of the repository; patches are made for the repository")
    func subfolder() throws {
        let estate = try SmallEstate()
        try estate.repository.git(["rm", "--quiet", "-r", "--cached", "."])
        let outer = try TemporaryRepository()
        for (name, text) in [
            ("bursar.yaml", SmallEstate.workspace()), ("policies/teams.yaml", SmallEstate.team),
            ("policies/tags.yaml", SmallEstate.tagging),
            ("infra/app/main.tf", SmallEstate.queue), ("observed/bill.csv", SmallEstate.bill()),
            ("observed/state/infra/app/terraform.tfstate", SmallEstate.state()),
        ] {
            try outer.write(text, to: "cloud/live/\(name)")
        }
        try outer.commit()
        let workspace = try OpenedWorkspace(outer.path + "/cloud/live/infra", .revision("HEAD"), now: SmallEstate.now)
        #expect(workspace.prefix == "cloud/live")
        let plan = try EvaluatedWorkspace(workspace, now: SmallEstate.now).plan()
        #expect(plan.files.map(\.path) == ["cloud/live/infra/app/main.tf"])
        try outer.git(["apply", "--check", "-"], input: Array(plan.patch.utf8))
    }

    @Test(
        "an inventory that leads nowhere is partial: nothing seen is not nothing wrong",
        arguments: [
            ("path: infra", "path: policies", "no-code"), ("path: infra", "path: nowhere", "no-code"), ("inventory:", nil, "no-inventory"),
        ])
    func nothingSeen(old: String, new: String?, id: String) throws {
        let estate = try SmallEstate()
        var text = SmallEstate.workspace()
        if let new {
            text = text.replacing(old, with: new)
        } else {
            text = text.split(separator: "\n").filter { !$0.contains(old) && !$0.contains("name: infra") }.joined(separator: "\n") + "\n"
        }
        try estate.repository.write(text, to: "bursar.yaml")
        let evaluated = try estate.evaluate()
        #expect(evaluated.observed.problems.filter { $0.severity == .partial }.map(\.id).contains(id))
        #expect(evaluated.observed.isPartial)
    }

    @Test("outside a repository, and where there is no bursar.yaml, it says what to do")
    func nowhere() throws {
        let folder = TemporaryDirectory()
        #expect(throws: WorkspaceError.self) { try OpenedWorkspace(folder.path, now: SmallEstate.now) }
        let repository = try TemporaryRepository()
        try repository.write("x", to: "a")
        try repository.commit()
        for source in [OpenedWorkspace.Source.workTree, .revision("HEAD")] {
            let error = try #require(throws: WorkspaceError.self) { try OpenedWorkspace(repository.path, source, now: SmallEstate.now) }
            #expect("\(error)".contains("there is no bursar.yaml in") && "\(error)".contains("bursar init"))
        }
        let error = try #require(throws: WorkspaceError.self) { try SmallEstate().evaluate(.revision("nowhere")) }
        #expect("\(error)".contains("nowhere"))
    }
}

@Suite("what cannot be observed makes a pass partial, never clean")
struct PartialTests {
    private func problems(_ change: (TemporaryRepository) throws -> Void) throws -> [ObservationProblem] {
        let estate = try SmallEstate()
        try change(estate.repository)
        let evaluated = try estate.evaluate()
        // Whatever could be judged is.
        #expect(evaluated.evaluation.summary.resources >= 0)
        return evaluated.observed.problems.filter { $0.severity == .partial }
    }

    @Test("a bill that is missing, empty, torn, stale or in another currency")
    func bills() throws {
        #expect(
            try problems { try $0.write(SmallEstate.workspace(bill: "observed/none/*.csv"), to: "bursar.yaml") }.map(\.id) == ["no-file"])
        #expect(!(try problems { try $0.write(SmallEstate.bill(days: 0), to: "observed/bill.csv") }).isEmpty)
        #expect(!(try problems { try $0.write("", to: "observed/bill.csv") }).isEmpty)
        let euro = SmallEstate.bill().replacing(",USD,", ",EUR,")
        #expect(!(try problems { try $0.write(euro, to: "observed/bill.csv") }).isEmpty)
        let old = SmallEstate.bill().replacing("2026-10-3", "2025-10-2").replacing("2026-10-2", "2025-10-2")
        #expect(!(try problems { try $0.write(old, to: "observed/bill.csv") }).isEmpty)
    }

    @Test("a row that cannot be read names file, line and column")
    func badRow() throws {
        let found = try problems {
            try $0.write(
                SmallEstate.bill() + SmallEstate.bill(days: 1, header: false).replacing("1.5,1.5", "1.5,abc"), to: "observed/bill.csv")
        }
        #expect(found.map(\.file) == ["observed/bill.csv"])
        #expect(found.first?.line == 42)
        #expect(found.first?.column == 5)
    }

    @Test("Terraform that does not parse is named, and the other roots are still judged")
    func brokenTerraform() throws {
        let estate = try SmallEstate()
        try estate.repository.write("resource \"aws_sqs_queue\" \"x\" {\n", to: "infra/other/main.tf")
        let evaluated = try estate.evaluate()
        #expect(evaluated.observed.problems.filter { $0.severity == .partial }.map(\.file) == ["infra/other/main.tf"])
        #expect(evaluated.evaluation.summary.fail == 1)
    }

    @Test("an empty Terraform file is no trouble")
    func emptyTerraform() throws {
        #expect(try problems { try $0.write("", to: "infra/app/empty.tf") }.isEmpty)
    }

    @Test("a symbolic link and a submodule in the code are refused, not followed")
    func links() throws {
        let link = try problems { repository in
            try repository.write("secret", to: "observed/secret.tf")
            try FileSystem.link("../../observed/secret.tf", at: repository.path + "/infra/app/link.tf")
        }
        #expect(link.map(\.file) == ["infra/app/link.tf"])

        let estate = try SmallEstate()
        let id = try estate.repository.git(["rev-parse", "HEAD"])
        try estate.repository.git(["update-index", "--add", "--cacheinfo", "160000,\(id),infra/sub"])
        try estate.repository.git(["commit", "--quiet", "-m", "submodule"])
        let evaluated = try estate.evaluate(.revision("HEAD"))
        #expect(evaluated.observed.problems.filter { $0.severity == .partial }.map(\.file) == ["infra/sub"])
    }

    @Test("a state of another version, or that is torn, is named; what only one side knows is remarked")
    func states() throws {
        let path = "observed/state/infra/app/terraform.tfstate"
        #expect(try problems { try $0.write(SmallEstate.state(version: 3), to: path) }.map(\.id) == ["state-version"])
        #expect(try problems { try $0.write(String(SmallEstate.state().dropLast(40)), to: path) }.map(\.file) == [path])
        let estate = try SmallEstate()
        try estate.repository.write(SmallEstate.state(name: "gone"), to: path)
        let evaluated = try estate.evaluate()
        #expect(!evaluated.observed.isPartial)
        #expect(Set(evaluated.observed.problems.map(\.id)) == ["state-only", "code-only"])
    }

    @Test("two policies of one name are an error with both places")
    func twice() throws {
        let estate = try SmallEstate()
        try estate.repository.write(SmallEstate.tagging, to: "policies/again.yaml")
        let error = try #require(throws: WorkspaceError.self) { try estate.open() }
        #expect("\(error)".contains("policies/tags.yaml:2") && "\(error)".contains("policies/again.yaml:2"))
    }
}

extension String {
    func replacing(_ old: String, _ new: String) -> String {
        split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
}

@Suite("evidence")
struct EvidenceTests {
    @Test("a finding is explained down to the lines of its block and the newest rows of the bill")
    func rows() throws {
        // The bill is read again: its folder must outlive the evaluation.
        let estate = try SmallEstate()
        let evaluated = try estate.evaluate()
        let finding = try #require(evaluated.evaluation.findings.first { $0.verdict == .fail })
        let evidence = withExtendedLifetime(estate.repository) { evaluated.evidence(for: finding) }
        #expect(evidence.lines.map(\.number) == Array(1...7))
        #expect(evidence.rowCount == 28)
        // The header is line 1, and the newest of forty rows is the last.
        #expect(evidence.rows.first.map { "\($0.file):\($0.line) \($0.day)" } == "observed/bill.csv:41 2026-10-31")
        #expect(evidence.rows.count == 10)
        #expect(evidence.costs.count == 28)
    }

    @Test("a budget's finding is explained by what its actual is made of")
    func shares() throws {
        let estate = try SmallEstate()
        try estate.repository.write(
            "kind: Budget\nmetadata: {name: tight}\nspec:\n  scope: {team: payments}\n  amount: 40 USD\n", to: "policies/budget.yaml")
        let evaluated = try estate.evaluate()
        let finding = try #require(evaluated.evaluation.findings.first { $0.policy.kind == .budget })
        let shares = evaluated.evidence(for: finding).shares
        #expect(shares.map { "\($0.service) \($0.amount.exact)" } == ["Amazon Simple Queue Service 46.5 USD"])
    }
}
