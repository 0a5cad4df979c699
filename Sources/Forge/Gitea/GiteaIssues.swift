internal import JSON
internal import WebClient

/// Issues on Gitea and Forgejo, which keep who edited a text, and tell no program.
struct GiteaIssues: GitHubLikeIssues {
    let api: APIClient
    /// Of the repository.
    let root: String
    let owner: String
    /// `owner/name`
    let repository: String

    let unknownEditors: String? = "this host tells no program who edits an issue"

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

    func edits(of number: Int, since: Int64) throws(ForgeError) -> IssueEdits? { nil }
}
