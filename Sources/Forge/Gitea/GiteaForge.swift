internal import JSON
package import Secrets
package import WebClient

/// Pull requests on Gitea and Forgejo.
package struct GiteaForge: Forge {
    package let hasBranches = true
    private let api: APIClient
    private let root: String
    private let owner: String
    private let repository: String

    /// What marks work in progress where a host is not set up otherwise.
    static let draftPrefix = "WIP: "
    private static let labelColour = "#1d76db"

    /// - Parameter api: `https://HOST/api/v1`.
    /// - Parameter repository: `owner/name`.
    package init(api: String, repository: String, token: SecretFile, sender: any HTTPSending) throws(ForgeError) {
        let parts = repository.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { throw .badRepository(repository) }
        (owner, self.repository) = (parts[0], repository)
        root = "/repos/\(WebAddress.encoded(parts[0]))/\(WebAddress.encoded(parts[1]))"
        let dialect = APIClient.Dialect(headers: { ["accept": "application/json", "authorization": "token \($0)"] }, paging: .link)
        self.api = try APIClient(base: api, dialect: dialect, token: token, sender: sender)
    }

    package var issues: (any IssueHost)? { GiteaIssues(api: api, root: root, owner: owner, repository: repository) }

    private func pull(_ number: Int) -> String { "\(root)/pulls/\(number)" }
    private func issue(_ number: Int) -> String { "\(root)/issues/\(number)" }

    package func requests(branchPrefixes: [String], since: Int64?) throws(ForgeError) -> [ForgeRequest] {
        let open = try openPulls()
        // Whatever ended was changed when it ended: behind the first that was last changed before then, nothing of interest follows.
        let closed = try api.list(
            "\(root)/pulls", query: [("state", "closed"), ("sort", "recentupdate"), ("limit", "50")],
            until: { (item) throws(ForgeError) in
                guard let since else { return false }
                return try item.time("updated_at") < since
            })
        var found: [Int: ForgeRequest] = [:]
        // Closed ones win: one may be closed between the two lists.
        for item in open + closed where isOurs(item) {
            let request = try Self.request(item)
            if branchPrefixes.contains(where: request.branch.hasPrefix) { found[request.number] = request }
        }
        return found.values.sorted { $0.number > $1.number }
    }

    private func openPulls() throws(ForgeError) -> [JSONValue] {
        try api.list("\(root)/pulls", query: [("state", "open"), ("limit", "50")])
    }

    package func request(_ number: Int) throws(ForgeError) -> ForgeRequest { try Self.request(api.get(pull(number))) }

    package func open(_ draft: RequestDraft) throws(ForgeError) -> ForgeRequest {
        try RequestText.check(draft)
        if let item = try openPull(draft) { return try complete(item, draft) }
        let body: JSONValue = [
            "head": .string(draft.branch), "base": .string(draft.base),
            "title": .string((draft.isDraft ? Self.draftPrefix : "") + draft.title),
            "body": .string(draft.body),
        ]
        do {
            return try complete(api.write(.post, "\(root)/pulls", body), draft)
        } catch  where error.mayHaveHappened || error.code == .conflict {
            guard let item = try? openPull(draft) else { throw error }
            return try complete(item, draft)
        }
    }

    /// Lists take no filter by branch.
    private func openPull(_ draft: RequestDraft) throws(ForgeError) -> JSONValue? {
        try openPulls().first {
            isOurs($0) && $0.at("head", "label") == .string(draft.branch) && $0.at("base", "ref") == .string(draft.base)
        }
    }

    private func complete(_ item: JSONValue, _ draft: RequestDraft) throws(ForgeError) -> ForgeRequest {
        var request = try Self.request(item)
        try addLabels(draft.labels, to: &request)
        if try item.list("requested_reviewers").isEmpty {
            for reviewer in Reviewers(draft.reviewers).apart {
                var body: [String: JSONValue] = [:]
                if !reviewer.users.isEmpty { body["reviewers"] = .array(reviewer.users.map(JSONValue.string)) }
                if !reviewer.teams.isEmpty { body["team_reviewers"] = .array(reviewer.teams.map(JSONValue.string)) }
                do {
                    try api.write(.post, "\(pull(request.number))/requested_reviewers", JSONValue(members: body))
                } catch  where error.isRefusal {
                    // Somebody who cannot see the repository, or its author: the request stands without.
                    continue
                }
            }
        }
        return request
    }

    /// Labels are given by their numbers, and made where they are missing.
    private func addLabels(_ labels: [String], to request: inout ForgeRequest) throws(ForgeError) {
        let missing = labels.filter { !request.labels.contains($0) }
        guard !missing.isEmpty else { return }
        var known: [String: Int] = [:]
        for label in try api.list("\(root)/labels", query: [("limit", "50")]) { known[try label.text("name")] = try label.integer("id") }
        var ids: [JSONValue] = []
        for name in missing {
            if let id = known[name] {
                ids.append(JSONValue(id))
            } else {
                let made = try api.write(.post, "\(root)/labels", ["name": .string(name), "color": .string(Self.labelColour)])
                ids.append(JSONValue(try made.integer("id")))
            }
        }
        try api.write(.post, "\(issue(request.number))/labels", ["labels": .array(ids)])
        request.labels += missing
    }

    package func update(_ number: Int, to draft: RequestDraft) throws(ForgeError) {
        try RequestText.check(draft)
        var request = try request(number)
        var body: [String: JSONValue] = [:]
        let (title, text) = (RequestText.title(request.title, draft), RequestText.replacing(request.body, with: draft.body))
        // Whether it is a draft is people's to say once it is there.
        if !RequestText.isSame(request.title, title) {
            body["title"] = .string((request.isDraft ? Self.draftPrefix : "") + title)
        }
        if !RequestText.isSame(request.body, text) { body["body"] = .string(text) }
        if !body.isEmpty { try api.write(.patch, pull(number), JSONValue(members: body)) }
        try addLabels(draft.labels, to: &request)
    }

    package func close(_ number: Int) throws(ForgeError) {
        guard try request(number).state == .open else { return }
        try api.write(.patch, pull(number), ["state": "closed"])
    }

    /// - Returns: nil on hosts that keep no such list (before 1.16).
    package func closing(of number: Int) throws(ForgeError) -> Closing? {
        let events: [JSONValue]
        do throws(ForgeError) { events = try api.list("\(issue(number))/timeline", query: [("limit", "50")]) } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
        func times(_ name: String) throws(ForgeError) -> [Int64] {
            var times: [Int64] = []
            for event in events where try event.optionalText("type") == name { times.append(try event.time("created_at")) }
            return times
        }
        guard let closed = try times("close").last else { return nil }
        return Closing(at: closed, deletions: try times("delete_branch"))
    }

    package func comment(_ number: Int, marker: String, body: String) throws(ForgeError) -> Bool {
        // This list has no pages: they are all of them.
        let list = "\(issue(number))/comments"
        return try CommentWriter(
            api: api, request: pull(number), author: ["user", "login"], list: list, pages: [], comment: { "\(root)/issues/comments/\($0)" },
            isEditedBy: .patch
        ).keep(marker: marker, body: body)
    }

    package func setStatus(_ status: CommitStatus, of commit: String) throws(ForgeError) {
        let sha = WebAddress.encoded(commit)
        let body: JSONValue = [
            "state": .string(status.state.rawValue), "context": .string(status.context), "description": .string(status.shortDescription),
            "target_url": .string(status.url ?? ""),
        ]
        let last = try api.list("\(root)/commits/\(sha)/statuses", query: [("sort", "recentupdate"), ("limit", "50")])
            .first { $0.at("context") == .string(status.context) }
        // It is asked for as a state, and answered with as a status.
        if let last, last.at("status") == body.at("state"), last.at("description") == body.at("description"),
            last.at("target_url") == body.at("target_url")
        {
            return
        }
        try api.write(.post, "\(root)/statuses/\(sha)", body)
    }

    /// Forks may have branches of the same name.
    private func isOurs(_ item: JSONValue) -> Bool {
        item.at("head", "repo_id") == item.at("base", "repo_id") && item.at("head", "repo_id") != .null
    }

    static func request(_ item: JSONValue) throws(ForgeError) -> ForgeRequest {
        let isMerged = try item.flag("merged")
        let state: ForgeRequest.State = try isMerged ? .merged : item.text("state") == "open" ? .open : .closed
        var labels: [String] = []
        for label in try item.list("labels") { labels.append(try label.text("name")) }
        let title = try item.text("title")
        // Hosts before 1.20 have no field for it.
        let isDraft = try item.flag("draft") || title.hasPrefix(draftPrefix)
        return ForgeRequest(
            number: try item.integer("number"), url: try item.text("html_url"), state: state,
            // The reference is another one once the branch is deleted; the label stays.
            branch: try item.text("head", "label"), base: try item.text("base", "ref"),
            title: isDraft && title.hasPrefix(draftPrefix) ? String(title.dropFirst(draftPrefix.count)) : title,
            body: try item.optionalText("body") ?? "", labels: labels, isDraft: isDraft, commit: try item.optionalText("head", "sha"),
            mergeCommit: isMerged ? try item.optionalText("merge_commit_sha") : nil, created: try item.time("created_at"),
            ended: try isMerged ? item.optionalTime("merged_at") : item.optionalTime("closed_at"))
    }
}
