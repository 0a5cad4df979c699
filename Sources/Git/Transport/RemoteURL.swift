/// Where a repository is fetched from and pushed to, checked before `git` ever sees it.
///
/// `git` takes much more for an address than it looks: `ext::sh -c …` runs a command, and one that begins with `-` is an option.
package struct RemoteURL: Hashable, Sendable, CustomStringConvertible {
    package enum Scheme: String, Hashable, Sendable, CaseIterable {
        case https, http, ssh, git, file
    }

    package let scheme: Scheme
    /// Without the port; empty for a folder.
    package let host: String
    package let port: Int?
    /// As `git` is given it. It holds no secret: an address with a password is refused.
    package let text: String

    package var description: String { text }

    /// - Parameters:
    ///   - text: `https://host/path`, `ssh://user@host/path`, `user@host:path`, `git://host/path`, or an absolute path.
    ///   - allowed: what may be spoken beside `https`, `ssh`, and `http` to this very machine.
    package init(_ text: String, allowing allowed: Set<Scheme> = []) throws(TransportError) {
        guard !text.isEmpty, text.utf8.count <= 4_096 else { throw refused("it is empty or longer than 4,096 bytes") }
        guard !text.hasPrefix("-") else { throw refused("it begins with '-', which would make it an option") }
        guard !text.unicodeScalars.contains(where: { $0.value <= 0x20 || (0x7F...0x9F).contains($0.value) }) else {
            throw refused("it holds a blank or a control character")
        }
        let parts = try RemoteURL.parse(text)
        (scheme, host, port) = (parts.scheme, parts.host, parts.port)
        self.text = text
        guard isSpoken(by: allowed) else { throw refused("the protocol '\(scheme.rawValue)' is not allowed") }
    }

    /// Whether its protocol may be spoken by those who may speak `allowed` beside `https` and `ssh`.
    func isSpoken(by allowed: Set<Scheme>) -> Bool { scheme == .https || scheme == .ssh || isNamed(in: allowed) }

    /// Whether its protocol is one of those named, or `http` to this very machine, which leaves it on no wire.
    package func isNamed(in allowed: Set<Scheme>) -> Bool {
        allowed.contains(scheme) || (scheme == .http && RemoteURL.isLoopback(host))
    }

    /// `scheme://host:port`, as `git` asks for a password of; nil where it never asks.
    var passwordScope: String? {
        guard scheme == .https || scheme == .http else { return nil }
        return "\(scheme.rawValue)://\(host)\(port.map { ":\($0)" } ?? "")"
    }

    private struct Parts {
        var scheme: Scheme
        var host = ""
        var port: Int?
    }

    private static func parse(_ text: String) throws(TransportError) -> Parts {
        if let end = text.range(of: "://") {
            let name = text[..<end.lowerBound]
            // Git compares the protocol's name as it is written.
            guard let scheme = Scheme(rawValue: String(name)) else { throw refused("the protocol '\(printable(String(name)))' is unknown") }
            return try parse(text[end.upperBound...], of: scheme)
        }
        if text.contains("::") { throw refused("'transport::' addresses run programs") }
        if text.hasPrefix("/") { return Parts(scheme: .file) }
        // As Git reads it: a colon before the first slash makes `host:path`.
        let head = text.prefix { $0 != "/" }
        guard let colon = head.firstIndex(of: ":") else { throw refused("it is neither 'protocol://…', 'host:path' nor an absolute path") }
        guard text.index(after: colon) < text.endIndex else { throw refused("it has no path") }
        guard text[text.index(after: colon)] != "-" else { throw refused("its path begins with '-'") }
        // Git would take 'user:password@host' for a path on the host 'user'.
        guard !text[colon...].contains("@") else { throw refused("it holds a password, or '@' in its path") }
        return Parts(scheme: .ssh, host: try host(in: text[..<colon], allowsUser: true))
    }

    private static func parse(_ rest: Substring, of scheme: Scheme) throws(TransportError) -> Parts {
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let path = rest[authority.endIndex...]
        if scheme == .file {
            guard authority.isEmpty, path.hasPrefix("/") else { throw refused("a 'file' address is 'file:///path'") }
            return Parts(scheme: .file)
        }
        guard path.hasPrefix("/"), path.count > 1 else { throw refused("it has no path") }
        guard !path.contains("?"), !path.contains("#") else { throw refused("it holds '?' or '#'") }
        guard !path.hasPrefix("/-") else { throw refused("its path begins with '-'") }
        var named = authority
        var port: Int?
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]"), !authority[colon...].contains("@") {
            guard let number = Int(authority[authority.index(after: colon)...]), (1...65_535).contains(number) else {
                throw refused("its port is not a number from 1 to 65535, or it holds a password")
            }
            (named, port) = (authority[..<colon], number)
        }
        return Parts(scheme: scheme, host: try host(in: named, allowsUser: scheme == .ssh), port: port)
    }

    /// The host behind an optional user; both end up on `ssh`'s command line.
    private static func host(in authority: Substring, allowsUser: Bool) throws(TransportError) -> String {
        var host = authority
        if let at = authority.lastIndex(of: "@") {
            let user = authority[..<at]
            host = authority[authority.index(after: at)...]
            guard allowsUser else { throw refused("it holds a user or a password: state them in 'credentials'") }
            guard !user.contains(":") else { throw refused("it holds a password: state it in 'credentials'") }
            guard !user.isEmpty, !user.hasPrefix("-"), user.utf8.allSatisfy({ isNameByte($0) }) else {
                throw refused("its user is no name")
            }
        }
        if host.hasPrefix("["), host.hasSuffix("]"), host.dropFirst().dropLast().utf8.allSatisfy({ isHexDigit($0) || $0 == 0x3A }),
            host.count > 2
        {
            return String(host)
        }
        guard !host.isEmpty, !host.hasPrefix("-"), host.utf8.allSatisfy({ isNameByte($0) }) else { throw refused("its host is no name") }
        return String(host)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "+"):
            true
        default: false
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool { Character(UnicodeScalar(byte)).isHexDigit }

    static func isLoopback(_ host: String) -> Bool {
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        let isAddress = octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
        return isAddress || host == "localhost" || host == "[::1]"
    }
}

extension StringProtocol {
    /// Without Foundation.
    fileprivate func range(of needle: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
            start = index(after: start)
        }
        return nil
    }
}

// Messages: what was given is not repeated, since it may hold a password.

private func refused(_ reason: String) -> TransportError {
    TransportError(.refused, "the repository's address is refused: \(reason)")
}
