import Git
import TestSupport
import Testing

@Suite("a real server")
struct ServerTests {
    private let scratch = TemporaryDirectory()
    private let repositories: ServedRepositories

    init() throws { repositories = try ServedRepositories() }

    private func mirror(_ url: RemoteURL, _ settings: TransportSettings) throws -> Mirror {
        try Mirror(at: "\(scratch.path)/mirror", remote: url, settings: settings)
    }

    private func token(_ text: String, mode: UInt32 = 0o600) throws -> TransportSettings.Credentials {
        try scratch.write(text, to: "token")
        try FileSystem.setMode(mode, of: scratch.path + "/token")
        return .tokenFile(scratch.path + "/token", username: "bursar")
    }

    /// Fetches, pushes a commit, and finds it there.
    private func roundTrip(_ mirror: Mirror) throws {
        #expect(try mirror.fetch().branches == ["main": repositories.tip])
        let commit = try mirror.commit("proposal", on: repositories.tip)
        #expect(try mirror.push([RefUpdate(branch: "bursar/proposal", expected: nil, new: commit)]) == ["bursar/proposal": .done])
        #expect(try repositories.branch("bursar/proposal") == commit.description)
        #expect(try !mirror.fetch().hasChanged)
        guard
            case .rejected(.stale, _)? = try mirror.push([RefUpdate(branch: "bursar/proposal", expected: nil, new: repositories.tip)])
                .values.first
        else {
            Issue.record("a branch that exists was pushed over")
            return
        }
        #expect(try mirror.push([RefUpdate(branch: "bursar/proposal", expected: commit, new: nil)]) == ["bursar/proposal": .done])
    }

    @Test("over HTTP takes a token from a file", .enabled(if: ServerProgram.hasHTTP, "\(ServerProgram.missingHTTP)"))
    func http() throws {
        let server = try GitHTTPServer(repositories)
        try roundTrip(mirror(server.remote(), TransportSettings(credentials: token(GitHTTPServer.token + "\n"))))
    }

    @Test(
        "says what a hook of the server refused, branch by branch, without what could drive a terminal",
        .enabled(if: ServerProgram.hasHTTP, "\(ServerProgram.missingHTTP)"))
    func hook() throws {
        try repositories.folder.writeProgram(
            "#!/bin/sh\ncase \"$1\" in *bad*) printf 'no \\033[31mway\\n' >&2; exit 1;; esac\n", to: "estate.git/hooks/update")
        let server = try GitHTTPServer(repositories)
        let mirror = try mirror(server.remote(), TransportSettings(credentials: token(GitHTTPServer.token)))
        _ = try mirror.fetch()
        let commit = try mirror.commit("one", on: repositories.tip)
        let results = try mirror.push(["bursar/bad", "bursar/good"].map { RefUpdate(branch: $0, expected: nil, new: commit) })
        #expect(results["bursar/good"] == .done)
        guard case .rejected(.hookDeclined, let message)? = results["bursar/bad"] else {
            Issue.record("\(results)")
            return
        }
        #expect(message.hasPrefix("[remote rejected] (hook declined); no \u{FFFD}[31mway"))
        #expect(try mirror.known().keys.sorted() == ["bursar/good", "main"])
    }

