internal import Forge
internal import JSON
internal import WebClient

/// Issues, who may do what, and the one part of the GraphQL interface that is asked.
extension GitHubAPI {
    func issues(_ call: Call, _ state: DoubleState) throws -> Answer {
        let query = try call.parameters(["creator", "state", "sort", "direction", "per_page", "page"])
        let wanted = query["state"] ?? "open"
        // Pull requests are issues too.
        let requests = state.requests.filter { (wanted == "all" || $0.isOpen == (wanted == "open")) && isBy(query["creator"], $0.author) }
        let issues = state.issues.filter { (wanted == "all" || $0.isOpen == (wanted == "open")) && isBy(query["creator"], $0.author) }
        let all = requests.map { ($0.number, issue($0, state)) } + issues.map { ($0.number, document($0)) }
        let ordered = all.sorted { query["direction"] == "asc" ? $0.0 < $1.0 : $0.0 > $1.0 }
        return try call.page(ordered.map(\.1))
    }

    private func isBy(_ creator: String?, _ author: String) -> Bool { creator.map { $0 == author } ?? true }

    func openIssue(_ call: Call, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body(
            ["title": .text, "body": .text, "assignees": .texts, "labels": .texts], required: ["title"])
        let issue = host.addIssue(
            title: try body.text("title"), body: try body.optionalText("body") ?? "", by: host.account, &state)
        return Answer(201, document(issue))
    }

    func editIssue(_ call: Call, _ number: String, _ state: inout DoubleState) throws -> Answer {
        let body = try call.body([
            "title": .text, "body": .text, "state": .oneOf(["open", "closed"]), "state_reason": .text, "labels": .texts,
        ])
        guard let index = Int(number).flatMap(state.issueIndex) else { throw Answer.notFound }
        if let text = try body.optionalText("body") { host.setText(text, &state, index) }
        if let wanted = try body.optionalText("state") { host.setIssue(open: wanted == "open", &state, index) }
        return Answer(200, document(state.issues[index]))
    }

    func permission(of login: String, _ state: DoubleState) throws -> Answer {
        guard state.users.contains(login) || login == host.account else { throw Answer.notFound }
        let word = host.mayWrite(login, state) ? "write" : "read"
        return Answer(200, ["permission": .string(word), "role_name": .string(word), "user": collaborator(login)])
    }

    /// Answers with everything that is asked for anywhere: whoever asks takes what they know.
    func graph(_ call: Call, _ state: DoubleState) throws -> Answer {
        let body = try call.body(["query": .text, "variables": .members], required: ["query"])
        let query = try body.text("query")
        var data: [String: JSONValue] = [:]
        guard query.hasPrefix("query") else { return refused("only queries are answered") }
        if query.contains("viewer { login }") { data["viewer"] = ["login": .string(host.account)] }
        if query.contains("userContentEdits(first: 100)") {
            guard body.at("variables", "owner") == .string(host.owner), body.at("variables", "name") == .string(host.name),
                let index = try state.issueIndex(of: body.integer("variables", "number"))
            else { return refused("Could not resolve to an Issue") }
            data["repository"] = ["issue": edits(of: state.issues[index], state)]
        }
        return Answer(200, ["data": JSONValue(members: data)])
    }

    private func refused(_ message: String) -> Answer {
        Answer(200, ["data": .null, "errors": [["message": .string(message)]]])
    }

    private func edits(of issue: DoubleIssue, _ state: DoubleState) -> JSONValue {
        var nodes = issue.edits.map { edit -> JSONValue in
            ["editedAt": .string(WebTime.iso(edit.time)), "editor": ["login": .string(edit.login)]]
        }
        // The first edit brings the text along that was there before.
        if !nodes.isEmpty {
            nodes.insert(["editedAt": .string(WebTime.iso(issue.created)), "editor": ["login": .string(issue.author)]], at: 0)
        }
        if state.hidesEdits { nodes = [] }
        return [
            "body": .string(issue.body),
            "userContentEdits": [
                "nodes": .array(nodes.suffix(100).reversed()), "pageInfo": ["hasNextPage": .bool(nodes.count > 100)],
            ],
        ]
    }
}
