/// An IP address, version 4 or 6.
package final class CELAddress: Sendable {
    /// 4 or 16 bytes.
    package let bytes: [UInt8]
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isVersion4: Bool { bytes.count == 4 }

    /// The shortest form, as in RFC 5952.
    package var text: String {
        if isVersion4 { return bytes.map { String($0) }.joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
        var longest = 0..<0
        var start = 0
        while start < 8 {
            var end = start
            while end < 8, groups[end] == 0 { end += 1 }
            if end - start > max(1, longest.count) { longest = start..<end }
            start = max(end, start + 1)
        }
        let hex = groups.map { String($0, radix: 16) }
        guard !longest.isEmpty else { return hex.joined(separator: ":") }
        return hex[..<longest.lowerBound].joined(separator: ":") + "::" + hex[longest.upperBound...].joined(separator: ":")
    }

    static func parse(_ text: String) throws(CELError) -> CELAddress {
        guard !text.contains("%") else { throw CELError("an IP address with a zone, as in '\(text.prefix(60))', is not allowed") }
        let wrong = CELError("'\(text.prefix(60))' is not an IP address")
        guard text.contains(":") else {
            guard let bytes = version4(text) else { throw wrong }
            return CELAddress(bytes)
        }
        guard let bytes = version6(text) else { throw wrong }
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        guard isMapped else { return CELAddress(bytes) }
        guard !text.contains(".") else { throw CELError("an IPv4-mapped IPv6 address, as in '\(text.prefix(60))', is not allowed") }
        return CELAddress(Array(bytes[12...]))
    }

    private static func version4(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy(\.isDigit), part == "0" || !part.hasPrefix("0"),
                let byte = UInt8(part)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func version6(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= 45 else { return nil }
        // `::` may stand once and takes the place of at least one group.
        var halves: [[UInt8]] = []
        if let gap = text.utf8.indices.first(where: { text.utf8[$0...].starts(with: "::".utf8) }) {
            let (before, after) = (text[..<gap], text[text.utf8.index(gap, offsetBy: 2)...])
            guard let first = groups(before, isLast: false), let second = groups(after, isLast: true), !after.hasPrefix(":") else {
                return nil
            }
            halves = [first, second]
        } else {
            guard let only = groups(text[...], isLast: true), only.count == 16 else { return nil }
            return only
        }
        let missing = 16 - halves[0].count - halves[1].count
        guard missing >= 2 else { return nil }
        return halves[0] + Array(repeating: 0, count: missing) + halves[1]
    }

    private static func groups(_ text: Substring, isLast: Bool) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if part.contains(".") {
                guard isLast, index == parts.count - 1, let tail = version4(part) else { return nil }
                bytes += tail
            } else {
                guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy({ $0.hexValue != nil }), let group = UInt16(part, radix: 16)
                else { return nil }
                bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
            }
        }
        return bytes
    }
}

/// A range of IP addresses: an address and how many of its bits count.
package final class CELNetwork: Sendable {
    package let address: CELAddress
    package let prefixLength: Int

    init(_ address: CELAddress, prefixLength: Int) {
        self.address = address
        self.prefixLength = prefixLength
    }

    package var text: String { "\(address.text)/\(prefixLength)" }

    static func parse(_ text: String) throws(CELError) -> CELNetwork {
        guard !text.contains("%") else { throw CELError("a CIDR with a zone, as in '\(text.prefix(60))', is not allowed") }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy(\.isDigit),
            parts[1] == "0" || !parts[1].hasPrefix("0"), let length = Int(parts[1])
        else { throw CELError("'\(text.prefix(60))' is not a CIDR such as '10.0.0.0/8'") }
        let address = try CELAddress.parse(String(parts[0]))
        guard !(address.isVersion4 && parts[0].contains(":")) else {
            throw CELError("an IPv4-mapped IPv6 address, as in '\(text.prefix(60))', is not allowed")
        }
        guard length <= address.bytes.count * 8 else { throw CELError("'\(text.prefix(60))' has a prefix that is too long") }
        return CELNetwork(address, prefixLength: length)
    }

    /// With zeros behind the prefix.
    var masked: CELNetwork {
        let bytes = address.bytes.enumerated().map { index, byte in
            let kept = min(8, max(0, prefixLength - index * 8))
            return kept == 8 ? byte : byte & ~(0xFF >> UInt8(kept))
        }
        return CELNetwork(CELAddress(bytes), prefixLength: prefixLength)
    }

    func contains(_ other: CELAddress) -> Bool {
        address.bytes.count == other.bytes.count
            && masked.address.bytes == CELNetwork(other, prefixLength: prefixLength).masked.address.bytes
    }

    func contains(_ other: CELNetwork) -> Bool { other.prefixLength >= prefixLength && contains(other.address) }
}
