internal import Forge
internal import JSON
internal import WebClient

/// Issues, whose edits no program is told of.
extension GiteaAPI {
    /// Over all repositories.
    func search(_ call: Call, _ state: DoubleState) throws -> Answer {
        let query = try call.parameters(["created", "type", "state", "owner", "page", "limit"])
        guard query["type"] == "issues" else { throw Answer.invalid("only issues are searched for") }
        let wanted = query["state"] ?? "open"
        let found = state.issues.filter { issue in
            (wanted == "all" || issue.isOpen == (wanted == "open")) && (query["created"] != "true" || issue.author == host.account)
        }
        return try page(call, found.sorted { $0.number > $1.number }.map(document))
    }

    func issueIndex(_ number: String, _ state: DoubleState) throws -> Int {
        guard let index = Int(number).flatMap(state.issueIndex) else { throw Answer.notFound }
        return index
    }

    func openIssue(_ call: Call, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(
            ["title": .text, "body": .text, "assignees": .texts, "labels": .numbers, "ref": .text, "closed": .flag], required: ["title"])
        let issue = host.addIssue(
            title: try body.text("title"), body: try body.optionalText("body") ?? "", by: host.account, &state)
        return Answer(201, document(issue))
    }

    func editIssue(_ call: Call, _ index: Int, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(["title": .text, "body": .text, "state": .oneOf(["open", "closed"]), "ref": .text])
        if let text = try body.optionalText("body") { host.setText(text, &state, index) }
        if let wanted = try body.optionalText("state") { host.setIssue(open: wanted == "open", &state, index) }
        return Answer(201, document(state.issues[index]))
    }

    func document(_ issue: DoubleIssue) -> JSONValue {
        let page = "\(host.origin)/\(host.owner)/\(host.name)/issues/\(issue.number)"
        return [
            "id": JSONValue(4000 + issue.number), "url": .string(page), "html_url": .string(page), "number": JSONValue(issue.number),
            "user": user(issue.author), "original_author": "", "original_author_id": 0, "title": .string(issue.title),
            "body": .string(issue.body), "ref": "", "labels": [], "milestone": .null, "assignee": .null, "assignees": .null,
            "state": issue.isOpen ? "open" : "closed", "is_locked": false, "comments": 0, "created_at": time(issue.created),
            "updated_at": time(issue.updated), "closed_at": time(issue.closed), "due_date": .null, "pull_request": .null,
            "repository": [
                "id": 1, "name": .string(host.name), "owner": .string(host.owner), "full_name": .string("\(host.owner)/\(host.name)"),
            ],
        ]
    }
}
