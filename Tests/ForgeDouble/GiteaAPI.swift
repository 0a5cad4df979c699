internal import Forge
internal import JSON
internal import WebClient

/// Gitea's API v1, as its Swagger description has it.
struct GiteaAPI: HostAPI {
    let host: ForgeDouble

    func isAuthorized(_ headers: HTTPHeaders) -> Bool { headers["authorization"] == "token \(host.token)" }

    func respond(_ call: Call, _ state: inout DoubleState) throws -> Answer {
        let path = call.path
        if path == ["repos", "issues", "search"], call.method == .get { return try search(call, state) }
        guard path.count >= 4, path[0] == "repos", path[1] == host.owner, path[2] == host.name else { return .notFound }
        let rest = Array(path[3...])
        switch (call.method, rest.count, rest[0], rest.last ?? "") {
        case (.get, 1, "pulls", _): return try list(call, state)
        case (.post, 1, "pulls", _): return try create(call, &state)
        case (.get, 2, "pulls", _): return Answer(200, document(state.requests[try index(rest[1], state)], state))
        case (.patch, 2, "pulls", _): return try edit(call, try index(rest[1], state), &state)
        case (.post, 3, "pulls", "requested_reviewers"): return try review(call, try index(rest[1], state), &state)
        case (.get, 1, "labels", _):
            _ = try call.parameters(["page", "limit"])
            return try page(call, state.labels.map { document(label: $0.name, state) })
        case (.post, 1, "labels", _):
            let body = try call.body(
                ["name": .text, "color": .text, "description": .text, "exclusive": .flag, "is_archived": .flag],
                required: ["name", "color"])
            _ = state.label(try body.text("name"))
            return Answer(201, document(label: try body.text("name"), state))
        case (.post, 3, "issues", "labels"): return try label(call, try index(rest[1], state), &state)
        case (.get, 3, "issues", "comments"):
            _ = try call.parameters(["since", "before"])
            return Answer(200, .array(state.requests[try index(rest[1], state)].comments.map(document)))
        case (.get, 3, "issues", "timeline") where state.hasTimeline:
            _ = try call.parameters(["since", "before", "page", "limit"])
            return try page(call, timeline(state.requests[try index(rest[1], state)]))
        case (.delete, 3, "issues", _) where rest[1] == "comments": return try host.removeComment(rest[2], &state)
        case (.post, 3, "issues", "comments"):
            let body = try call.body(["body": .text, "updated_at": .text], required: ["body"])
            return Answer(201, document(host.addComment(try body.text("body"), &state, try index(rest[1], state))))
        case (.patch, 3, "issues", _) where rest[1] == "comments": return try editComment(call, rest[2], &state)
        case (.post, 1, "issues", _): return try openIssue(call, &state)
        case (.get, 2, "issues", _): return Answer(200, document(state.issues[try issueIndex(rest[1], state)]))
        case (.patch, 2, "issues", _): return try editIssue(call, try issueIndex(rest[1], state), &state)
        case (.post, 2, "statuses", _): return try setStatus(call, rest[1], &state)
        case (.get, 3, "commits", "statuses"):
            _ = try call.parameters(["sort", "state", "page", "limit"])
            let commit = state.branches[rest[1]] ?? rest[1]
            return try page(call, state.statuses.filter { $0.commit == commit }.reversed().map(document))
        default: return .notFound
        }
    }

    private func index(_ number: String, _ state: DoubleState) throws -> Int {
        guard let number = Int(number), let index = state.index(of: number) else { throw Answer.notFound }
        return index
    }

    func page(_ call: Call, _ items: [JSONValue]) throws -> Answer { try call.page(items, size: "limit", standard: 30, most: 50) }

    private func timeline(_ request: DoubleRequest) -> [JSONValue] {
        let events = [("close", request.merged == nil ? request.closed : nil), ("delete_branch", request.branchDeleted)]
        return events.compactMap { name, time in
            time.map { ["id": 1, "type": .string(name), "created_at": self.time($0), "user": user("ada"), "body": ""] }
        }
    }

