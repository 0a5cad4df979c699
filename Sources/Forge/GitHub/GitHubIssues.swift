internal import JSON
internal import WebClient

/// Issues on GitHub. Who edits an issue only its GraphQL interface tells.
struct GitHubIssues: IssueHost {
    let api: APIClient
    let owner: String
    let name: String

    let unknownEditors: String? = nil

    private var root: String { "/repos/\(WebAddress.encoded(owner))/\(WebAddress.encoded(name))" }

    func name(ofRequest number: Int) -> String { "#\(number)" }

    func issue(_ number: Int) throws(ForgeError) -> ForgeIssue? {
        do throws(ForgeError) { return try Self.issue(api.get("\(root)/issues/\(number)")) } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

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
