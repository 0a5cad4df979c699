/// Packs bytes as one gzip member of stored blocks: enough for tests, and written without the code that is tested.
enum Gzip {
    static func member(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        var at = 0
        repeat {
            let count = min(65_535, bytes.count - at)
            result.append(at + count == bytes.count ? 1 : 0)
            result += little(UInt32(count)).prefix(2)
            result += little(~UInt32(count)).prefix(2)
            result += bytes[at..<at + count]
            at += count
        } while at < bytes.count
        return result + little(checksum(bytes)) + little(UInt32(bytes.count))
    }

    static func member(_ text: String) -> [UInt8] { member(Array(text.utf8)) }

    private static func little(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }

    /// CRC-32 as in RFC 1952.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var checksum: UInt32 = .max
        for byte in bytes {
            checksum ^= UInt32(byte)
            for _ in 0..<8 { checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xEDB8_8320 : checksum >> 1 }
        }
        return ~checksum
    }
}
