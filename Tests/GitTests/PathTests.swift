import Git
import TestSupport
import Testing

/// Names that are the same to people, or to Swift, and not to Git, the disk and Terraform.
@Suite("paths are bytes")
struct PathTests {
    /// As bytes: in a dictionary the first two would be one.
    private static let all: [(name: [UInt8], shown: String)] = [
        (Array("\u{E9}.tf".utf8), "é.tf"), (Array("e\u{301}.tf".utf8), "e\\314\\201.tf"), (Array("\u{301}.tf".utf8), "\\314\\201.tf"),
        (Array("x\u{600}.tf".utf8), "x\\330\\200.tf"), (Array("a\\b.tf".utf8), "a\\b.tf"), (Array("\\101.tf".utf8), "\\134101.tf"),
        ([0xFF] + Array(".tf".utf8), "\\377.tf"),
    ]

    /// Files whose content is their name, below a folder that has an odd name too.
    private static func repository() throws -> TemporaryRepository {
        let temporary = try TemporaryRepository()
        for (name, _) in all {
            // A shell makes them: a file's name goes through nothing that could compose it.
            let octal = ("d\u{301}/".utf8.map { $0 } + name).map { "\\0" + String($0, radix: 8) }.joined()
            let result = try Program(path: "/bin/sh").run(
                "-c", "mkdir -p \"$(printf '%b' '\\0144\\0314\\0201')\" && printf '%b' '\(octal)' >\"$(printf '%b' '\(octal)')\"",
                in: temporary.path)
            #expect(result.code == 0, "\(result.error)")
        }
        try temporary.commit()
        return temporary
    }

    @Test("a revision and the work tree list every file, and read the bytes of just that one")
    func trees() throws {
        let temporary = try Self.repository()
        let repository = try temporary.open()
        let trees: [any FileTree] = [try RevisionTree(repository, at: temporary.head()), try WorkTree(temporary.path, in: repository)]
        for tree in trees {
            #expect(Set(tree.entries.map { Array($0.path.utf8) }) == Set(Self.all.map { Array("d\\314\\201/\($0.shown)".utf8) }))
            #expect(tree.entries.allSatisfy { $0.problem == nil })
            #expect(tree.entries(under: "d\\314\\201").count == Self.all.count)
            for (name, shown) in Self.all { #expect(try tree.read("d\\314\\201/\(shown)") == Array("d\u{301}/".utf8) + name) }
        }
    }

    @Test("a commit changes the file that is named, and Git says so too")
    func write() throws {
        let temporary = try Self.repository()
        let repository = try temporary.open()
        let base = try temporary.head()
        for (name, shown) in Self.all {
            let path = "d\\314\\201/\(shown)"
            let draft = CommitDraft(base: base, files: [path: Array("new\n".utf8)], message: "m", author: signature, committer: signature)
            let commit = try repository.write(draft)
            #expect(try repository.changedFiles(from: base, to: commit).map(\.path) == [path])
            let listed = try temporary.git(["-c", "core.quotePath=true", "diff", "--name-only", base.description, commit.description])
            let old = try RevisionTree(repository, at: base).read(path)
            let patch = text(try UnifiedDiff(path: path, old: old, new: Array("new\n".utf8)).render())
            // Git quotes as the header of our patch does.
            #expect(patch.contains("--- \"a/" + listed.dropFirst()), "\(listed) \(patch)")
            #expect(try RevisionTree(repository, at: commit).entries.count == Self.all.count, "\(name)")
        }
    }

    @Test("what is changed in the work tree is named by the same text")
    func status() throws {
        let temporary = try Self.repository()
        let result = try Program(path: "/bin/sh").run("-c", "for f in d*/*; do echo changed >\"$f\"; done", in: temporary.path)
        #expect(result.code == 0)
        #expect(Set(try temporary.open().dirtyTrackedFiles()) == Set(Self.all.map { "d\\314\\201/\($0.shown)" }))
    }
}
