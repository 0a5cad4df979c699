internal import Programs
internal import Secrets

/// What a program said on its standard error, made fit for a log and understood as far as callers need it.
struct Complaint {
    /// The last lines, printable, without secrets.
    let text: String
    /// What the other side said itself, line by line: Git marks it with `remote:`.
    let remoteLines: [String]
    private let lowercased: String

    /// - Parameter secrets: text that must not be repeated.
    init(_ bytes: [UInt8], hiding secrets: [String]) {
        // The reason stands at the end; a server's own words before it are kept as far as there is room. A secret that was cut in two would
        // not be found any more: it is hidden first.
        let said = String(decoding: HiddenText(secrets).hide(String(decoding: bytes, as: UTF8.self)).utf8.suffix(16 << 10), as: UTF8.self)
        let lines = said.split(whereSeparator: { $0.isNewline }).map {
            printable(Complaint.withoutUserInfo(String($0.map { $0 == "\t" ? " " : $0 })))
        }
        .filter { !$0.allSatisfy(\.isWhitespace) }
        remoteLines = lines.filter { $0.hasPrefix("remote:") }.suffix(8).map {
            String($0.dropFirst(7).drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed().prefix(400))
        }
        .filter { !$0.isEmpty }
        let kept = lines.suffix(8).map { $0.prefix(400) }.joined(separator: "; ")
        text = String(kept.suffix(1_200))
        lowercased = lines.suffix(40).joined(separator: "\n").lowercased()
    }

    /// The first of these that was said decides; what was said for a more certain reason stands first.
    private static let signs: [(code: TransportError.Code, texts: [String])] = [
        (
            .moved,
            [
                "unable to update url base from redirection", "returned error: 301", "returned error: 302", "returned error: 303",
                "returned error: 307", "returned error: 308",
            ]
        ),
        (
            .refused,
            [
                "not allowed", "host key verification failed", "certificate problem", "certificate verification failed", "ssl certificate",
                "dubious ownership", "unsafe repository", "strange hostname", "strange pathname",
            ]
        ),
        (
            .unauthorized,
            [
                "authentication failed", "could not read username", "could not read password", "permission denied",
                "terminal prompts disabled",
                "returned error: 401", "returned error: 403", "unable to read askpass", "too many authentication failures",
                "invalid credentials",
            ]
        ),
        (
            .notFound,
            [
                "does not appear to be a git repository", "repository not found", "returned error: 404", "returned error: 410",
                "access denied or repository not exported", "project you were looking for could not be found", "no such file or directory",
                "' not found",
            ]
        ),
        (
            .corrupt,
            [
                "fsck error", "error in object", "possible repository corruption", "did not send all necessary objects", "invalid tree",
                "bad object",
                "object corrupt", "is corrupt", "corrupt loose object", "unresolved delta", "inconsistency", "pack is corrupted",
                "pack has bad",
                "garbage at end of", "sha1 collision", "bad pack", "missing tree", "missing blob", "missing commit",
                "unable to parse object",
                "hash mismatch", "loose object", "inflate", "bad tree", "not a commit", "not a valid object", "unable to read tree",
                "unable to read ",
                "could not parse", "failed to read object", "cannot parse", "protocol error", "bad line length", "expected ",
                "unable to find ", "bogus ref", "invalid refname", "funny refname", "trying to write ref", "upload-pack: not our ref",
                "cannot read object", "duplicate entries", "is not valid", "invalid server response", "not valid: is this a git repository",
            ]
        ),
        (
            .network,
            [
                "could not resolve", "connection refused", "connection reset", "connection timed out", "connection closed", "timed out",
                "failed to connect", "couldn't connect", "early eof", "hung up unexpectedly", "network is unreachable", "no route to host",
                "unable to connect", "unexpected disconnect", "broken pipe", "returned error: 429", "returned error: 5", "rpc failed",
                "empty reply from server", "recv failure", "send failure", "operation too slow", "couldn't find remote ref", "ssl_error",
                "gnutls_handshake", "tls connection was non-properly terminated", "tls connect error", "kex_exchange_identification",
                "name or service not known", "temporary failure",
            ]
        ),
    ]

    var code: TransportError.Code {
        if lowercased.contains("ssh: not found") || lowercased.contains("cannot run ssh") { return .missingProgram }
        return Complaint.signs.first { $0.texts.contains { lowercased.contains($0) } }?.code ?? .other
    }

    /// Addresses lose what stands between `//` and `@`.
    private static func withoutUserInfo(_ line: String) -> String {
        var result = ""
        var rest = line[...]
        while let slashes = rest.firstRange(of: "//") {
            result += rest[..<slashes.upperBound]
            rest = rest[slashes.upperBound...]
            let authority = rest.prefix { !" /'\"\t".contains($0) }
            if let at = authority.lastIndex(of: "@") {
                result += "***"
                rest = rest[at...]
            }
        }
        return result + rest
    }
}

/// Text from elsewhere for a log or a terminal: control and bidirectional characters become U+FFFD.
func printable(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(isHarmless(scalar) ? scalar : "\u{FFFD}") }
    return String(scalars)
}

private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: return false
    default: return true
    }
}
