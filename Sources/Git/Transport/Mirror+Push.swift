internal import Programs

/// A branch of the remote that is to move, if it still stands where it was seen.
package struct RefUpdate: Hashable, Sendable {
    package var branch: String
    /// Where the branch must stand; nil when it must not exist.
    package var expected: ObjectID?
    /// The commit it becomes; nil to delete it.
    package var new: ObjectID?

    package init(branch: String, expected: ObjectID?, new: ObjectID?) {
        self.branch = branch
        self.expected = expected
        self.new = new
    }
}

/// What became of one branch of a push.
package enum PushResult: Hashable, Sendable {
    case done
    /// It stood there already.
    case upToDate
    case rejected(Rejection, message: String)

    package enum Rejection: String, Hashable, Sendable {
        /// Somebody else moved it: fetch and plan again.
        case stale
        /// A hook or a rule of the server refuses it.
        case hookDeclined, protected
        case nonFastForward
        /// Words that the remote has both for a race that was lost and for what it never does. `Mirror.push` looks where the branch stands, and
        /// gives it back as *stale* or *other*.
        case unclear
        /// The remote could not move it, for a reason of its own.
        case other
    }

    fileprivate var isUnclear: Bool { if case .rejected(.unclear, _) = self { true } else { false } }

    package var succeeded: Bool {
        switch self {
        case .done, .upToDate: true
        case .rejected: false
        }
    }
}

extension Mirror {
    /// Pushes branches, each on its own: one that is rejected does not keep the others.
    ///
    /// - Returns: a result for every branch. One that the answer does not mention was not pushed.
    /// - Throws: when the remote could not be asked. Whether it took anything is then unknown; a fetch tells.
    package func push(_ updates: [RefUpdate]) throws(TransportError) -> [String: PushResult] {
        guard !updates.isEmpty else { return [:] }
        for update in updates {
            try Mirror.checkBranch(update.branch)
            guard update.expected != nil || update.new != nil else {
                throw TransportError(.other, "the branch '\(update.branch)' is to be deleted and must not exist")
            }
        }
        guard Set(updates.map(\.branch)).count == updates.count else { throw TransportError(.other, "a branch is pushed twice at once") }
        return try exclusively { session throws(TransportError) in
            var results = try push(updates, session)
            try clear(&results, of: updates, session)
            try remember(updates.filter { results[$0.branch]?.succeeded == true }, session)
            return results
        }
    }

    private func push(_ updates: [RefUpdate], _ session: MirrorSession) throws(TransportError) -> [String: PushResult] {
        let leases = updates.map { "--force-with-lease=refs/heads/\($0.branch):\($0.expected?.description ?? "")" }
        let specs = updates.map { "\($0.new?.description ?? ""):refs/heads/\($0.branch)" }
        let arguments = ["push", "--porcelain", "--no-verify", "--no-follow-tags", "--no-signed", "--recurse-submodules=no"]
        let result = try session.run(arguments + OtherSide.pushOptions(for: remote) + leases + ["--end-of-options", remote.text] + specs)
        let report = PushReport(result, session)
        if report.results.isEmpty { throw session.error(result) }
        var results: [String: PushResult] = [:]
        for update in updates {
            results[update.branch] =
                report.results["refs/heads/\(update.branch)"] ?? .rejected(.other, message: "the remote's answer does not mention it")
        }
        return results
    }

    /// A race that was lost and what can never work are said in the same words (`cannot lock ref`): where the branch stands tells them
    /// apart. Where it has not moved, it is pushed once more, because whoever was faster may not have come to the end.
    private func clear(_ results: inout [String: PushResult], of updates: [RefUpdate], _ session: MirrorSession) throws(TransportError) {
        for isLast in [false, true] {
            let unclear = updates.filter { results[$0.branch]?.isUnclear ?? false }
            guard !unclear.isEmpty else { return }
            let branches = try session.listRemote().branches
            var unmoved: [RefUpdate] = []
            for update in unclear {
                guard case .rejected(_, let message)? = results[update.branch] else { continue }
                if branches[update.branch] == update.new {
                    results[update.branch] = .upToDate
                } else if branches[update.branch] != update.expected {
                    results[update.branch] = .rejected(.stale, message: message)
                } else {
                    results[update.branch] = .rejected(.other, message: message)
                    unmoved.append(update)
                }
            }
            if !isLast, !unmoved.isEmpty { results.merge(try push(unmoved, session)) { $1 } }
        }
    }

    private func remember(_ updates: [RefUpdate], _ session: MirrorSession) throws(TransportError) {
        let known = try session.references(under: Mirror.tracking)
        try session.update(updates.filter { $0.new == nil && known[$0.branch] != nil }.map { "delete \(Mirror.tracking)\($0.branch)\0\0" })
        try session.update(updates.compactMap { update in update.new.map { "update \(Mirror.tracking)\(update.branch)\0\($0)\0\0" } })
    }
}

/// `git push --porcelain`: a flag, `from:to` and a summary between tabs, a line for each branch (`git help push`, "output").
struct PushReport {
    private(set) var results: [String: PushResult] = [:]

    init(_ pushed: Child.Result, _ session: MirrorSession) {
        var refused: [(reference: String, summary: String)] = []
        for line in pushed.output.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            guard fields.count >= 3, fields[0].count == 1, let flag = fields[0].first else { continue }
            let spec = String(decoding: fields[1], as: UTF8.self)
            guard let colon = spec.lastIndex(of: ":") else { continue }
            let reference = String(spec[spec.index(after: colon)...])
            switch flag {
            case UInt8(ascii: "="): results[reference] = .upToDate
            case UInt8(ascii: "!"):
                refused.append(
                    (reference, session.complaint(Array(fields[2...].joined(separator: [UInt8(ascii: " ")]))).text))
            default: results[reference] = .done
            }
        }
        let lines = session.complaint(pushed.errors).remoteLines
        let references = refused.map(\.reference)
        for (reference, summary) in refused {
            // What the remote says of another branch is not about this one.
            let words = lines.filter { line in
                line.contains(reference) || !references.contains { $0 != reference && line.contains($0) }
            }
            let message = ([summary] + words).joined(separator: "; ")
            results[reference] = .rejected(PushReport.rejection(summary.lowercased()), message: String(message.prefix(1_200)))
        }
    }

    private static func rejection(_ summary: String) -> PushResult.Rejection {
        let says = { (texts: [String]) in texts.contains { summary.contains($0) } }
        // Our own Git compared what the remote has.
        if says(["stale info", "fetch first"]) { return .stale }
        if says(["cannot lock ref", "failed to update ref", "reference already exists", "incorrect old value", "remote failure"]) {
            return .unclear
        }
        if says(["protected", "gh006", "deletion prohibited", "deletion of the current branch", "branch is currently checked out"]) {
            return .protected
        }
        if says(["hook declined", "pre-receive", "denied by", "rule violations", "gh013"]) { return .hookDeclined }
        if says(["non-fast-forward"]) { return .nonFastForward }
        return .other
    }
}
