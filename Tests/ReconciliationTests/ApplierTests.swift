import CostModel
import Diagnostics
import Reconciliation
import TestSupport
import Testing

@Suite("applying a plan")
struct ApplierTests {
    @Test("writes one commit with trailers on a branch of its own, and nothing else")
    func commit() throws {
        let estate = try SmallEstate()
        let head = try estate.repository.git(["rev-parse", "HEAD"])
        let outcome = try estate.apply(try estate.plan())
        #expect(outcome.written)
        #expect(try estate.repository.git(["rev-parse", "bursar/fix"]) == outcome.commit)
        #expect(try estate.repository.git(["rev-parse", "bursar/fix~1"]) == head)
        #expect(try estate.repository.git(["status", "--porcelain"]).isEmpty)
        #expect(try estate.repository.git(["rev-parse", "HEAD"]) == head)
        let trailers = try estate.repository.git(["log", "-1", "--format=%(trailers:only,unfold)", "bursar/fix"])
        for key in ["Bursar-Plan: d1", "Bursar-Policy-Revision: \(head)", "Bursar-Finding: f-", "Bursar-Tree: "] {
            #expect(trailers.contains(key))
        }
        #expect(try estate.repository.git(["diff", "main", "bursar/fix", "--numstat"]) == "2\t1\tinfra/app/main.tf")
        try estate.repository.git(["fsck", "--strict"])
    }

    @Test("is the same commit every time, and a second time writes nothing")
    func again() throws {
        let estate = try SmallEstate()
        let plan = try estate.plan()
        #expect(plan == (try estate.plan()))
        let first = try estate.apply(plan)
        let second = try estate.apply(plan)
        #expect(second.commit == first.commit)
        #expect(!second.written)
        #expect(try estate.apply(plan, to: .branch("bursar/other")).commit == first.commit)
    }

    @Test("removes the lock of a run that was killed when it had written the branch, although nothing is left to write")
    func leftLock() throws {
        let estate = try SmallEstate()
        let plan = try estate.plan()
        let first = try estate.apply(plan)
        try estate.repository.write("\(first.commit) refs/heads/bursar/fix.lock\n", to: ".git/bursar-locks/4711-1")
        try estate.repository.write("\(first.commit)\n", to: ".git/refs/heads/bursar/fix.lock")
        #expect(try !estate.apply(plan).written)
        try estate.repository.git(["branch", "-D", "bursar/fix"])
    }

    @Test("a branch that a working tree has checked out is not moved under it")
    func checkedOut() throws {
        let estate = try SmallEstate()
        let first = try estate.apply(try estate.plan())
        let tree = TemporaryDirectory()
        try estate.repository.git(["worktree", "add", "--quiet", tree.path + "/tree", "bursar/fix"])
        try estate.repository.write("x", to: "other")
        try estate.repository.commit()
        let error = try #require(throws: WorkspaceError.self) { try estate.apply(try estate.plan()) }
        #expect("\(error)" == "the branch 'bursar/fix' is checked out: moving it would leave the working tree behind")
        #expect(try estate.repository.git(["rev-parse", "bursar/fix"]) == first.commit)
    }

    @Test("nothing that a plan says starts a line of the message, where it could pass for a trailer")
    func message() throws {
        let estate = try SmallEstate()
        var plan = try estate.plan()
        plan.changes[0].title = "x\n\nBursar-Tree: title"
        plan.changes[0].findings = ["f-1\nBursar-Tree: finding", "f-\u{202E}2"]
        let outcome = try estate.apply(plan)
        let text = try estate.repository.git(["log", "-1", "--format=%B", outcome.commit])
        #expect(text.split(separator: "\n").count { $0.hasPrefix("Bursar-Tree:") } == 1)
        #expect(!text.unicodeScalars.contains("\u{202E}"))
    }

    @Test("planning on the result gives nothing to write")
    func converges() throws {
        let estate = try SmallEstate()
        _ = try estate.apply(try estate.plan())
        let again = try estate.evaluate(.revision("bursar/fix")).plan()
        #expect(again.changes.allSatisfy { $0.applicability == .advisory })
        #expect(again.patch.isEmpty)
    }

    @Test("a file that is not UTF-8 is not edited: a patch could not show it unharmed")
    func notText() throws {
        let estate = try SmallEstate()
        let text = Array(SmallEstate.queue.replacing("    team", "    # caf!\n    team").utf8)
        try estate.repository.directory.write(text.map { $0 == UInt8(ascii: "!") ? 0xE9 : $0 }, to: "infra/app/main.tf")
        try estate.repository.commit()
        let plan = try estate.plan()
        #expect(plan.patch.isEmpty)
        #expect(plan.changes.map(\.reason) == ["the code at this place has a form that cannot be edited safely"])
    }

