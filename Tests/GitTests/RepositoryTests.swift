import Git
import TestSupport
import Testing

@Suite("repository")
struct RepositoryTests {
    @Test("is found from any folder inside it")
    func discover() throws {
        let temporary = try TemporaryRepository()
        try temporary.write("x", to: "infra/pay/main.tf")
        let repository = try temporary.open("infra/pay")
        #expect(!repository.isBare)
        #expect(repository.workDirectory == temporary.path)
        #expect(try repository.prefix(of: temporary.path + "/infra/pay") == "infra/pay")
        #expect(try repository.prefix(of: temporary.path) == "")
        #expect(try gitError { _ = try repository.prefix(of: "/") }?.code == .notFound)
    }

    @Test("may be bare")
    func bare() throws {
        let temporary = try TemporaryRepository(bare: true)
        let repository = try temporary.open()
        #expect(repository.isBare)
        #expect(repository.workDirectory == nil)
        #expect(try repository.headCommit() == nil)
        #expect(try repository.dirtyTrackedFiles() == [])
    }

    @Test("a linked worktree has its own folder and the same commits")
    func worktree() throws {
        let temporary = try TemporaryRepository()
        let commit = try temporary.commit()
        try temporary.git(["worktree", "add", "--quiet", "-b", "side", "linked"])
        let repository = try temporary.open("linked")
        #expect(repository.workDirectory == temporary.path + "/linked")
        #expect(repository.commonDirectory == temporary.path + "/.git")
        #expect(try repository.headCommit()?.description == commit)
        #expect(try repository.headBranch() == "side")
        #expect(try repository.isCheckedOut(branch: "main"))
    }

    @Test("a folder outside any repository says so")
    func outside() throws {
        let folder = TemporaryDirectory()
        let error = try gitError { _ = try Repository.discover(from: folder.path) }
        #expect(
            error?.description
                == "'\(folder.path)' is not inside a Git repository: '-C DIR' names a folder that is, 'git init' makes one")
        let missing = try gitError { _ = try Repository.discover(from: folder.path + "/gone") }
        #expect(missing?.description == "the folder '\(folder.path)/gone' does not exist")
    }

    @Test("another user's repository is refused with the way out", .enabled(if: TestUser.isRoot))
    func foreignOwner() throws {
        let temporary = try TemporaryRepository()
        try TestUser.giveAway(temporary.path)
        let error = try gitError { _ = try temporary.open() }
        #expect(error?.code == .foreignOwner)
        #expect(error?.description.contains("git config --global --add safe.directory '\(temporary.path)'") == true)
    }

    @Test("names the person in its configuration")
    func identity() throws {
        let temporary = try TemporaryRepository()
        try temporary.git(["config", "user.name", "Grace Hopper"])
        try temporary.git(["config", "user.email", "grace@example.com"])
        #expect(try temporary.open().identity() == Identity(name: "Grace Hopper", email: "grace@example.com"))
    }
}

@Suite("revisions")
struct RevisionTests {
    @Test("resolve as Git spells them")
    func spellings() throws {
        let temporary = try TemporaryRepository()
        let first = try temporary.commit("first")
        let second = try temporary.commit("second")
        try temporary.git(["tag", "--annotate", "v1", "-m", "one", first])
        try temporary.git(["branch", "side", first])
        let repository = try temporary.open()
        for (revision, expected) in [
            ("HEAD", second), ("HEAD~1", first), ("HEAD^", first), ("main", second), ("side", first), ("v1", first),
            ("refs/heads/side", first),
            (String(second.prefix(8)), second), (second, second), ("@", second),
        ] {
            #expect(try repository.resolve(revision: revision).description == expected, "\(revision)")
        }
        #expect(try repository.revisionNames() == ["main", "side", "v1"])
    }

    @Test("that name nothing, or no commit, say so")
    func errors() throws {
        let temporary = try TemporaryRepository()
        let empty = try gitError { _ = try temporary.open().resolve(revision: "HEAD") }
        #expect(empty?.description.hasPrefix("the repository has no commits yet: 'git commit' makes the first one") ?? false)
        try temporary.write("x", to: "a.txt")
        try temporary.commit()
        let repository = try temporary.open()
        for (revision, expected) in [
            ("mian", "unknown revision 'mian'"), ("HEAD~7", "unknown revision 'HEAD~7'"),
            ("HEAD:a.txt", "'HEAD:a.txt' names a blob, not a commit"),
            ("", "'' is not a revision"), ("HEAD\0", "'HEAD\0' is not a revision"),
        ] {
            #expect(try gitError { _ = try repository.resolve(revision: revision) }?.description == expected)
        }
        #expect(try gitError { _ = try repository.resolve(revision: "a..b") } != nil)
    }

