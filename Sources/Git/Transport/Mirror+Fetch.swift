/// What the remote had when it answered.
package struct Fetched: Hashable, Sendable {
    /// The default branch, the ones that were asked for, and all under the reserved prefixes; what is missing does not exist there.
    package var branches: [String: ObjectID]
    /// As the remote's HEAD says; nil where that names no branch.
    package var defaultBranch: String?
    /// Whether anything differs from what the mirror knew before.
    package var hasChanged: Bool

    package init(branches: [String: ObjectID], defaultBranch: String?, hasChanged: Bool) {
        self.branches = branches
        self.defaultBranch = defaultBranch
        self.hasChanged = hasChanged
    }

    /// Where the default branch stands.
    package var defaultTip: ObjectID? { defaultBranch.flatMap { branches[$0] } }
}

extension Mirror {
    /// Fetches the default branch, some others, and every branch under some prefixes.
    ///
    /// First the remote is asked what it has. When the mirror has it all, that was all; otherwise what is new is received beside the
    /// mirror's references, and only when it is complete and sound do they move, all of them or none. Nothing is forgotten but what a
    /// complete answer shows to be gone, or what is not asked for any more.
    ///
    /// - Throws: `.emptied` when a remote that had branches answers without any: that is a fault more often than a wish.
    package func fetch(branches: [String] = [], reservedPrefixes: [String] = ["bursar/"]) throws(TransportError) -> Fetched {
        for name in branches { try Mirror.checkBranch(name) }
        return try exclusively { session throws(TransportError) in
            let known = try session.references(under: Mirror.tracking)
            let answer = try session.listRemote()
            if answer.branches.isEmpty, !known.isEmpty {
                throw TransportError(
                    .emptied,
                    "'\(remote)' has no branches any more: nothing is taken for gone; if that is meant, remove the mirror '\(printable(folder))'"
                )
            }
            let wanted = Set(branches + [answer.defaultBranch].compactMap { $0 })
            let offered = answer.branches.filter { name, id in
                // A broken branch of somebody's that nobody asked for and nobody has seen is not there for us.
                if id == .zero, known[name] == nil, !wanted.contains(name) { return false }
                return wanted.contains(name) || reservedPrefixes.contains { !$0.isEmpty && name.hasPrefix($0) }
            }
            if let broken = offered.first(where: { $0.value == .zero }) {
                throw TransportError(.corrupt, "'\(remote)': the branch '\(printable(broken.key))' is broken there")
            }
            if offered == known { return Fetched(branches: known, defaultBranch: answer.defaultBranch, hasChanged: false) }
            let received = try receive(offered, known: known, session)
            try move(from: known, to: received, session)
            keepUp(session)
            return Fetched(branches: received, defaultBranch: answer.defaultBranch, hasChanged: received != known)
        }
    }

    static let tracking = "refs/remotes/origin/"
    private static let incoming = "refs/bursar/incoming/"

    /// Receives the objects under references that nobody reads, numbered, since names like 'a' and 'a/b' could not stand side by side.
    private func receive(_ offered: [String: ObjectID], known: [String: ObjectID], _ session: MirrorSession) throws(TransportError)
        -> [String: ObjectID]
    {
        let names = offered.keys.filter { offered[$0] != known[$0] }.sorted()
        var received = offered
        guard !names.isEmpty else { return received }
        let leftovers = try session.references(under: Mirror.incoming)
        try session.update(leftovers.keys.sorted().map { "delete \(Mirror.incoming)\($0)\0\0" })
        let lines = names.enumerated().map { "+refs/heads/\($1):\(Mirror.incoming)\($0)\n" }
        try session.succeed(
            [
                "fetch", "--quiet", "--atomic", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules",
                "--stdin",
            ] + OtherSide.fetchOptions(for: remote) + ["--end-of-options", remote.text], input: Array(lines.joined().utf8), watching: true)
        let arrived = try session.references(under: Mirror.incoming)
        for (index, name) in names.enumerated() {
            // Git leaves out, with a warning only, what comes from a history that was cut off.
            guard let id = arrived["\(index)"] else {
                throw TransportError(
                    .corrupt, "'\(remote)': the branch '\(printable(name))' cannot be taken: its history is cut off (shallow)")
            }
            guard isCommit(id) else { throw TransportError(.corrupt, "'\(remote)': the branch '\(printable(name))' is no commit") }
            received[name] = id
        }
        try session.update(arrived.keys.sorted().map { "delete \(Mirror.incoming)\($0)\0\0" })
        return received
    }

