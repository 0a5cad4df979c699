internal import JSON
internal import WebClient

/// Issues on Gitea and Forgejo, which keep who edited a text, and tell no program.
struct GiteaIssues: IssueHost {
    let api: APIClient
    /// Of the repository.
    let root: String
    let owner: String
    /// `owner/name`
    let repository: String

    let unknownEditors: String? = "this host tells no program who edits an issue"

    func name(ofRequest number: Int) -> String { "#\(number)" }

    func issue(_ number: Int) throws(ForgeError) -> ForgeIssue? {
        do throws(ForgeError) { return try Self.issue(api.get("\(root)/issues/\(number)")) } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

    func issues(holding line: String) throws(ForgeError) -> [ForgeIssue] {
        // The one list that knows whose the token is; a repository's own asks for a name.
        let items = try api.list(
            "/repos/issues/search", query: [("created", "true"), ("type", "issues"), ("state", "all"), ("owner", owner), ("limit", "50")])
        var found: [ForgeIssue] = []
        for item in items where try item.text("repository", "full_name").lowercased() == repository.lowercased() {
            if let issue = try Self.issue(item), issue.body.contains(line) { found.append(issue) }
        }
        return found.sorted { $0.number < $1.number }
    }

    func open(title: String, body: String) throws(ForgeError) -> ForgeIssue {
        try written(api.write(.post, "\(root)/issues", ["title": .string(title), "body": .string(body)]))
    }

    func update(_ number: Int, body: String) throws(ForgeError) -> ForgeIssue {
        try RequestText.refuseSecrets(body)
        return try written(api.write(.patch, "\(root)/issues/\(number)", ["body": .string(body)]))
    }

    func close(_ number: Int) throws(ForgeError) {
        try api.write(.patch, "\(root)/issues/\(number)", ["state": "closed"])
    }

    func edits(of number: Int, since: Int64) throws(ForgeError) -> IssueEdits? { nil }

    private func written(_ item: JSONValue) throws(ForgeError) -> ForgeIssue {
        guard let issue = try Self.issue(item) else { throw ForgeError(.invalid, "the code host's answer is no issue") }
        return issue
    }

    /// Nil for a pull request, which is an issue too.
    private static func issue(_ item: JSONValue) throws(ForgeError) -> ForgeIssue? {
        guard item.at("pull_request") == .null else { return nil }
        return ForgeIssue(
            number: try item.integer("number"), url: try item.text("html_url"), isOpen: try item.text("state") == "open",
            body: try item.optionalText("body") ?? "", updated: try item.time("updated_at"))
    }
}
