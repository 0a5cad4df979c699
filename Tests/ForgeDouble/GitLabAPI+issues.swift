internal import Forge
internal import JSON
internal import WebClient

/// Issues, their notes, and members.
extension GitLabAPI {
    func issues(_ call: Call, _ state: DoubleState) throws -> Answer {
        let query = try call.parameters(["author_username", "scope", "state", "order_by", "sort", "per_page", "page"])
        let found = state.issues.filter { query["author_username"] == nil || $0.author == query["author_username"] }
        let ordered = found.sorted { query["sort"] == "asc" ? $0.number < $1.number : $0.number > $1.number }
        return try call.page(ordered.map(document), standard: 20, style: .fields)
    }

    func issueIndex(_ number: String, _ state: DoubleState) throws -> Int {
        guard let index = Int(number).flatMap(state.issueIndex) else { throw Answer(404, ["message": "404 Not found"]) }
        return index
    }

    func openIssue(_ call: Call, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(
            ["title": .text, "description": .text, "labels": .text, "confidential": .flag], required: ["title"])
        let issue = host.addIssue(
            title: try body.text("title"), body: try body.optionalText("description") ?? "", by: host.account, &state)
        return Answer(201, document(issue))
    }

    func editIssue(_ call: Call, _ index: Int, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(["title": .text, "description": .text, "state_event": .oneOf(["close", "reopen"]), "labels": .text])
        if let text = try body.optionalText("description") { host.setText(text, &state, index) }
        if let event = try body.optionalText("state_event") { host.setIssue(open: event == "reopen", &state, index) }
        return Answer(200, document(state.issues[index]))
    }

    /// Each edit is noted, one of a box by the words of the box.
    func issueNotes(_ call: Call, _ index: Int, _ state: DoubleState) throws -> Answer {
        let query = try call.parameters(["sort", "order_by", "per_page", "page"])
        let edits = state.hidesEdits ? [] : state.issues[index].edits
        let notes = edits.map { edit -> (Int64, JSONValue) in
            let words = edit.box.map { "marked the checklist item **\($0)** as completed" } ?? "changed the description"
            let comment = DoubleComment(id: edit.id, author: edit.login, body: words, created: edit.time, updated: edit.time)
            return (edit.time, note(comment, isSystem: true, on: "Issue"))
        }
        let ordered = notes.sorted { query["sort"] == "asc" ? $0.0 < $1.0 : $0.0 > $1.0 }
        return try call.page(ordered.map(\.1), standard: 20, style: .fields)
    }

    func member(_ id: String, _ state: DoubleState) throws -> Answer {
        guard let login = (state.users + [host.account]).first(where: { String(self.id(of: $0)) == id }) else {
            throw Answer(404, ["message": "404 Not found"])
        }
        guard case .object(let members) = user(login) else { throw Answer.notFound }
        return Answer(200, .object(members + [.init("access_level", JSONValue(host.mayWrite(login, state) ? 30 : 20))]))
    }

    func document(_ issue: DoubleIssue) -> JSONValue {
        [
            "id": JSONValue(6000 + issue.number), "iid": JSONValue(issue.number), "project_id": 3, "title": .string(issue.title),
            "description": .string(issue.body), "state": issue.isOpen ? "opened" : "closed", "created_at": time(issue.created),
            "updated_at": time(issue.updated), "closed_at": time(issue.closed), "closed_by": issue.closedBy.map(user) ?? .null,
            "author": user(issue.author), "labels": [], "assignees": [], "issue_type": "issue", "confidential": false,
            "web_url": .string("\(host.origin)/\(host.owner)/\(host.name)/-/issues/\(issue.number)"),
        ]
    }
}
