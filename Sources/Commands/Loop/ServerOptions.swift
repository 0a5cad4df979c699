import Diagnostics
import Server

/// The options by which `serve` is reached, and what it lets in.
enum ServerOptions {
    static let listen = Option<ListenAddress>(
        "--listen", value: "ADDRESS", "a numeric address and a port (default 127.0.0.1:8080); others than this machine need --tokens",
        expected: "an address such as 127.0.0.1:8080 or [::1]:8080", parse: { ListenAddress($0) })
    static let certificate = Option<String>("--tls-cert", value: "FILE", "speak TLS, with this certificate and what signed it, in PEM")
    static let key = Option<String>("--tls-key", value: "FILE", "the certificate's key in PEM, readable by its owner alone")
    static let tokens = Option<String>(
        "--tokens", value: "FILE", "who may ask: lines of 'read' or 'write', a name and a token; read again when it changes")
    static let proxyHeader = Option<String>(
        "--proxy-header", value: "NAME", "the header in which a proxy says who is signed in there, such as X-Forwarded-User")
    static let trustedProxies = Option<String>(
        "--trusted-proxies", value: "ADDRESSES", "whose --proxy-header counts, such as 10.1.2.3 or 10.0.0.0/8,fd00::/8")
    static let webhookSecret = Option<String>(
        "--webhook-secret", value: "FILE", "take webhooks that are signed with a secret of this file, one a line")
    static let allowAnonymous = Option<Bool>.flag(
        "--allow-anonymous", help: "without --tokens: let everybody who reaches the server read")
    static let openMetrics = Option<Bool>.flag("--open-metrics", help: "let /metrics be read without a token")
    static let openBadges = Option<Bool>.flag("--open-badges", help: "let badges, which have no dollars, be read without a token")
    static let rateLimit = Option<Int>(
        "--rate-limit", value: "N", "requests a second of one client (default 20), and five times as many at once",
        expected: "a whole number from 1 to 10000", parse: { Int($0).flatMap { (1...10_000).contains($0) ? $0 : nil } })
    static let readOnly = Option<Bool>.flag("--read-only", help: "run no loop: serve what others remembered")

    static let all = [
        listen.description, certificate.description, key.description, tokens.description, proxyHeader.description,
        trustedProxies.description, webhookSecret.description,
        allowAnonymous.description, openMetrics.description, openBadges.description, rateLimit.description, readOnly.description,
        LoopOptions.traces.description,
    ]

    static func settings(_ invocation: Invocation) throws(ServerError) -> Application.Settings {
        var settings = Application.Settings()
        if let path = invocation[tokens] { settings.tokens = try BearerTokens(path: path) }
        if let header = invocation[proxyHeader], let addresses = invocation[trustedProxies] {
            settings.proxy = TrustedProxy(header: header, addresses: addresses)
            guard settings.proxy != nil else { throw .unusableProxy }
        }
        if let path = invocation[webhookSecret] { settings.webhookSecrets = try WebhookSecrets(path: path) }
        settings.allowsAnonymous = invocation.has(allowAnonymous)
        settings.hasOpenMetrics = invocation.has(openMetrics)
        settings.hasOpenBadges = invocation.has(openBadges)
        settings.isEncrypted = invocation[certificate] != nil
        if let limit = invocation[rateLimit] { settings.requestsPerSecond = limit }
        return settings
    }

    static func certificate(_ invocation: Invocation) throws(ServerError) -> HTTPListener.Certificate? {
        guard let certificate = invocation[certificate], let key = invocation[key] else { return nil }
        return try .read(certificate: certificate, key: key)
    }
}

extension ServerError {
    fileprivate static let unusableProxy = ServerError(
        code: .unsafe, message: "'--proxy-header' takes a header's name, and '--trusted-proxies' addresses such as 10.1.2.3 or 10.0.0.0/8")
}
