/// A code host: where requests are opened, updated and closed. GitHub, GitLab, Gitea, or a folder of patches.
///
/// Calls block, and are made off Swift's cooperative threads. What a method changes is changed once: called again with the same values it
/// changes nothing. Branches are pushed by Git, not through here.
package protocol Forge: Sendable {
    /// Whether a request is of a branch that was pushed before. Where it is not, such as in a folder of patches, commits stay on this machine,
    /// nobody can edit a branch, and nothing is left of a request that was closed.
    var hasBranches: Bool { get }

    /// Nil: there are none.
    var issues: (any IssueHost)? { get }

    /// Every request whose branch begins with one of some prefixes, open or not, newest first; all pages.
    ///
    /// - Parameter since: requests that ended before it may be left out.
    func requests(branchPrefixes: [String], since: Int64?) throws(ForgeError) -> [ForgeRequest]

    /// One request as it stands now, with the facts that lists leave out.
    func request(_ number: Int) throws(ForgeError) -> ForgeRequest

    /// Opens a request; where one is open for the branch already, answers with that.
    func open(_ draft: RequestDraft) throws(ForgeError) -> ForgeRequest

    /// Sets title, body and labels where they differ; labels that people added stay, and what they wrote around our part of the body.
    func update(_ number: Int, to draft: RequestDraft) throws(ForgeError)

    /// Closes without merging. Closing a closed one changes nothing.
    func close(_ number: Int) throws(ForgeError)

    /// Why a request is closed that is; nil: the host does not say.
    func closing(of number: Int) throws(ForgeError) -> Closing?

    /// Writes the one comment that carries the marker, or changes it; several of one marker are never made.
    ///
    /// - Returns: false: it is there already, word for word.
    @discardableResult
    func comment(_ number: Int, marker: String, body: String) throws(ForgeError) -> Bool

    /// The state shown beside a commit.
    func setStatus(_ status: CommitStatus, of commit: String) throws(ForgeError)
}

extension Forge {
    package var issues: (any IssueHost)? { nil }

    package func closing(of number: Int) throws(ForgeError) -> Closing? { nil }

    package func requests(branchPrefix: String, since: Int64?) throws(ForgeError) -> [ForgeRequest] {
        try requests(branchPrefixes: [branchPrefix], since: since)
    }
}

/// Why a request that was not merged is closed.
package enum Closing: Hashable, Sendable {
    /// Somebody closed it.
    case byPerson
    /// Its branch or its base was deleted, and the host closed it for that.
    case byHost

    /// Hosts note both acts when they happen, and need a moment between them.
    private static let moment: ClosedRange<Int64> = -60...1

    /// - Parameter deletions: when branches of it were deleted.
    init(at closed: Int64, deletions: [Int64]) {
        self = deletions.contains { Self.moment.contains($0 - closed) } ? .byHost : .byPerson
    }
}

/// What a request should look like.
package struct RequestDraft: Hashable, Sendable {
    package var branch: String
    package var base: String
    package var title: String
    /// Markdown.
    package var body: String
    package var labels: [String]
    /// Logins; `@org/team` and `org/team` are teams.
    package var reviewers: [String]
    package var isDraft: Bool
    /// The commit that was pushed to the branch.
    package var commit: String
    /// The title that we gave it last: another one is a person's, and stays. Nil: any is ours.
    package var previousTitle: String?

    /// Whether a request says it all already, so that nothing is to be updated.
    package func isShown(by request: ForgeRequest) -> Bool {
        RequestText.isSame(request.title, RequestText.title(request.title, self))
            && RequestText.isSame(request.body, RequestText.replacing(request.body, with: body))
            && labels.allSatisfy { label in request.labels.contains { $0.lowercased() == label.lowercased() } }
    }

    package init(
        branch: String, base: String, title: String, body: String, labels: [String] = [], reviewers: [String] = [], isDraft: Bool = false,
        commit: String
    ) {
        self.branch = branch
        self.base = base
        self.title = title
        self.body = body
        self.labels = labels
        self.reviewers = reviewers
        self.isDraft = isDraft
        self.commit = commit
    }
}

/// A request as the code host has it.
package struct ForgeRequest: Hashable, Sendable {
    package enum State: String, Hashable, Sendable { case open, closed, merged }

    package var number: Int
    package var url: String
    package var state: State
    package var branch: String
    package var base: String
    package var title: String
    package var body: String
    package var labels: [String]
    package var isDraft: Bool
    /// The branch's tip as the host last saw it; nil where it does not say.
    package var commit: String?
    /// The commit by which it reached its base; nil unless merged.
    package var mergeCommit: String?
    /// Seconds since 1970.
    package var created: Int64
    /// When it was merged or closed.
    package var ended: Int64?

    package init(
        number: Int, url: String, state: State, branch: String, base: String, title: String, body: String, labels: [String] = [],
        isDraft: Bool = false, commit: String? = nil, mergeCommit: String? = nil, created: Int64, ended: Int64? = nil
    ) {
        self.number = number
        self.url = url
        self.state = state
        self.branch = branch
        self.base = base
        self.title = title
        self.body = body
        self.labels = labels
        self.isDraft = isDraft
        self.commit = commit
        self.mergeCommit = mergeCommit
        self.created = created
        self.ended = ended
    }
}

package struct CommitStatus: Hashable, Sendable {
    package enum State: String, Hashable, Sendable { case pending, success, failure, error }

    package var state: State
    /// What tells it apart from others': `bursar/payments`.
    package var context: String
    /// At most 140 characters.
    package var description: String
    package var url: String?

    package init(state: State, context: String, description: String, url: String? = nil) {
        self.state = state
        self.context = context
        self.description = description
        self.url = url
    }
}

/// The code host, or the way to it, failed. Messages hold no token.
package struct ForgeError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// The token is missing or wrong: a person must fix it.
        case unauthorized
        /// The token is too weak for what was asked.
        case forbidden
        case notFound
        /// What was asked for contradicts what is there: mostly somebody was faster.
        case conflict
        /// The host asks to wait.
        case rateLimited
        /// The host does not take what was sent: our fault, or a setting's.
        case invalid
        /// A redirect or a link to another host, which is not followed.
        case refused
        /// The project is at another address: a person must say which.
        case moved
        /// Its own failure, a time-out or no connection: may pass.
        case unavailable
    }

    package var code: Code
    package var message: String
    /// Seconds to wait, where the host says so.
    package var retryAfter: Int?

    package init(_ code: Code, _ message: String, retryAfter: Int? = nil) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }

    package var description: String { message }
    /// Whether trying again later may help.
    package var mayPass: Bool { code == .rateLimited || code == .unavailable || code == .conflict }
}
