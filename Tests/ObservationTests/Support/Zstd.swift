/// Packs bytes as one zstd frame of blocks as they are: enough for tests, and written without the code that is tested.
enum Zstd {
    static func frame(_ bytes: [UInt8]) -> [UInt8] {
        // No checksum, no size, a window of 8 MiB.
        var result: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0, 13 << 3]
        var at = 0
        repeat {
            let count = min(100_000, bytes.count - at)
            let header = count << 3 | (at + count == bytes.count ? 1 : 0)
            result += (0..<3).map { UInt8(truncatingIfNeeded: header >> (8 * $0)) }
            result += bytes[at..<at + count]
            at += count
        } while at < bytes.count
        return result
    }

    static func frame(_ text: String) -> [UInt8] { frame(Array(text.utf8)) }

    /// A frame for others.
    static func skippable(_ bytes: [UInt8]) -> [UInt8] { [0x50, 0x2A, 0x4D, 0x18, UInt8(bytes.count), 0, 0, 0] + bytes }
}
