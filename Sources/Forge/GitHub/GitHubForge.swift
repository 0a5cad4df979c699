internal import JSON
package import Secrets
package import WebClient

/// Pull requests on GitHub, also Enterprise.
package struct GitHubForge: Forge {
    package let hasBranches = true
    let api: APIClient
    let owner: String
    let name: String

    static let mediaType = "application/vnd.github+json"
    static let apiVersion = "2022-11-28"

    /// - Parameter api: `https://api.github.com`, or `https://HOST/api/v3` for Enterprise.
    /// - Parameter repository: `owner/name`.
    package init(api: String, repository: String, token: SecretFile, sender: any HTTPSending) throws(ForgeError) {
        let parts = repository.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { throw .badRepository(repository) }
        owner = String(parts[0])
        name = String(parts[1])
        let dialect = APIClient.Dialect(
            headers: { ["accept": Self.mediaType, "x-github-api-version": Self.apiVersion, "authorization": "Bearer \($0)"] }, paging: .link
        )
        self.api = try APIClient(base: api, dialect: dialect, token: token, sender: sender)
    }

    package var issues: (any IssueHost)? { GitHubIssues(api: api, owner: owner, name: name) }

    private var root: String { "/repos/\(WebAddress.encoded(owner))/\(WebAddress.encoded(name))" }
    private func pull(_ number: Int) -> String { "\(root)/pulls/\(number)" }
    private func issue(_ number: Int) -> String { "\(root)/issues/\(number)" }

    package func requests(branchPrefixes: [String], since: Int64?) throws(ForgeError) -> [ForgeRequest] {
        var found: [Int: ForgeRequest] = [:]
        let open = try api.list("\(root)/pulls", query: [("state", "open"), ("per_page", "100")])
        // Whatever ended was changed when it ended: behind the first that was last changed before then, nothing of interest follows.
        let closed = try api.list(
            "\(root)/pulls", query: [("state", "closed"), ("sort", "updated"), ("direction", "desc"), ("per_page", "100")],
            until: { (item) throws(ForgeError) in
                guard let since else { return false }
                return try item.time("updated_at") < since
            })
        // Closed ones win: one may be closed between the two lists.
        for item in open + closed where isOurs(item) {
            let request = try Self.request(item)
            if branchPrefixes.contains(where: request.branch.hasPrefix) { found[request.number] = request }
        }
        return found.values.sorted { $0.number > $1.number }
    }

    package func request(_ number: Int) throws(ForgeError) -> ForgeRequest {
        try Self.request(api.get(pull(number)))
    }

    package func open(_ draft: RequestDraft) throws(ForgeError) -> ForgeRequest {
        try RequestText.check(draft)
        if let item = try openPull(draft) { return try complete(item, draft) }
        do {
            return try complete(create(draft, isDraft: draft.isDraft), draft)
        } catch  where error.mayHaveHappened || error.code == .invalid || error.code == .conflict {
            // Somebody was faster (perhaps we, before the answer was lost).
            guard let item = try? openPull(draft) else { throw error }
            return try complete(item, draft)
        }
    }

    private func create(_ draft: RequestDraft, isDraft: Bool) throws(ForgeError) -> JSONValue {
        var body: [String: JSONValue] = [
            "title": .string(draft.title), "head": .string(draft.branch), "base": .string(draft.base), "body": .string(draft.body),
        ]
        if isDraft { body["draft"] = true }
        do {
            return try api.write(.post, "\(root)/pulls", JSONValue(members: body))
        } catch  where isDraft && error.code == .invalid && error.message.lowercased().contains("draft") {
            // Private repositories of free accounts know no drafts.
            return try create(draft, isDraft: false)
        }
    }

    private func openPull(_ draft: RequestDraft) throws(ForgeError) -> JSONValue? {
        let items = try api.list(
            "\(root)/pulls", query: [("state", "open"), ("head", "\(owner):\(draft.branch)"), ("base", draft.base), ("per_page", "100")])
        // A host that does not know the filter answers with everything.
        return items.first { isOurs($0) && $0.at("head", "ref") == .string(draft.branch) && $0.at("base", "ref") == .string(draft.base) }
    }

    /// Labels and reviewers: what cannot be said when it is opened.
    private func complete(_ item: JSONValue, _ draft: RequestDraft) throws(ForgeError) -> ForgeRequest {
        var request = try Self.request(item)
        try addLabels(draft.labels, to: &request)
        let asked = try item.list("requested_reviewers") + item.list("requested_teams")
        if asked.isEmpty { try ask(Reviewers(draft.reviewers), to: request.number) }
        return request
    }

    private func addLabels(_ labels: [String], to request: inout ForgeRequest) throws(ForgeError) {
        let missing = labels.filter { label in !request.labels.contains { $0.lowercased() == label.lowercased() } }
        guard !missing.isEmpty else { return }
        try api.write(.post, "\(issue(request.number))/labels", ["labels": .array(missing.map(JSONValue.string))])
        request.labels += missing
    }

    private func ask(_ reviewers: Reviewers, to number: Int) throws(ForgeError) {
        guard !reviewers.isEmpty else { return }
        do {
            try request(reviewers, to: number)
        } catch  where error.isRefusal {
            guard reviewers.apart.count > 1 else { return }
            for reviewer in reviewers.apart {
                do {
                    try request(reviewer, to: number)
                } catch  where error.isRefusal {
                    // Somebody who cannot see the repository, or its author: the request stands without.
                    continue
                }
            }
        }
    }

    private func request(_ reviewers: Reviewers, to number: Int) throws(ForgeError) {
        var body: [String: JSONValue] = [:]
        if !reviewers.users.isEmpty { body["reviewers"] = .array(reviewers.users.map(JSONValue.string)) }
        if !reviewers.teams.isEmpty { body["team_reviewers"] = .array(reviewers.teams.map(JSONValue.string)) }
        try api.write(.post, "\(pull(number))/requested_reviewers", JSONValue(members: body))
    }

    package func update(_ number: Int, to draft: RequestDraft) throws(ForgeError) {
        try RequestText.check(draft)
        var request = try Self.request(api.get(pull(number)))
        var body: [String: JSONValue] = [:]
        let (title, text) = (RequestText.title(request.title, draft), RequestText.replacing(request.body, with: draft.body))
        if !RequestText.isSame(request.title, title) { body["title"] = .string(title) }
        if !RequestText.isSame(request.body, text) { body["body"] = .string(text) }
        if !body.isEmpty { try api.write(.patch, pull(number), JSONValue(members: body)) }
        try addLabels(draft.labels, to: &request)
    }

    package func close(_ number: Int) throws(ForgeError) {
        guard try Self.request(api.get(pull(number))).state == .open else { return }
        try api.write(.patch, pull(number), ["state": "closed"])
    }

    package func closing(of number: Int) throws(ForgeError) -> Closing? {
        let events = try api.list("\(issue(number))/events", query: [("per_page", "100")])
        func times(_ names: Set<String>) throws(ForgeError) -> [Int64] {
            var times: [Int64] = []
            for event in events where names.contains(try event.optionalText("event") ?? "") { times.append(try event.time("created_at")) }
            return times
        }
        guard let closed = try times(["closed"]).last else { return nil }
        return Closing(at: closed, deletions: try times(["head_ref_deleted", "base_ref_deleted"]))
    }

    package func comment(_ number: Int, marker: String, body: String) throws(ForgeError) -> Bool {
        let list = "\(issue(number))/comments"
        return try CommentWriter(
            api: api, request: pull(number), author: ["user", "login"], list: list, comment: { "\(root)/issues/comments/\($0)" },
            isEditedBy: .patch
        )
        .keep(marker: marker, body: body)
    }

    package func setStatus(_ status: CommitStatus, of commit: String) throws(ForgeError) {
        let sha = WebAddress.encoded(commit)
        var body: [String: JSONValue] = [
            "state": .string(status.state.rawValue), "context": .string(status.context), "description": .string(status.shortDescription),
        ]
        if let url = status.url { body["target_url"] = .string(url) }
        // Newest first, so that the first of our context is the one that counts. A commit takes a thousand at most.
        let last = try api.list("\(root)/commits/\(sha)/statuses", query: [("per_page", "100")])
            .first { $0.at("context") == .string(status.context) }
        if let last, body.allSatisfy({ last.at($0.key) == $0.value }), status.url != nil || last.at("target_url") == .null { return }
        try api.write(.post, "\(root)/statuses/\(sha)", JSONValue(members: body))
    }

    /// Forks may have branches of the same name.
    private func isOurs(_ item: JSONValue) -> Bool {
        item.at("head", "repo", "id") == item.at("base", "repo", "id") && item.at("head", "repo", "id") != .null
    }

    static func request(_ item: JSONValue) throws(ForgeError) -> ForgeRequest {
        let merged = try item.optionalTime("merged_at")
        let state: ForgeRequest.State = try merged != nil ? .merged : item.text("state") == "open" ? .open : .closed
        var labels: [String] = []
        for label in try item.list("labels") { labels.append(try label.text("name")) }
        return ForgeRequest(
            number: try item.integer("number"), url: try item.text("html_url"), state: state, branch: try item.text("head", "ref"),
            base: try item.text("base", "ref"), title: try item.text("title"), body: try item.optionalText("body") ?? "", labels: labels,
            isDraft: try item.flag("draft"), commit: try item.optionalText("head", "sha"),
            mergeCommit: merged == nil ? nil : try item.optionalText("merge_commit_sha"), created: try item.time("created_at"),
            ended: try item.optionalTime("closed_at"))
    }
}

extension ForgeError {
    /// The host does not want this person, rather than us or now.
    var isRefusal: Bool { code == .invalid || code == .notFound || code == .forbidden }

    static func badRepository(_ repository: String) -> ForgeError {
        ForgeError(.invalid, "'\(repository)' is no repository: it is written owner/name")
    }
}

extension CommitStatus {
    /// Code hosts refuse more.
    var shortDescription: String { description.count <= 140 ? description : String(description.prefix(139)) + "…" }
}
