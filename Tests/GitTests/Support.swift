import Git
import TestSupport
import Testing

/// Shorthand of this target's tests.
extension TemporaryRepository {
    func open(_ folder: String = "") throws -> Repository {
        try Repository.discover(from: folder.isEmpty ? path : "\(path)/\(folder)")
    }

    func head() throws -> ObjectID {
        try #require(ObjectID(try git(["rev-parse", "HEAD"])))
    }

    /// Makes a tree from its raw bytes, which Git's own commands would refuse, and commits it.
    func commitTree(_ entries: [(mode: String, name: String, id: ObjectID)]) throws -> ObjectID {
        var bytes: [UInt8] = []
        for entry in entries {
            bytes += Array("\(entry.mode) \(entry.name)".utf8) + [0]
            var digits = Substring(entry.id.description)
            while let byte = UInt8(digits.prefix(2), radix: 16) {
                bytes.append(byte)
                digits = digits.dropFirst(2)
            }
        }
        let tree = try git(["hash-object", "-t", "tree", "-w", "--stdin", "--literally"], input: bytes)
        return try #require(ObjectID(try git(["commit-tree", tree, "-m", "hostile"])))
    }

    func blob(_ text: String) throws -> ObjectID {
        try #require(ObjectID(try git(["hash-object", "-w", "--stdin"], input: Array(text.utf8))))
    }
}

func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
}

let signature = Signature(name: "Bursar", email: "bursar@example.com", seconds: 1_700_000_000, zoneMinutes: 60)

/// The error a call ends in, or nil.
func gitError(_ call: () throws -> Void) throws -> GitError? {
    do {
        try call()
        return nil
    } catch let error as GitError {
        return error
    }
}
