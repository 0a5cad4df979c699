internal import Glibc

/// A proxy in front of the server that knows people: it says in a header who asks. Whoever else sends the header says nothing by it.
package struct TrustedProxy: Hashable, Sendable {
    /// Addresses that begin alike.
    private struct Network: Hashable, Sendable {
        let address: [UInt8]
        let bits: Int

        func contains(_ other: [UInt8]) -> Bool {
            guard other.count == address.count else { return false }
            let whole = bits / 8
            guard other.prefix(whole) == address.prefix(whole) else { return false }
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> (bits % 8))
            return bits % 8 == 0 || other[whole] & mask == address[whole] & mask
        }
    }

    /// No name of a person is longer; it stands in logs.
    private static let longestName = 200

    /// In lower case.
    private let header: String
    private let networks: [Network]

    /// Nil for what is no header's name, or no list of addresses such as `127.0.0.1,10.0.0.0/8,fd00::/8`.
    package init?(header: String, addresses: String) {
        guard Request.isHeaderName(header) else { return nil }
        self.header = header.lowercased()
        var networks: [Network] = []
        for text in addresses.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let address = Self.bytes(of: String(parts[0])) else { return nil }
            let bits = parts.count > 1 ? Int(parts[1]) : address.count * 8
            guard let bits, (0...address.count * 8).contains(bits) else { return nil }
            networks.append(Network(address: address, bits: bits))
        }
        self.networks = networks
    }

    /// Who asks, as a trusted proxy says; nil where it says nothing, or says it twice.
    func user(of request: Request) -> String? {
        guard let client = Self.bytes(of: request.client), networks.contains(where: { $0.contains(client) }) else { return nil }
        let values = request.headers.filter { $0.name == header }
        guard values.count == 1, let name = values.first?.value, !name.allSatisfy({ $0 == " " }), name.utf8.count <= Self.longestName
        else { return nil }
        return name
    }

    /// Four bytes or sixteen. An IPv4 address is the same where a socket for IPv6 tells it.
    private static func bytes(of address: String) -> [UInt8]? {
        var (four, six) = (in_addr(), in6_addr())
        if inet_pton(AF_INET, address, &four) == 1 { return withUnsafeBytes(of: &four) { Array($0) } }
        guard inet_pton(AF_INET6, address, &six) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: &six) { Array($0) }
        let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        return isMapped ? Array(bytes.suffix(4)) : bytes
    }
}
