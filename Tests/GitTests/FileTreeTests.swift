import Foundation
import Git
import TestSupport
import Testing

@Suite("the tree of a revision")
struct RevisionTreeTests {
    @Test("lists files sorted by path and reads their bytes")
    func files() throws {
        let temporary = try TemporaryRepository()
        for name in ["b.tf", "a/z.tf", "a.tf", "a/b/c.tf"] { try temporary.write(name + "\r\n", to: name) }
        try temporary.commit()
        let tree = try RevisionTree(temporary.open(), at: temporary.head())
        #expect(tree.entries.map(\.path) == ["a.tf", "a/b/c.tf", "a/z.tf", "b.tf"])
        #expect(tree.entries(under: "a").map(\.path) == ["a/b/c.tf", "a/z.tf"])
        #expect(tree.entries(under: "nothing").isEmpty)
        #expect(try tree.read("a/z.tf") == Array("a/z.tf\r\n".utf8))
        #expect(tree.entry(at: "a.tf")?.blob == (try ObjectID(ofBlob: Array("a.tf\r\n".utf8))))
        #expect(try gitError { _ = try tree.read("a") }?.description == "there is no file 'a'")
        #expect(try gitError { _ = try tree.read("../x") }?.code == .notFound)
    }

    @Test("of a bare repository, seen from a sub-folder")
    func subfolder() throws {
        let temporary = try TemporaryRepository()
        try temporary.write("1", to: "live/infra/main.tf")
        try temporary.write("2", to: "other.tf")
        try temporary.commit()
        let outside = TemporaryDirectory()
        try temporary.git(["clone", "--quiet", "--bare", ".", outside.path + "/bare.git"])
        let tree = try RevisionTree(Repository.discover(from: outside.path + "/bare.git"), at: temporary.head(), under: "live")
        #expect(tree.entries.map(\.path) == ["infra/main.tf"])
        #expect(try tree.read("infra/main.tf") == Array("1".utf8))
        #expect(try RevisionTree(temporary.open(), at: temporary.head(), under: "gone").entries.isEmpty)
        #expect(try gitError { _ = try RevisionTree(temporary.open(), at: temporary.head(), under: "../x") }?.code == .unsafe)
        #expect(try gitError { _ = try RevisionTree(temporary.open(), at: temporary.head(), under: "other.tf") }?.code == .unsafe)
    }

    @Test("links and submodules are listed with the reason why they are not read")
    func links() throws {
        let temporary = try TemporaryRepository()
        let commit = try #require(ObjectID(try temporary.commit()))
        let link = try temporary.blob("/etc/passwd")
        let tree = try RevisionTree(
            temporary.open(), at: temporary.commitTree([("120000", "link", link), ("160000", "module", commit), ("100755", "run", link)]))
        #expect(tree.entries.map(\.kind) == [.symbolicLink, .submodule, .file(isExecutable: true)])
        #expect(try gitError { _ = try tree.read("link") }?.description == "cannot read 'link': symbolic links are not followed")
        #expect(try gitError { _ = try tree.read("module") }?.code == .unsafe)
    }

