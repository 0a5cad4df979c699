internal import CGit2

/// Who did something and when.
package struct Signature: Hashable, Sendable {
    package var name: String
    package var email: String
    /// Seconds since 1970.
    package var seconds: Int64
    /// Minutes east of UTC.
    package var zoneMinutes: Int

    package init(name: String, email: String, seconds: Int64, zoneMinutes: Int = 0) {
        self.name = name
        self.email = email
        self.seconds = seconds
        self.zoneMinutes = zoneMinutes
    }

    init(_ signature: git_signature) {
        self.init(
            name: copied(signature.name), email: copied(signature.email), seconds: signature.when.time,
            zoneMinutes: Int(signature.when.offset))
    }
}

/// A commit as it was written.
package struct Commit: Hashable, Sendable {
    package struct Trailer: Hashable, Sendable {
        package var key: String
        package var value: String
    }

    package let id: ObjectID
    package let tree: ObjectID
    package let parents: [ObjectID]
    package let author: Signature
    package let committer: Signature
    package let message: String
    /// The `Key: value` lines at the message's end, in order.
    package let trailers: [Trailer]

    /// The values of one trailer, in order.
    package func trailers(_ key: String) -> [String] {
        trailers.filter { $0.key == key }.map(\.value)
    }
}

extension Repository {
    package func commit(_ id: ObjectID) throws(GitError) -> Commit {
        let commit = try lookUpCommit(id)
        defer { git_commit_free(commit) }
        let parents = (0..<git_commit_parentcount(commit)).map { ObjectID(git_commit_parent_id(commit, $0).pointee) }
        let message = copied(git_commit_message(commit))
        return Commit(
            id: id, tree: ObjectID(git_commit_tree_id(commit).pointee), parents: parents,
            author: Signature(git_commit_author(commit).pointee), committer: Signature(git_commit_committer(commit).pointee),
            message: message, trailers: try Commit.parseTrailers(of: message))
    }

    /// The caller frees it.
    func lookUpCommit(_ id: ObjectID) throws(GitError) -> OpaquePointer {
        var raw = id.raw
        return try gitObject("read the commit \(id.short)") { git_commit_lookup($0, handle, &raw) }
    }
}

extension Commit {
    fileprivate static func parseTrailers(of message: String) throws(GitError) -> [Trailer] {
        var list = git_message_trailer_array()
        try git("read the trailers") { git_message_trailers(&list, message) }
        defer { git_message_trailer_array_free(&list) }
        return (0..<list.count).map { Trailer(key: copied(list.trailers[$0].key), value: copied(list.trailers[$0].value)) }
    }
}
