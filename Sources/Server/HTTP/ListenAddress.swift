/// Where the server listens: a numeric address, or `localhost`, and a port.
package struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    package var host: String
    package var port: UInt16
    package var isIPv6: Bool

    /// `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`; port 0 takes any that is free. Nil for anything else: names are not looked up, so
    /// that where the server can be reached does not depend on somebody's answer.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else { return nil }
        self.port = port
        var host = String(text[..<colon])
        if host == "localhost" { host = "127.0.0.1" }
        isIPv6 = host.hasPrefix("[")
        if isIPv6 {
            guard host.hasSuffix("]") else { return nil }
            host = String(host.dropFirst().dropLast())
        }
        self.host = host
        guard ListeningSocket.isAddress(host, isIPv6: isIPv6) else { return nil }
    }

    /// Whether only this machine can reach it.
    package var isLoopback: Bool { isIPv6 ? host == "::1" : host.hasPrefix("127.") }

    package var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
