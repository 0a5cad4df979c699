internal import JSON
internal import WebClient

/// Issues on GitHub. Who edits an issue only its GraphQL interface tells.
struct GitHubIssues: GitHubLikeIssues {
    let api: APIClient
    let owner: String
    let name: String

    let unknownEditors: String? = nil

    var root: String { "/repos/\(WebAddress.encoded(owner))/\(WebAddress.encoded(name))" }

    func issues(holding line: String) throws(ForgeError) -> [ForgeIssue] {
        let us = try api.ask("query { viewer { login } }").text("viewer", "login")
        let items = try api.list(
            "\(root)/issues",
            query: [("creator", us), ("state", "all"), ("sort", "created"), ("direction", "asc"), ("per_page", "100")])
        var found: [ForgeIssue] = []
        for item in items where try Self.login(item.text("user", "login")) == Self.login(us) {
            if let issue = try Self.issue(item), issue.body.contains(line) { found.append(issue) }
        }
        return found.sorted { $0.number < $1.number }
    }

    private static let editsQuery = """
        query($owner: String!, $name: String!, $number: Int!) {
          viewer { login }
          repository(owner: $owner, name: $name) {
            issue(number: $number) {
              body
              userContentEdits(first: 100) { nodes { editedAt editor { login } } pageInfo { hasNextPage } }
            }
          }
        }
        """

    func edits(of number: Int, since: Int64) throws(ForgeError) -> IssueEdits? {
        let answer = try api.ask(
            Self.editsQuery, ["owner": .string(owner), "name": .string(name), "number": JSONValue(number)])
        let us = Self.login(try answer.text("viewer", "login"))
        let issue = answer.at("repository", "issue")
        let body = try issue.text("body")
        var hands: [IssueEdits.Hand] = []
        var reachesBack = try !issue.flag("userContentEdits", "pageInfo", "hasNextPage")
        for node in try issue.list("userContentEdits", "nodes") {
            let time = try node.time("editedAt")
            guard time >= since else {
                reachesBack = true
                continue
            }
            // Somebody whose account is gone.
            guard let login = try node.optionalText("editor", "login") else { return nil }
            hands.append(IssueEdits.Hand(login: Self.login(login), time: time))
        }
        guard reachesBack else { return nil }
        return try IssueEdits(body: body, hands: hands, us: us, since: since) { (login) throws(ForgeError) in try mayWrite(login) }
    }

    private func mayWrite(_ login: String) throws(ForgeError) -> Bool {
        do throws(ForgeError) {
            let permission = try api.get("\(root)/collaborators/\(WebAddress.encoded(login))/permission").text("permission")
            return ["admin", "maintain", "write"].contains(permission)
        } catch {
            guard error.code == .notFound else { throw error }
            return false
        }
    }

    /// One interface names an app with `[bot]` behind it, the other without.
    private static func login(_ text: String) -> String { text.hasSuffix("[bot]") ? String(text.dropLast(5)) : text }
}
