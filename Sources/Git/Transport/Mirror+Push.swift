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
        case other
    }

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
            let leases = updates.map { "--force-with-lease=refs/heads/\($0.branch):\($0.expected?.description ?? "")" }
            let specs = updates.map { "\($0.new?.description ?? ""):refs/heads/\($0.branch)" }
            let arguments = ["push", "--porcelain", "--no-verify", "--no-follow-tags", "--no-signed", "--recurse-submodules=no"]
            let result = try session.run(arguments + leases + ["--end-of-options", remote.text] + specs)
            let report = PushReport(result.output, session)
            if report.results.isEmpty { throw session.error(result) }
            var results: [String: PushResult] = [:]
            for update in updates {
                results[update.branch] =
                    report.results["refs/heads/\(update.branch)"] ?? .rejected(.other, message: "the remote's answer does not mention it")
            }
            try remember(updates.filter { results[$0.branch]?.succeeded == true }, session)
            return results
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

    init(_ output: [UInt8], _ session: MirrorSession) {
        for line in output.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            guard fields.count >= 3, fields[0].count == 1, let flag = fields[0].first else { continue }
            let spec = String(decoding: fields[1], as: UTF8.self)
            guard let colon = spec.lastIndex(of: ":") else { continue }
            let summary = session.complaint(Array(fields[2...].joined(separator: [UInt8(ascii: " ")]))).text
            results[String(spec[spec.index(after: colon)...])] = PushReport.result(flag, summary)
        }
    }

    private static func result(_ flag: UInt8, _ summary: String) -> PushResult {
        switch flag {
        case UInt8(ascii: "="): .upToDate
        case UInt8(ascii: "!"): .rejected(rejection(summary.lowercased()), message: summary)
        default: .done
        }
    }

    private static func rejection(_ summary: String) -> PushResult.Rejection {
        let says = { (texts: [String]) in texts.contains { summary.contains($0) } }
        // A server that lost the race for a reference says it in its own words.
        if says(["stale info", "cannot lock ref", "failed to update ref", "reference already exists", "incorrect old value", "fetch first"])
        {
            return .stale
        }
        if says(["protected", "gh006", "deletion prohibited", "deletion of the current branch", "branch is currently checked out"]) {
            return .protected
        }
        if says(["hook declined", "pre-receive", "denied by", "rule violations", "gh013"]) { return .hookDeclined }
        if says(["non-fast-forward"]) { return .nonFastForward }
        return .other
    }
}
