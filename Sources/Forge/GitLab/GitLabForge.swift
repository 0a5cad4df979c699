internal import JSON
package import Secrets
package import WebClient

/// Merge requests on GitLab.
package struct GitLabForge: Forge {
    package let hasBranches = true
    private let api: APIClient
    private let root: String

    static let draftPrefix = "Draft: "

    /// - Parameter api: `https://gitlab.com/api/v4`.
    /// - Parameter project: its path, groups included: `acme/platform/infra`.
    package init(api: String, project: String, token: SecretFile, sender: any HTTPSending) throws(ForgeError) {
        guard project.contains("/"), !project.hasPrefix("/"), !project.hasSuffix("/") else { throw .badProject(project) }
        root = "/projects/\(WebAddress.encoded(project))"
        let dialect = APIClient.Dialect(headers: { ["accept": "application/json", "private-token": $0] }, paging: .nextPage)
        self.api = try APIClient(base: api, dialect: dialect, token: token, sender: sender)
    }

    package var issues: (any IssueHost)? { GitLabIssues(api: api, root: root) }

    private func merge(_ number: Int) -> String { "\(root)/merge_requests/\(number)" }

    package func requests(branchPrefixes: [String], since: Int64?) throws(ForgeError) -> [ForgeRequest] {
        var items = try api.list("\(root)/merge_requests", query: [("state", "opened"), ("per_page", "100")])
        var query = [("state", "all"), ("per_page", "100")]
        // Whatever ended was changed when it ended.
        if let since { query.append(("updated_after", WebTime.iso(since))) }
        items += try api.list("\(root)/merge_requests", query: query)
        var found: [Int: ForgeRequest] = [:]
        // The second list is the newer one.
        for item in items where isOurs(item) {
            let request = try Self.request(item)
            if branchPrefixes.contains(where: request.branch.hasPrefix) { found[request.number] = request }
        }
        return found.values.sorted { $0.number > $1.number }
    }

    package func request(_ number: Int) throws(ForgeError) -> ForgeRequest { try Self.request(api.get(merge(number))) }

    package func open(_ draft: RequestDraft) throws(ForgeError) -> ForgeRequest {
        try RequestText.check(draft)
        if let request = try openRequest(draft) { return try complete(request, draft) }
        var body: [String: JSONValue] = [
            "source_branch": .string(draft.branch), "target_branch": .string(draft.base),
            "title": .string((draft.isDraft ? Self.draftPrefix : "") + draft.title), "description": .string(draft.body),
        ]
        // Labels that do not exist are made.
        if !draft.labels.isEmpty { body["labels"] = .string(draft.labels.joined(separator: ",")) }
        let reviewers = try ids(of: Reviewers(draft.reviewers).users)
        if !reviewers.isEmpty { body["reviewer_ids"] = .array(reviewers.map { JSONValue($0) }) }
        do {
            return try Self.request(api.write(.post, "\(root)/merge_requests", JSONValue(members: body)))
        } catch  where error.mayHaveHappened || error.code == .conflict {
            guard let request = try? openRequest(draft) else { throw error }
            return try complete(request, draft)
        }
    }

    private func openRequest(_ draft: RequestDraft) throws(ForgeError) -> ForgeRequest? {
        let items = try api.list(
            "\(root)/merge_requests",
            query: [("state", "opened"), ("source_branch", draft.branch), ("target_branch", draft.base), ("per_page", "100")])
        let item = items.first {
            isOurs($0) && $0.at("source_branch") == .string(draft.branch) && $0.at("target_branch") == .string(draft.base)
        }
        return try item.map { item throws(ForgeError) in try Self.request(item) }
    }

    private func complete(_ request: ForgeRequest, _ draft: RequestDraft) throws(ForgeError) -> ForgeRequest {
        let missing = draft.labels.filter { !request.labels.contains($0) }
        guard !missing.isEmpty else { return request }
        return try Self.request(api.write(.put, merge(request.number), ["add_labels": .string(missing.joined(separator: ","))]))
    }

    /// Groups cannot be asked for a review, and names that nobody has are left out.
    private func ids(of logins: [String]) throws(ForgeError) -> [Int] {
        var ids: [Int] = []
        for login in logins {
            guard let user = try api.list("/users", query: [("username", login)]).first else { continue }
            ids.append(try user.integer("id"))
        }
        return ids
    }

    package func update(_ number: Int, to draft: RequestDraft) throws(ForgeError) {
        try RequestText.check(draft)
        let request = try request(number)
        var body: [String: JSONValue] = [:]
        let (title, text) = (RequestText.title(request.title, draft), RequestText.replacing(request.body, with: draft.body))
        // Whether it is a draft is people's to say once it is there.
        if !RequestText.isSame(request.title, title) {
            body["title"] = .string((request.isDraft ? Self.draftPrefix : "") + title)
        }
        if !RequestText.isSame(request.body, text) { body["description"] = .string(text) }
        let missing = draft.labels.filter { !request.labels.contains($0) }
        if !missing.isEmpty { body["add_labels"] = .string(missing.joined(separator: ",")) }
        if !body.isEmpty { try api.write(.put, merge(number), JSONValue(members: body)) }
    }

    package func close(_ number: Int) throws(ForgeError) {
        guard try request(number).state == .open else { return }
        try api.write(.put, merge(number), ["state_event": "close"])
    }

    /// That a branch was deleted the host notes among what people say.
    package func closing(of number: Int) throws(ForgeError) -> Closing? {
        let request = try api.get(merge(number))
        guard let closed = try request.optionalTime("closed_at") else { return nil }
        var deletions: [Int64] = []
        for note in try api.list("\(merge(number))/notes", query: [("per_page", "100")]) where try note.flag("system") {
            let text = try note.text("body").lowercased()
            guard ["deleted source branch", "deleted target branch"].contains(where: text.hasPrefix) else { continue }
            deletions.append(try note.time("created_at"))
        }
        let closing = Closing(at: closed, deletions: deletions)
        return closing == .byPerson && request.at("closed_by") == .null ? nil : closing
    }

    package func comment(_ number: Int, marker: String, body: String) throws(ForgeError) -> Bool {
        let list = "\(merge(number))/notes"
        return try CommentWriter(
            api: api, request: merge(number), author: ["author", "username"], list: list, comment: { "\(list)/\($0)" }, isEditedBy: .put
        ).keep(marker: marker, body: body)
    }

    package func setStatus(_ status: CommitStatus, of commit: String) throws(ForgeError) {
        let sha = WebAddress.encoded(commit)
        let state =
            switch status.state {
            case .pending: "pending"
            case .success: "success"
            case .failure, .error: "failed"
            }
        var body: [String: JSONValue] = [
            "state": .string(state), "name": .string(status.context), "description": .string(status.shortDescription),
        ]
        if let url = status.url { body["target_url"] = .string(url) }
        // The same state a second time is refused as a transition that does not exist.
        let last = try api.list("\(root)/repository/commits/\(sha)/statuses", query: [("name", status.context), ("per_page", "100")]).first
        {
            $0.at("name") == .string(status.context)
        }
        if let last {
            let written: [String: JSONValue] = [
                "state": last.at("status"), "name": last.at("name"), "description": last.at("description"),
                "target_url": last.at("target_url"),
            ]
            if body.allSatisfy({ written[$0.key] == $0.value }), status.url != nil || last.at("target_url") == .null { return }
        }
        try api.write(.post, "\(root)/statuses/\(sha)", JSONValue(members: body))
    }

    /// Forks may have branches of the same name.
    private func isOurs(_ item: JSONValue) -> Bool {
        item.at("source_project_id") == item.at("target_project_id") && item.at("source_project_id") != .null
    }

    static func request(_ item: JSONValue) throws(ForgeError) -> ForgeRequest {
        let word = try item.text("state")
        // `locked` is the moment in which it is being merged.
        let state: ForgeRequest.State = word == "merged" ? .merged : word == "closed" ? .closed : .open
        var labels: [String] = []
        for label in try item.list("labels") {
            guard case .string(let name) = label else { throw ForgeError(.invalid, "the code host's answer has no text 'labels'") }
            labels.append(name)
        }
        let isDraft = try item.flag("draft")
        let title = try item.text("title")
        let commit = try item.optionalText("sha")
        var mergeCommit: String?
        var ended: Int64?
        if state == .merged {
            // A fast-forward makes no commit: the branch's own tip is in the base.
            mergeCommit = try item.optionalText("merge_commit_sha")
            if mergeCommit == nil { mergeCommit = try item.optionalText("squash_commit_sha") }
            if mergeCommit == nil { mergeCommit = commit }
            ended = try item.optionalTime("merged_at")
        } else if state == .closed {
            ended = try item.optionalTime("closed_at")
        }
        return ForgeRequest(
            number: try item.integer("iid"), url: try item.text("web_url"), state: state, branch: try item.text("source_branch"),
            base: try item.text("target_branch"),
            title: isDraft && title.hasPrefix(draftPrefix) ? String(title.dropFirst(draftPrefix.count)) : title,
            body: try item.optionalText("description") ?? "", labels: labels, isDraft: isDraft, commit: commit, mergeCommit: mergeCommit,
            created: try item.time("created_at"), ended: ended)
    }
}

extension ForgeError {
    fileprivate static func badProject(_ project: String) -> ForgeError {
        ForgeError(.invalid, "'\(project)' is no project: it is written group/name")
    }
}
