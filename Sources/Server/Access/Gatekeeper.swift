internal import CostModel

/// Decides who asks, whether they may, and whether they ask too often.
struct Gatekeeper: Sendable {
    /// Nil: there are none; whoever reaches the server may read, and nobody may change anything.
    let tokens: BearerTokens?
    /// Nil: nobody may say for others who asks.
    let proxy: TrustedProxy?
    /// Whether without tokens any address and any name of the server is good.
    let allowsAnonymous: Bool
    let limiter: RateLimiter
    let sessions: Sessions
    let clock: @Sendable () -> Instant

    enum Need: Hashable {
        /// Anybody, as often as they like: probes, which cost next to nothing.
        case nothing
        /// Anybody, but not too often.
        case anybody
        case role(BearerTokens.Role)
    }

    enum Decision {
        /// - Parameter name: the token's; nil for who shows none.
        case pass(name: String?)
        case refuse(Response)
    }

    func judge(_ request: Request, needs need: Need) -> Decision {
        if need == .nothing { return .pass(name: nil) }
        let bearer = bearer(of: request)
        // Who shows no good token is counted by address: guessing is slow.
        if let seconds = limiter.wait(for: bearer.map { "token \($0.name)" } ?? Self.network(of: request.client)) {
            return .refuse(.problem(429, "too many requests", headers: [.init("Retry-After", "\(seconds)")]))
        }
        guard case .role(let role) = need else { return .pass(name: nil) }
        guard tokens != nil || proxy != nil else { return withoutTokens(request, role) }
        guard let bearer else { return .refuse(.unauthorized) }
        guard bearer.role >= role else { return .refuse(.problem(403, "the token may not change anything")) }
        return .pass(name: bearer.name)
    }

    private func withoutTokens(_ request: Request, _ role: BearerTokens.Role) -> Decision {
        guard role == .read else { return .refuse(.problem(403, "the server has no tokens, so nobody may change anything")) }
        // A page in a browser of this machine may ask us under a name of its own that leads here.
        guard allowsAnonymous || Self.isLocal(host: request.header("host") ?? "") else {
            return .refuse(.problem(421, "the server answers to localhost"))
        }
        return .pass(name: nil)
    }

    /// Who asks. The one place in which a request's credentials become a name and a role: other ways to show them than a bearer token, such as
    /// a browser's session, belong here.
    private func bearer(of request: Request) -> BearerTokens.Bearer? {
        if let token = token(of: request) { return tokens?.bearer(of: token) }
        // A browser that is signed in reads, and does nothing else: pages of other sites can make it ask.
        guard request.method == "GET" || request.method == "HEAD" else { return nil }
        if let user = proxy?.user(of: request) { return BearerTokens.Bearer(name: "user \(user)", role: .read) }
        guard let tokens, let value = request.header("cookie").flatMap({ Sessions.value(in: $0) }) else { return nil }
        return sessions.bearer(of: value, in: tokens, at: clock().seconds)
    }

    private func token(of request: Request) -> String? {
        guard let value = request.header("authorization") else { return nil }
        let words = value.split(separator: " ", omittingEmptySubsequences: true)
        return words.count == 2 && words[0].lowercased() == "bearer" ? String(words[1]) : nil
    }

    private static func isLocal(host: String) -> Bool {
        let name = host.hasPrefix("[") ? String(host.prefix { $0 != "]" }) + "]" : String(host.prefix { $0 != ":" })
        return name.lowercased() == "localhost" || name == "[::1]"
            || (name.hasPrefix("127.") && ListeningSocket.isAddress(name, isIPv6: false))
    }

    /// An address by which a client is counted: of IPv6 the first half, for the second is the client's own to choose.
    static func network(of client: String) -> String {
        guard client.contains(":"), !client.hasPrefix("::") else { return client }
        var groups: [Substring] = []
        for group in client.split(separator: ":", omittingEmptySubsequences: false) {
            if group.isEmpty || groups.count == 4 { break }
            groups.append(group)
        }
        return groups.joined(separator: ":") + "::/64"
    }
}

extension Response {
    fileprivate static let unauthorized = Response.problem(
        401, "a bearer token is needed", headers: [.init("WWW-Authenticate", "Bearer realm=\"bursar\"")])
}
