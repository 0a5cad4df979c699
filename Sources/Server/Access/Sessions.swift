internal import Secrets

/// Sign-ins of browsers: a cookie that names a token's owner and ends soon. Nothing is kept: the cookie is authenticated by a key that this
/// process made for itself, so that a restart ends all sessions.
struct Sessions: Sendable {
    static let cookie = "bursar-session"
    /// How long a sign-in lasts, in seconds.
    static let length: Int64 = 8 * 3_600

    private let key: [UInt8]

    init() {
        var generator = SystemRandomNumberGenerator()
        key = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// `NAME.SECONDS.CODE`; the name is in hexadecimal digits.
    func value(for entry: BearerTokens.Identity, at seconds: Int64) -> String {
        let name = Self.hex(Array(entry.bearer.name.utf8))
        let end = seconds + Self.length
        return "\(name).\(end).\(Self.hex(code(name, end, entry)))"
    }

    /// Who signed in; nil for a cookie that is not ours, is over, or whose token is not the same any more.
    func bearer(of value: String, in tokens: BearerTokens, at seconds: Int64) -> BearerTokens.Bearer? {
        let parts = value.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let end = Int64(parts[1]), seconds < end, end <= seconds + Self.length,
            let name = Authentication.bytes(ofHex: parts[0]), let given = Authentication.bytes(ofHex: parts[2]),
            let entry = tokens.identity(named: String(decoding: name, as: UTF8.self)),
            Authentication.areEqual(given, code(String(parts[0]), end, entry))
        else { return nil }
        // A page that another site opens must not be able to change anything, whatever its owner may do with the token itself.
        return BearerTokens.Bearer(name: entry.bearer.name, role: .read)
    }

    /// The cookie's value in a request's header; nil where none or several have its name.
    static func value(in header: String) -> String? {
        let values = header.split(separator: ";").compactMap { pair -> String? in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == cookie else { return nil }
            return String(parts[1])
        }
        return values.count == 1 ? values[0] : nil
    }

    /// - Parameter value: empty ends the session.
    static func header(_ value: String, isEncrypted: Bool) -> Request.Field {
        let age = value.isEmpty ? 0 : length
        let secure = isEncrypted ? "; Secure" : ""
        return .init("Set-Cookie", "\(cookie)=\(value); Path=/; Max-Age=\(age); HttpOnly; SameSite=Strict\(secure)")
    }

    /// Of the token too: another one under the same name is another sign-in.
    private func code(_ name: String, _ end: Int64, _ entry: BearerTokens.Identity) -> [UInt8] {
        Authentication.code(of: Array("\(name).\(end).".utf8) + entry.digest, key: key)
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
