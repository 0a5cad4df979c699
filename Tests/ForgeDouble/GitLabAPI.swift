internal import Forge
internal import JSON
internal import WebClient

/// GitLab's REST API v4, as its documentation has it.
struct GitLabAPI: HostAPI {
    let host: ForgeDouble

    func isAuthorized(_ headers: HTTPHeaders) -> Bool { headers["private-token"] == host.token }

    func respond(_ call: Call, _ state: inout DoubleState) throws -> Answer {
        let path = call.path
        if path == ["users"], call.method == .get { return try users(call, state) }
        if path == ["user"], call.method == .get { return Answer(200, user(host.account)) }
        // The project's path is one segment, encoded.
        guard path.count >= 3, path[0] == "projects", path[1] == "\(host.owner)/\(host.name)" else { return .notFound }
        let rest = Array(path[2...])
        switch (call.method, rest.count, rest[0], rest.last ?? "") {
        case (.get, 1, "merge_requests", _): return try list(call, state)
        case (.post, 1, "merge_requests", _): return try create(call, &state)
        case (.get, 2, "merge_requests", _): return Answer(200, document(state.requests[try index(rest[1], state)]))
        case (.put, 2, "merge_requests", _): return try edit(call, try index(rest[1], state), &state)
        case (.get, 3, "merge_requests", "notes"):
            _ = try call.parameters(["sort", "order_by", "per_page", "page"])
            // Newest first unless it is asked for otherwise.
            return try call.page(notes(state.requests[try index(rest[1], state)]), standard: 20, style: .fields)
        case (.post, 3, "merge_requests", "notes"):
            let body = try call.body(["body": .text, "created_at": .text, "internal": .flag], required: ["body"])
            return Answer(201, document(host.addComment(try body.text("body"), &state, try index(rest[1], state))))
        case (.put, 4, "merge_requests", _) where rest[2] == "notes":
            return try editNote(call, rest[3], try index(rest[1], state), &state)
        case (.delete, 4, "merge_requests", _) where rest[2] == "notes": return try host.removeComment(rest[3], &state)
        case (.get, 1, "issues", _): return try issues(call, state)
        case (.post, 1, "issues", _): return try openIssue(call, &state)
        case (.get, 2, "issues", _): return Answer(200, document(state.issues[try issueIndex(rest[1], state)]))
        case (.put, 2, "issues", _): return try editIssue(call, try issueIndex(rest[1], state), &state)
        case (.get, 3, "issues", "notes"): return try issueNotes(call, try issueIndex(rest[1], state), state)
        case (.get, 3, "members", _) where rest[1] == "all": return try member(rest[2], state)
        case (.post, 2, "statuses", _): return try setStatus(call, rest[1], &state)
        case (.get, 4, "repository", "statuses") where rest[1] == "commits":
            let query = try call.parameters(["ref", "stage", "name", "all", "order_by", "sort", "per_page", "page"])
            let found = state.statuses.filter { $0.commit == rest[2] && (query["name"] == nil || $0.context == query["name"]) }
            // Without `all` only the newest of each name.
            let newest = found.filter { status in !found.contains { $0.context == status.context && $0.id > status.id } }
            return try call.page(newest.map(document), standard: 20, style: .fields)
        default: return .notFound
        }
    }

    private func index(_ number: String, _ state: DoubleState) throws -> Int {
        guard let number = Int(number), let index = state.index(of: number) else { throw Answer(404, ["message": "404 Not found"]) }
        return index
    }

    private func users(_ call: Call, _ state: DoubleState) throws -> Answer {
        let query = try call.parameters(["username", "per_page", "page"])
        let found = (state.users + [host.account]).filter { query["username"] == nil || $0 == query["username"] }
        return try call.page(found.map(user), standard: 20, style: .fields)
    }

    private func list(_ call: Call, _ state: DoubleState) throws -> Answer {
        let query = try call.parameters([
            "state", "source_branch", "target_branch", "updated_after", "order_by", "sort", "scope", "per_page", "page",
        ])
        let wanted = query["state"] ?? "all"
        guard ["opened", "closed", "locked", "merged", "all"].contains(wanted) else {
            throw Answer(400, ["error": "state does not have a valid value"])
        }
        var found = state.requests.filter { wanted == "all" || word(of: $0) == wanted }
        if let branch = query["source_branch"] { found = found.filter { $0.head == branch } }
        if let branch = query["target_branch"] { found = found.filter { $0.base == branch } }
        if let text = query["updated_after"] {
            guard let time = WebTime.seconds(iso: text) else { throw Answer(400, ["error": "updated_after is invalid"]) }
            found = found.filter { $0.updated > time }
        }
        return try call.page(found.sorted { $0.number > $1.number }.map(document), standard: 20, style: .fields)
    }

