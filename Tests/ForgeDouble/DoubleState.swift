package import WebClient

/// A pull or merge request as the double keeps it.
package struct DoubleRequest: Sendable {
    package var number: Int
    package var title: String
    package var body: String
    package var head: String
    package var base: String
    package var author: String
    package var isDraft = false
    package var isOpen = true
    package var labels: [String] = []
    package var reviewers: [String] = []
    package var teams: [String] = []
    package var comments: [DoubleComment] = []
    package var created: Int64
    package var updated: Int64
    package var closed: Int64?
    package var merged: Int64?
    package var closedBy: String?
    /// When its branch was deleted, and its base.
    package var branchDeleted: Int64?
    package var baseDeleted: Int64?
    package var mergeCommit: String?
    package var squashCommit: String?
    /// The branch's tip as it was last seen.
    package var headCommit: String
    package var baseCommit: String
}

package struct DoubleComment: Sendable {
    package var id: Int
    package var author: String
    package var body: String
    package var created: Int64
    package var updated: Int64
}

package struct DoubleStatus: Sendable {
    package var id: Int
    package var commit: String
    package var state: String
    package var context: String
    package var description: String
    package var url: String?
    package var created: Int64
}

/// One exchange as the double saw it.
package struct RecordedExchange: Sendable {
    package var request: HTTPRequest
    package var response: HTTPResponse?
}

/// What goes wrong on demand.
package enum Fault: Hashable, Sendable {
    case status(Int)
    /// 429 with `retry-after` in seconds.
    case tooManyRequests(retryAfter: Int)
    /// 403 with no requests left until a time.
    case quotaSpent(reset: Int64)
    /// The answer never comes, and nothing was done.
    case timeOutBefore
    /// The answer never comes, but what was asked was done.
    case timeOutAfter
    case connectionReset
    /// 200 with what is no JSON.
    case garbage
    /// The right answer, cut in the middle.
    case truncated
    case redirect(String)
    /// The right answer, whose next page is elsewhere.
    case foreignLink(String)
}

/// What the double remembers. Branches and commits are in the repository alone.
struct DoubleState: Sendable {
    var requests: [DoubleRequest] = []
    var issues: [DoubleIssue] = []
    /// Of those that exist, who may not write.
    var readers: [String] = []
    /// Whether nobody is told who edited an issue.
    var hidesEdits = false
    var labels: [(id: Int, name: String)] = []
    var statuses: [DoubleStatus] = []
    /// Who exists and may be asked for a review.
    var users: [String] = []
    var teams: [String] = []
    var lastID = 1000
    /// The longest page, whatever is asked for.
    var pageLimit = 100
    /// By the number of the request (from 1) at which they happen.
    var faults: [Int: Fault] = [:]
    /// What happens at the next request whose path ends so.
    var pathFaults: [(ending: String, fault: Fault)] = []
    var exchanges: [RecordedExchange] = []
    /// Whether GitLab closes a merge request whose source branch is gone: newer ones do.
    var closesLost = false
    /// What somebody else does before a comment is written, once.
    var beforeComment: (@Sendable (inout DoubleRequest) -> Void)?
    /// Whether the timeline of a request is kept.
    var hasTimeline = true
    /// Tips of branches, read when a request or an act begins.
    var branches: [String: String] = [:]

    mutating func newID() -> Int {
        lastID += 1
        return lastID
    }

    mutating func label(_ name: String) -> Int {
        if let label = labels.first(where: { $0.name.lowercased() == name.lowercased() }) { return label.id }
        let id = newID()
        labels.append((id, name))
        return id
    }

    func issueIndex(of number: Int) -> Int? { issues.firstIndex { $0.number == number } }
    func index(of number: Int) -> Int? { requests.firstIndex { $0.number == number } }
}
