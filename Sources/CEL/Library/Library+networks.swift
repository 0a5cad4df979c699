/// IP addresses, as Kubernetes has them.
extension Library {
    static let networks: [Function] = addresses + ranges

    private static let addresses: [Function] =
        [
            .function("ip", returns: .ip) { (a: String, _) in address(a) { .ip($0) } },
            .function("isIP", returns: .bool) { (a: String, _) in
                if case .error = address(a, { .ip($0) }) { return .bool(false) }
                return .bool(true)
            },
            .function("ip.isCanonical", returns: .bool) { (a: String, _) in address(a) { .bool($0.text == a) } },
            .method("family", returns: .int) { (a: Address, _) in .int(a.address.isVersion4 ? 4 : 6) },
        ] + kinds.map { name, holds in .method(name, returns: .bool) { (a: Address, _) in .bool(holds(a.address.bytes)) } }

    private static let kinds: [(String, @Sendable ([UInt8]) -> Bool)] = [
        ("isUnspecified", { $0.allSatisfy { $0 == 0 } }),
        ("isLoopback", isLoopback),
        ("isGlobalUnicast", { isUnicast($0) && !isLinkLocal($0) }),
        ("isLinkLocalMulticast", { $0.count == 4 ? $0[..<3] == [224, 0, 0] : $0[0] == 0xFF && $0[1] & 0x0F == 2 }),
        ("isLinkLocalUnicast", isLinkLocal),
    ]

    @Sendable private static func isLoopback(_ bytes: [UInt8]) -> Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
    }

    @Sendable private static func isLinkLocal(_ bytes: [UInt8]) -> Bool {
        bytes.count == 4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
    }

    private static func isUnicast(_ bytes: [UInt8]) -> Bool {
        let isMulticast = bytes.count == 4 ? bytes[0] & 0xF0 == 224 : bytes[0] == 0xFF
        let isBroadcast = bytes == [255, 255, 255, 255]
        return !isMulticast && !isBroadcast && !isLoopback(bytes) && !bytes.allSatisfy { $0 == 0 }
    }

    private static let ranges: [Function] = [
        .function("cidr", returns: .cidr) { (a: String, _) in network(a) { .cidr($0) } },
        .function("isCIDR", returns: .bool) { (a: String, _) in
            if case .error = network(a, { .cidr($0) }) { return .bool(false) }
            return .bool(true)
        },
        .method("containsIP", returns: .bool) { (a: Network, b: Address, _) in .bool(a.network.contains(b.address)) },
        .method("containsIP", returns: .bool) { (a: Network, b: String, _) in address(b) { .bool(a.network.contains($0)) } },
        .method("containsCIDR", returns: .bool) { (a: Network, b: Network, _) in .bool(a.network.contains(b.network)) },
        .method("containsCIDR", returns: .bool) { (a: Network, b: String, _) in network(b) { .bool(a.network.contains($0)) } },
        .method("ip", returns: .ip) { (a: Network, _) in .ip(a.network.address) },
        .method("masked", returns: .cidr) { (a: Network, _) in .cidr(a.network.masked) },
        .method("prefixLength", returns: .int) { (a: Network, _) in .int(Int64(a.network.prefixLength)) },
    ]

    private static func address(_ text: String, _ use: (CELAddress) -> CELValue) -> CELValue {
        do {
            return use(try CELAddress.parse(text))
        } catch {
            return .error(error)
        }
    }

    private static func network(_ text: String, _ use: (CELNetwork) -> CELValue) -> CELValue {
        do {
            return use(try CELNetwork.parse(text))
        } catch {
            return .error(error)
        }
    }
}
