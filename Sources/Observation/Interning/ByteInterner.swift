/// Gives every distinct byte string a number, 0 and upwards in the order of first sight.
///
/// Open addressing over one block of memory: a bill repeats a few names millions of times, and each time costs one hash and one comparison,
/// no allocation. The hash is keyed by chance once per process, so that no input can be made to collide; the numbers do not depend on it.
final class ByteInterner {
    private(set) var count = 0
    /// The bytes of all strings, one behind the other.
    private var arena: UnsafeMutablePointer<UInt8>
    private var arenaCapacity = 4096
    private(set) var arenaSize = 0
    /// Where the string of each number ends.
    private var ends: [Int] = []
    /// The hash's upper half and the number plus one; 0 is free.
    private var slots: UnsafeMutablePointer<UInt64>
    private var mask = 63

    private static let upperHalf: UInt64 = 0xFFFF_FFFF_0000_0000

    init() {
        arena = .allocate(capacity: arenaCapacity)
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: 0, count: mask + 1)
    }

    deinit {
        arena.deallocate()
        slots.deallocate()
    }

    subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
        let start = index == 0 ? 0 : ends[index - 1]
        return UnsafeBufferPointer(start: arena + start, count: ends[index] - start)
    }

    /// The number, and whether it is new.
    func intern(_ bytes: UnsafeBufferPointer<UInt8>) -> (index: Int, isNew: Bool) {
        let hash = ByteHash.hash(bytes)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash >> 32 {
                let index = Int(slots[slot] & 0xFFFF_FFFF) - 1
                if self[index].isSame(as: bytes) { return (index, false) }
            }
            slot = (slot + 1) & mask
        }
        insert(bytes, hash: hash, slot: slot)
        return (count - 1, true)
    }

    func removeAll() {
        count = 0
        arenaSize = 0
        ends.removeAll(keepingCapacity: true)
        slots.update(repeating: 0, count: mask + 1)
    }

    private func insert(_ bytes: UnsafeBufferPointer<UInt8>, hash: UInt64, slot: Int) {
        precondition(count < Int(UInt32.max) - 1, "numbers are kept in 32 bits")
        if arenaSize + bytes.count > arenaCapacity { growArena(by: bytes.count) }
        if let base = bytes.baseAddress { (arena + arenaSize).update(from: base, count: bytes.count) }
        arenaSize += bytes.count
        ends.append(arenaSize)
        count += 1
        slots[slot] = hash & Self.upperHalf | UInt64(count)
        if count * 2 > mask { growSlots() }
    }

    private func growArena(by count: Int) {
        arenaCapacity = max(arenaCapacity * 2, arenaSize + count)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: arenaCapacity)
        larger.update(from: arena, count: arenaSize)
        arena.deallocate()
        arena = larger
    }

    private func growSlots() {
        slots.deallocate()
        mask = mask * 2 + 1
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: 0, count: mask + 1)
        for index in 0..<count {
            let hash = ByteHash.hash(self[index])
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = hash & Self.upperHalf | UInt64(index + 1)
        }
    }
}

/// A fast keyed hash, made of 64 × 64 → 128 bit products as in wyhash. For tables in memory only: it differs from process to process.
enum ByteHash {
    private static let key = UInt64.random(in: .min ... .max) | 1
    private static let otherKey = UInt64.random(in: .min ... .max) | 1

    @inline(__always)
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
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

    @inline(__always)
    static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }

    @inline(__always)
    static func start() -> UInt64 { key }

    @inline(__always)
    private static func word(_ base: UnsafeRawPointer, _ at: Int) -> UInt64 { base.loadUnaligned(fromByteOffset: at, as: UInt64.self) }

    @inline(__always)
    private static func half(_ base: UnsafeRawPointer, _ at: Int) -> UInt64 {
        UInt64(base.loadUnaligned(fromByteOffset: at, as: UInt32.self))
    }
}
