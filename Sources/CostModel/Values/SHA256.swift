/// SHA-256 (FIPS 180-4), for digests of what is no secret: they name findings, plans, observations, runs and requests, and show whether a
/// document was changed by accident. It makes no promise about timing, and no secret may pass through it: tokens, keys and signatures go
/// through `Authentication` of the module Secrets.
///
/// It holds no memory of its own: a check makes an identifier of a hundred bytes for each finding, and there the memory would cost more than
/// the arithmetic.
package struct SHA256 {
    private var state: InlineArray<8, UInt32> = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
    /// The message schedule (6.2.2); its first 16 words are the block, which is filled byte by byte.
    private var words = InlineArray<64, UInt32>(repeating: 0)
    private var length = 0

    package init() {}

    package mutating func update(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { append(byte) }
    }

    @inline(__always)
    private mutating func append(_ byte: UInt8) {
        let word = length >> 2 & 15
        words[word] = words[word] << 8 | UInt32(byte)
        length += 1
        if length & 63 == 0 { compress() }
    }

    /// A field: its bytes behind their count, so that two fields never run into each other.
    package mutating func update(field text: String) {
        var text = text
        text.withUTF8 { bytes in
            update("\(bytes.count):".utf8)
            update(bytes)
        }
    }

    /// A digest as it is: 32 bytes, a quarter of what its text takes, for those that are held by the hundred thousand.
    package struct Digest: Hashable, Sendable {
        fileprivate let words: (UInt64, UInt64, UInt64, UInt64)

        fileprivate init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

        package init(of field: String) {
            var hash = SHA256()
            hash.update(field: field)
            self = hash.digest()
        }

        package static func == (a: Digest, b: Digest) -> Bool { a.words == b.words }
        package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
    }

    package consuming func digest() -> Digest {
        finish()
        func word(_ index: Int) -> UInt64 { UInt64(state[index]) << 32 | UInt64(state[index + 1]) }
        return Digest(words: (word(0), word(2), word(4), word(6)))
    }

    package mutating func update(_ digest: Digest) {
        for word in [digest.words.0, digest.words.1, digest.words.2, digest.words.3] {
            for shift in stride(from: 56, through: 0, by: -8) { append(UInt8(truncatingIfNeeded: word >> UInt64(shift))) }
        }
    }

    /// The digest as 64 lower-case hexadecimal digits.
    package consuming func hexDigest() -> String {
        finish()
        return String(unsafeUninitializedCapacity: 64) { digits in
            for index in state.indices {
                for place in 0..<8 {
                    let digit = UInt8(truncatingIfNeeded: state[index] >> (28 - 4 * UInt32(place)) & 0xF)
                    digits[8 * index + place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
                }
            }
            return 64
        }
    }

    private mutating func finish() {
        // FIPS 180-4, 5.1.1: a one bit, zeros up to 56 bytes of the last block, the length in bits.
        let bits = UInt64(length) * 8
        append(0x80)
        while length & 63 != 56 { append(0) }
        for shift in stride(from: 56, through: 0, by: -8) { append(UInt8(truncatingIfNeeded: bits >> shift)) }
    }

    package static func hexDigest(of bytes: some Sequence<UInt8>) -> String {
        var hash = SHA256()
        hash.update(bytes)
        return hash.hexDigest()
    }

    private mutating func compress() {
        for i in 16..<64 {
            let a = words[i - 15]
            let b = words[i - 2]
            let s0 = (a &>> 7 | a &<< 25) ^ (a &>> 18 | a &<< 14) ^ (a &>> 3)
            let s1 = (b &>> 17 | b &<< 15) ^ (b &>> 19 | b &<< 13) ^ (b &>> 10)
            words[i] = words[i - 16] &+ s0 &+ words[i - 7] &+ s1
        }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        // Eight rounds at once: then the eight variables change their roles instead of their places.
        for i in stride(from: 0, to: 64, by: 8) {
            Self.round(a, b, c, &d, e, f, g, &h, Self.constants[i] &+ words[i])
            Self.round(h, a, b, &c, d, e, f, &g, Self.constants[i + 1] &+ words[i + 1])
            Self.round(g, h, a, &b, c, d, e, &f, Self.constants[i + 2] &+ words[i + 2])
            Self.round(f, g, h, &a, b, c, d, &e, Self.constants[i + 3] &+ words[i + 3])
            Self.round(e, f, g, &h, a, b, c, &d, Self.constants[i + 4] &+ words[i + 4])
            Self.round(d, e, f, &g, h, a, b, &c, Self.constants[i + 5] &+ words[i + 5])
            Self.round(c, d, e, &f, g, h, a, &b, Self.constants[i + 6] &+ words[i + 6])
            Self.round(b, c, d, &e, f, g, h, &a, Self.constants[i + 7] &+ words[i + 7])
        }
        let sums: InlineArray<8, UInt32> = [a, b, c, d, e, f, g, h]
        for i in sums.indices { state[i] = state[i] &+ sums[i] }
    }

    @inline(__always)
    private static func round(
        _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ word: UInt32
    ) {
        let s1 = (e &>> 6 | e &<< 26) ^ (e &>> 11 | e &<< 21) ^ (e &>> 25 | e &<< 7)
        let s0 = (a &>> 2 | a &<< 30) ^ (a &>> 13 | a &<< 19) ^ (a &>> 22 | a &<< 10)
        h = h &+ s1 &+ ((e & f) ^ (~e & g)) &+ word
        d = d &+ h
        h = h &+ s0 &+ ((a & b) ^ (a & c) ^ (b & c))
    }

    private static let constants: InlineArray<64, UInt32> = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}
