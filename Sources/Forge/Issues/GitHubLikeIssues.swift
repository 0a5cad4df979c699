internal import JSON
internal import WebClient

/// Issues by GitHub's interface, which Gitea's and Forgejo's follow.
protocol GitHubLikeIssues: IssueHost {
    var api: APIClient { get }
    /// Of the repository.
    var root: String { get }
}

extension GitHubLikeIssues {
    func name(ofRequest number: Int) -> String { "#\(number)" }

    func issue(_ number: Int) throws(ForgeError) -> ForgeIssue? {
        do throws(ForgeError) { return try Self.issue(api.get("\(root)/issues/\(number)")) } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
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

    private func written(_ item: JSONValue) throws(ForgeError) -> ForgeIssue {
        guard let issue = try Self.issue(item) else { throw ForgeError(.invalid, "the code host's answer is no issue") }
        return issue
    }

    /// Nil for a pull request, which is an issue too.
    static func issue(_ item: JSONValue) throws(ForgeError) -> ForgeIssue? {
        guard item.at("pull_request") == .null else { return nil }
        return ForgeIssue(
            number: try item.integer("number"), url: try item.text("html_url"), isOpen: try item.text("state") == "open",
            body: try item.optionalText("body") ?? "", updated: try item.time("updated_at"))
    }
}