    private func create(_ call: Call, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(
            [
                "source_branch": .text, "target_branch": .text, "title": .text, "description": .text, "labels": .text,
                "reviewer_ids": .numbers, "assignee_id": .number, "assignee_ids": .numbers, "milestone_id": .number,
                "remove_source_branch": .flag, "squash": .flag, "target_project_id": .number, "allow_collaboration": .flag,
            ], required: ["source_branch", "target_branch", "title"])
        let head = try body.text("source_branch")
        let base = try body.text("target_branch")
        guard head != base else {
            throw Answer(422, ["message": ["branch_conflict": ["You can't use same project/branch for source and target"]]])
        }
        guard let headCommit = state.branches[head], let baseCommit = state.branches[base] else {
            throw Answer(422, ["message": ["source_branch": ["does not exist"]]])
        }
        if let other = state.requests.first(where: { $0.isOpen && $0.head == head && $0.base == base }) {
            throw Answer(
                409, ["message": [.string("Another open merge request already exists for this source branch: !\(other.number)")]])
        }
        // It takes a merge request without commits.
        let request = host.add(
            title: try body.text("title"), body: try body.optionalText("description") ?? "", head: head, base: base, headCommit: headCommit,
            baseCommit: baseCommit, isDraft: false, &state)
        let index = state.requests.count - 1
        for label in split(try body.optionalText("labels")) {
            _ = state.label(label)
            state.requests[index].labels.append(label)
        }
        // Who it cannot ask it leaves out.
        let ids = host.numbers(try body.list("reviewer_ids"))
        state.requests[index].reviewers = state.users.filter { ids.contains(id(of: $0)) && $0 != request.author }
        return Answer(201, document(state.requests[index]))
    }

    private func edit(_ call: Call, _ index: Int, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body([
            "title": .text, "description": .text, "add_labels": .text, "remove_labels": .text, "labels": .text,
            "state_event": .oneOf(["close", "reopen"]), "target_branch": .text, "reviewer_ids": .numbers,
        ])
        if let title = try body.optionalText("title") { state.requests[index].title = title }
        if let text = try body.optionalText("description") { state.requests[index].body = text }
        for label in split(try body.optionalText("add_labels")) where !state.requests[index].labels.contains(label) {
            _ = state.label(label)
            state.requests[index].labels.append(label)
        }
        if let event = try body.optionalText("state_event") {
            guard state.requests[index].merged == nil else { throw Answer(405, ["message": "405 Method Not Allowed"]) }
            host.set(open: event == "reopen", &state.requests[index])
        }
        state.requests[index].updated = host.clock()
        return Answer(200, document(state.requests[index]))
    }

    private func editNote(_ call: Call, _ id: String, _ index: Int, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(["body": .text], required: ["body"])
        guard let place = state.requests[index].comments.firstIndex(where: { String($0.id) == id }) else {
            throw Answer(404, ["message": "404 Note Not Found"])
        }
        guard state.requests[index].comments[place].author == host.account else { throw Answer(403, ["message": "403 Forbidden"]) }
        state.requests[index].comments[place].body = try body.text("body")
        return Answer(200, document(state.requests[index].comments[place]))
    }

    private func setStatus(_ call: Call, _ commit: String, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(
            [
                "state": .oneOf(["pending", "running", "success", "failed", "canceled", "skipped"]), "name": .text, "context": .text,
                "description": .text, "target_url": .text, "ref": .text, "pipeline_id": .number,
            ], required: ["state"])
        guard host.git.contains(commit) else { throw Answer(404, ["message": "404 Commit Not Found"]) }
        let name = try body.optionalText("name") ?? body.optionalText("context") ?? "default"
        let wanted = try body.text("state")
        if let last = state.statuses.last(where: { $0.commit == commit && $0.context == name }), last.state == wanted {
            throw Answer(400, ["message": .string("Cannot transition status via :\(wanted) from :\(last.state)")])
        }
        let status = DoubleStatus(
            id: state.newID(), commit: commit, state: wanted, context: name, description: try body.optionalText("description") ?? "",
            url: try body.optionalText("target_url"), created: host.clock())
        state.statuses.append(status)
        return Answer(201, document(status))
    }

