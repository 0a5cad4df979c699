/// Gives every distinct tuple of numbers an index, 0 and upwards in the order of first sight.
final class TupleTable {
    let width: Int
    private(set) var count = 0
    private var tuples: UnsafeMutablePointer<Int32>
    private var capacity = 64
    /// The hash's upper half and the index plus one; 0 is free.
    private var slots: UnsafeMutablePointer<UInt64>
    private var mask = 127

    private static let upperHalf: UInt64 = 0xFFFF_FFFF_0000_0000

    init(width: Int) {
        self.width = width
        tuples = .allocate(capacity: max(width, 1) * capacity)
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: 0, count: mask + 1)
    }

    deinit {
        tuples.deallocate()
        slots.deallocate()
    }

    /// The tuple of an index, valid until the next insertion.
    subscript(index: Int) -> UnsafeBufferPointer<Int32> { UnsafeBufferPointer(start: tuples + index * width, count: width) }

    func insert(_ tuple: UnsafePointer<Int32>) -> (index: Int, isNew: Bool) {
        let hash = hash(tuple)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash >> 32 {
                let index = Int(slots[slot] & 0xFFFF_FFFF) - 1
                if isEqual(tuples + index * width, tuple) { return (index, false) }
            }
            slot = (slot + 1) & mask
        }
        precondition(count < Int(UInt32.max) - 1, "indices are kept in 32 bits")
        if count == capacity { growTuples() }
        (tuples + count * width).update(from: tuple, count: width)
        count += 1
        slots[slot] = hash & Self.upperHalf | UInt64(count)
        if count * 2 > mask { growSlots() }
        return (count - 1, true)
    }

    @inline(__always)
    private func hash(_ tuple: UnsafePointer<Int32>) -> UInt64 {
        var state = ByteHash.start()
        for at in 0..<width {
            state = ByteHash.mix(state ^ UInt64(UInt32(bitPattern: tuple[at])), 0x9E37_79B9_7F4A_7C15)
        }
        return ByteHash.mix(state, ByteHash.start())
    }

    @inline(__always)
    private func isEqual(_ a: UnsafePointer<Int32>, _ b: UnsafePointer<Int32>) -> Bool {
        for at in 0..<width where a[at] != b[at] { return false }
        return true
    }

    private func growTuples() {
        let larger = UnsafeMutablePointer<Int32>.allocate(capacity: max(width, 1) * capacity * 2)
        larger.update(from: tuples, count: count * width)
        tuples.deallocate()
        tuples = larger
        capacity *= 2
    }

    private func growSlots() {
        slots.deallocate()
        mask = mask * 2 + 1
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: 0, count: mask + 1)
        for index in 0..<count {
            let hash = hash(tuples + index * width)
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = hash & Self.upperHalf | UInt64(index + 1)
        }
    }
}
