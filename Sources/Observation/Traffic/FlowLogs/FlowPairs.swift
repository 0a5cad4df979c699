/// Bytes by source, target, day and whatever else a record says, as numbers: an open-addressing table.
struct FlowPairs: ~Copyable {
    struct Key: Equatable {
        /// Addresses of IPv4; 0 where they stand among the texts.
        var source: UInt32
        var target: UInt32
        /// The number of the record's other texts.
        var rest: UInt32
        var day: Int32
    }

    /// Stand for targets that are not told apart, outside and within private networks: no flow has these addresses.
    static let (others, privateOthers): (UInt32, UInt32) = (.max, 0x7FFF_FFFF)

    private struct Slot {
        var key: Key
        var bytes: UInt64
    }

    private var slots: UnsafeMutablePointer<Slot>
    private var mask = 1023
    private(set) var count = 0
    private let hash = ByteHash()
    /// What is still to be added. A table of this size is not in the processor's caches: one access waits, many at once do not.
    private let waiting: UnsafeMutablePointer<Slot>
    private var waitingCount = 0
    /// Keeps the compiler from leaving out what brings slots into the caches.
    private var touched: UInt64 = 0
    private static let batch = 128

    init() {
        slots = Self.empty(mask + 1)
        waiting = Self.empty(Self.batch)
    }

    deinit {
        slots.deallocate()
        waiting.deallocate()
    }

    /// A slot is free as long as it holds no byte.
    private static func empty(_ count: Int) -> UnsafeMutablePointer<Slot> {
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
        slots.initialize(repeating: Slot(key: Key(source: 0, target: 0, rest: 0, day: 0), bytes: 0), count: count)
        return slots
    }

    @inline(__always)
    mutating func add(_ key: Key, _ bytes: UInt64) {
        waiting[waitingCount] = Slot(key: key, bytes: bytes)
        waitingCount &+= 1
        if waitingCount == Self.batch { settle() }
    }

    @inline(never)
    private mutating func settle() {
        for at in 0..<waitingCount {
            let first = first(of: waiting[at].key)
            touched &+= slots[first].bytes
        }
        for at in 0..<waitingCount { insert(waiting[at].key, waiting[at].bytes) }
        waitingCount = 0
    }

    private mutating func insert(_ key: Key, _ bytes: UInt64) {
        guard bytes > 0 else { return }
        var at = place(of: key)
        if slots[at].bytes == 0 {
            slots[at].key = key
            count += 1
            if count * 2 > mask {
                grow()
                at = place(of: key)
                slots[at].key = key
            }
        }
        let sum = slots[at].bytes.addingReportingOverflow(bytes)
        slots[at].bytes = sum.overflow ? .max : sum.partialValue
    }

    mutating func forEach(_ receive: (Key, UInt64) -> Void) {
        settle()
        for at in 0...mask where slots[at].bytes > 0 { receive(slots[at].key, slots[at].bytes) }
    }

    /// The number of bytes from which about so many pairs have as many or more, as a power of two.
    mutating func threshold(keeping wanted: Int) -> UInt64 {
        settle()
        var widths = [Int](repeating: 0, count: 65)
        for at in 0...mask where slots[at].bytes > 0 { widths[64 - slots[at].bytes.leadingZeroBitCount] += 1 }
        var kept = 0
        for width in (1...64).reversed() {
            kept += widths[width]
            if kept >= wanted { return 1 << UInt64(width) }
        }
        return 0
    }

    mutating func removeAll() {
        slots.update(repeating: Slot(key: Key(source: 0, target: 0, rest: 0, day: 0), bytes: 0), count: mask + 1)
        count = 0
    }

    @inline(__always)
    private func first(of key: Key) -> Int {
        let first = UInt64(key.source) << 32 | UInt64(key.target)
        let second = UInt64(key.rest) << 32 | UInt64(UInt32(bitPattern: key.day))
        return Int(truncatingIfNeeded: hash.joined(first, second)) & mask
    }

    @inline(__always)
    private func place(of key: Key) -> Int {
        var at = first(of: key)
        while slots[at].bytes != 0, slots[at].key != key { at = (at + 1) & mask }
        return at
    }

    private mutating func grow() {
        let (old, oldMask) = (slots, mask)
        mask = mask * 2 + 1
        slots = Self.empty(mask + 1)
        for at in 0...oldMask where old[at].bytes != 0 { slots[place(of: old[at].key)] = old[at] }
        old.deallocate()
    }
}
