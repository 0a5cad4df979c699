import Git

/// A repository of this machine: its commits are here already, and branches are written into it.
package struct LocalOrigin: RepositoryOrigin {
    package let directory: String
    private let repository: Repository

    package init(_ directory: String) throws(OriginError) {
        self.directory = directory
        do throws(GitError) { repository = try Repository.discover(from: directory) } catch { throw OriginError(error) }
    }

    package func fetch(branch: String?, prefixes: [String], others: [String]) throws(OriginError) -> OriginHeads {
        let name: String?
        let tip: ObjectID?
        var branches: [String: ObjectID] = [:]
        do throws(GitError) {
            name = if let branch { branch } else { try repository.headBranch() }
            tip = if let name { try repository.branchTip(name) } else { nil }
            for prefix in prefixes { branches.merge(try repository.branches(prefix: prefix)) { first, _ in first } }
            for other in others where other != name { branches[other] = try repository.branchTip(other) }
        } catch { throw OriginError(error) }
        guard let name else {
            throw OriginError(
                "HEAD is at no branch: check one out ('git switch NAME'), or say which one to watch ('branch' of a Reconciler)",
                mayPass: false)
        }
        // A branch of ours holds what is only proposed.
        guard !prefixes.contains(where: name.hasPrefix), branch != nil || !others.contains(name) else {
            throw OriginError("HEAD is at '\(name)', which is a branch of Bursar's own: check out the one to watch", mayPass: false)
        }
        guard let tip else { throw OriginError("there is no branch '\(name)'", mayPass: false) }
        return OriginHeads(branch: name, tip: tip, branches: branches)
    }

    package func clearWay() { repository.removeLeftLocks() }

    package func publish(_ updates: [BranchUpdate]) throws(OriginError) -> [String: BranchOutcome] {
        var outcomes: [String: BranchOutcome] = [:]
        for update in updates {
            do throws(GitError) {
                outcomes[update.name] = try publish(update)
            } catch {
                if let other = blocking(update) {
                    outcomes[update.name] = .rejected("the branch '\(other)' is there, and Git cannot have both")
                    continue
                }
                switch error.code {
                case .moved, .exists, .notFound: outcomes[update.name] = .moved
                case .invalidName: outcomes[update.name] = .rejected(error.message)
                default: throw OriginError(error)
                }
            }
        }
        return outcomes
    }

    /// A branch of which this one's name would be a folder, or the other way round.
    private func blocking(_ update: BranchUpdate) -> String? {
        guard update.new != nil, update.expected == nil else { return nil }
        let parts = update.name.split(separator: "/", omittingEmptySubsequences: false)
        let above = (1..<max(parts.count, 1)).map { parts[..<$0].joined(separator: "/") }
        // What cannot be read is said by the error that is there already.
        return above.first { (try? repository.branchTip($0)) != nil } ?? (try? repository.branches(prefix: update.name + "/"))?.keys.min()
    }

    private func publish(_ update: BranchUpdate) throws(GitError) -> BranchOutcome {
        if try repository.isCheckedOut(branch: update.name), !repository.isBare {
            return .rejected("the branch '\(update.name)' is checked out: moving it would leave the working tree behind")
        }
        if let new = update.new {
            try repository.updateBranch(update.name, to: new, expecting: update.expected, reflog: "bursar: reconcile")
        } else if let expected = update.expected {
            try repository.deleteBranch(update.name, expecting: expected)
        }
        return .done
    }
}

extension OriginError {
    init(_ error: GitError) {
        self.init(
            "\(error)", mayPass: [.locked, .other, .readOnly].contains(error.code),
            isOfSettings: error.code == .unsupported || error.code == .partialClone)
    }
}
