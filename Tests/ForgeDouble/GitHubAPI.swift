internal import Forge
internal import JSON
internal import WebClient

/// GitHub's REST API, version 2022-11-28, as its OpenAPI description has it.
struct GitHubAPI: HostAPI {
    let host: ForgeDouble

    func isAuthorized(_ headers: HTTPHeaders) -> Bool {
        headers["authorization"] == "Bearer \(host.token)" || headers["authorization"] == "token \(host.token)"
    }

    func respond(_ call: Call, _ state: inout DoubleState) throws -> Answer {
        let path = call.path
        if path == ["graphql"], call.method == .post { return try graph(call, state) }
        guard path.count >= 4, path[0] == "repos", path[1] == host.owner, path[2] == host.name else { return .notFound }
        let rest = Array(path[3...])
        switch (call.method, rest.count, rest[0], rest.last ?? "") {
        case (.get, 1, "pulls", _): return try pulls(call, state)
        case (.post, 1, "pulls", _): return try create(call, &state)
        case (.get, 2, "pulls", _): return Answer(200, document(try request(rest[1], state), state, isFull: true))
        case (.patch, 2, "pulls", _): return try edit(call, try index(rest[1], state), &state)
        case (.post, 3, "pulls", "requested_reviewers"): return try review(call, try index(rest[1], state), &state)
        case (.get, 1, "issues", _): return try issues(call, state)
        case (.post, 1, "issues", _): return try openIssue(call, &state)
        case (.patch, 2, "issues", _): return try editIssue(call, rest[1], &state)
        case (.get, 3, "collaborators", "permission"): return try permission(of: rest[1], state)
        case (.get, 2, "issues", _) where Int(rest[1]).flatMap(state.issueIndex) != nil:
            return Answer(200, document(state.issues[Int(rest[1]).flatMap(state.issueIndex) ?? 0]))
        case (.get, 2, "issues", _): return Answer(200, issue(try request(rest[1], state), state))
        case (.post, 3, "issues", "labels"): return try label(call, try index(rest[1], state), &state)
        case (.get, 3, "issues", "comments"):
            _ = try call.parameters(["per_page", "page", "since"])
            let request = try request(rest[1], state)
            return try call.page(request.comments.map { document($0, of: request.number) })
        case (.get, 3, "issues", "events"):
            _ = try call.parameters(["per_page", "page"])
            let request = try request(rest[1], state)
            let events = [
                ("closed", request.closed), ("head_ref_deleted", request.branchDeleted), ("base_ref_deleted", request.baseDeleted),
            ]
            return try call.page(
                events.compactMap { name, time in
                    time.map { ["id": 1, "event": .string(name), "created_at": .string(WebTime.iso($0))] }
                })
        case (.post, 3, "issues", "comments"): return try comment(call, try index(rest[1], state), &state)
        case (.patch, 3, "issues", _) where rest[1] == "comments": return try editComment(call, rest[2], &state)
        case (.delete, 3, "issues", _) where rest[1] == "comments": return try host.removeComment(rest[2], &state)
        case (.post, 2, "statuses", _): return try setStatus(call, rest[1], &state)
        case (.get, 3, "commits", "statuses"):
            _ = try call.parameters(["per_page", "page"])
            let commit = state.branches[rest[1]] ?? rest[1]
            return try call.page(state.statuses.filter { $0.commit == commit }.reversed().map(document))
        default: return .notFound
        }
    }

    private func index(_ number: String, _ state: DoubleState) throws -> Int {
        guard let number = Int(number), let index = state.index(of: number) else { throw Answer.notFound }
        return index
    }

    private func request(_ number: String, _ state: DoubleState) throws -> DoubleRequest { state.requests[try index(number, state)] }

    private func pulls(_ call: Call, _ state: DoubleState) throws -> Answer {
        let query = try call.parameters(["state", "head", "base", "sort", "direction", "per_page", "page"])
        let wanted = query["state"] ?? "open"
        guard ["open", "closed", "all"].contains(wanted) else { throw Answer.invalid("state is not open, closed or all") }
        var found = state.requests.filter { wanted == "all" || $0.isOpen == (wanted == "open") }
        if let head = query["head"] { found = found.filter { "\(host.owner):\($0.head)" == head } }
        if let base = query["base"] { found = found.filter { $0.base == base } }
        let sort = query["sort"] ?? "created"
        guard ["created", "updated", "popularity", "long-running"].contains(sort) else { throw Answer.invalid("unknown sort") }
        found.sort { sort == "updated" ? ($0.updated, $0.number) < ($1.updated, $1.number) : $0.number < $1.number }
        if query["direction"] ?? (sort == "created" ? "desc" : "asc") == "desc" { found.reverse() }
        return try call.page(found.map { document($0, state, isFull: false) })
    }