    @Test(
        "says a server's own words where it protects branches, and hides a token that it repeats, in every form",
        .enabled(if: ServerProgram.hasHTTP, "\(ServerProgram.missingHTTP)"),
        arguments: [
            "error: GH006: Protected branch update failed for refs/heads/bursar/fix.", "error: Commits must have verified signatures.",
            "Authorization: Basic YnVyc2FyOnQwa2VuLW9mLXRoZS10ZXN0cw==", "basic%20YnVyc2FyOnQwa2VuLW9mLXRoZS10ZXN0cw%3D%3D",
            "token dDBrZW4tb2YtdGhlLXRlc3Rz", "token t0ken-of-the-tests", "token %74%30ken%2Dof-the-tests",
            "{\"a\": \"t0ken\\u002dof-the-tests\"}",
        ])
    func words(said: String) throws {
        try repositories.folder.writeProgram("#!/bin/sh\ncat <<'END' >&2\n\(said)\nEND\nexit 1\n", to: "estate.git/hooks/pre-receive")
        let server = try GitHTTPServer(repositories)
        let mirror = try mirror(server.remote(), TransportSettings(credentials: token(GitHTTPServer.token)))
        _ = try mirror.fetch()
        let commit = try mirror.commit("one", on: repositories.tip)
        guard
            case .rejected(.hookDeclined, let message)? = try mirror.push([RefUpdate(branch: "bursar/fix", expected: nil, new: commit)])[
                "bursar/fix"]
        else {
            Issue.record("not refused")
            return
        }
        if said.hasPrefix("error") {
            #expect(message == "[remote rejected] (pre-receive hook declined); \(said)")
        } else {
            #expect(message.contains("***"), "\(message)")
            for form in ["ken-of", "MtdGhl", "tb2Yt", "%2Dof", "u002dof"] { #expect(!message.contains(form), "\(message)") }
        }
    }

    @Test(
        "over HTTP refuses a wrong token and none, and neither stands in the error",
        .enabled(if: ServerProgram.hasHTTP, "\(ServerProgram.missingHTTP)"))
    func unauthorized() throws {
        let server = try GitHTTPServer(repositories)
        let wrong = try mirror(server.remote(), TransportSettings(credentials: token("wr0ng-token")))
        let error = try #require(try transportError { _ = try wrong.fetch() })
        #expect(error.code == .unauthorized, "\(error)")
        #expect(!error.message.contains("wr0ng"))
        let nobody = try mirror(server.remote(), TransportSettings(credentials: .sshKey(scratch.path + "/token", knownHosts: "/dev/null")))
        #expect(try transportError { _ = try nobody.fetch() }?.code == .unauthorized)
        let open = try mirror(server.remote(), TransportSettings(credentials: token(GitHTTPServer.token, mode: 0o640)))
        #expect(try transportError { _ = try open.fetch() }?.code == .refused, "others can read the token")
    }

    @Test(
        "over HTTP that is missing, broken or sends elsewhere is told apart, and elsewhere never learns the token",
        .enabled(if: ServerProgram.hasHTTP, "\(ServerProgram.missingHTTP)"))
    func failures() throws {
        let elsewhere = try GitHTTPServer(repositories)
        let server = try GitHTTPServer(repositories, redirectingTo: "http://localhost:\(elsewhere.port)")
        for (path, code) in [("none.git", TransportError.Code.notFound), ("broken/estate.git", .network), ("moved/estate.git", .moved)] {
            let mirror = try Mirror(
                at: "\(scratch.path)/\(code)", remote: server.remote(path),
                settings: TransportSettings(credentials: token(GitHTTPServer.token)))
            let error = try #require(try transportError { _ = try mirror.fetch() })
            #expect(error.code == code, "\(path): \(error)")
        }
        #expect(try elsewhere.accessLog.isEmpty)
    }

    @Test("over SSH takes a key", .enabled(if: ServerProgram.sshd != nil, "\(ServerProgram.missingSSH)"))
    func ssh() throws {
        let server = try GitSSHServer(repositories)
        try roundTrip(mirror(server.remote(), TransportSettings(credentials: server.credentials())))
    }

    @Test(
        "over SSH is refused when its host key is another, and refuses another's key",
        .enabled(if: ServerProgram.sshd != nil, "\(ServerProgram.missingSSH)"))
    func sshRefused() throws {
        let server = try GitSSHServer(repositories)
        for (credentials, code) in [
            (server.credentials(known: "known-otherwise"), TransportError.Code.refused),
            (server.credentials(key: "stranger"), .unauthorized),
        ] {
            let mirror = try mirror(server.remote(), TransportSettings(credentials: credentials))
            let error = try #require(try transportError { _ = try mirror.fetch() })
            #expect(error.code == code, "\(error)")
        }
        let missing = try Mirror(
            at: scratch.path + "/missing", remote: server.remote("none.git"), settings: TransportSettings(credentials: server.credentials())
        )
        #expect(try transportError { _ = try missing.fetch() }?.code == .notFound)
    }

    @Test("of git's own protocol is spoken to where that is allowed")
    func daemon() throws {
        let server = try GitDaemonServer(repositories)
        try roundTrip(mirror(server.remote(), TransportSettings(allowed: [.git])))
        let missing = try Mirror(
            at: scratch.path + "/missing", remote: server.remote("none.git"), settings: TransportSettings(allowed: [.git]))
        #expect(try transportError { _ = try missing.fetch() }?.code == .notFound)
    }

    @Test("that says nothing is given up at the deadline or when we are asked to stop", arguments: ["http", "git", "ssh"])
    func silent(scheme: String) throws {
        let socket = try LoopbackSocket()
        let url = try RemoteURL("\(scheme)://127.0.0.1:\(socket.port)/a", allowing: [.git])
        for (deadline, isCancelled, code) in [(400, false, TransportError.Code.deadline), (600_000, true, .cancelled)] {
            let settings = TransportSettings(allowed: [.git], deadline: deadline, isCancelled: { isCancelled })
            let error = try #require(try transportError { _ = try mirror(url, settings).fetch() })
            #expect(error.code == code, "\(error)")
            #expect(error.mayPass)
        }
    }

    @Test("that does not listen may do so later", arguments: ["http", "git", "ssh"])
    func absent(scheme: String) throws {
        let url = try RemoteURL("\(scheme)://127.0.0.1:\(freePort())/a", allowing: [.git])
        let error = try #require(try transportError { _ = try mirror(url, TransportSettings(allowed: [.git])).fetch() })
        #expect(error.code == .network, "\(error)")
    }
}