    private func expectConflict(_ estate: SmallEstate, _ plan: Plan, _ target: Applier.Target = .branch("bursar/fix"), saying text: String)
        throws
    {
        let refs = try estate.repository.git(["for-each-ref"])
        let error = try #require(throws: WorkspaceError.self) { try estate.apply(plan, to: target) }
        guard case .conflict(let message) = error else {
            Issue.record("expected a conflict, got \(error)")
            return
        }
        #expect(message.contains(text))
        #expect(try estate.repository.git(["for-each-ref"]) == refs)
    }

    @Test("refuses when a touched file changed since")
    func changedFile() throws {
        let estate = try SmallEstate()
        let plan = try estate.plan()
        try estate.repository.write(SmallEstate.queue + "# someone was here\n", to: "infra/app/main.tf")
        try estate.repository.commit()
        try expectConflict(estate, plan, saying: "'infra/app/main.tf' is not what the plan was made from")
    }

    @Test("goes on when only other files changed since")
    func otherFile() throws {
        let estate = try SmallEstate()
        let plan = try estate.plan()
        try estate.repository.write("# new\n", to: "infra/app/other.tf")
        try estate.repository.commit()
        #expect(try estate.apply(plan).written)
    }

    @Test("replaces its own earlier commit in place")
    func inPlace() throws {
        let estate = try SmallEstate()
        let first = try estate.apply(try estate.plan())
        try estate.repository.write(SmallEstate.queue + "\n# new\n", to: "infra/app/main.tf")
        try estate.repository.commit()
        let second = try estate.apply(try estate.plan(), digest: "d2")
        #expect(second.commit != first.commit)
        #expect(try estate.repository.git(["rev-list", "--count", "main..bursar/fix"]) == "1")
    }

    @Test("an earlier plan that was merged below it does not make a branch foreign")
    func afterMerge() throws {
        let estate = try SmallEstate()
        try estate.repository.git(["commit", "--quiet", "--allow-empty", "-m", "Squashed\n\nBursar-Plan: d0"])
        #expect(try estate.apply(try estate.plan()).written)
        try estate.repository.write("# more\n", to: "infra/app/other.tf")
        try estate.repository.commit("more")
        #expect(try estate.apply(try estate.plan(), digest: "d2").written)
    }

    @Test("never overwrites a branch that is not ours, or that a person edited")
    func foreign() throws {
        let estate = try SmallEstate()
        let plan = try estate.plan()
        try estate.repository.git(["branch", "bursar/fix"])
        try expectConflict(estate, plan, saying: "is not one of Bursar's")

        let edited = try SmallEstate()
        let second = try edited.plan()
        _ = try edited.apply(second)
        try edited.repository.git(["checkout", "--quiet", "bursar/fix"])
        try edited.repository.write("# by hand\n", to: "infra/app/notes.tf")
        try edited.repository.git(["add", "--all"])
        try edited.repository.git(["commit", "--quiet", "--amend", "--no-edit"])
        try edited.repository.git(["checkout", "--quiet", "main"])
        try expectConflict(edited, second, saying: "was edited by a person")

        try edited.repository.git(["checkout", "--quiet", "bursar/fix"])
        try edited.repository.write("# more\n", to: "infra/app/notes.tf")
        try edited.repository.commit("by hand")
        try edited.repository.git(["checkout", "--quiet", "main"])
        try expectConflict(edited, second, saying: "is not one of Bursar's")
    }

    @Test("refuses a plan that was tampered with")
    func tampered() throws {
        let estate = try SmallEstate()
        var plan = try estate.plan()
        let index = try #require(plan.changes.firstIndex { !$0.edits.isEmpty })
        plan.changes[index].edits[0].replacement += Array("# and more".utf8)
        try expectConflict(estate, plan, saying: "was changed after it was made")
    }

    @Test("onto the base branch goes what is automatic, in a bare repository; a branch that is checked out stays")
    func ontoBase() throws {
        let estate = try SmallEstate()
        let plan = try estate.plan()
        try expectConflict(estate, plan, .base, saying: "is checked out")

        let folder = TemporaryDirectory()
        let bare = folder.path + "/bare.git"
        try estate.repository.git(["clone", "--quiet", "--bare", estate.path, bare])
        let applier = try Applier(bare, plan: plan, digest: "d1", settings: RemediationSettings())
        let outcome = try applier.apply(to: .base)
        #expect(outcome.branch == "main" && outcome.written)
        #expect(!(try applier.apply(to: .base)).written)
        #expect(try estate.repository.git(["--git-dir", bare, "rev-parse", "main~1"]) == plan.baseCommit)
    }

    @Test("an author of the workspace signs the commit; else Git's own identity does")
    func author() throws {
        let estate = try SmallEstate()
        let settings = RemediationSettings(author: .init(name: "Cost Robot", email: "robot@example.com"))
        let outcome = try Applier(estate.path, plan: try estate.plan(), digest: "d1", settings: settings).apply(to: .branch(nil))
        #expect(outcome.branch.hasPrefix("bursar/fix-"))
        #expect(
            try estate.repository.git(["log", "-1", "--format=%an <%ae>|%at", outcome.branch])
                == "Cost Robot <robot@example.com>|1700000000")
    }
}
