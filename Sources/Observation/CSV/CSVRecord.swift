/// A record of a CSV text, as bytes that stand in the reader's buffer until the next batch is asked for.
struct CSVRecord {
    let bytes: UnsafePointer<UInt8>
    /// The fields' starts, and one more.
    let starts: UnsafePointer<UInt32>
    let count: Int

    /// A line with nothing in it.
    var isBlank: Bool { count == 1 && self[0].isEmpty && bytes[Int(starts[0])] != UInt8(ascii: "\"") }

    @inline(__always)
    subscript(index: Int) -> CSVField {
        let start = Int(starts[index])
        var end = Int(starts[index + 1]) - 1
        if index == count - 1, end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        guard end - start >= 2, bytes[start] == UInt8(ascii: "\"") else {
            return CSVField(bytes: UnsafeBufferPointer(start: bytes + start, count: end - start), isQuoted: false)
        }
        return CSVField(bytes: UnsafeBufferPointer(start: bytes + start + 1, count: end - start - 2), isQuoted: true)
    }
}

/// A field without its enclosing quotes.
struct CSVField {
    let bytes: UnsafeBufferPointer<UInt8>
    let isQuoted: Bool

    var isEmpty: Bool { bytes.isEmpty }

    /// Empty, `NULL` and `null` are no value.
    @inline(__always)
    var isNull: Bool {
        guard let base = bytes.baseAddress, bytes.count > 0 else { return true }
        guard bytes.count == 4 else { return false }
        let word = UnsafeRawPointer(base).loadUnaligned(as: UInt32.self)
        return word == Self.upperNull || word == Self.lowerNull
    }

    private static var upperNull: UInt32 { UInt32(littleEndian: 0x4C4C_554E) }
    private static var lowerNull: UInt32 { UInt32(littleEndian: 0x6C6C_756E) }

    /// Whether doubled quotes stand for single ones.
    @inline(__always)
    var hasDoubledQuotes: Bool { isQuoted && bytes.holds(UInt8(ascii: "\"")) }

    /// The value with doubled quotes made single.
    var unquoted: [UInt8] {
        guard hasDoubledQuotes else { return Array(bytes) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var skip = false
        for byte in bytes {
            if skip {
                skip = false
            } else {
                result.append(byte)
                skip = byte == UInt8(ascii: "\"")
            }
        }
        return result
    }

    var text: String { String(decoding: unquoted, as: UTF8.self) }

    /// The value for a message: short, on one line.
    var excerpt: String {
        let text = String(decoding: unquoted.prefix(60), as: UTF8.self)
        return "'" + text.map { $0.isNewline ? " " : String($0) }.joined() + (bytes.count > 60 ? "…'" : "'")
    }
}
