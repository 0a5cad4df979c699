import TestSupport
import Testing

@testable import Git

@Suite("objects in quarantine")
struct QuarantineTests {
    @Test(
        "folders are listed as Git writes them",
        arguments: [
            ("", []), ("/a", ["/a"]), ("/a:/b c", ["/a", "/b c"]), (#""/a:b":/c"#, ["/a:b", "/c"]),
            (#"/c:"/a\"b\\c\td\303\251""#, ["/c", "/a\"b\\c\tdé"]),
            ("/a::/b", ["/a", "", "/b"]), (#""/open"#, ["/open"]), (#""\"#, [#"\"#]),
        ])
    func list(text: String, paths: [String]) {
        #expect(Quarantine.list(text) == paths)
    }

    @Test("are looked for only while a push is received")
    func environment() {
        var environment = ["GIT_OBJECT_DIRECTORY": "/o", "GIT_ALTERNATE_OBJECT_DIRECTORIES": "/x:/y"]
        #expect(Quarantine.folders { environment[$0] } == [])
        environment["GIT_QUARANTINE_PATH"] = "/q"
        #expect(Quarantine.folders { environment[$0] } == ["/o", "/x", "/y"])
        #expect(Quarantine.folders { ["GIT_QUARANTINE_PATH": "/q"][$0] } == ["/q"])
    }

    @Test("are read beside the repository's own, packed or not; a folder that is gone holds nothing", arguments: [false, true])
    func read(packed: Bool) throws {
        let source = try TemporaryRepository()
        try source.write("hello\n", to: "a.txt")
        let commit = try source.commit()
        if packed { try source.git(["repack", "-adq"]) }
        let target = try TemporaryRepository(bare: true)
        let repository = try target.opened()
        #expect(throws: GitError.self) { try repository.resolve(revision: commit) }
        try repository.readQuarantine(["/gone", source.path + "/.git/objects"])
        let tree = try RevisionTree(repository, at: try repository.resolve(revision: commit))
        #expect(try tree.read("a.txt") == Array("hello\n".utf8))
    }
}

@Suite("folders that exist in commits only")
struct MissingFolderTests {
    @Test(
        "of a bare repository lie behind its own path",
        arguments: [("", ""), ("/.", ""), ("/live/acme", "live/acme"), ("/hooks", "hooks"), ("/hooks/x/", "hooks/x")])
    func bare(behind: String, prefix: String) throws {
        let temporary = try TemporaryRepository(bare: true)
        try temporary.directory.write("", to: "hooks/y")
        let path = temporary.path + behind
        #expect(try Repository.discover(from: path, mayBeMissing: true).prefix(of: path) == prefix)
    }

    @Test("of a working tree are named without being checked out")
    func workTree() throws {
        let temporary = try TemporaryRepository()
        try temporary.write("", to: "live/x")
        let path = temporary.path + "/live/acme/./prod"
        #expect(try Repository.discover(from: path, mayBeMissing: true).prefix(of: path) == "live/acme/prod")
        #expect(throws: GitError.self) { try Repository.discover(from: path) }
    }

    @Test("are none of a repository that there is not")
    func nowhere() throws {
        let folder = TemporaryDirectory()
        #expect {
            try Repository.discover(from: folder.path + "/a/b", mayBeMissing: true)
        } throws: { error in
            "\(error)" == "the folder '\(folder.path)/a/b' does not exist"
        }
    }
}

@Suite("the folder of hooks")
struct HooksFolderTests {
    @Test("is where Git looks", arguments: [nil, "shared", "a b/", "/absolute/hooks", "~/hooks"] as [String?])
    func folder(configured: String?) throws {
        let temporary = try TemporaryRepository()
        if let configured { try temporary.git(["config", "core.hooksPath", configured]) }
        let found = try temporary.opened().hooksFolder()
        switch configured {
        // The home folder is another one for this process than for the repository's git.
        case "~/hooks"?: #expect(found.hasPrefix("/") && found.hasSuffix("/hooks") && !found.contains("~"))
        default:
            let said = try temporary.git(["rev-parse", "--git-path", "hooks"])
            let absolute = said.hasPrefix("/") ? said : temporary.path + "/" + said
            #expect(found == (absolute.hasSuffix("/") ? String(absolute.dropLast()) : absolute))
        }
    }

    @Test("of a linked worktree is the repository's; a relative one lies in the worktree")
    func linked() throws {
        let temporary = try TemporaryRepository()
        try temporary.commit()
        try temporary.git(["worktree", "add", "--quiet", "-b", "side", "linked"])
        let worktree = try Repository.discover(from: temporary.path + "/linked")
        #expect(try worktree.hooksFolder() == temporary.path + "/.git/hooks")
        try temporary.git(["config", "core.hooksPath", "shared"])
        #expect(try Repository.discover(from: temporary.path + "/linked").hooksFolder() == temporary.path + "/linked/shared")
    }

    @Test("lies in the repository or elsewhere")
    func holds() throws {
        let temporary = try TemporaryRepository()
        let repository = try temporary.opened()
        #expect(repository.holds(temporary.path + "/.git/hooks") && repository.holds(temporary.path + "/not/there"))
        #expect(!repository.holds("/") && !repository.holds(temporary.path + "-beside/hooks"))
    }
}

extension TemporaryRepository {
    fileprivate func opened() throws -> Repository { try Repository.discover(from: path) }
}
