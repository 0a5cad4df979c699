import CostModel
import Git
import TestSupport
import Testing

@testable import Reconciliation

/// What the messages of a branch say of plans, commit by commit as Git and code hosts write them.
@Suite("merges and what undoes them, in a branch's commits")
struct MergeFinderTests {
    private let repository: TemporaryRepository
    private let start: String

    init() throws {
        repository = try TemporaryRepository()
        start = try repository.commit("start")
    }

    @discardableResult
    private func merge(_ plan: String, subject: String = "Mend") throws -> String {
        try repository.write(plan + subject, to: plan)
        return try repository.commit("\(subject)\n\nBursar-Plan: \(plan)\nBursar-Finding: f-\(plan)")
    }

    private func revert(_ commit: String, _ more: String...) throws -> String {
        try repository.git(["revert", "--no-edit"] + more + [commit])
        return try repository.git(["rev-parse", "HEAD"])
    }

    private func find(since: String? = nil, written: [String: String] = [:]) throws -> MergeHistory {
        let tip = try #require(ObjectID(try repository.git(["rev-parse", "HEAD"])))
        let finder = MergeFinder(repository: try Repository.discover(from: repository.path), now: SmallEstate.now, written: written)
        return try finder.find(since: since.flatMap { ObjectID($0) }, until: tip)
    }

    @Test("a revert by Git undoes the commit and the plans that it is of")
    func revert() throws {
        let merged = try merge("p1")
        let undoing = try revert(merged)
        let found = try find()
        #expect(found.merges["p1"]?.commit == merged && found.merges["p1"]?.findings == ["f-p1"])
        #expect(Set(found.undone.keys) == [merged, "p1"])
        #expect(found.undone["p1"]?.commit == undoing && found.undone["p1"]?.age == 0)
    }

    @Test("a revert of a revert undoes nothing, and brings back what was undone before anybody looked")
    func revertOfRevert() throws {
        let undoing = try revert(try merge("p1"))
        let redoing = try revert(undoing)
        #expect(try find().undone["p1"] == nil)
        let later = try find(since: undoing)
        #expect(later.redone["p1"]?.commit == redoing && later.undone["p1"] == nil)
        // And once more.
        _ = try revert(redoing)
        #expect(try find().undone["p1"] != nil)
        #expect(try find(since: redoing).undone["p1"] != nil)
        #expect(try find(since: redoing).redone["p1"] == nil)
    }

    @Test("a commit with a plan's trailers and without its change merges nothing, and hides nothing that did")
    func wordsAlone() throws {
        try repository.git(["checkout", "--quiet", "-b", "proposal"])
        let own = try merge("p1")
        try repository.git(["checkout", "--quiet", "main"])
        let trailers = "\n\nBursar-Plan: p1\nBursar-Finding: f-p1"
        try repository.write("Mend", to: "CHANGELOG")
        try repository.commit("Release notes\(trailers)")
        // A squash of the commit and its revert.
        try repository.git(["commit", "--quiet", "--allow-empty", "-m", "Squashed\(trailers)"])
        #expect(try find(written: ["p1": own]).merges["p1"] == nil)
        try repository.git(["cherry-pick", own])
        let merged = try repository.git(["rev-parse", "HEAD"])
        try repository.git(["commit", "--quiet", "--allow-empty", "-m", "Notes of the next release\(trailers)"])
        #expect(try find(written: ["p1": own]).merges["p1"]?.commit == merged)
    }

    @Test("a revert of a merge undoes all that the merge brought")
    func revertOfMerge() throws {
        try repository.git(["checkout", "--quiet", "-b", "side"])
        let side = try merge("p1")
        try repository.git(["checkout", "--quiet", "main"])
        try repository.git(["merge", "--quiet", "--no-ff", "-m", "Merge pull request #5 from acme/side", "side"])
        let merged = try repository.git(["rev-parse", "HEAD"])
        let undoing = try revert(merged, "-m", "1")
        #expect(Set(try find().undone.keys) == [merged, side, "p1"])
        _ = try revert(undoing)
        #expect(try find().undone["p1"] == nil)
    }

    @Test("GitHub's sentence undoes a request, and one about the request that undid it takes that back")
    func byRequest() throws {
        try merge("p1", subject: "Mend (#5)")
        try repository.commit("Revert \"Mend\" (#6)\n\nReverts acme/infra#5")
        let undone = try repository.git(["rev-parse", "HEAD"])
        #expect(Set(try find().undone.keys) == ["acme/infra#5"])
        try repository.commit("Revert \"Revert \"Mend\"\" (#7)\n\nReverts acme/infra#6")
        #expect(Set(try find().undone.keys) == ["acme/infra#6"])
        #expect(Set(try find(since: undone).redone.keys) == ["acme/infra#5"])
    }

