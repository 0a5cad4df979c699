/// Gives every distinct byte string a number, 0 and upwards in the order of first sight.
///
/// A bill repeats a few names millions of times; each time costs one hash and one comparison, and no allocation.
struct ByteInterner: ~Copyable {
    private(set) var count = 0
    /// How many bytes all strings have together.
    private(set) var size = 0
    /// The bytes, one string behind the other.
    private var arena: UnsafeMutablePointer<UInt8>
    private var arenaCapacity = 4096
    /// Where each string ends; the one before the first ends at 0.
    private var ends: UnsafeMutablePointer<Int>
    private var endsCapacity = 64
    private var slots = HashSlots()
    private let hash = ByteHash()

    init() {
        arena = .allocate(capacity: arenaCapacity)
        ends = .allocate(capacity: endsCapacity + 1)
        ends[0] = 0
    }

    deinit {
        arena.deallocate()
        ends.deallocate()
    }

    subscript(number: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: arena + ends[number], count: ends[number + 1] - ends[number])
    }

    /// The number, and whether it is new.
    @inline(__always)
    mutating func intern(_ bytes: UnsafeBufferPointer<UInt8>) -> (number: Int, isNew: Bool) {
        let (arena, ends) = (arena, ends)
        let known = slots.find(hash.hash(bytes), orInsert: count) { number in
            UnsafeBufferPointer(start: arena + ends[number], count: ends[number + 1] - ends[number]).isSame(as: bytes)
        }
        if let known { return (known, false) }
        append(bytes)
        return (count - 1, true)
    }

    mutating func removeAll() {
        count = 0
        size = 0
        slots.removeAll()
    }

    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        if size + bytes.count > arenaCapacity {
            let capacity = max(arenaCapacity * 2, size + bytes.count)
            arena = Self.moved(arena, count: size, to: capacity)
            arenaCapacity = capacity
        }
        if count == endsCapacity {
            endsCapacity *= 2
            ends = Self.moved(ends, count: count + 1, to: endsCapacity + 1)
        }
        if let base = bytes.baseAddress { (arena + size).update(from: base, count: bytes.count) }
        size += bytes.count
        count += 1
        ends[count] = size
        if slots.isFull(at: count) {
            let (arena, ends, hash) = (arena, ends, hash)
            slots.grow(count: count) { number in
                hash.hash(UnsafeBufferPointer(start: arena + ends[number], count: ends[number + 1] - ends[number]))
            }
        }
    }

    private static func moved<Element>(_ old: UnsafeMutablePointer<Element>, count: Int, to capacity: Int) -> UnsafeMutablePointer<Element>
    {
        let new = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        new.moveInitialize(from: old, count: count)
        old.deallocate()
        return new
    }
}
