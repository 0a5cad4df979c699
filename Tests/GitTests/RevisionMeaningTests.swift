import Git
import TestSupport
import Testing

@Suite("what the name in a revision means")
struct RevisionMeaningTests {
    private let temporary: TemporaryRepository
    private let repository: Repository

    init() throws {
        temporary = try TemporaryRepository()
        try temporary.commit("one")
        try temporary.commit("two")
        try temporary.git(["update-ref", "refs/remotes/origin/main", "HEAD~1"])
        repository = try temporary.open()
    }

    @Test(
        "is one thing where one thing has the name",
        arguments: ["main", "origin/main", "HEAD", "refs/remotes/origin/main", "main~1", "HEAD^{commit}", "heads/main", "main@{0}", "@"])
    func one(revision: String) throws {
        #expect(try repository.meanings(of: revision).count < 2)
    }

    @Test(
        "is several things, which are told",
        arguments: [
            (["refs/tags/origin/main"], "origin/main", ["refs/tags/origin/main", "refs/remotes/origin/main"]),
            (["refs/heads/origin/main"], "origin/main", ["refs/heads/origin/main", "refs/remotes/origin/main"]),
            (["refs/tags/main"], "main", ["refs/tags/main", "refs/heads/main"]),
            (["refs/tags/main"], "main~1", ["refs/tags/main", "refs/heads/main"]),
            (["refs/tags/main"], "main^{/x}", ["refs/tags/main", "refs/heads/main"]),
            (["refs/tags/HEAD"], "HEAD", ["HEAD", "refs/tags/HEAD"]),
            (["refs/heads/HEAD"], "HEAD@{0}", ["HEAD", "refs/heads/HEAD"]),
            (["refs/tags/heads/main"], "heads/main", ["refs/heads/main", "refs/tags/heads/main"]),
            (["refs/tags/origin", "refs/remotes/origin/HEAD"], "origin", ["refs/tags/origin", "refs/remotes/origin/HEAD"]),
            (["refs/tags/x", "refs/heads/x", "refs/remotes/x"], "x", ["refs/tags/x", "refs/heads/x", "refs/remotes/x"]),
        ])
    func several(references: [String], revision: String, meanings: [String]) throws {
        for reference in references { try temporary.git(["update-ref", reference, "HEAD"]) }
        #expect(try repository.meanings(of: revision) == meanings)
    }

    @Test("a branch that is called like the first digits of a commit is another thing than that commit")
    func digits() throws {
        let head = try temporary.head()
        try temporary.git(["update-ref", "refs/heads/\(head.short)", "HEAD~1"])
        #expect(try repository.meanings(of: head.short) == ["refs/heads/\(head.short)", "the object \(head.short)"])
    }

    @Test("all digits of a commit are that commit, as Git has it", arguments: ["refs/tags/", "refs/heads/", "refs/"])
    func allDigits(prefix: String) throws {
        let head = try temporary.head()
        try temporary.git(["update-ref", "\(prefix)\(head)", "HEAD~1"])
        #expect(try repository.meanings(of: head.description) == ["the object \(head.short)"])
        #expect(try repository.resolve(revision: head.description) == head)
        #expect(try repository.resolve(revision: "\(head)~1").description == temporary.git(["rev-parse", "HEAD~1"]))
    }

    @Test("a whole name means itself, whatever else is called so")
    func whole() throws {
        try temporary.git(["update-ref", "refs/heads/refs/remotes/origin/main", "HEAD"])
        try temporary.git(["update-ref", "refs/tags/refs/remotes/origin/main", "HEAD"])
        #expect(try repository.meanings(of: "refs/remotes/origin/main") == ["refs/remotes/origin/main"])
        #expect(try repository.resolve(revision: "refs/remotes/origin/main").description == temporary.git(["rev-parse", "HEAD~1"]))
    }
}
