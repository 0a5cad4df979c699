internal import Forge
internal import JSON
internal import WebClient

/// Every field that GitHub's description requires, so that its own models take them.
extension GitHubAPI {
    private var web: String { "\(host.origin)/\(host.owner)/\(host.name)" }
    private var root: String { "\(host.api)/repos/\(host.owner)/\(host.name)" }

    func document(_ request: DoubleRequest, _ state: DoubleState, isFull: Bool) -> JSONValue {
        let page = "\(web)/pull/\(request.number)"
        let pull = "\(root)/pulls/\(request.number)"
        let issue = "\(root)/issues/\(request.number)"
        var members: [String: JSONValue] = [
            "url": .string(pull), "id": JSONValue(90_000 + request.number), "node_id": .string("PR_\(request.number)"),
            "html_url": .string(page),
            "diff_url": .string(page + ".diff"), "patch_url": .string(page + ".patch"), "issue_url": .string(issue),
            "commits_url": .string(pull + "/commits"), "review_comments_url": .string(pull + "/comments"),
            "review_comment_url": .string("\(root)/pulls/comments{/number}"), "comments_url": .string(issue + "/comments"),
            "statuses_url": .string("\(root)/statuses/\(request.headCommit)"), "number": JSONValue(request.number),
            "state": request.isOpen ? "open" : "closed", "locked": false, "title": .string(request.title), "user": user(request.author),
            "body": request.body.isEmpty ? .null : .string(request.body),
            "labels": .array(request.labels.map { document(label: $0, state) }),
            "milestone": .null, "active_lock_reason": .null, "created_at": time(request.created), "updated_at": time(request.updated),
            "closed_at": time(request.closed), "merged_at": time(request.merged), "assignee": .null, "assignees": [],
            "merge_commit_sha": request.mergeCommit.map(JSONValue.string) ?? .null,
            "requested_reviewers": .array(request.reviewers.map(user)), "requested_teams": .array(request.teams.map(team)),
            "head": branch(request.head, request.headCommit), "base": branch(request.base, request.baseCommit),
            "_links": [
                "self": link(pull), "html": link(page), "issue": link(issue), "comments": link(issue + "/comments"),
                "review_comments": link(pull + "/comments"), "review_comment": link("\(root)/pulls/comments{/number}"),
                "commits": link(pull + "/commits"), "statuses": link("\(root)/statuses/\(request.headCommit)"),
            ],
            "author_association": "CONTRIBUTOR", "auto_merge": .null, "draft": .bool(request.isDraft),
        ]
        if isFull {
            let more: [String: JSONValue] = [
                "merged": .bool(request.merged != nil), "mergeable": .null, "rebaseable": .null, "mergeable_state": "unknown",
                "merged_by": request.merged == nil ? .null : user("ada"), "comments": JSONValue(request.comments.count),
                "review_comments": 0,
                "maintainer_can_modify": false, "commits": 1, "additions": 1, "deletions": 0, "changed_files": 1,
            ]
            members.merge(more) { $1 }
        }
        return JSONValue(members: members)
    }

    func issue(_ request: DoubleRequest, _ state: DoubleState) -> JSONValue {
        let issue = "\(root)/issues/\(request.number)"
        return [
            "id": JSONValue(80_000 + request.number), "node_id": .string("I_\(request.number)"), "url": .string(issue),
            "repository_url": .string(root), "labels_url": .string(issue + "/labels{/name}"), "comments_url": .string(issue + "/comments"),
            "events_url": .string(issue + "/events"), "html_url": .string("\(web)/pull/\(request.number)"),
            "number": JSONValue(request.number),
            "state": request.isOpen ? "open" : "closed", "title": .string(request.title), "user": user(request.author),
            "labels": .array(request.labels.map { document(label: $0, state) }), "milestone": .null, "locked": false,
            "comments": JSONValue(request.comments.count), "closed_at": time(request.closed), "created_at": time(request.created),
            "updated_at": time(request.updated), "closed_by": request.closedBy.map(user) ?? .null, "assignee": .null, "assignees": [],
            "author_association": "CONTRIBUTOR", "body": .string(request.body), "state_reason": .null,
            "pull_request": [
                "url": .string("\(root)/pulls/\(request.number)"), "html_url": .string("\(web)/pull/\(request.number)"),
                "diff_url": .null, "patch_url": .null, "merged_at": time(request.merged),
            ],
        ]
    }

    func document(_ issue: DoubleIssue) -> JSONValue {
        let place = "\(root)/issues/\(issue.number)"
        return [
            "id": JSONValue(70_000 + issue.number), "node_id": .string("I_\(issue.number)"), "url": .string(place),
            "repository_url": .string(root), "labels_url": .string(place + "/labels{/name}"), "comments_url": .string(place + "/comments"),
            "events_url": .string(place + "/events"), "html_url": .string("\(web)/issues/\(issue.number)"),
            "number": JSONValue(issue.number), "state": issue.isOpen ? "open" : "closed", "title": .string(issue.title),
            "user": user(issue.author), "labels": [], "milestone": .null, "locked": false, "comments": 0, "closed_at": time(issue.closed),
            "created_at": time(issue.created), "updated_at": time(issue.updated), "closed_by": issue.closedBy.map(user) ?? .null,
            "assignee": .null, "assignees": [], "author_association": "COLLABORATOR",
            "body": issue.body.isEmpty ? .null : .string(issue.body), "state_reason": issue.isOpen ? .null : "completed",
        ]
    }

