import Foundation
import TestSupport
import Testing

@testable import Git

/// What a run that was killed leaves behind, as it leaves it: its claim is held by nobody, and its lock file is there.
@Suite("locks that a killed run left")
struct LockClaimTests {
    private let temporary: TemporaryRepository
    private let repository: Repository
    private let base: ObjectID
    private let next: ObjectID

    init() throws {
        temporary = try TemporaryRepository()
        base = try #require(ObjectID(try temporary.commit("one")))
        next = try #require(ObjectID(try temporary.commit("two")))
        repository = try temporary.open()
    }

    /// - Parameters:
    ///   - age: seconds by which the lock is older than the claim.
    ///   - ago: seconds since both were made.
    private func leave(_ lock: String, _ content: String, claiming claimed: String, age: TimeInterval = 0, ago: TimeInterval = 0) throws {
        try temporary.write(claimed, to: ".git/bursar-locks/4711-1")
        try temporary.write(content, to: ".git/" + lock)
        for (name, seconds) in [("bursar-locks/4711-1", ago), (lock, ago + age)] where seconds != 0 {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -seconds)], ofItemAtPath: temporary.path + "/.git/" + name)
        }
    }

    private func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: temporary.path + "/.git/" + name) }

    private func move(_ name: String = "bursar/fix") throws -> GitError? {
        try gitError { try repository.updateBranch(name, to: base, expecting: nil, reflog: "test") }
    }

    private var claims: [String] {
        // Without the folder there are none.
        (try? FileManager.default.contentsOfDirectory(atPath: temporary.path + "/.git/bursar-locks")) ?? []
    }

    @Test("are removed, empty, half-written or whole, and the branch is written", arguments: [0, 7, 41])
    func removed(length: Int) throws {
        let content = String("\(base)\n".prefix(length))
        try leave("refs/heads/bursar/fix.lock", content, claiming: "\(base) refs/heads/bursar/fix.lock\n")
        #expect(try move() == nil)
        #expect(try repository.branchTip("bursar/fix") == base)
        #expect(claims.isEmpty)
    }

    @Test("are removed of other branches too, and before a branch is deleted")
    func others() throws {
        try leave("refs/heads/a.lock", "", claiming: "\(base) refs/heads/a.lock\n")
        #expect(try move("b") == nil)
        #expect(try move("a") == nil)
        try leave("packed-refs.lock", "# pack-refs\n", claiming: "- refs/heads/a.lock\n- packed-refs.lock\n", ago: 30)
        try repository.deleteBranch("a", expecting: base)
        #expect(try repository.branchTip("a") == nil)
    }

    @Test(
        "stay and are named where they are somebody else's",
        arguments: [
            // Nobody claimed it; it holds something else; it was there before; it came long after.
            ("", "", 0.0), ("BASE refs/heads/bursar/fix.lock\n", "NEXT\n", 0), ("BASE refs/heads/bursar/fix.lock\n", "", 60),
            ("BASE refs/heads/bursar/fix.lock\n", "", -600), ("BASE refs/heads/other.lock\n", "", 0),
            ("BASE ../.git/refs/heads/bursar/fix.lock\n", "", 0), ("nonsense refs/heads/bursar/fix.lock\n", "", 0),
        ])
    func foreign(claim: String, content: String, age: Double) throws {
        let fill = { (text: String) in text.replacing("BASE", with: "\(base)").replacing("NEXT", with: "\(next)") }
        try leave("refs/heads/bursar/fix.lock", fill(content), claiming: fill(claim), age: age)
        let error = try #require(try move())
        #expect(error.code == .locked)
        #expect(error.message.contains("/.git/refs/heads/bursar/fix.lock' is there since"), "\(error)")
        #expect(error.message.contains("of this user, and was not left by a run of Bursar that died"), "\(error)")
        #expect(FileManager.default.fileExists(atPath: temporary.path + "/.git/refs/heads/bursar/fix.lock"))
    }

    /// The branch was moved or deleted before the run was killed: nothing is left to write, and nobody claims a lock.
    @Test(
        "are removed by a run that finds nothing to do",
        arguments: ["BASE refs/heads/bursar/fix.lock\n", "- refs/heads/bursar/fix.lock\n"])
    func nothingToDo(claim: String) throws {
        try repository.updateBranch("bursar/fix", to: base, expecting: nil, reflog: "test")
        try leave("refs/heads/bursar/fix.lock", "\(base)\n", claiming: claim.replacing("BASE", with: "\(base)"), ago: 30)
        #expect(throws: (any Error).self) { try temporary.git(["branch", "-D", "bursar/fix"]) }
        repository.removeLeftLocks()
        #expect(claims.isEmpty && !exists("refs/heads/bursar/fix.lock"))
        try temporary.git(["branch", "-D", "bursar/fix"])
    }

    @Test("are removed from a linked work tree and from a bare repository, whose branches are elsewhere")
    func elsewhereKept() throws {
        try temporary.git(["worktree", "add", "--quiet", "-b", "side", temporary.path + "/side"])
        let linked = try Repository.discover(from: temporary.path + "/side")
        try leave("refs/heads/bursar/fix.lock", "", claiming: "\(base) refs/heads/bursar/fix.lock\n")
        linked.removeLeftLocks()
        #expect(claims.isEmpty && !exists("refs/heads/bursar/fix.lock"))
    }

    /// A `git` that is alive has the lock on the packed references for as long as a hook or a slow disk takes.
    @Test("on the packed references stay, and are named, while Git writes them anew")
    func transaction() throws {
        try temporary.git(["branch", "a"])
        try temporary.git(["pack-refs", "--all"])
        try leave("packed-refs.lock", "", claiming: "- refs/heads/a.lock\n- packed-refs.lock\n", ago: 30)
        try temporary.write("# pack-refs\n", to: ".git/packed-refs.new")
        let error = try #require(try gitError { try repository.deleteBranch("a", expecting: next) })
        #expect(error.code == .locked && error.message.contains("packed-refs.lock' is there since"), "\(error)")
        #expect(exists("packed-refs.lock"))
        temporary.directory.remove(".git/packed-refs.new")
        try repository.deleteBranch("a", expecting: next)
        #expect(!exists("packed-refs.lock") && claims.isEmpty)
    }

    @Test("stay while their run is alive")
    func alive() throws {
        try temporary.write("x", to: ".git/bursar-locks/x")
        let claim = LockClaim(temporary.path + "/.git", [LockClaim.Lock("refs/heads/bursar/fix.lock", holds: "\(base)")])
        try temporary.write("", to: ".git/refs/heads/bursar/fix.lock")
        #expect(try move()?.code == .locked)
        claim.release()
        #expect(try move()?.code == .locked, "a run that let go of its claim has taken its lock with it: this one is not its own")
    }

    @Test("of others that are not in the way do not matter; one on the packed references is named when a branch is deleted")
    func elsewhere() throws {
        for name in ["index.lock", "HEAD.lock", "config.lock", "shallow.lock", "refs/heads/other.lock"] {
            try temporary.write("", to: ".git/" + name)
        }
        #expect(try move() == nil)
        #expect(try repository.dirtyTrackedFiles() == [])
        for name in ["HEAD.lock", "refs/heads/other.lock"] { temporary.directory.remove(".git/" + name) }
        try temporary.git(["pack-refs", "--all"])
        try temporary.write("", to: ".git/packed-refs.lock")
        let error = try #require(try gitError { try repository.deleteBranch("bursar/fix", expecting: base) })
        #expect(error.code == .locked && error.message.contains("packed-refs.lock' is there since"), "\(error)")
        temporary.directory.remove(".git/packed-refs.lock")
        try repository.deleteBranch("bursar/fix", expecting: base)
    }

    @Test("a link in the place of a claim or a lock is left alone")
    func links() throws {
        try temporary.write("precious", to: "precious")
        try temporary.write("\(base) refs/heads/bursar/fix.lock\n", to: "claim")
        try temporary.write("", to: ".git/bursar-locks/.keep")
        try FileSystem.link("../../claim", at: temporary.path + "/.git/bursar-locks/1-1")
        try temporary.write("", to: ".git/refs/heads/bursar/.keep")
        try FileSystem.link("../../../../precious", at: temporary.path + "/.git/refs/heads/bursar/fix.lock")
        #expect(try move()?.code == .locked)
        #expect(try temporary.directory.read("precious") == Array("precious".utf8))
        #expect(try temporary.directory.read("claim").isEmpty == false)
    }
}
