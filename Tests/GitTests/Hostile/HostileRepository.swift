import Git
import TestSupport
import Testing

/// A repository that means harm, made with Git's plumbing, and what must become of it.
struct HostileCase: Sendable, CustomTestStringConvertible {
    enum Expectation: Hashable, Sendable {
        /// The fetch fails with this code, and the mirror stays as it was.
        case fetchRefused(TransportError.Code)
        /// It is fetched, since Git sees nothing wrong, and our reading refuses the tree.
        case treeRefused(GitError.Code)
        /// It is fetched and read; what is dangerous in it is listed with its reason, and nothing of it runs.
        case contained
    }

    let name: String
    let expectation: Expectation
    let build: @Sendable (HostileRepository) throws -> Void

    init(_ name: String, _ expectation: Expectation, _ build: @escaping @Sendable (HostileRepository) throws -> Void) {
        self.name = name
        self.expectation = expectation
        self.build = build
    }

    var testDescription: String { name }
}

/// What the builders of hostile repositories use.
final class HostileRepository {
    let origin: TemporaryRepository
    let scratch = TemporaryDirectory()
    /// Exists once anything of the repository has run.
    var canary: String { scratch.path + "/canary" }
    /// A shell command that must never run.
    var command: String { "touch \(canary)" }
    var gitFolder: String { origin.path + "/.git" }

    init() throws {
        origin = try TemporaryRepository()
        try origin.write("x = 1\n", to: "main.tf")
        try origin.commit("base")
    }

    @discardableResult
    func git(_ arguments: String..., input: String = "") throws -> String { try origin.git(arguments, input: Array(input.utf8)) }

    func object(_ type: String, _ bytes: [UInt8]) throws -> ObjectID {
        try #require(ObjectID(try origin.git(["hash-object", "-t", type, "-w", "--stdin", "--literally"], input: bytes)))
    }

    /// Makes `main` a commit of a tree with these entries.
    func tree(_ entries: (mode: String, name: String, id: ObjectID)...) throws {
        try point(at: origin.commitTree(entries))
    }

    /// Makes `main` a commit with this text.
    func commit(_ text: String) throws { try commit(Array(text.utf8)) }

    func commit(_ bytes: [UInt8]) throws { try point(at: object("commit", bytes)) }

    var head: ObjectID { get throws { try origin.head() } }
    var headTree: String { get throws { try git("rev-parse", "HEAD^{tree}") } }

    func point(at id: ObjectID, _ branch: String = "main") throws {
        // By hand: Git would not let every object be a branch.
        try write("\(id)\n", to: "refs/heads/\(branch)")
    }

    /// Writes into the folder with Git's own data.
    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    func write(_ bytes: [UInt8], to name: String) throws { try origin.directory.write(bytes, to: ".git/\(name)") }

    func config(_ key: String, _ value: String) throws { try git("config", key, value) }

    /// Where an object lies while it is not packed.
    func loose(_ id: ObjectID) throws -> String {
        let path = "objects/\(id.description.prefix(2))/\(id.description.dropFirst(2))"
        try FileSystem.setMode(0o600, of: "\(gitFolder)/\(path)")
        return path
    }

    func blob(_ text: String = "x\n") throws -> ObjectID { try origin.blob(text) }
}

let person = "Ada <ada@example.com> 1700000000 +0000"
