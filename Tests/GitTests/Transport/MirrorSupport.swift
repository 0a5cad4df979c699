import Git
import TestSupport
import Testing

/// A mirror of a repository on disk, with a folder of its own.
struct MirroredRepository {
    let origin: TemporaryRepository
    let scratch = TemporaryDirectory()

    init() throws {
        origin = try TemporaryRepository()
        try origin.git(["config", "receive.denyCurrentBranch", "ignore"])
    }

    func mirror(_ name: String = "mirror", settings: TransportSettings = TransportSettings(allowed: [.file])) throws -> Mirror {
        try Mirror(at: "\(scratch.path)/\(name)", remote: RemoteURL(origin.path, allowing: [.file]), settings: settings)
    }
}

extension Mirror {
    /// What it knew of the remote after the last fetch or push.
    func known() throws -> [String: ObjectID] {
        let prefix = "refs/remotes/origin/"
        let listed = try Program(path: "git").run("for-each-ref", "--format=%(refname) %(objectname)", prefix, in: folder)
        guard listed.code == 0 else { throw TemporaryRepository.Failure(description: listed.error) }
        let lines = listed.output.split(separator: "\n").map { $0.split(separator: " ") }
        return Dictionary(
            uniqueKeysWithValues: lines.compactMap { line in
                ObjectID(String(line[1])).map { (line[0].dropFirst(prefix.count).description, $0) }
            })
    }

    /// A commit on top of another, known to nobody else yet.
    func commit(_ message: String, on base: ObjectID) throws -> ObjectID {
        try repository.write(
            CommitDraft(
                base: base, files: ["\(message).txt": Array(message.utf8)], message: message, author: signature, committer: signature))
    }
}

/// The error a call ends in, or nil.
func transportError(_ call: () throws -> Void) throws -> TransportError? {
    do {
        try call()
        return nil
    } catch let error as TransportError {
        return error
    }
}