    /// Moves the references; what is gone first, because 'a' stands in the way of 'a/b'.
    private func move(from known: [String: ObjectID], to received: [String: ObjectID], _ session: MirrorSession) throws(TransportError) {
        let gone = known.keys.filter { received[$0] == nil }.sorted()
        try session.update(gone.map { "delete \(Mirror.tracking)\($0)\0\0" })
        let moved = received.filter { known[$0.key] != $0.value }.sorted { $0.key < $1.key }
        try session.update(moved.map { "update \(Mirror.tracking)\($0.key)\0\($0.value)\0\0" })
    }

    private func isCommit(_ id: ObjectID) -> Bool {
        // The error says only that it is none.
        (try? repository.commit(id)) != nil
    }

    static func checkBranch(_ name: String) throws(TransportError) {
        do throws(GitError) {
            try Repository.checkBranchName(name)
        } catch {
            throw TransportError(.refused, "'\(printable(name))' is not a valid branch name")
        }
    }
}

extension MirrorSession {
    struct Answer {
        var branches: [String: ObjectID] = [:]
        var defaultBranch: String?
    }

    /// What the remote has. Branches whose names could pass for an option or that Git itself would not make are left out.
    func listRemote() throws(TransportError) -> Answer {
        let output = try succeed(
            ["ls-remote", "--quiet", "--symref"] + OtherSide.fetchOptions(for: remote)
                + ["--end-of-options", remote.text, "HEAD", "refs/heads/*"])
        // Names of branches are shown and kept.
        guard !holdsSecret(output) else { throw TransportError(.refused, "'\(remote)' names branches by the token that it was sent") }
        var answer = Answer()
        for line in output.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: "\t"), maxSplits: 1).map { String(decoding: $0, as: UTF8.self) }
            guard fields.count == 2 else { throw TransportError(.corrupt, "'\(remote)' answers in a way that is not understood") }
            guard fields[0].utf8.count != 64 || !fields[0].allSatisfy(\.isHexDigit) else {
                throw TransportError(
                    .unsupported,
                    "'\(remote)' names its objects by SHA-256, which this libgit2 does not read: only repositories with SHA-1 can be watched"
                )
            }
            if fields[0].hasPrefix("ref: refs/heads/"), fields[1] == "HEAD" {
                answer.defaultBranch = String(fields[0].dropFirst("ref: refs/heads/".count))
            } else if fields[1].hasPrefix("refs/heads/"), let id = ObjectID(fields[0]) {
                let name = String(fields[1].dropFirst("refs/heads/".count))
                // The error says only that this is one to leave out.
                if (try? Mirror.checkBranch(name)) != nil { answer.branches[name] = id }
            }
        }
        if let name = answer.defaultBranch, answer.branches[name] == nil { answer.defaultBranch = nil }
        return answer
    }

    func references(under prefix: String) throws(TransportError) -> [String: ObjectID] {
        let output = try succeed(["for-each-ref", "--format=%(objectname) %(refname)", "--end-of-options", prefix])
        var references: [String: ObjectID] = [:]
        for line in output.split(separator: UInt8(ascii: "\n")) {
            let text = String(decoding: line, as: UTF8.self)
            guard let id = ObjectID(String(text.prefix(40))) else { continue }
            references[String(text.dropFirst(41 + prefix.count))] = id
        }
        return references
    }

    /// All of the changes or none.
    func update(_ changes: [String]) throws(TransportError) {
        guard !changes.isEmpty else { return }
        try succeed(["update-ref", "--stdin", "-z"], input: Array(changes.joined().utf8))
    }
}
