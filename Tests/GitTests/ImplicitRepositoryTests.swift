import Git
import TestSupport
import Testing

/// A commit may hold the files of a bare repository: whoever stands among them must not be judged by those.
@Suite("a bare repository among the files of another")
struct ImplicitRepositoryTests {
    private let outer: TemporaryRepository

    init() throws {
        outer = try TemporaryRepository()
        try outer.write("x", to: "main.tf")
        try outer.commit()
    }

    private func code(_ folder: String) throws -> GitError.Code? { try gitError { _ = try outer.open(folder) }?.code }

    @Test(
        "is not opened, wherever in it somebody stands",
        arguments: ["infra", "infra/refs", "infra/refs/heads", "infra/objects/pack", "deep/er/infra.git"])
    func refused(folder: String) throws {
        let bare = folder.hasPrefix("deep") ? folder : "infra"
        try outer.git(["init", "--quiet", "--bare", bare])
        let error = try #require(try gitError { _ = try outer.open(folder) })
        #expect(error.code == .unsafe)
        #expect(error.message.contains("is a bare repository inside the working tree '\(outer.path)' and is not opened"), "\(error)")
    }

    @Test("is not opened when it says that it is not bare, or names a working tree of its own")
    func disguised() throws {
        try outer.git(["init", "--quiet", "--bare", "a"])
        try outer.git(["-C", "a", "config", "core.bare", "false"])
        #expect(try code("a") == .unsafe)
        try outer.git(["-C", "a", "config", "core.worktree", outer.path])
        #expect(try code("a") == .unsafe)
    }

    @Test("is not opened through a link, nor where it is committed")
    func linked() throws {
        try outer.git(["init", "--quiet", "--bare", "hidden"])
        try FileSystem.link("hidden", at: outer.path + "/infra")
        #expect(try code("infra") == .unsafe)
        try outer.git(["add", "--all"])
        try outer.commit()
        #expect(try code("hidden") == .unsafe)
    }

    @Test("is opened alone, as a mirror of ours, and behind a file '.git' that names it")
    func allowed() throws {
        #expect(try TemporaryRepository(bare: true).open().isBare)
        try outer.git(["init", "--quiet", "--bare", "state/mirror.git"])
        #expect(try code("state/mirror.git") == .unsafe)
        #expect(try Repository.discover(from: outer.path + "/state/mirror.git", isOurs: true).isBare)
        #expect(try code("state/mirror.git") == nil, "what is ours stays so")
        try outer.git(["init", "--quiet", "--separate-git-dir", outer.path + "/elsewhere.git", "part"])
        #expect(try outer.open("part").workDirectory == outer.path + "/part")
    }

    @Test("does not stand for a submodule, a worktree, or a repository with a '.git' of its own")
    func others() throws {
        try outer.git(["worktree", "add", "--quiet", "-b", "side", "linked"])
        #expect(try code("linked") == nil)
        try outer.git(["init", "--quiet", "nested"])
        #expect(try outer.open("nested").workDirectory == outer.path + "/nested")
        #expect(try code(".git/refs") == nil)
    }
}
