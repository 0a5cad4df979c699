internal import CostModel
internal import Forge
internal import Synchronization

/// What people do on the code host's pages, and by pushing.
extension ForgeDouble {
    package enum MergeMethod: Hashable, Sendable, CaseIterable { case merge, squash, rebase }

    package struct ActError: Error, CustomStringConvertible {
        package let description: String
    }

    /// Merges by the vendor's button: with its messages, as Git does it.
    ///
    /// - Returns: the commit by which the base has it.
    @discardableResult
    package func merge(_ number: Int, method: MergeMethod, by login: String = "ada") throws -> String {
        try act(on: number) { request in
            guard request.isOpen else { throw ActError(description: "#\(number) is not open") }
            let (person, time) = (DoubleGit.Person(login), clock())
            let base = request.baseCommit
            let head = request.headCommit
            var squashed: String?
            let result: String
            switch method {
            case .merge:
                result = try git.inTree(at: base) { folder in
                    try git.run(["merge", "--quiet", "--no-ff", "-m", mergeMessage(request), head], in: folder, author: person, time: time)
                }
            case .squash:
                let message = try squashMessage(request)
                let author = DoubleGit.Person(request.author)
                result = try git.inTree(at: base) { folder in
                    try git.run(["merge", "--quiet", "--squash", head], in: folder, author: person, time: time)
                    try git.run(["commit", "--quiet", "--allow-empty", "-m", message], in: folder, author: author, time: time)
                }
                squashed = result
            case .rebase:
                result = try git.inTree(at: head) { folder in
                    try git.run(["rebase", "--quiet", "--force-rebase", base], in: folder, author: person, time: time)
                }
            }
            try git.move(request.base, to: result)
            finish(&request, mergeCommit: result)
            request.squashCommit = squashed
            if kind == .gitlab, method != .merge { request.mergeCommit = nil }
            if kind == .gitlab, method == .rebase {
                // It rebases the branch itself, then moves the base forward to it.
                try git.move(request.head, to: result)
                request.headCommit = result
            }
            return result
        }
    }

    package func close(_ number: Int, by login: String = "ada") throws {
        try act(on: number) { request in
            guard request.isOpen else { return }
            request.isOpen = false
            request.closed = clock()
            request.closedBy = login
        }
    }

    package func reopen(_ number: Int) throws {
        try act(on: number) { request in
            guard !request.isOpen, request.merged == nil else { throw ActError(description: "#\(number) cannot be opened again") }
            request.isOpen = true
            request.closed = nil
            request.closedBy = nil
        }
    }

    /// Changes into which branch it is to be merged.
    package func retarget(_ number: Int, to base: String) throws { try act(on: number) { $0.base = base } }

    package func edit(_ number: Int, title: String? = nil, body: String? = nil, labels: [String]? = nil) throws {
        try act(on: number) { request in
            if let title { request.title = title }
            if let body { request.body = body }
            if let labels { request.labels = labels }
        }
        if let labels { state.withLock { state in labels.forEach { _ = state.label($0) } } }
    }

    package func comment(_ number: Int, _ body: String, by login: String = "ada") throws {
        let id = state.withLock { $0.newID() }
        try act(on: number) { request in
            request.comments.append(DoubleComment(id: id, author: login, body: body, created: clock(), updated: clock()))
        }
    }

    /// Adds a commit to a branch.
    @discardableResult
    package func pushCommit(on branch: String, file: String, text: String, message: String = "edit", by login: String = "ada") throws
        -> String
    {
        let commit = try self.commit(on: "refs/heads/\(branch)", file: file, text: text, message: message, by: login)
        try git.move(branch, to: commit)
        return commit
    }

    /// Makes a branch one commit on top of another branch, whatever it was.
    @discardableResult
    package func forcePush(_ branch: String, onto base: String, file: String, text: String, by login: String = "ada") throws -> String {
        let commit = try self.commit(on: "refs/heads/\(base)", file: file, text: text, message: "rewritten", by: login)
        try git.move(branch, to: commit)
        return commit
    }

    package func deleteBranch(_ branch: String) throws { try git.run(["update-ref", "-d", "refs/heads/\(branch)"]) }

    private func commit(on start: String, file: String, text: String, message: String, by login: String) throws -> String {
        try git.inTree(at: start) { folder in
            try DoubleFiles.write(text, to: "\(folder)/\(file)")
            try git.run(["add", "--all"], in: folder)
            try git.run(["commit", "--quiet", "--allow-empty", "-m", message], in: folder, author: DoubleGit.Person(login), time: clock())
        }
    }

    private func act<Result: Sendable>(on number: Int, _ body: (inout DoubleRequest) throws -> Result) throws -> Result {
        // The lock's typed errors do not mix with Git's: what happened is carried out as a value.
        let outcome: Swift.Result<Result, any Error> = state.withLock { state in
            Swift.Result {
                try refresh(&state)
                guard let index = state.index(of: number) else { throw ActError(description: "there is no #\(number)") }
                defer { state.requests[index].updated = clock() }
                return try body(&state.requests[index])
            }
        }
        return try outcome.get()
    }

    private func mergeMessage(_ request: DoubleRequest) -> String {
        switch kind {
        case .gitlab:
            "Merge branch '\(request.head)' into '\(request.base)'\n\n\(request.title)\n\nSee merge request \(owner)/\(name)!\(request.number)"
        case .gitea:
            "Merge pull request '\(request.title)' (#\(request.number)) from \(request.head) into \(request.base)"
        case .github: "Merge pull request #\(request.number) from \(owner)/\(request.head)\n\n\(request.title)"
        }
    }

    private func squashMessage(_ request: DoubleRequest) throws -> String {
        guard kind != .gitlab else { return request.title }
        let range = "\(request.baseCommit)..\(request.headCommit)"
        let title = "\(request.title) (#\(request.number))"
        if kind == .gitea { return "\(title)\n\n\(request.body)" }
        // GitHub: one commit lends its own message, several are listed.
        if try git.ahead(request.headCommit, of: request.baseCommit) == 1 {
            let subject = try git.run(["log", "-1", "--format=%s", request.headCommit])
            let body = try git.run(["log", "-1", "--format=%b", request.headCommit])
            return "\(subject) (#\(request.number))\n\n\(body)"
        }
        let messages = try git.run(["log", "--reverse", "--format=* %B", range])
        return "\(title)\n\n\(messages)"
    }
}
