internal import CNettle

/// Comparing with secrets, and authenticating by them. How long it takes tells the length of what is compared or hashed, and nothing else:
/// Nettle promises that, our own SHA-256 (`CostModel`) does not.
package enum Authentication {
    private static let digestSize = Int(SHA256_DIGEST_SIZE)

    /// Whether two texts are the same.
    package static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        a.count == b.count && nettle_memeql_sec(a, b, a.count) == 1
    }

    /// HMAC-SHA256 (RFC 2104), 32 bytes.
    package static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: digestSize) { buffer, count in
            bursar_hmac_sha256(key, key.count, message, message.count, buffer.baseAddress)
            count = digestSize
        }
    }

    /// SHA-256 of a secret, 32 bytes: what may be kept of it.
    package static func digest(of secret: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: digestSize) { buffer, count in
            bursar_sha256(secret, secret.count, buffer.baseAddress)
            count = digestSize
        }
    }

    /// The bytes of an even number of hexadecimal digits, of either case; nil for anything else.
    package static func bytes(ofHex text: some StringProtocol) -> [UInt8]? {
        let digits = text.utf8.map { digit -> UInt8? in
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
            default: nil
            }
        }
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[place], let low = digits[place + 1] else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }
}
