/// A string or a key where it stands in the text that is read. It has been checked, and nothing is copied until a copy is asked for.
///
/// It points into the reader's bytes: keep what it says (`string`), not the text itself.
///
/// As a sequence it is the UTF-8 of what the string means. Half of a surrogate pair (`\ud83d` alone) means U+FFFD, as in Go and so in
/// Terraform.
package struct JSONText: Sequence {
    /// Between the quotes.
    let written: UnsafeBufferPointer<UInt8>
    let hasEscapes: Bool

    package var string: String {
        guard hasEscapes else { return String(decoding: written, as: UTF8.self) }
        // An escape is never shorter than what it means.
        return String(unsafeUninitializedCapacity: written.count) { buffer in
            var count = 0
            for byte in self {
                buffer[count] = byte
                count += 1
            }
            return count
        }
    }

    /// Hands out what the string means, and copies it only where there are escapes.
    package func withBytes<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        if !hasEscapes { return try body(written) }
        let bytes = Array(self)
        return try bytes.withUnsafeBufferPointer { (bytes) throws(Failure) in try body(bytes) }
    }

    package static func == (text: JSONText, other: String) -> Bool {
        guard text.hasEscapes || text.written.count == other.utf8.count else { return false }
        return text.elementsEqual(other.utf8)
    }

    /// So that a `switch` over keys makes no strings.
    package static func ~= (pattern: StaticString, text: JSONText) -> Bool {
        let pattern = UnsafeBufferPointer(start: pattern.utf8Start, count: pattern.utf8CodeUnitCount)
        guard text.hasEscapes || text.written.count == pattern.count else { return false }
        return text.elementsEqual(pattern)
    }

    package func makeIterator() -> Iterator { Iterator(written: written) }

    package struct Iterator: IteratorProtocol {
        fileprivate let written: UnsafeBufferPointer<UInt8>
        private var at = 0
        /// The rest of an escaped character's bytes, the next one lowest.
        private var pending: UInt32 = 0

        fileprivate init(written: UnsafeBufferPointer<UInt8>) { self.written = written }

        package mutating func next() -> UInt8? {
            if pending != 0 {
                defer { pending >>= 8 }
                return UInt8(truncatingIfNeeded: pending)
            }
            guard at < written.count else { return nil }
            let byte = written[at]
            at += 1
            guard byte == UInt8(ascii: "\\") else { return byte }
            let letter = written[at]
            at += 1
            switch letter {
            case UInt8(ascii: "b"): return 0x08
            case UInt8(ascii: "f"): return 0x0C
            case UInt8(ascii: "n"): return 0x0A
            case UInt8(ascii: "r"): return 0x0D
            case UInt8(ascii: "t"): return 0x09
            case UInt8(ascii: "u"): return numbered()
            default: return letter
            }
        }

        /// The first byte of a character that is written as a number; the others are pending.
        private mutating func numbered() -> UInt8 {
            let scalar = scalar()
            var isFirst = true
            var (first, shift) = (UInt8(0), UInt32(0))
            for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                if isFirst {
                    (first, isFirst) = (byte, false)
                } else {
                    pending |= UInt32(byte) << shift
                    shift += 8
                }
            }
            return first
        }

        private mutating func scalar() -> Unicode.Scalar {
            let high = codeUnit(at)
            at += 4
            if let scalar = Unicode.Scalar(high) { return scalar }
            guard UTF16.isLeadSurrogate(high), at + 6 <= written.count, written[at] == UInt8(ascii: "\\"),
                written[at + 1] == UInt8(ascii: "u")
            else { return "\u{FFFD}" }
            let low = codeUnit(at + 2)
            guard UTF16.isTrailSurrogate(low) else { return "\u{FFFD}" }
            at += 6
            return UTF16.decode(UTF16.EncodedScalar([high, low]))
        }

        private func codeUnit(_ place: Int) -> UInt16 {
            (0..<4).reduce(0) { $0 << 4 | UInt16(written[place + $1].hexadecimalValue ?? 0) }
        }
    }
}

extension UInt8 {
    /// Of a digit `0`–`9`, `a`–`f`, `A`–`F`.
    var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    var isDigit: Bool { self &- 48 < 10 }
}