    @Test("a plan that is merged again after its revert is newer than that")
    func again() throws {
        let first = try merge("p1")
        _ = try revert(first)
        let second = try merge("p1", subject: "Again")
        let found = try find()
        let (merge, undoing) = (try #require(found.merges["p1"]), try #require(found.undone["p1"]))
        #expect(merge.commit == second && merge.age < undoing.age)
    }

    @Test("our own revert has a plan of its own, which reached the branch as no merge")
    func ours() throws {
        try merge("p1")
        try repository.commit("Revert\n\nBursar-Plan: r1\nBursar-Reverts: p1")
        #expect(try find().merges["r1"] == nil)
        #expect(Set(try find().undone.keys) == ["p1"])
        try repository.commit("Revert the revert\n\nBursar-Plan: r2\nBursar-Reverts: r1")
        #expect(try find().undone["p1"] == nil)
    }

    @Test("GitLab's and Gitea's buttons are understood; what Gitea repeats of the message that it undoes is no merge")
    func otherHosts() throws {
        let merged = try merge("p1")
        try repository.commit("revert \(merged)\n\nrevert Mend\n\nBursar-Plan: p1\nBursar-Finding: f-p1")
        let found = try find()
        #expect(found.merges["p1"]?.commit == merged)
        #expect(Set(found.undone.keys) == [merged, "p1"])
        try repository.commit(
            "Merge branch 'x' into 'main'\n\nRevert \"Mend\"\n\nThis reverts merge request !5\n\nSee merge request acme/infra!6")
        let undone = try repository.git(["rev-parse", "HEAD"])
        #expect(try find().undone.keys.contains("!5"))
        try repository.commit("Revert \"Revert\"\n\nThis reverts merge request acme/infra!6.")
        #expect(try !find().undone.keys.contains("!5"))
        #expect(Set(try find(since: undone).redone.keys) == ["!5"])
    }

    @Test("a request's number names it on its own host and project only")
    func requestNames() {
        var record = RequestCase.record(RequestCase.group())
        for (url, names) in [
            ("https://git.example/acme/infra/-/merge_requests/1", ["!1", "acme/infra!1"]),
            ("https://git.example/acme/infra/pull/1", ["acme/infra#1"]),
        ] {
            record.url = url
            for name in ["!1", "acme/infra!1", "acme/infra#1", "!11", "other/infra!1", "other/infra#1"] {
                let turn = MergeHistory.Turn(commit: "r", time: RequestCase.noon, age: 0)
                // GitLab's address holds the project as GitHub's does.
                let isAbout = names.contains(name) || (name == "acme/infra#1")
                #expect(MergeHistory(undone: [name: turn]).undoes(record) == isAbout, "\(name) \(url)")
            }
        }
    }

    @Test("what a merge brought came when that was made; what a fast-forward brought, since somebody last looked")
    func arrivals() throws {
        func at(_ day: Int, _ arguments: [String]) throws {
            let result = try repository.attempt(arguments, environment: ["GIT_COMMITTER_DATE": "2026-09-\(day)T00:00:00Z"])
            #expect(result.code == 0, "\(result.error)")
        }
        try at(10, ["commit", "--quiet", "--allow-empty", "-m", "base"])
        let base = try repository.git(["rev-parse", "HEAD"])
        try repository.git(["checkout", "--quiet", "-b", "side"])
        try at(10, ["commit", "--quiet", "--allow-empty", "-m", "Mend\n\nBursar-Plan: p1"])
        try repository.git(["checkout", "--quiet", "main"])
        try at(12, ["commit", "--quiet", "--allow-empty", "-m", "other"])
        try at(14, ["merge", "--quiet", "--no-ff", "-m", "merge", "side"])
        try at(16, ["commit", "--quiet", "--allow-empty", "-m", "after"])
        #expect(try find().merges["p1"]?.time == Instant("2026-09-14T00:00:00Z"))
        #expect(try find(since: base).merges["p1"]?.time == Instant("2026-09-14T00:00:00Z"))
        try repository.git(["reset", "--quiet", "--hard", "side"])
        #expect(try find().merges["p1"]?.time == Instant("2026-09-10T00:00:00Z"), "nobody knows better")
        #expect(try find(since: base).merges["p1"]?.time == SmallEstate.now)
    }
}