    /// A user, with what they may do here.
    func collaborator(_ login: String) -> JSONValue {
        guard case .object(let members) = user(login) else { return .null }
        return .object(members + [.init("role_name", "write")])
    }

    func document(_ comment: DoubleComment, of number: Int) -> JSONValue {
        [
            "id": JSONValue(comment.id), "node_id": .string("IC_\(comment.id)"), "url": .string("\(root)/issues/comments/\(comment.id)"),
            "html_url": .string("\(web)/pull/\(number)#issuecomment-\(comment.id)"), "issue_url": .string("\(root)/issues/\(number)"),
            "body": .string(comment.body), "user": user(comment.author), "created_at": time(comment.created),
            "updated_at": time(comment.updated), "author_association": "CONTRIBUTOR",
        ]
    }

    func document(_ status: DoubleStatus) -> JSONValue {
        [
            "url": .string("\(root)/statuses/\(status.commit)"), "avatar_url": .null, "id": JSONValue(status.id),
            "node_id": .string("SC_\(status.id)"), "state": .string(status.state), "description": .string(status.description),
            "target_url": status.url.map(JSONValue.string) ?? .null, "context": .string(status.context), "created_at": time(status.created),
            "updated_at": time(status.created), "creator": user(host.account),
        ]
    }

    func document(label name: String, _ state: DoubleState) -> JSONValue {
        let id = state.labels.first { $0.name == name }?.id ?? 0
        return [
            "id": JSONValue(id), "node_id": .string("LA_\(id)"), "url": .string("\(root)/labels/\(name)"), "name": .string(name),
            "description": .null, "color": "ededed", "default": false, "archived_at": .null, "archived_by": .null,
        ]
    }

    private func time(_ seconds: Int64?) -> JSONValue { seconds.map { .string(WebTime.iso($0)) } ?? .null }
    private func link(_ url: String) -> JSONValue { ["href": .string(url)] }

    private func branch(_ name: String, _ commit: String) -> JSONValue {
        [
            "label": .string("\(host.owner):\(name)"), "ref": .string(name), "sha": .string(commit), "user": user(host.owner),
            "repo": repository,
        ]
    }

    private func user(_ login: String) -> JSONValue {
        var members: [String: JSONValue] = [
            "login": .string(login), "id": JSONValue(login.utf8.reduce(7) { $0 * 31 % 1_000_003 + Int($1) }),
            "node_id": .string("U_\(login)"),
            "avatar_url": .string("\(host.origin)/avatars/\(login)"), "gravatar_id": "", "html_url": .string("\(host.origin)/\(login)"),
            "type": "User", "site_admin": false,
        ]
        for name in [
            "url", "followers_url", "following_url", "gists_url", "starred_url", "subscriptions_url", "organizations_url", "repos_url",
            "events_url", "received_events_url",
        ] { members[name] = .string("\(host.api)/users/\(login)") }
        return JSONValue(members: members)
    }

    private func team(_ slug: String) -> JSONValue {
        let url = "\(host.api)/organizations/1/team/\(slug)"
        return [
            "id": 1, "node_id": .string("T_\(slug)"), "url": .string(url), "members_url": .string(url + "/members{/member}"),
            "name": .string(slug), "description": .null, "permission": "push", "html_url": .string(url),
            "repositories_url": .string(url + "/repos"), "slug": .string(slug), "parent": .null, "type": "organization",
        ]
    }

    private var repository: JSONValue {
        var members: [String: JSONValue] = [
            "id": 1, "node_id": "R_1", "name": .string(host.name), "full_name": .string("\(host.owner)/\(host.name)"),
            "owner": user(host.owner), "private": true, "html_url": .string(web), "description": .null, "fork": false, "license": .null,
            "forks": 0, "forks_count": 0, "stargazers_count": 0, "watchers_count": 0, "watchers": 0, "size": 1, "default_branch": "main",
            "open_issues_count": 0, "open_issues": 0, "has_pages": false, "has_issues": true, "has_projects": true, "has_wiki": true,
            "has_downloads": true, "archived": false, "disabled": false, "mirror_url": .null, "homepage": .null, "language": .null,
            "pushed_at": time(host.clock()), "created_at": time(0), "updated_at": time(host.clock()), "visibility": "private",
        ]
        for name in [
            "url", "archive_url", "assignees_url", "blobs_url", "branches_url", "collaborators_url", "comments_url", "commits_url",
            "compare_url", "contents_url", "contributors_url", "deployments_url", "downloads_url", "events_url", "forks_url",
            "git_commits_url", "git_refs_url", "git_tags_url", "git_url", "issue_comment_url", "issue_events_url", "issues_url", "keys_url",
            "labels_url", "languages_url", "merges_url", "milestones_url", "notifications_url", "pulls_url", "releases_url", "ssh_url",
            "stargazers_url", "statuses_url", "subscribers_url", "subscription_url", "tags_url", "teams_url", "trees_url", "clone_url",
            "hooks_url", "svn_url",
        ] { members[name] = .string(root) }
        return JSONValue(members: members)
    }
}
