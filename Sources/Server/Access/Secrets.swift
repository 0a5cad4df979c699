internal import CostModel

/// Comparing and authenticating with secrets.
///
/// SHA-256 as CostModel has it takes no branch and no index from what it hashes, so its time tells nothing but the length.
enum Secrets {
    /// Whether two texts are the same; how long it takes depends on neither's content.
    static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        var difference: UInt8 = a.count == b.count ? 0 : 1
        for index in a.indices where !b.isEmpty { difference |= a[index] ^ b[index % b.count] }
        return difference == 0
    }

    /// HMAC-SHA256 (RFC 2104) as 64 lower-case hexadecimal digits.
    static func authenticationCode(of message: [UInt8], key: [UInt8]) -> String {
        let key = key.count > 64 ? bytes(ofHex: SHA256.hexDigest(of: key)) : key
        let padded = key + [UInt8](repeating: 0, count: 64 - key.count)
        var inner = SHA256()
        inner.update(padded.map { $0 ^ 0x36 })
        inner.update(message)
        var outer = SHA256()
        outer.update(padded.map { $0 ^ 0x5C })
        outer.update(bytes(ofHex: inner.hexDigest()))
        return outer.hexDigest()
    }

    private static func bytes(ofHex text: String) -> [UInt8] {
        let digits = text.utf8.map { $0 < 0x60 ? $0 - 0x30 : $0 - 0x57 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