    private func list(_ call: Call, _ state: DoubleState) throws -> Answer {
        let query = try call.parameters(["state", "sort", "milestone", "labels", "poster", "page", "limit"])
        let wanted = query["state"] ?? "open"
        guard ["open", "closed", "all"].contains(wanted) else { throw Answer.invalid("unknown state") }
        let sort = query["sort"] ?? "newest"
        guard ["newest", "oldest", "recentupdate", "leastupdate", "mostcomment", "leastcomment", "priority"].contains(sort) else {
            throw Answer.invalid("unknown sort")
        }
        var found = state.requests.filter { wanted == "all" || $0.isOpen == (wanted == "open") }
        switch sort {
        case "recentupdate": found.sort { ($0.updated, $0.number) > ($1.updated, $1.number) }
        case "oldest": found.sort { $0.number < $1.number }
        default: found.sort { $0.number > $1.number }
        }
        return try page(call, found.map { document($0, state) })
    }

    private func create(_ call: Call, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(
            [
                "head": .text, "base": .text, "title": .text, "body": .text, "assignee": .text, "assignees": .texts, "milestone": .number,
                "labels": .numbers, "due_date": .text,
            ], required: ["head", "base", "title"])
        let head = try body.text("head")
        let base = try body.text("base")
        guard head != base else { throw Answer.invalid("Invalid PullRequest: There are no changes between the head and the base") }
        guard let headCommit = state.branches[head], let baseCommit = state.branches[base] else { throw Answer.notFound }
        if state.requests.contains(where: { $0.isOpen && $0.head == head && $0.base == base }) {
            throw Answer(409, ["message": "pull request already exists for these targets"])
        }
        _ = host.add(
            title: try body.text("title"), body: try body.optionalText("body") ?? "", head: head, base: base, headCommit: headCommit,
            baseCommit: baseCommit, isDraft: false, &state)
        let index = state.requests.count - 1
        try setLabels(host.numbers(try body.list("labels")), &state, index)
        return Answer(201, document(state.requests[index], state))
    }

    private func edit(_ call: Call, _ index: Int, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body([
            "title": .text, "body": .text, "base": .text, "assignee": .text, "assignees": .texts, "milestone": .number, "labels": .numbers,
            "state": .oneOf(["open", "closed"]), "due_date": .text, "unset_due_date": .flag, "allow_maintainer_edit": .flag,
        ])
        if let title = try body.optionalText("title") { state.requests[index].title = title }
        if let text = try body.optionalText("body") { state.requests[index].body = text }
        if let wanted = try body.optionalText("state") {
            guard state.requests[index].merged == nil else { throw Answer(412, ["message": "cannot change a merged pull request"]) }
            host.set(open: wanted == "open", &state.requests[index])
        }
        state.requests[index].updated = host.clock()
        return Answer(201, document(state.requests[index], state))
    }

    private func review(_ call: Call, _ index: Int, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(["reviewers": .texts, "team_reviewers": .texts])
        let users = host.texts(try body.list("reviewers"))
        let teams = host.texts(try body.list("team_reviewers"))
        guard users.allSatisfy(state.users.contains), teams.allSatisfy(state.teams.contains) else {
            throw Answer(404, ["message": "user does not exist"])
        }
        guard !users.contains(state.requests[index].author) else { throw Answer.invalid("poster of pr can't be reviewer") }
        state.requests[index].reviewers += users.filter { !state.requests[index].reviewers.contains($0) }
        state.requests[index].teams += teams.filter { !state.requests[index].teams.contains($0) }
        return Answer(201, [])
    }

    private func label(_ call: Call, _ index: Int, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(["labels": .numbers], required: ["labels"])
        try setLabels(host.numbers(try body.list("labels")), &state, index)
        return Answer(200, .array(state.requests[index].labels.map { document(label: $0, state) }))
    }

    private func setLabels(_ ids: [Int], _ state: inout DoubleState, _ index: Int) throws {
        for id in ids {
            guard let label = state.labels.first(where: { $0.id == id }) else { throw Answer.invalid("label \(id) does not exist") }
            if !state.requests[index].labels.contains(label.name) { state.requests[index].labels.append(label.name) }
        }
    }

    private func editComment(_ call: Call, _ id: String, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(["body": .text, "updated_at": .text], required: ["body"])
        guard let (request, comment) = host.find(comment: id, state) else { throw Answer.notFound }
        guard state.requests[request].comments[comment].author == host.account else { throw Answer(403, ["message": "Forbidden"]) }
        state.requests[request].comments[comment].body = try body.text("body")
        return Answer(200, document(state.requests[request].comments[comment]))
    }

