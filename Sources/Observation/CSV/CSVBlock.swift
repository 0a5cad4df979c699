/// Where the special bytes of a block of 64 are: bit *n* stands for byte *n*.
///
/// Eight words are compared at a time with plain integer arithmetic, which the compiler turns into vector instructions; comparing
/// `SIMD64<UInt8>` does not become any.
struct CSVBlock {
    var quotes: UInt64
    var newlines: UInt64
    /// Commas and newlines.
    var separators: UInt64

    /// - Parameter bytes: 64 of them can be read.
    @inline(__always)
    init(_ bytes: UnsafeRawPointer) {
        let words = bytes.loadUnaligned(as: SIMD8<UInt64>.self)
        let comma = Self.differs(words, from: UInt8(ascii: ","))
        let newline = Self.differs(words, from: UInt8(ascii: "\n"))
        quotes = Self.bits(~Self.differs(words, from: UInt8(ascii: "\"")))
        separators = Self.bits(~(comma & newline))
        newlines = separators == 0 ? 0 : Self.bits(~newline)
    }

    /// Bit 7 of each byte is set when the byte is another one. There is no carry from byte to byte.
    @inline(__always)
    private static func differs(_ words: SIMD8<UInt64>, from byte: UInt8) -> SIMD8<UInt64> {
        let difference = words ^ SIMD8(repeating: UInt64(byte) &* 0x0101_0101_0101_0101)
        let low = SIMD8<UInt64>(repeating: 0x7F7F_7F7F_7F7F_7F7F)
        return ((difference & low) &+ low) | difference
    }

    /// Gathers bit 7 of each byte.
    @inline(__always)
    private static func bits(_ words: SIMD8<UInt64>) -> UInt64 {
        let flags = words & SIMD8(repeating: 0x8080_8080_8080_8080)
        var bits: UInt64 = 0
        for word in 0..<8 {
            bits |= ((flags[word] &* 0x0002_0408_1020_4081) >> 56) &<< UInt64(word &* 8)
        }
        return bits
    }

    /// For each bit whether an odd number of bits up to it, itself included, are set: what stands between quotes.
    @inline(__always)
    static func parity(_ bits: UInt64) -> UInt64 {
        var parity = bits
        parity ^= parity << 1
        parity ^= parity << 2
        parity ^= parity << 4
        parity ^= parity << 8
        parity ^= parity << 16
        parity ^= parity << 32
        return parity
    }
}
