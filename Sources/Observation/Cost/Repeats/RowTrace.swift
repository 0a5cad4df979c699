/// What a row leaves behind by which its copies are found.
struct RowTrace {
    /// The same for rows that agree to the letter.
    var content: UInt64
    /// Whether the provider names each of its lines: no two of them are the same line then.
    var isIdentified = false
    /// Of which resource and service it is, as digests; 0: it does not say.
    var resource: UInt32 = 0
    var service: UInt32 = 0
    var line: Int

    /// Digests are the same in every run, so that what is said of a bill is, too.
    @inline(__always)
    static var hash: ByteHash { ByteHash(key: 0x5851_F42D_4C95_7F2D, 0x1405_7B7E_F767_814F) }

    /// The digest of a text; 0: there is none.
    static func digest(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        text.isEmpty ? 0 : UInt32(truncatingIfNeeded: hash.hash(text)) | 1
    }
}

extension CSVRecord {
    /// All of it without its line end.
    @inline(__always)
    var content: UnsafeBufferPointer<UInt8> {
        let start = Int(starts[0])
        var end = Int(starts[count]) - 1
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return UnsafeBufferPointer(start: bytes + start, count: end - start)
    }
}
