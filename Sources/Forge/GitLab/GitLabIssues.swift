internal import JSON
internal import WebClient

/// Issues on GitLab, which notes every edit of a description and every ticked box among what people say.
struct GitLabIssues: IssueHost {
    let api: APIClient
    /// Of the project.
    let root: String

    let unknownEditors: String? = nil

    /// What its notes of edits begin with, from version to version.
    private static let notes = ["changed the description", "marked the checklist item", "marked the task"]
    /// Of a role that may push: Developer.
    private static let leastAccess = 30

    func name(ofRequest number: Int) -> String { "!\(number)" }

    func issue(_ number: Int) throws(ForgeError) -> ForgeIssue? {
        do throws(ForgeError) { return try Self.issue(api.get("\(root)/issues/\(number)")) } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

    func issues(holding line: String) throws(ForgeError) -> [ForgeIssue] {
        let us = try api.get("/user").text("username")
        let items = try api.list(
            "\(root)/issues",
            query: [("author_username", us), ("scope", "all"), ("order_by", "created_at"), ("sort", "asc"), ("per_page", "100")])
        var found: [ForgeIssue] = []
        for item in items where item.at("author", "username") == .string(us) {
            let issue = try Self.issue(item)
            if issue.body.contains(line) { found.append(issue) }
        }
        return found.sorted { $0.number < $1.number }
    }

    func open(title: String, body: String) throws(ForgeError) -> ForgeIssue {
        try Self.issue(api.write(.post, "\(root)/issues", ["title": .string(title), "description": .string(body)]))
    }

    func update(_ number: Int, body: String) throws(ForgeError) -> ForgeIssue {
        try RequestText.refuseSecrets(body)
        return try Self.issue(api.write(.put, "\(root)/issues/\(number)", ["description": .string(body)]))
    }

    func close(_ number: Int) throws(ForgeError) {
        try api.write(.put, "\(root)/issues/\(number)", ["state_event": "close"])
    }

    func edits(of number: Int, since: Int64) throws(ForgeError) -> IssueEdits? {
        // The text first: whoever changed it until then is in the list.
        guard let issue = try issue(number) else { return nil }
        let us = try api.get("/user").text("username")
        let notes = try api.list(
            "\(root)/issues/\(number)/notes", query: [("order_by", "created_at"), ("sort", "desc"), ("per_page", "100")],
            until: { (note) throws(ForgeError) in try note.time("created_at") < since })
        var hands: [IssueEdits.Hand] = []
        var ids: [String: Int] = [:]
        for note in notes where try note.flag("system") {
            let text = try note.text("body").lowercased()
            guard Self.notes.contains(where: text.hasPrefix) else { continue }
            let login = try note.text("author", "username")
            ids[login] = try note.integer("author", "id")
            hands.append(IssueEdits.Hand(login: login, time: try note.time("created_at")))
        }
        return try IssueEdits(body: issue.body, hands: hands, us: us, since: since) { [ids] (login) throws(ForgeError) in
            guard let id = ids[login] else { return false }
            return try mayWrite(id)
        }
    }

    private func mayWrite(_ id: Int) throws(ForgeError) -> Bool {
        do throws(ForgeError) { return try api.get("\(root)/members/all/\(id)").integer("access_level") >= Self.leastAccess } catch {
            guard error.code == .notFound else { throw error }
            return false
        }
    }

    private static func issue(_ item: JSONValue) throws(ForgeError) -> ForgeIssue {
        ForgeIssue(
            number: try item.integer("iid"), url: try item.text("web_url"), isOpen: try item.text("state") == "opened",
            body: try item.optionalText("description") ?? "", updated: try item.time("updated_at"))
    }
}
