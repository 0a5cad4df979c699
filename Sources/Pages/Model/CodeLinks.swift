package import CostModel

/// Where files and commits can be read on a code host.
package struct CodeLinks: Hashable, Sendable {
    /// `https://github.com/acme/infra`, without a slash behind it.
    private let base: String
    private let host: CodeHost
    /// The commit that was judged, in full; nil: none was.
    private let commit: String?
    /// The workspace's folder in the repository; empty for its root.
    private let prefix: String

    /// Nil for what is no plain address of the web: a page must not lead anywhere else.
    ///
    /// - Parameter host: nil: as the address's name says, else as GitHub does it.
    package init?(base: String, host: CodeHost? = nil, commit: String?, prefix: String) {
        guard Self.isPlain(base) else { return nil }
        var base = base
        while base.hasSuffix("/") { base.removeLast() }
        self.base = base.hasSuffix(".git") ? String(base.dropLast(4)) : base
        let name = base.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        self.host = host ?? (name.contains("gitlab") ? .gitlab : name.contains("gitea") || name.contains("codeberg") ? .gitea : .github)
        self.commit = commit.flatMap { $0.utf8.count >= 40 && $0.allSatisfy(\.isHexDigit) ? $0 : nil }
        self.prefix = prefix
    }

    /// Whether an address may stand behind a link: encrypted or not, without a user, and of the characters that need no escape.
    static func isPlain(_ address: String) -> Bool {
        guard address.hasPrefix("https://") || address.hasPrefix("http://"), address.utf8.count <= 2_000 else { return false }
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/%?=&+#!,".utf8)
        return address.utf8.allSatisfy(allowed.contains)
    }

    func file(_ place: Place) -> String? {
        guard let commit else { return nil }
        let path = Self.escaped(prefix.isEmpty ? place.file : prefix + "/" + place.file)
        return switch host {
        case .github: "\(base)/blob/\(commit)/\(path)#L\(place.line)"
        case .gitlab: "\(base)/-/blob/\(commit)/\(path)#L\(place.line)"
        case .gitea: "\(base)/src/commit/\(commit)/\(path)#L\(place.line)"
        }
    }

    func commit(_ id: String) -> String? {
        guard id.utf8.count >= 7, id.allSatisfy(\.isHexDigit) else { return nil }
        return host == .gitlab ? "\(base)/-/commit/\(id)" : "\(base)/commit/\(id)"
    }

    /// A path in an address (RFC 3986): everything else than its unreserved characters and slashes is written out.
    private static func escaped(_ path: String) -> String {
        var result = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return result
    }
}
