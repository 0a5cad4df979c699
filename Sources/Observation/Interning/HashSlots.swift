/// The slots of an open-addressing hash table whose entries live elsewhere, numbered from 0 in the order of insertion.
///
/// A slot is the hash's upper half and the number plus one; 0 is free. At most half of them are taken.
struct HashSlots: ~Copyable {
    private static let upperHalf: UInt64 = 0xFFFF_FFFF_0000_0000

    private var slots: UnsafeMutablePointer<UInt64>
    private var mask = 127

    init() {
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: 0, count: mask + 1)
    }

    deinit { slots.deallocate() }

    /// The number of the entry with this hash for which `isEqual` holds; otherwise `next` is put there, and nil is returned.
    @inline(__always)
    mutating func find(_ hash: UInt64, orInsert next: Int, isEqual: (Int) -> Bool) -> Int? {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let content = slots[slot]
            if content == 0 { break }
            if (content ^ hash) & Self.upperHalf == 0 {
                let number = Int(truncatingIfNeeded: content & ~Self.upperHalf) - 1
                if isEqual(number) { return number }
            }
            slot = (slot + 1) & mask
        }
        precondition(next < Int(UInt32.max) - 1, "numbers are kept in 32 bits")
        slots[slot] = hash & Self.upperHalf | UInt64(next + 1)
        return nil
    }

    func isFull(at count: Int) -> Bool { count * 2 > mask }

    /// Twice as many slots, for the entries that there are.
    mutating func grow(count: Int, hash: (Int) -> UInt64) {
        slots.deallocate()
        mask = mask * 2 + 1
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: 0, count: mask + 1)
        for number in 0..<count {
            let hash = hash(number)
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = hash & Self.upperHalf | UInt64(number + 1)
        }
    }

    mutating func removeAll() {
        slots.update(repeating: 0, count: mask + 1)
    }
}
