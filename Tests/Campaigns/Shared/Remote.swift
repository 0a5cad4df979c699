import CostModel
import Foundation
import Git
import TestSupport

/// A bare repository that runs watch, and into which people's commits are written.
///
/// They are written at once, without a clone: hundreds of days of them by `git` itself would take most of the time.
final class Remote {
    let bare: TemporaryRepository
    let repository: Repository
    /// Seconds since 1970 that people's commits carry.
    var time: Int64

    var path: String { bare.path }
    var url: String { "file://\(bare.path)" }

    init(_ files: [String: String], start: Day) throws {
        bare = try TemporaryRepository(bare: true)
        // What every branch was is looked at later; a clean-up in the background would only take time.
        for setting in ["core.logAllRefUpdates=always", "receive.autogc=false"] {
            try bare.git(["config"] + setting.split(separator: "=").map(String.init))
        }
        repository = try Repository.discover(from: bare.path)
        time = start.start.seconds
        let clone = try TemporaryRepository()
        for (path, text) in files { try clone.write(text, to: path) }
        try clone.commit("the estate")
        try clone.git(["push", "--quiet", bare.path, "main:main"])
    }

    /// Changes files on top of the newest revision.
    @discardableResult
    func commit(_ files: [String: String], _ message: String) throws -> ObjectID {
        try commit(files.mapValues { Array($0.utf8) }, message)
    }

    @discardableResult
    func commit(_ files: [String: [UInt8]], _ message: String) throws -> ObjectID {
        let tip = try tip(of: "main")
        let author = Signature(name: "Ada", email: "ada@example.com", seconds: time)
        let commit = try repository.write(
            CommitDraft(base: tip, files: files, message: message + "\n", author: author, committer: author))
        try repository.updateBranch("main", to: commit, expecting: tip, reflog: "push")
        return commit
    }

    func tip(of branch: String) throws -> ObjectID {
        guard let tip = try repository.branchTip(branch) else { throw Broken("there is no branch '\(branch)'") }
        return tip
    }

    func text(_ path: String) throws -> String { String(decoding: try tree().read(path), as: UTF8.self) }

    /// The files of the newest revision.
    func tree() throws -> RevisionTree { try RevisionTree(repository, at: try tip(of: "main")) }

    /// Branches of ours, with their tips.
    func branches() throws -> [String: ObjectID] { try repository.branches(prefix: "bursar/") }

    /// Removes locks of references that nobody holds any more, as who looks after a server must when its `git` was killed.
    ///
    /// - Returns: how many there were.
    func removeLocks() -> Int {
        let items = FileManager.default.enumerator(atPath: path + "/refs/heads")?.compactMap { $0 as? String } ?? []
        let locks = items.filter { $0.hasSuffix(".lock") }
        for lock in locks { bare.directory.remove("refs/heads/\(lock)") }
        return locks.count
    }
}
