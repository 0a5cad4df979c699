internal import TestSupport

/// The bare repository behind the double, driven by `git` itself.
struct DoubleGit: Sendable {
    let path: String

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    struct Person: Sendable {
        var name: String
        var email: String

        init(_ login: String) {
            name = login
            email = "\(login)@example.com"
        }
    }

    @discardableResult
    func run(_ arguments: [String], in folder: String? = nil, author: Person = Person("host"), time: Int64 = 0) throws -> String {
        guard let git = Program.named("git") else { throw Failure(description: "there is no git") }
        let result = try git.run(
            ["-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false"] + arguments, in: folder ?? path,
            environment: [
                "HOME": "/nonexistent", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_EDITOR": "true",
                "GIT_AUTHOR_NAME": author.name, "GIT_AUTHOR_EMAIL": author.email, "GIT_AUTHOR_DATE": "@\(time) +0000",
                "GIT_COMMITTER_NAME": author.name, "GIT_COMMITTER_EMAIL": author.email, "GIT_COMMITTER_DATE": "@\(time) +0000",
            ])
        guard result.code == 0 else {
            throw Failure(description: "git \(arguments.joined(separator: " ")): \(result.error)\(result.output)")
        }
        return result.output.hasSuffix("\n") ? String(result.output.dropLast()) : result.output
    }

    func branches() throws -> [String: String] {
        let lines = try run(["for-each-ref", "--format=%(objectname) %(refname:lstrip=2)", "refs/heads"]).split(separator: "\n")
        return Dictionary(uniqueKeysWithValues: lines.map { (String($0.dropFirst(41)), String($0.prefix(40))) })
    }

    /// Commits of `head` that `base` lacks.
    func ahead(_ head: String, of base: String) throws -> Int { Int(try run(["rev-list", "--count", "\(base)..\(head)"])) ?? 0 }

    func contains(_ commit: String) -> Bool {
        // A commit that is not there is the answer.
        (try? run(["cat-file", "-e", "\(commit)^{commit}"])) != nil
    }

    /// Works in a tree of its own at a commit, and answers with the commit that stands there at the end.
    func inTree(at commit: String, _ body: (_ folder: String) throws -> Void) throws -> String {
        let directory = TemporaryDirectory()
        let folder = directory.path + "/tree"
        try run(["worktree", "add", "--quiet", "--detach", folder, commit])
        defer {
            // The next `worktree prune` finds what could not be removed.
            _ = try? run(["worktree", "remove", "--force", folder])
        }
        try body(folder)
        return try run(["rev-parse", "HEAD"], in: folder)
    }

    func move(_ branch: String, to commit: String) throws { try run(["update-ref", "refs/heads/\(branch)", commit]) }
}
