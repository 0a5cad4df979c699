import Git
import TestSupport
import Testing

@Suite("an in-memory commit")
struct CommitDraftTests {
    private func draft(_ base: ObjectID, _ files: [String: String]) -> CommitDraft {
        CommitDraft(
            base: base, files: files.mapValues { Array($0.utf8) }, message: "Tag the ledger\n\nWhy: é\n\nBursar-Finding: f-1\n",
            author: signature,
            committer: signature)
    }

    @Test("replaces files on top of its base, keeps modes and all else, and satisfies fsck", arguments: [false, true])
    func tree(bare: Bool) throws {
        let temporary = try TemporaryRepository()
        for name in ["a.tf", "infra/run.sh", "infra/b.tf"] { try temporary.write("old\n", to: name) }
        try temporary.git(["add", "--all"])
        try temporary.git(["update-index", "--chmod=+x", "infra/run.sh"])
        try temporary.git(["commit", "--quiet", "-m", "base"])
        if bare { try temporary.git(["config", "core.bare", "true"]) }
        let repository = try temporary.open()
        let base = try temporary.head()
        let id = try repository.write(draft(base, ["infra/run.sh": "new\n", "infra/new/c.tf": "c\r\n"]))
        #expect(
            try temporary.git(["diff-tree", "-r", "--abbrev=4", base.description, id.description]) == """
                :000000 100644 0000 764d A\tinfra/new/c.tf
                :100755 100755 3367 3e75 M\tinfra/run.sh
                """)
        try temporary.git(["fsck", "--strict"])
        let commit = try repository.commit(id)
        #expect(commit.parents == [base])
        #expect(commit.author == signature)
        #expect(commit.trailers("Bursar-Finding") == ["f-1"])
        #expect(try temporary.head() == base, "no reference has moved")
    }

    @Test("has the same id every time")
    func reproducible() throws {
        let temporary = try TemporaryRepository()
        try temporary.write("old", to: "a.tf")
        let base = try #require(ObjectID(try temporary.commit()))
        let first = try temporary.open().write(draft(base, ["a.tf": "new", "b.tf": "b"]))
        let second = try temporary.open().write(draft(base, ["b.tf": "b", "a.tf": "new"]))
        #expect(first == second)
        let tree = try temporary.open().writeTree(of: draft(base, ["a.tf": "new", "b.tf": "b"]))
        #expect(try temporary.open().commit(first).tree == tree)
    }

    @Test("writes through no link, over no folder, to no hostile path, and nobody's name may break the format")
    func refused() throws {
        let temporary = try TemporaryRepository()
        try temporary.write("x", to: "folder/a.tf")
        try FileSystem.link("/etc/passwd", at: temporary.path + "/link")
        let base = try #require(ObjectID(try temporary.commit()))
        let repository = try temporary.open()
        for path in ["link", "folder", "../x", "a/../../x", ".git/config", "/x", "", "folder/a.tf/b"] {
            #expect(try gitError { _ = try repository.write(draft(base, [path: "x"])) } != nil, "\(path)")
        }
        var bad = draft(base, ["a": "x"])
        for name in ["", "a\nparent 0", "<x>"] {
            bad.author.name = name
            #expect(try gitError { _ = try repository.write(bad) } != nil, "\(name)")
        }
    }
}

@Suite("a branch")
struct BranchTests {
    @Test("moves only from where the caller saw it")
    func compareAndSwap() throws {
        let temporary = try TemporaryRepository()
        let ids = try (1...3).map { try #require(ObjectID(try temporary.commit("number \($0)"))) }
        let repository = try temporary.open()
        #expect(try repository.branchTip("bursar/fix") == nil)
        let missing = try gitError { try repository.updateBranch("bursar/fix", to: ids[0], expecting: ids[1], reflog: "plan") }
        #expect(missing?.description == "the branch 'bursar/fix' is at no commit, expected \(ids[1].short)")
        try repository.updateBranch("bursar/fix", to: ids[0], expecting: nil, reflog: "plan: create")
        #expect(try repository.branchTip("bursar/fix") == ids[0])
        #expect(try gitError { try repository.updateBranch("bursar/fix", to: ids[1], expecting: nil, reflog: "plan") }?.code == .exists)
        let moved = try gitError { try repository.updateBranch("bursar/fix", to: ids[2], expecting: ids[1], reflog: "plan") }
        #expect(moved?.code == .moved)
        #expect(moved?.description == "the branch 'bursar/fix' is at \(ids[0].short), expected \(ids[1].short)")
        try repository.updateBranch("bursar/fix", to: ids[2], expecting: ids[0], reflog: "plan: update")
        #expect(try temporary.git(["rev-parse", "bursar/fix"]) == ids[2].description)
        #expect(try temporary.git(["reflog", "--format=%gs", "bursar/fix"]) == "plan: update\nplan: create")
        #expect(try !repository.isCheckedOut(branch: "bursar/fix"))
        #expect(try repository.isCheckedOut(branch: "main"))
        #expect(try repository.headBranch() == "main")
    }

    @Test("goes to exactly one of many who want it at once")
    func race() async throws {
        let temporary = try TemporaryRepository()
        let path = temporary.path
        let ids = try (1...8).map { try #require(ObjectID(try temporary.commit("number \($0)"))) }
        let winners = await withTaskGroup(of: ObjectID?.self) { group in
            for id in ids {
                group.addTask {
                    do {
                        try Repository.discover(from: path).updateBranch("race", to: id, expecting: nil, reflog: "race")
                        return id
                    } catch {
                        return nil
                    }
                }
            }
            return await group.reduce(into: [ObjectID]()) { if let id = $1 { $0.append(id) } }
        }
        #expect(winners.count == 1)
        #expect(try temporary.open().branchTip("race") == winners.first)
    }

    @Test("stays where it is while another process holds its lock")
    func locked() throws {
        let temporary = try TemporaryRepository()
        let first = try #require(ObjectID(try temporary.commit()))
        try temporary.write("", to: ".git/refs/heads/main.lock")
        let error = try gitError { try temporary.open().updateBranch("main", to: first, expecting: first, reflog: "plan") }
        #expect(error?.code == .locked)
    }

    @Test("needs a name that Git accepts", arguments: ["", "-x", "a..b", "a b", "a~1", "x.lock", "HEAD", "/a", "a/", "a\0b", "@{1}"])
    func names(name: String) throws {
        #expect(try gitError { try Repository.checkBranchName(name) }?.code == .invalidName)
        try Repository.checkBranchName("bursar/9f2c01a")
    }
}