    private func setStatus(_ call: Call, _ commit: String, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(
            [
                "state": .oneOf(["pending", "success", "error", "failure", "warning"]), "target_url": .text, "description": .text,
                "context": .text,
            ], required: ["state"])
        guard host.git.contains(commit) else { throw Answer.notFound }
        let status = DoubleStatus(
            id: state.newID(), commit: commit, state: try body.text("state"), context: try body.optionalText("context") ?? "default",
            description: try body.optionalText("description") ?? "", url: try body.optionalText("target_url"), created: host.clock())
        state.statuses.append(status)
        return Answer(201, document(status))
    }

    // MARK: Documents

    private func document(_ request: DoubleRequest, _ state: DoubleState) -> JSONValue {
        let page = "\(host.origin)/\(host.owner)/\(host.name)/pulls/\(request.number)"
        let isThere = state.branches[request.head] != nil
        return [
            "id": JSONValue(5000 + request.number), "url": .string(page), "number": JSONValue(request.number), "user": user(request.author),
            "title": .string(request.title), "body": .string(request.body),
            "labels": .array(request.labels.map { document(label: $0, state) }),
            "milestone": .null, "assignee": .null, "assignees": .null,
            "requested_reviewers": request.reviewers.isEmpty ? .null : .array(request.reviewers.map(user)),
            "state": request.isOpen ? "open" : "closed", "draft": .bool(request.title.hasPrefix("WIP:")), "is_locked": false,
            "comments": JSONValue(request.comments.count), "html_url": .string(page), "diff_url": .string(page + ".diff"),
            "patch_url": .string(page + ".patch"), "mergeable": .bool(request.isOpen), "merged": .bool(request.merged != nil),
            "merged_at": time(request.merged), "merge_commit_sha": request.mergeCommit.map(JSONValue.string) ?? .null, "merged_by": .null,
            "allow_maintainer_edit": false,
            "base": [
                "label": .string(request.base), "ref": .string(request.base), "sha": .string(request.baseCommit), "repo_id": 1,
                "repo": repository,
            ],
            // A branch that is gone is known by the reference that the host keeps.
            "head": [
                "label": .string(request.head), "ref": .string(isThere ? request.head : "refs/pull/\(request.number)/head"),
                "sha": .string(request.headCommit), "repo_id": 1, "repo": repository,
            ],
            "merge_base": .string(request.baseCommit), "due_date": .null, "created_at": time(request.created),
            "updated_at": time(request.updated), "closed_at": time(request.closed), "pin_order": 0,
        ]
    }

    private func document(label name: String, _ state: DoubleState) -> JSONValue {
        let id = state.labels.first { $0.name == name }?.id ?? 0
        return [
            "id": JSONValue(id), "name": .string(name), "exclusive": false, "is_archived": false, "color": "1d76db", "description": "",
            "url": "",
        ]
    }

    private func document(_ comment: DoubleComment) -> JSONValue {
        [
            "id": JSONValue(comment.id), "html_url": "", "pull_request_url": "", "issue_url": "", "user": user(comment.author),
            "original_author": "", "original_author_id": 0, "body": .string(comment.body), "assets": [],
            "created_at": time(comment.created),
            "updated_at": time(comment.updated),
        ]
    }

    private func document(_ status: DoubleStatus) -> JSONValue {
        [
            "id": JSONValue(status.id), "status": .string(status.state), "target_url": .string(status.url ?? ""),
            "description": .string(status.description), "url": "", "context": .string(status.context), "creator": user(host.account),
            "created_at": time(status.created), "updated_at": time(status.created),
        ]
    }

    func user(_ login: String) -> JSONValue {
        ["id": JSONValue(login.utf8.reduce(7) { $0 * 31 % 1_000_003 + Int($1) }), "login": .string(login), "full_name": "", "email": ""]
    }

    private var repository: JSONValue {
        ["id": 1, "name": .string(host.name), "full_name": .string("\(host.owner)/\(host.name)"), "owner": user(host.owner), "fork": false]
    }

    /// With an offset, as a host writes it that does not live in UTC.
    func time(_ seconds: Int64?) -> JSONValue {
        seconds.map { .string(WebTime.iso($0 + 7200).dropLast() + "+02:00") } ?? .null
    }
}