    private func create(_ call: Call, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(
            [
                "title": .text, "head": .text, "head_repo": .text, "base": .text, "body": .text, "maintainer_can_modify": .flag,
                "draft": .flag, "issue": .number,
            ], required: ["head", "base", "title"])
        let written = try body.text("head")
        let head = written.hasPrefix("\(host.owner):") ? String(written.dropFirst(host.owner.count + 1)) : written
        let base = try body.text("base")
        guard let headCommit = state.branches[head] else { throw failed("PullRequest", "head", "invalid") }
        guard let baseCommit = state.branches[base] else { throw failed("PullRequest", "base", "invalid") }
        if state.requests.contains(where: { $0.isOpen && $0.head == head && $0.base == base }) {
            throw failed("A pull request already exists for \(host.owner):\(head).")
        }
        guard head != base, try host.git.ahead(headCommit, of: baseCommit) > 0 else {
            throw failed("No commits between \(base) and \(head)")
        }
        let request = host.add(
            title: try body.text("title"), body: try body.optionalText("body") ?? "", head: head, base: base, headCommit: headCommit,
            baseCommit: baseCommit, isDraft: try body.flag("draft"), &state)
        return Answer(201, document(request, state, isFull: true))
    }

    private func edit(_ call: Call, _ index: Int, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body([
            "title": .text, "body": .text, "state": .oneOf(["open", "closed"]), "base": .text, "maintainer_can_modify": .flag,
        ])
        if let title = try body.optionalText("title") { state.requests[index].title = title }
        if let text = try body.optionalText("body") { state.requests[index].body = text }
        if let wanted = try body.optionalText("state") {
            if wanted == "open", state.requests[index].merged != nil { throw failed("PullRequest", "state", "invalid") }
            host.set(open: wanted == "open", &state.requests[index])
        }
        state.requests[index].updated = host.clock()
        return Answer(200, document(state.requests[index], state, isFull: true))
    }

    private func review(_ call: Call, _ index: Int, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(["reviewers": .texts, "team_reviewers": .texts])
        let users = host.texts(try body.list("reviewers"))
        let teams = host.texts(try body.list("team_reviewers"))
        guard !users.contains(state.requests[index].author) else {
            throw Answer.invalid("Review cannot be requested from pull request author.")
        }
        guard users.allSatisfy(state.users.contains), teams.allSatisfy(state.teams.contains) else {
            throw Answer.invalid("Reviews may only be requested from collaborators.")
        }
        for user in users where !state.requests[index].reviewers.contains(user) { state.requests[index].reviewers.append(user) }
        for team in teams where !state.requests[index].teams.contains(team) { state.requests[index].teams.append(team) }
        return Answer(201, document(state.requests[index], state, isFull: false))
    }

    private func label(_ call: Call, _ index: Int, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(["labels": .texts])
        for name in host.texts(try body.list("labels")) {
            _ = state.label(name)
            if !state.requests[index].labels.contains(name) { state.requests[index].labels.append(name) }
        }
        return Answer(200, .array(state.requests[index].labels.map { document(label: $0, state) }))
    }

    private func comment(_ call: Call, _ index: Int, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(["body": .text], required: ["body"])
        let comment = host.addComment(try body.text("body"), &state, index)
        return Answer(201, document(comment, of: state.requests[index].number))
    }

    private func editComment(_ call: Call, _ id: String, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(["body": .text], required: ["body"])
        guard let (request, comment) = host.find(comment: id, state) else { throw Answer.notFound }
        guard state.requests[request].comments[comment].author == host.account else { throw Answer(403, ["message": "Forbidden"]) }
        state.requests[request].comments[comment].body = try body.text("body")
        state.requests[request].comments[comment].updated = host.clock()
        return Answer(200, document(state.requests[request].comments[comment], of: state.requests[request].number))
    }

    private func setStatus(_ call: Call, _ commit: String, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(
            [
                "state": .oneOf(["error", "failure", "pending", "success"]), "target_url": .text, "description": .text, "context": .text,
            ], required: ["state"])
        guard host.git.contains(commit) else { throw Answer.invalid("No commit found for SHA: \(commit)") }
        let status = DoubleStatus(
            id: state.newID(), commit: commit, state: try body.text("state"), context: try body.optionalText("context") ?? "default",
            description: try body.optionalText("description") ?? "", url: try body.optionalText("target_url"), created: host.clock())
        guard status.description.count <= 140 else { throw Answer.invalid("description is too long (maximum is 140 characters)") }
        state.statuses.append(status)
        return Answer(201, document(status))
    }

    private func failed(_ message: String) -> Answer {
        Answer(
            422, ["message": "Validation Failed", "errors": [["resource": "PullRequest", "code": "custom", "message": .string(message)]]])
    }

    private func failed(_ resource: String, _ field: String, _ code: String) -> Answer {
        Answer(
            422,
            ["message": "Validation Failed", "errors": [["resource": .string(resource), "field": .string(field), "code": .string(code)]]])
    }
}
