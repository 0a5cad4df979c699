package import Git

/// Where a workspace's commits come from, and where branches of ours go: a repository of this machine, or a remote behind a mirror.
///
/// Confined to one thread, like the repository below it.
package protocol RepositoryOrigin {
    /// The folder of the repository that holds what was fetched.
    var directory: String { get }

    /// Brings what is new here.
    ///
    /// - Parameters:
    ///   - branch: the one to watch; nil: the default branch.
    ///   - prefixes: what the names of our own branches begin with, now and before.
    ///   - others: branches of our own that have another name; one that is not there is none.
    func fetch(branch: String?, prefixes: [String], others: [String]) throws(OriginError) -> OriginHeads

    /// Removes what a killed run of ours left in the way of writing, before a run that may write looks at branches: it may find nothing to do.
    func clearWay()

    /// Moves branches of ours, each only from where it was seen to stand.
    func publish(_ updates: [BranchUpdate]) throws(OriginError) -> [String: BranchOutcome]
}

extension RepositoryOrigin {
    package func clearWay() {}

    package func fetch(branch: String?, prefixes: [String]) throws(OriginError) -> OriginHeads {
        try fetch(branch: branch, prefixes: prefixes, others: [])
    }
}

/// How a repository stood when it was last asked.
package struct OriginHeads: Hashable, Sendable {
    /// The watched branch, and its tip.
    package var branch: String
    package var tip: ObjectID
    /// Our own branches, by name.
    package var branches: [String: ObjectID]

    package init(branch: String, tip: ObjectID, branches: [String: ObjectID]) {
        self.branch = branch
        self.tip = tip
        self.branches = branches
    }
}

package struct BranchUpdate: Hashable, Sendable {
    package var name: String
    /// Nil: it is deleted.
    package var new: ObjectID?
    /// Nil: it must not exist.
    package var expected: ObjectID?

    package init(name: String, new: ObjectID?, expected: ObjectID?) {
        self.name = name
        self.new = new
        self.expected = expected
    }
}

package enum BranchOutcome: Hashable, Sendable {
    case done
    /// Somebody was faster: the branch does not stand where it was seen.
    case moved
    /// The remote does not want it: protected, or a hook of its own said no.
    case rejected(String)
}

/// A repository could not be reached, read or written. Messages hold no secret.
package struct OriginError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Whether trying again later may help.
    package var mayPass: Bool
    package var isDeadline: Bool
    /// An operator must change what is said of the repository.
    package var isOfSettings: Bool
    package var message: String

    package init(_ message: String, mayPass: Bool, isDeadline: Bool = false, isOfSettings: Bool = false) {
        self.message = message
        self.mayPass = mayPass
        self.isDeadline = isDeadline
        self.isOfSettings = isOfSettings
    }

    package var description: String { message }
}
