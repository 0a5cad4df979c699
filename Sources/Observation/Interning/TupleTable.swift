/// Gives every distinct tuple of numbers an index, 0 and upwards in the order of first sight.
struct TupleTable: ~Copyable {
    let width: Int
    private(set) var count = 0
    private var tuples: UnsafeMutablePointer<Int32>
    private var capacity = 64
    private var slots = HashSlots()
    private let hash = ByteHash()

    init(width: Int) {
        self.width = width
        tuples = .allocate(capacity: max(width, 1) * capacity)
    }

    deinit { tuples.deallocate() }

    /// The tuple of an index, valid until the next insertion.
    subscript(index: Int) -> UnsafeBufferPointer<Int32> { UnsafeBufferPointer(start: tuples + index * width, count: width) }

    /// - Parameter tuple: as many numbers as the table is wide.
    @inline(__always)
    mutating func insert(_ tuple: UnsafePointer<Int32>) -> (index: Int, isNew: Bool) {
        let (tuples, width) = (tuples, width)
        let known = slots.find(hash.hash(tuple, count: width), orInsert: count) { index in
            for at in 0..<width where tuples[index * width + at] != tuple[at] { return false }
            return true
        }
        if let known { return (known, false) }
        append(tuple)
        return (count - 1, true)
    }

    private mutating func append(_ tuple: UnsafePointer<Int32>) {
        if count == capacity {
            let larger = UnsafeMutablePointer<Int32>.allocate(capacity: max(width, 1) * capacity * 2)
            larger.update(from: tuples, count: count * width)
            tuples.deallocate()
            tuples = larger
            capacity *= 2
        }
        (tuples + count * width).update(from: tuple, count: width)
        count += 1
        if slots.isFull(at: count) {
            let (tuples, width, hash) = (tuples, width, hash)
            slots.grow(count: count) { hash.hash(tuples + $0 * width, count: width) }
        }
    }
}
