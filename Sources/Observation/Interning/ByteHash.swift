/// A fast keyed hash, made of 64 × 64 → 128 bit products as in wyhash. For tables in memory only: its key differs from process to process,
/// so that no input can be made to collide.
struct ByteHash {
    private static let chance = (UInt64.random(in: .min ... .max) | 1, UInt64.random(in: .min ... .max) | 1)

    private let key: UInt64
    private let otherKey: UInt64

    init() {
        (key, otherKey) = Self.chance
    }

    /// For digests that are kept.
    init(key: UInt64, _ otherKey: UInt64) {
        self.key = key | 1
        self.otherKey = otherKey | 1
    }

    @inline(__always)
    func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let count = bytes.count
        var state = key ^ UInt64(truncatingIfNeeded: count)
        guard count > 0, let base = UnsafeRawPointer(bytes.baseAddress) else { return mix(state, otherKey) }
        var at = 0
        while at + 16 < count {
            state = mix(word(base, at) ^ state, word(base, at + 8) ^ otherKey)
            at += 16
        }
        // The rest is 1 to 16 bytes, read from both of its ends.
        let rest = count - at
        if rest >= 8 {
            state = mix(word(base, at) ^ state, word(base, count - 8) ^ otherKey)
        } else if rest >= 4 {
            state = mix(half(base, at) ^ state, half(base, count - 4) ^ otherKey)
        } else {
            let few = UInt64(bytes[at]) | UInt64(bytes[at + rest / 2]) << 8 | UInt64(bytes[count - 1]) << 16
            state = mix(few ^ state, otherKey)
        }
        return mix(state, key)
    }

    /// As good a hash of longer bytes, such as a whole row, in a third of the time: four products at once do not wait for each other.
    @inline(__always)
    func hashLong(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let count = bytes.count
        guard count >= 64, let base = UnsafeRawPointer(bytes.baseAddress) else { return hash(bytes) }
        var (a, b, c, d) = (key, otherKey, key &+ otherKey, key ^ otherKey)
        var at = 0
        while at < count {
            // The last 64 bytes may have been read before.
            let from = min(at, count - 64)
            a = mix(word(base, from) ^ a, word(base, from + 8) ^ otherKey)
            b = mix(word(base, from + 16) ^ b, word(base, from + 24) ^ key)
            c = mix(word(base, from + 32) ^ c, word(base, from + 40) ^ otherKey)
            d = mix(word(base, from + 48) ^ d, word(base, from + 56) ^ key)
            at += 64
        }
        return mix(mix(a ^ key, b ^ otherKey) ^ UInt64(truncatingIfNeeded: count), mix(c ^ otherKey, d ^ key) ^ otherKey)
    }

    @inline(__always)
    func hash(_ numbers: UnsafePointer<Int32>, count: Int) -> UInt64 {
        var state = key
        for at in 0..<count { state = mix(state ^ UInt64(UInt32(bitPattern: numbers[at])), otherKey) }
        return mix(state, key)
    }

    /// Of a sequence of hashes, one after the other.
    func joined(_ state: UInt64, _ next: UInt64) -> UInt64 { mix(state ^ key, next ^ otherKey) }

    @inline(__always)
    private func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }

    @inline(__always)
    private func word(_ base: UnsafeRawPointer, _ at: Int) -> UInt64 { base.loadUnaligned(fromByteOffset: at, as: UInt64.self) }

    @inline(__always)
    private func half(_ base: UnsafeRawPointer, _ at: Int) -> UInt64 { UInt64(base.loadUnaligned(fromByteOffset: at, as: UInt32.self)) }
}
