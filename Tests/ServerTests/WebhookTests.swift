import CostModel
import Forge
import Reporting
import Secrets
import TestSupport
import Testing

@testable import Server

@Suite("webhooks")
struct WebhookTests {
    private static let push = Array(
        #"{"ref": "refs/heads/main", "repository": {"full_name": "Acme/Infra", "clone_url": "https://forge.example/Acme/Infra.git"}}"#.utf8)

    private static let gitlabPush = Array(
        #"{"object_kind": "push", "project": {"path_with_namespace": "acme/infra", "git_ssh_url": "git@forge.example:acme/infra.git"}}"#
            .utf8)

    private let directory = TemporaryDirectory()

    private func site() throws -> Site {
        let path = try directory.secret("# two, while one is exchanged\nan-older-secret-of-acme\n\(Site.secret)\n", "secrets")
        let secrets = try WebhookSecrets(path: path)
        return Site { $0.webhookSecrets = secrets }
    }

    private func headers(_ host: CodeHost, _ body: [UInt8], secret: String = Site.secret) -> [String: String] {
        let code = Authentication.code(of: body, key: Array(secret.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let type = ["content-type": "application/json; charset=utf-8"]
        switch host {
        case .github: return type.merging(["x-hub-signature-256": "sha256=\(code)", "x-github-event": "push"]) { $1 }
        case .gitea: return type.merging(["x-gitea-signature": code, "x-gitea-event": "push"]) { $1 }
        case .gitlab: return type.merging(["x-gitlab-token": secret, "x-gitlab-event": "Push Hook"]) { $1 }
        }
    }

    @Test("ask for a pass of the workspace whose repository they are about", arguments: CodeHost.allCases)
    func pass(host: CodeHost) throws {
        let site = try site()
        let body = host == .gitlab ? Self.gitlabPush : Self.push
        let response = try site.answer("POST", "/hooks/\(host.rawValue)", token: nil, headers: headers(host, body), body: body)
        #expect(response.status == 202)
        let event = host == .gitlab ? "push-hook" : "push"
        #expect(site.source.calls == ["reconcile acme: webhook \(host.rawValue) \(event)"])
    }

    @Test("are taken with an older secret too, as long as it stands there")
    func rotation() throws {
        let site = try site()
        let signed = headers(.github, Self.push, secret: "an-older-secret-of-acme")
        #expect(try site.answer("POST", "/hooks/github", token: nil, headers: signed, body: Self.push).status == 202)
    }

    @Test("are refused without the right signature", arguments: CodeHost.allCases)
    func signature(host: CodeHost) throws {
        let site = try site()
        let right = headers(host, Self.push)
        let unsigned = right.filter { !$0.key.contains("signature") && !$0.key.contains("token") }
        let wrong = headers(host, Self.push, secret: "somebody-elses-secret")
        let comment = headers(host, Self.push, secret: "# two, while one is exchanged")
        for headers in [unsigned, wrong, comment] {
            #expect(try site.answer("POST", "/hooks/\(host.rawValue)", token: nil, headers: headers, body: Self.push).status == 401)
        }
        if host != .gitlab {
            #expect(try site.answer("POST", "/hooks/\(host.rawValue)", token: nil, headers: right, body: Self.push + [0x20]).status == 401)
        }
        #expect(site.source.calls.isEmpty)
        #expect(site.log.entries.allSatisfy { !$0.message.contains("secret") })
        #expect(!site.log.entries.isEmpty)
    }

    @Test("answer the same for a repository that nobody watches")
    func unknownRepository() throws {
        let site = try site()
        let other = Array(#"{"repository": {"clone_url": "https://forge.example/acme/other.git"}}"#.utf8)
        let answers = try [Self.push, other].map {
            try site.answer("POST", "/hooks/github", token: nil, headers: headers(.github, $0), body: $0)
        }
        #expect(answers[0] == answers[1])
        #expect(site.source.calls.count == 1)
    }

    private static let malformed = [
        "", "{", "[]", "null", "\"repository\"", "{\"repository\": {\"clone_url\": 7}}", "{\"repository\": []}", "{\"repository\": null}",
        "{\"a\": 1, \"a\": 2}", String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 100_000),
        "{\"repository\": \u{0}}",
        "{\"repository\": {\"clone_url\": \"https://\"}}", "{\"repository\": {\"clone_url\": \"\\ud800\"}}", "1e999999999",
    ]

    @Test("that are no JSON, or not of the form that is meant, ask for nothing and harm nothing", arguments: malformed)
    func wrongForm(text: String) throws {
        let site = try site()
        let body = Array(text.utf8)
        let response = try site.answer("POST", "/hooks/github", token: nil, headers: headers(.github, body), body: body)
        #expect([202, 400].contains(response.status))
        #expect(site.source.calls.isEmpty)
    }

    @Test("that are malformed JSON are refused", arguments: MalformedJSON.values)
    func malformedJSON(value: String) throws {
        let site = try site()
        let body = Array(String(decoding: Self.push, as: UTF8.self).replacing("}}", with: "}, \"x\": \(value)\n}").utf8)
        let response = try site.answer("POST", "/hooks/github", token: nil, headers: headers(.github, body), body: body)
        #expect(response.status == 400)
        #expect(site.source.calls.isEmpty)
    }

    @Test("of any bytes harm nothing")
    func noise() throws {
        let site = try site()
        var generator = SystemRandomNumberGenerator()
        for length in 0..<200 {
            let body = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let response = try site.answer("POST", "/hooks/github", token: nil, headers: headers(.github, body), body: body)
            #expect([202, 400].contains(response.status), "\(body)")
        }
    }

    @Test("must be JSON")
    func contentType() throws {
        let site = try site()
        let form = headers(.github, Self.push).merging(["content-type": "application/x-www-form-urlencoded"]) { $1 }
        #expect(try site.answer("POST", "/hooks/github", token: nil, headers: form, body: Self.push).status == 415)
    }

    @Test("are not there without secrets")
    func withoutSecrets() throws {
        #expect(try Site().answer("POST", "/hooks/github", token: nil, body: Self.push).status == 404)
    }

    @Test("name an event by harmless characters")
    func event() {
        let request = Request(
            method: "POST", path: [], headers: [.init("x-github-event", "Pu\nsh \"x\" \(String(repeating: "a", count: 90))")])
        #expect(CodeHost.github.support.webhook.event(of: request) == "push-x-" + String(repeating: "a", count: 33))
    }

    @Test(
        "know a repository under all of its addresses",
        arguments: [
            "https://forge.example/acme/infra", "https://forge.example/Acme/Infra.git",
            "https://user:secret@forge.example:443/acme/infra.git",
            "ssh://git@forge.example:22/acme/infra.git", "git@forge.example:acme/infra.git", "git@Forge.Example:acme/infra/",
            "git://forge.example/acme/infra",
        ])
    func addresses(url: String) {
        #expect(RepositoryAddress.normalised(url) == "forge.example/acme/infra")
    }

    @Test(
        "know no paths of this machine",
        arguments: ["/srv/git/infra.git", "../infra", "file:///srv/git/infra.git", "", "infra", "https://"])
    func paths(url: String) {
        #expect(RepositoryAddress.normalised(url) == nil)
    }
}