    @Test("know their ancestors and what lies between")
    func history() throws {
        let temporary = try TemporaryRepository()
        let ids = try (1...4).map { try #require(ObjectID(try temporary.commit("number \($0)"))) }
        let repository = try temporary.open()
        #expect(try repository.isAncestor(ids[0], of: ids[3]))
        #expect(try repository.isAncestor(ids[0], of: ids[0]))
        #expect(try !repository.isAncestor(ids[3], of: ids[0]))
        #expect(try repository.commits(from: ids[1], to: ids[3]) == [ids[3], ids[2]])
        #expect(try repository.mergeBase(of: ids[1], and: ids[3]) == ids[1])
        #expect(try gitError { _ = try repository.commits(from: ids[0], to: ids[3], limit: 2) }?.code == .limit)
    }

    @Test("a commit is read with people, times and trailers")
    func commit() throws {
        let temporary = try TemporaryRepository()
        let first = try #require(ObjectID(try temporary.commit("first")))
        let id = try #require(ObjectID(try temporary.commit("second\n\nbody\n\nBursar-Plan: 1\nBursar-Finding: a\nBursar-Finding: b")))
        let commit = try temporary.open().commit(id)
        #expect(commit.parents == [first])
        #expect(commit.author == Signature(name: "Ada", email: "ada@example.com", seconds: 1_700_000_000, zoneMinutes: 60))
        #expect(commit.message.hasPrefix("second\n\nbody"))
        #expect(commit.trailers("Bursar-Finding") == ["a", "b"])
        #expect(commit.trailers.count == 3)
        #expect(commit.tree.description == (try temporary.git(["rev-parse", "HEAD^{tree}"])))
    }

    @Test("a shallow clone says what is missing of its history, and how to get it")
    func shallow() throws {
        let origin = try TemporaryRepository()
        try origin.commit("one")
        let tip = try origin.commit("two")
        let clone = TemporaryDirectory()
        try origin.git(["clone", "--quiet", "--depth", "1", "file://\(origin.path)", clone.path + "/shallow"])
        let repository = try Repository.discover(from: clone.path + "/shallow")
        let id = try #require(ObjectID(tip))
        let error = try gitError { _ = try repository.newestCommits(of: id, count: 9) }
        #expect(error?.code == .shallow && error?.message.contains("git fetch --unshallow") == true)
    }

    @Test("a partial clone says what it lacks and how to get it; a folder that it left out is not one that does not exist")
    func partialClone() throws {
        let origin = try TemporaryRepository()
        try origin.write("x", to: "policies/deep/a.yaml")
        let tip = try origin.commit("one")
        try origin.git(["config", "uploadpack.allowFilter", "true"])
        let clone = TemporaryDirectory()
        for filter in ["blob:none", "tree:0"] {
            let path = "\(clone.path)/\(filter.prefix(4))"
            try origin.git(["clone", "--quiet", "--bare", "--filter=\(filter)", "file://\(origin.path)", path])
            let repository = try Repository.discover(from: path)
            let id = try #require(ObjectID(tip))
            let error = try gitError { _ = try RevisionTree.file("policies/deep/a.yaml", of: repository, at: id) }
            #expect(error?.code == .partialClone, "\(filter): \(String(describing: error))")
            #expect(error?.message.contains("git fetch --refetch --no-filter") == true)
            if filter == "blob:none" {
                #expect(try RevisionTree.file("policies/none.yaml", of: repository, at: id) == nil)
            }
        }
    }

    @Test("a repository that names its objects by SHA-256 is called so, here and on a remote")
    func sha256() throws {
        let folder = TemporaryDirectory()
        let git = try #require(Program.named("git"), "there is no git")
        guard try git.run("init", "--quiet", "--object-format=sha256", folder.path).code == 0 else { return }
        let people = ["GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b"]
        #expect(try git.run(["commit", "--quiet", "--allow-empty", "-m", "x"], in: folder.path, environment: people).code == 0)
        let error = try gitError { _ = try Repository.discover(from: folder.path) }
        #expect(error?.code == .unsupported && error?.message.contains("SHA-256") == true, "\(String(describing: error))")
        let scratch = TemporaryDirectory()
        let mirror = try Mirror(
            at: scratch.path + "/mirror", remote: RemoteURL(folder.path, allowing: [.file]), settings: TransportSettings(allowed: [.file]))
        let refused = try transportError { _ = try mirror.fetch() }
        #expect(refused?.code == .unsupported && refused?.message.contains("SHA-256") == true, "\(String(describing: refused))")
    }

    @Test(
        "an object's name is forty hexadecimal digits",
        arguments: ["", "12", String(repeating: "g", count: 40), String(repeating: "é", count: 20)])
    func objectID(text: String) {
        #expect(ObjectID(text) == nil)
        #expect(ObjectID("0123456789abcdef0123456789ABCDEF01234567")?.description == "0123456789abcdef0123456789abcdef01234567")
    }
}