    private func split(_ labels: String?) -> [String] { labels?.split(separator: ",").map(String.init) ?? [] }

    private func word(of request: DoubleRequest) -> String { request.isOpen ? "opened" : request.merged != nil ? "merged" : "closed" }

    // MARK: Documents

    private func document(_ request: DoubleRequest) -> JSONValue {
        [
            "id": JSONValue(7000 + request.number), "iid": JSONValue(request.number), "project_id": 3, "title": .string(request.title),
            "description": .string(request.body), "state": .string(word(of: request)), "created_at": time(request.created),
            "updated_at": time(request.updated), "merged_at": time(request.merged),
            "closed_at": request.merged == nil ? time(request.closed) : .null, "closed_by": request.closedBy.map(user) ?? .null,
            "merge_user": .null, "target_branch": .string(request.base), "source_branch": .string(request.head),
            "author": user(request.author),
            "assignees": [], "reviewers": .array(request.reviewers.map(user)), "source_project_id": 3, "target_project_id": 3,
            "labels": .array(request.labels.map(JSONValue.string)), "draft": .bool(request.title.hasPrefix("Draft: ")),
            "work_in_progress": .bool(request.title.hasPrefix("Draft: ")), "milestone": .null, "merge_when_pipeline_succeeds": false,
            "merge_status": "can_be_merged", "detailed_merge_status": "mergeable", "sha": .string(request.headCommit),
            "merge_commit_sha": request.mergeCommit.map(JSONValue.string) ?? .null,
            "squash_commit_sha": request.squashCommit.map(JSONValue.string) ?? .null,
            "web_url": .string("\(host.origin)/\(host.owner)/\(host.name)/-/merge_requests/\(request.number)"), "squash": false,
            "has_conflicts": false,
        ]
    }

    /// What people said, and what the host noted itself.
    private func notes(_ request: DoubleRequest) -> [JSONValue] {
        let deletions = [
            (request.branchDeleted, "deleted source branch `\(request.head)`"),
            (request.baseDeleted, "deleted target branch `\(request.base)`"),
        ]
        let system = deletions.enumerated().compactMap { place, deletion in
            deletion.0.map { DoubleComment(id: 1 + place, author: "ada", body: deletion.1, created: $0, updated: $0) }
        }
        let all = request.comments.map { ($0, false) } + system.map { ($0, true) }
        return all.sorted { $0.0.created > $1.0.created }.map { document($0.0, isSystem: $0.1) }
    }

    private func document(_ note: DoubleComment) -> JSONValue { document(note, isSystem: false) }

    private func document(_ note: DoubleComment, isSystem: Bool) -> JSONValue { self.note(note, isSystem: isSystem, on: "MergeRequest") }

    func note(_ note: DoubleComment, isSystem: Bool, on thing: String) -> JSONValue {
        [
            "id": JSONValue(note.id), "body": .string(note.body), "author": user(note.author), "created_at": time(note.created),
            "updated_at": time(note.updated), "system": .bool(isSystem), "noteable_type": .string(thing), "resolvable": false,
            "internal": false,
        ]
    }

    private func document(_ status: DoubleStatus) -> JSONValue {
        [
            "id": JSONValue(status.id), "sha": .string(status.commit), "ref": "main", "status": .string(status.state),
            "name": .string(status.context), "target_url": status.url.map(JSONValue.string) ?? .null,
            "description": .string(status.description),
            "created_at": time(status.created), "author": user(host.account), "allow_failure": false,
        ]
    }

    func id(of login: String) -> Int { login.utf8.reduce(7) { $0 * 31 % 1_000_003 + Int($1) } }

    func user(_ login: String) -> JSONValue {
        [
            "id": JSONValue(id(of: login)), "username": .string(login), "name": .string(login), "state": "active",
            "web_url": .string("\(host.origin)/\(login)"),
        ]
    }

    /// With milliseconds, as GitLab writes it.
    func time(_ seconds: Int64?) -> JSONValue {
        seconds.map { .string(WebTime.iso($0).dropLast() + ".000Z") } ?? .null
    }
}
