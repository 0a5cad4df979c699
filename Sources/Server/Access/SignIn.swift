internal import Charts
internal import CostModel
internal import Pages

/// Signing in with a token, and signing out.
struct SignIn: Sendable {
    static let path = "/sign-in"
    static let home = "/ui"

    let tokens: BearerTokens?
    /// Whether a proxy knows who asks.
    let hasProxy: Bool
    let sessions: Sessions
    let isEncrypted: Bool
    let clock: @Sendable () -> Instant
    let version: String

    var routes: [Route] {
        [
            Route("GET", Self.path, needs: .anybody) { _ in
                tokens != nil ? form(failed: false) : hasProxy ? Self.elsewhere(version) : Self.redirect(to: Self.home)
            },
            Route("POST", Self.path, needs: .anybody) { call throws(Refusal) in try signIn(call.request) },
            Route("POST", "/sign-out", needs: .anybody) { _ in
                Self.redirect(to: Self.path, [Sessions.header("", isEncrypted: isEncrypted)])
            },
        ]
    }

    private func signIn(_ request: Request) throws(Refusal) -> Response {
        guard let tokens else { return hasProxy ? Self.elsewhere(version) : Self.redirect(to: Self.home) }
        guard request.header("content-type")?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true else {
            throw Refusal(415, "a form is needed")
        }
        guard request.body.count <= 4_096, let token = Self.token(in: String(decoding: request.body, as: UTF8.self)),
            let identity = tokens.identity(of: token)
        else { return form(failed: true) }
        let value = sessions.value(for: identity, at: clock().seconds)
        return Self.redirect(to: Self.home, [Sessions.header(value, isEncrypted: isEncrypted)])
    }

    /// The field `token` of a form, where it stands there once.
    private static func token(in form: String) -> String? {
        let fields = form.split(separator: "&").filter { $0.hasPrefix("token=") }
        guard fields.count == 1 else { return nil }
        return Request.decoded(fields[0].dropFirst(6).replacing("+", with: " "))
    }

    static func redirect(to path: String, _ headers: [Request.Field] = []) -> Response {
        Response(status: 303, contentType: "text/plain; charset=utf-8", headers: [.init("Location", path)] + headers, body: [])
    }

    /// Where only a proxy lets people in.
    private static func elsewhere(_ version: String) -> Response {
        let page = PageFrame.document(
            title: "Sign in · Bursar", version: version,
            """
            <main id="main"><h1>Sign in</h1><p class="lead">People sign in at the proxy in front of this server, which did not say who you are. \
            Open this page through the proxy.</p></main>
            """)
        return .html(page, policy: .document, status: 401)
    }

    private func form(failed: Bool) -> Response {
        let problem: HTML = failed ? "<p class=\"bad\" role=\"alert\">This is no token that may read.</p>" : ""
        let page = PageFrame.document(
            title: "Sign in · Bursar", version: version,
            """
            <main id="main"><h1>Sign in</h1>\(problem)<form method="post" action="\(Self.path)"><p><label>Token <input type="password" \
            name="token" autocomplete="current-password" required=""/></label></p><p><button type="submit">Sign in</button></p></form>\
            <p class="lead">Tokens are lines of the file that the server was given with --tokens. A sign-in ends after \
            \(Int(Sessions.length / 3_600)) hours.</p></main>
            """)
        return .html(page, policy: .document, status: failed ? 401 : 200)
    }
}

extension ContentSecurityPolicy {
    /// For a page in `PageFrame`: its style and its script, by their digests, and forms of this server.
    static let document = ContentSecurityPolicy.page([
        .form: [.ownServer], .style: [.inline(digest: PageFrame.digests.style)], .script: [.inline(digest: PageFrame.digests.script)],
    ])

    /// For a page that also asks this server for events.
    static let live = ContentSecurityPolicy.page([
        .connect: [.ownServer], .form: [.ownServer], .image: [.ownServer], .style: [.inline(digest: PageFrame.digests.style)],
        .script: [.inline(digest: PageFrame.digests.script), .inline(digest: LivePage.scriptDigest)],
    ])
}
