package import CostModel
internal import Forge
internal import JSON
internal import Synchronization
package import WebClient

/// A code host for tests, written from the vendors' published descriptions: real state over a bare repository, three APIs.
///
/// It takes nothing it does not know: an unknown route is 404; an unknown field, parameter or type of a field is 422.
package final class ForgeDouble: HTTPSending {
    package let kind: CodeHost
    package let owner: String
    package let name: String
    /// Who the token belongs to.
    package let account = "bursar-bot"
    package let token = "t0k3n-of-the-bot"
    /// `https://forge.example`, where requests are addressed to.
    package let origin: String
    let git: DoubleGit
    let clock: @Sendable () -> Int64
    let state = Mutex(DoubleState())

    /// - Parameter kind: GitHub, GitLab or Gitea.
    /// - Parameter repository: a bare repository; branches are pushed there.
    /// - Parameter clock: seconds since 1970.
    package init(
        _ kind: CodeHost, repository: String, owner: String = "acme", name: String = "infra", origin: String = "https://forge.example",
        users: [String] = ["ada", "grace"], teams: [String] = ["finops"], clock: @escaping @Sendable () -> Int64
    ) {
        self.kind = kind
        self.owner = owner
        self.name = name
        self.origin = origin
        self.clock = clock
        git = DoubleGit(path: repository)
        state.withLock {
            $0.users = users
            $0.teams = teams
        }
    }

    /// The same project under another name: what it knows stays.
    package func renamed(to name: String) -> ForgeDouble {
        let other = ForgeDouble(kind, repository: git.path, owner: owner, name: name, origin: origin, clock: clock)
        let known = state.withLock { $0 }
        other.state.withLock { $0 = known }
        return other
    }

    /// Where its API begins.
    package var api: String {
        switch kind {
        case .github: "\(origin)/api/v3"
        case .gitlab: "\(origin)/api/v4"
        case .gitea: "\(origin)/api/v1"
        }
    }

    private var routes: any HostAPI {
        switch kind {
        case .github: GitHubAPI(host: self)
        case .gitlab: GitLabAPI(host: self)
        case .gitea: GiteaAPI(host: self)
        }
    }

    package func send(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        try state.withLock { (state) throws(HTTPError) -> HTTPResponse in
            var fault = state.faults.removeValue(forKey: state.exchanges.count + 1)
            let path = request.url.prefix { $0 != "?" }
            if fault == nil, let index = state.pathFaults.firstIndex(where: { path.hasSuffix($0.ending) }) {
                fault = state.pathFaults.remove(at: index).fault
            }
            state.exchanges.append(RecordedExchange(request: request))
            let last = state.exchanges.count - 1
            let response = try answer(request, fault, &state)
            state.exchanges[last].response = response
            return response
        }
    }

    private func answer(_ request: HTTPRequest, _ fault: Fault?, _ state: inout DoubleState) throws(HTTPError) -> HTTPResponse {
        switch fault {
        case .status(let status): return stamped(Answer(status, ["message": "failure on demand"]).response)
        case .tooManyRequests(let seconds):
            return stamped(Answer(429, ["message": "slow down"], ["retry-after": "\(seconds)"]).response)
        case .quotaSpent(let reset):
            return stamped(
                Answer(403, ["message": "API rate limit exceeded"], ["x-ratelimit-remaining": "0", "x-ratelimit-reset": "\(reset)"])
                    .response)
        case .timeOutBefore: throw HTTPError(.timedOut, "no answer in time")
        case .connectionReset: throw HTTPError(.connection, "the connection was reset")
        case .redirect(let target): return stamped(HTTPResponse(status: 302, headers: ["location": target]))
        case .garbage: return stamped(HTTPResponse(status: 200, body: Array("<html>no JSON</html>".utf8)))
        case .timeOutAfter, .truncated, .foreignLink, nil: break
        }
        var response = stamped(handle(request, &state).response)
        // Gitea says nothing of the kind.
        if kind != .gitea, request.method == .get, response.status == 200 {
            let tag = "W/\"\(response.body.reduce(into: 5_381) { $0 = ($0 &* 33) ^ Int($1) })-\(response.headers["link"] ?? "")\""
            if request.headers["if-none-match"] == tag { response = stamped(HTTPResponse(status: 304)) }
            response.headers["etag"] = tag
        }
        switch fault {
        case .timeOutAfter: throw HTTPError(.timedOut, "no answer in time")
        case .truncated: response.body = Array(response.body.prefix(response.body.count / 2))
        case .foreignLink(let target):
            response.headers["link"] = "<\(target)>; rel=\"next\""
        default: break
        }
        return response
    }

    private func stamped(_ response: HTTPResponse) -> HTTPResponse {
        var response = response
        response.headers["date"] = WebTime.http(clock())
        response.headers["content-type"] = "application/json; charset=utf-8"
        return response
    }

    private func handle(_ request: HTTPRequest, _ state: inout DoubleState) -> Answer {
        let root = kind == .github && request.url == "\(origin)/api/graphql" ? "\(origin)/api" : api
        guard request.url.hasPrefix(root + "/"), let call = Call(request, below: root, pageLimit: state.pageLimit) else { return .notFound }
        guard routes.isAuthorized(request.headers) else { return Answer(401, ["message": "Bad credentials"]) }
        do {
            try refresh(&state)
            return try routes.respond(call, &state)
        } catch let refusal as Answer {
            return refusal
        } catch {
            return Answer(500, ["message": .string("\(error)")])
        }
    }

    /// What a push changes: tips, requests whose branch is gone, requests whose commits are in the base already.
    func refresh(_ state: inout DoubleState) throws {
        let branches = try git.branches()
        guard branches != state.branches else { return }
        func isGone(_ name: String) -> Bool { state.branches[name] != nil && branches[name] == nil }
        for index in state.requests.indices {
            if isGone(state.requests[index].head) { state.requests[index].branchDeleted = clock() }
            if isGone(state.requests[index].base) { state.requests[index].baseDeleted = clock() }
        }
        state.branches = branches
        for index in state.requests.indices where state.requests[index].isOpen {
            let request = state.requests[index]
            guard let head = branches[request.head], branches[request.base] != nil else {
                // An older GitLab leaves a merge request open that has lost a branch.
                if kind != .gitlab || state.closesLost {
                    state.requests[index].isOpen = false
                    state.requests[index].closed = clock()
                    state.requests[index].updated = clock()
                    // By whoever pushed.
                    state.requests[index].closedBy = "ada"
                }
                continue
            }
            if head != request.headCommit {
                state.requests[index].headCommit = head
                state.requests[index].updated = clock()
            }
            if let base = branches[request.base], base != request.baseCommit {
                state.requests[index].baseCommit = base
                if try git.ahead(head, of: base) == 0 { finish(&state.requests[index], mergeCommit: head) }
            }
        }
    }

    func finish(_ request: inout DoubleRequest, mergeCommit: String) {
        request.isOpen = false
        request.merged = clock()
        request.closed = clock()
        request.updated = clock()
        request.mergeCommit = mergeCommit
    }

    // MARK: What tests see

    package var exchanges: [RecordedExchange] { state.withLock { $0.exchanges } }
    package var requests: [DoubleRequest] { state.withLock { $0.requests } }
    package var statuses: [DoubleStatus] { state.withLock { $0.statuses } }

    /// Answers with short pages from now on, as hosts may that are set up so.
    package func limitPages(to count: Int) { state.withLock { $0.pageLimit = count } }

    /// Sets up what hosts do differently from version to version.
    package func behave(closesLost: Bool = false, hasTimeline: Bool = true) {
        state.withLock { ($0.closesLost, $0.hasTimeline) = (closesLost, hasTimeline) }
    }

    /// Notices what was pushed, as a host does that nobody asks.
    package func look() { state.withLock { state in try? refresh(&state) } }

    /// Lets another account comment on a request just before we do.
    package func commentFirst(_ body: String, by login: String) {
        let time = clock()
        state.withLock { state in
            let id = state.newID()
            state.beforeComment = {
                $0.comments.append(DoubleComment(id: id, author: login, body: body, created: time, updated: time))
            }
        }
    }

    /// Lets something go wrong at the next request, or at the n-th from now.
    package func fail(_ fault: Fault, atRequest count: Int = 1) {
        state.withLock { $0.faults[$0.exchanges.count + count] = fault }
    }

    /// Lets something go wrong at the next request whose path ends so.
    package func fail(_ fault: Fault, whenPathEndsIn ending: String) {
        state.withLock { $0.pathFaults.append((ending, fault)) }
    }
}