    @Test(
        "a hostile name refuses the whole tree",
        arguments: ["..", ".", ".git", ".GIT", ".git ", ".git::$INDEX_ALLOCATION", "GIT~1", ".g\u{200C}it", "a/b", #"..\x"#, #"x\.git"#])
    func hostile(name: String) throws {
        let temporary = try TemporaryRepository()
        let commit = try temporary.commitTree([("100644", name, temporary.blob("x"))])
        #expect(try gitError { _ = try RevisionTree(temporary.open(), at: commit) }?.code == .unsafe)
    }

    @Test(
        "a file that a checkout encodes anew is no file that can be read",
        arguments: [
            ("*.tf working-tree-encoding=UTF-16LE", ["a.tf", "live/b.tf"]), ("b.tf working-tree-encoding=UTF-7", ["live/b.tf"]),
            ("[attr]odd working-tree-encoding=IBM037\n/live/* odd", ["live/b.tf"]), ("*.tf working-tree-encoding=utf-8 text", []),
            ("*.tf ident", ["a.tf"]), ("*.tf export-subst", ["live/b.tf"]), ("*.tf -ident", []), ("a.tf text eol=crlf", ["a.tf"]),
            ("*.tf eol=crlf", ["a.tf"]),
            ("*.tf eol=lf", []), ("*.tf -text eol=crlf", []), ("*.md ident eol=crlf", []),
            ("*.ps1 working-tree-encoding=UTF-16LE", []), ("*.tf -working-tree-encoding", []),
        ])
    func encoded(attributes: String, paths: [String]) throws {
        let temporary = try TemporaryRepository()
        for (name, text) in ["a.tf": "x = \"$Id$\"\ny = <<EOT\nz\nEOT\n", "live/b.tf": "x = \"$Format:%H$\""] {
            try temporary.write(text, to: name)
        }
        try temporary.commit()
        try temporary.write(attributes + "\n", to: ".gitattributes")
        try temporary.git(["add", ".gitattributes"])
        try temporary.git(["commit", "--quiet", "--message", "attributes"])
        let tree = try RevisionTree(temporary.open(), at: temporary.head())
        #expect(tree.entries.filter { $0.problem != nil }.map(\.path) == paths)
        #expect(tree.entries.compactMap(\.problem).allSatisfy { $0.contains("a checkout holds other bytes than the commit") })
        // As seen from a folder below.
        let below = try RevisionTree(temporary.open(), at: temporary.head(), under: "live")
        #expect(below.entries.filter { $0.problem != nil }.map { "live/" + $0.path } == paths.filter { $0.hasPrefix("live/") })
    }

    @Test("a name given twice refuses the whole tree")
    func twice() throws {
        let temporary = try TemporaryRepository()
        let commit = try temporary.commitTree([("100644", "a", temporary.blob("x")), ("100644", "a", temporary.blob("y"))])
        #expect(try gitError { _ = try RevisionTree(temporary.open(), at: commit) }?.description == "the tree holds 'a' twice")
    }

    @Test("ordinary names that only look odd are fine", arguments: [".gitignore", "..a", "dev\\x2dhugepages.mount", "git", "é ü", "a:b"])
    func harmless(name: String) throws {
        let temporary = try TemporaryRepository()
        let commit = try temporary.commitTree([("100644", name, temporary.blob("x"))])
        #expect(try RevisionTree(temporary.open(), at: commit).read(name) == Array("x".utf8))
    }

    @Test("a tree that names itself over and over ends at the limit")
    func bomb() throws {
        let temporary = try TemporaryRepository()
        var tree = try temporary.git(["mktree"], input: Array("100644 blob \(try temporary.blob("x"))\tf\n".utf8))
        for _ in 0..<8 {
            let lines = (0..<10).map { "040000 tree \(tree)\td\($0)\n" }.joined()
            tree = try temporary.git(["mktree"], input: Array(lines.utf8))
        }
        let commit = try #require(ObjectID(try temporary.git(["commit-tree", tree, "-m", "bomb"])))
        var limits = TreeLimits()
        limits.entryCount = 1_000
        #expect(try gitError { _ = try RevisionTree(temporary.open(), at: commit, limits: limits) }?.code == .limit)
        limits.depth = 3
        #expect(try gitError { _ = try RevisionTree(temporary.open(), at: commit, limits: limits) }?.description.contains("nested") == true)
    }

    @Test("a file beyond the limit is not read")
    func large() throws {
        let temporary = try TemporaryRepository()
        try temporary.write(String(repeating: "x", count: 100), to: "a")
        try temporary.commit()
        var limits = TreeLimits()
        limits.fileSize = 99
        let revision = try RevisionTree(temporary.open(), at: temporary.head(), limits: limits)
        let disk = try WorkTree(temporary.path, in: temporary.open(), limits: limits)
        for tree in [revision, disk] as [any FileTree] {
            #expect(try gitError { _ = try tree.read("a") }?.code == .limit)
        }
    }
}

@Suite("the working tree")
struct WorkTreeTests {
    @Test("lists what a sparse checkout leaves out as unreadable, and not as removed")
    func sparse() throws {
        let temporary = try TemporaryRepository()
        for name in ["live/a/x.tf", "live/b/x.tf", "live/b/é.tf", "other/x.tf"] { try temporary.write(name, to: name) }
        try temporary.commit()
        try temporary.git(["sparse-checkout", "set", "--no-cone", "/*", "!/live/b", "!/other"])
        let whole = try WorkTree(temporary.path, in: temporary.open())
        #expect(whole.entries.map(\.path) == ["live/a/x.tf", "live/b/x.tf", "live/b/é.tf", "other/x.tf"])
        #expect(whole.entries.map { $0.problem?.contains("sparse checkout") ?? false } == [false, true, true, true])
        let part = try WorkTree(temporary.path + "/live", in: temporary.open())
        #expect(part.entries.map(\.path) == ["a/x.tf", "b/x.tf", "b/é.tf"])
        #expect(try gitError { _ = try part.read("b/x.tf") }?.code == .unsafe)
        // One that lies there all the same is read.
        try temporary.write("here", to: "live/b/x.tf")
        #expect(try WorkTree(temporary.path, in: temporary.open()).read("live/b/x.tf") == Array("here".utf8))
        // And what somebody removed is removed.
        temporary.directory.remove("live/a/x.tf")
        #expect(try WorkTree(temporary.path + "/live", in: temporary.open()).entry(at: "a/x.tf") == nil)
    }

    @Test("holds tracked and untracked files, not ignored ones, nothing of Git's")
    func ignored() throws {
        let temporary = try TemporaryRepository()
        try temporary.write("kept.log", to: "kept.log")
        try temporary.write("vendor", to: "vendor/kept.tf")
        try temporary.commit()
        try temporary.write("*.log\nvendor/\n.terraform/\n", to: ".gitignore")
        try temporary.write("x", to: "new.log")
        try temporary.write("x", to: "vendor/new.tf")
        try temporary.write("x", to: "infra/.terraform/modules/x.tf")
        try temporary.write("x", to: "infra/new.tf")
        let tree = try WorkTree(temporary.path, in: temporary.open())
        #expect(tree.entries.map(\.path) == [".gitignore", "infra/new.tf", "kept.log", "vendor/kept.tf"])
        #expect(try tree.read("infra/new.tf") == Array("x".utf8))
    }

    @Test("of a sub-folder has paths relative to it and the repository's ignore rules")
    func subfolder() throws {
        let temporary = try TemporaryRepository()
        try temporary.write("/live/skip.tf\n", to: ".gitignore")
        for name in ["live/skip.tf", "live/infra/main.tf", "other.tf"] { try temporary.write("x", to: name) }
        let tree = try WorkTree(temporary.path + "/live", in: temporary.open("live"))
        #expect(tree.entries.map(\.path) == ["infra/main.tf"])
    }

    @Test("links, other repositories and pipes are listed, never followed")
    func special() throws {
        let temporary = try TemporaryRepository()
        try temporary.write("x", to: "module/.git/HEAD")
        try temporary.write("x", to: "module/main.tf")
        try FileSystem.link("/etc", at: temporary.path + "/link")
        try FileSystem.pipe(at: temporary.path + "/pipe")
        let tree = try WorkTree(temporary.path, in: temporary.open())
        #expect(tree.entries.map(\.path) == ["link", "module", "pipe"])
        #expect(tree.entries.map(\.kind) == [.symbolicLink, .submodule, .unreadable("it is not a regular file")])
        #expect(try gitError { _ = try tree.read("link") }?.code == .unsafe)
    }

    @Test("a submodule that is not checked out is one, wherever the tree begins", arguments: ["", "live"])
    func emptySubmodule(folder: String) throws {
        let temporary = try TemporaryRepository()
        try temporary.write("x", to: "live/a.tf")
        let commit = try temporary.commit()
        for name in ["live/module", "live/x.tf"] {
            try temporary.git(["update-index", "--add", "--cacheinfo", "160000,\(commit),\(name)"])
            try FileManager.default.createDirectory(atPath: "\(temporary.path)/\(name)", withIntermediateDirectories: true)
        }
        let prefix = folder.isEmpty ? "live/" : ""
        let tree = try WorkTree(temporary.path + "/" + folder, in: temporary.open())
        #expect(tree.entries.map(\.path) == ["a.tf", "module", "x.tf"].map { prefix + $0 })
        #expect(tree.entries.map(\.kind) == [.file(isExecutable: false), .submodule, .submodule])
        #expect(tree.entries[1].problem == "the files of a submodule are not read")
    }

    @Test("a folder outside Git works, too")
    func outside() throws {
        let folder = TemporaryDirectory()
        try folder.write("x", to: "a/b")
        #expect(try WorkTree(folder.path, in: nil).entries.map(\.path) == ["a/b"])
    }

    @Test("knows which tracked files were edited")
    func dirty() throws {
        let temporary = try TemporaryRepository()
        for name in ["a.tf", "live/b.tf", "live/c.tf", "live/d.tf"] { try temporary.write("1", to: name) }
        try temporary.commit()
        #expect(try temporary.open().dirtyTrackedFiles() == [])
        try temporary.write("22", to: "a.tf")
        try temporary.write("22", to: "live/b.tf")
        try temporary.write("22", to: "live/c.tf")
        try temporary.git(["add", "live/c.tf"])
        try temporary.git(["rm", "--quiet", "live/d.tf"])
        try temporary.write("x", to: "untracked")
        #expect(try temporary.open().dirtyTrackedFiles() == ["a.tf", "live/b.tf", "live/c.tf", "live/d.tf"])
        #expect(try temporary.open().dirtyTrackedFiles(under: "live") == ["b.tf", "c.tf", "d.tf"])
    }
}
