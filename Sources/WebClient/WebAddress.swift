internal import Foundation

/// An absolute HTTP address: its origin decides what may be followed, and what may be told.
package struct WebAddress: Hashable, Sendable {
    package let scheme: String
    package let host: String
    package let port: Int
    /// As it is written behind the origin, query included.
    package let path: String

    /// - Returns: nil for anything but `http` and `https`, and for one that carries a user's name or password.
    package init?(_ text: String) {
        guard text.utf8.count <= 8192, let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "https" || scheme == "http", let host = parts.host?.lowercased(), !host.isEmpty, parts.user == nil,
            parts.password == nil
        else { return nil }
        self.scheme = scheme
        self.host = host
        port = parts.port ?? (scheme == "https" ? 443 : 80)
        path = parts.percentEncodedPath + (parts.percentEncodedQuery.map { "?\($0)" } ?? "")
    }

    package func hasSameOrigin(as other: WebAddress) -> Bool { scheme == other.scheme && host == other.host && port == other.port }

    /// Whether it never leaves this machine.
    package var isLoopback: Bool {
        if host == "localhost" || host == "::1" || host == "[::1]" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }

    private var origin: String { "\(scheme)://\(host)\(port == (scheme == "https" ? 443 : 80) ? "" : ":\(port)")" }
    package var absolute: String { origin + path }
    /// For messages: without the query.
    package var shown: String { origin + path.prefix { $0 != "?" } }

    /// Where a `Location` or `Link` leads from here.
    package func resolving(_ reference: String) -> WebAddress? {
        guard let base = URL(string: absolute), let url = URL(string: reference, relativeTo: base) else { return nil }
        return WebAddress(url.absoluteString)
    }

    /// A path's segment or a query's value, with nothing left that could end it.
    package static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}
