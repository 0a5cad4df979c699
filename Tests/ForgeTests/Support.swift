import CostModel
import Forge
import ForgeDouble
import Foundation
import JSON
import Synchronization
import TestSupport
import Testing
import WebClient

/// A clock that only tests move.
final class TestClock: Sendable {
    private let time = Mutex<Int64>(1_793_000_000)

    var now: Int64 { time.withLock { $0 } }
    func advance(_ seconds: Int64) { time.withLock { $0 += seconds } }
}

/// A code host with a repository: `main` holds a file, and branches are one commit ahead of it.
final class Host {
    let directory = TemporaryDirectory()
    let clock = TestClock()
    let double: ForgeDouble
    let forge: any Forge
    var tokenPath: String { directory.path + "/token" }

    init(_ kind: CodeHost) throws {
        let path = directory.path + "/repository.git"
        let git = try #require(Program.named("git"), "there is no git")
        try git.run("init", "--quiet", "--bare", "--initial-branch=main", path)
        let empty = try git.run("hash-object", "-t", "tree", "-w", "--stdin", in: path).output.dropLast()
        let people = [
            "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com", "GIT_COMMITTER_NAME": "Ada",
            "GIT_COMMITTER_EMAIL": "ada@example.com", "GIT_AUTHOR_DATE": "@1700000000 +0000", "GIT_COMMITTER_DATE": "@1700000000 +0000",
        ]
        let root = try git.run(["commit-tree", String(empty), "-m", "root"], in: path, environment: people).output.dropLast()
        try git.run("update-ref", "refs/heads/main", String(root), in: path)
        let clock = clock
        double = ForgeDouble(kind, repository: path, clock: { clock.now })
        try directory.write(double.token + "\n", to: "token")
        try TestFile.setMode(0o600, of: directory.path + "/token")
        forge = try double.client(token: directory.path + "/token")
        try double.pushCommit(on: "main", file: "main.tf", text: "one\n", message: "first")
    }

    /// A branch one commit ahead of `main`, and what should be proposed for it.
    func draft(
        _ branch: String = "bursar/g-1", title: String = "payments: 2 findings", labels: [String] = ["bursar"], reviewers: [String] = [],
        isDraft: Bool = false
    )
        throws -> RequestDraft
    {
        let commit = try double.forcePush(branch, onto: "main", file: "\(branch).txt", text: branch, by: double.account)
        return RequestDraft(
            branch: branch, base: "main", title: title, body: "why\n", labels: labels, reviewers: reviewers, isDraft: isDraft,
            commit: commit)
    }
}

enum TestFile {
    static func setMode(_ mode: Int, of path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
}

/// A host that says something of its own in each error, and in the titles of its requests.
final class RepeatingSender: HTTPSending {
    private let double: ForgeDouble
    private let said: String
    private let answer = Mutex<Int?>(500)

    /// Nil: it answers.
    var status: Int? {
        get { answer.withLock { $0 } }
        set { answer.withLock { $0 = newValue } }
    }

    init(_ double: ForgeDouble, _ said: String) {
        self.double = double
        self.said = said
    }

    func send(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        if let status { return HTTPResponse(status: status, body: JSONValue(members: ["message": .string("you sent \(said)!")]).bytes) }
        var response = try double.send(request)
        let text = String(decoding: response.body, as: UTF8.self)
        response.body = Array(text.replacing("payments: 2 findings", with: "payments: \(said)").utf8)
        return response
    }
}

/// A host that repeats what it was sent, as careless error pages do.
final class EchoSender: HTTPSending {
    private let answer = Mutex(500)

    var status: Int {
        get { answer.withLock { $0 } }
        set { answer.withLock { $0 = newValue } }
    }

    func send(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        let said = request.headers.fields.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
        return HTTPResponse(status: status, body: JSONValue(members: ["message": .string(said), "error": .string(said)]).bytes)
    }
}
