/// How often each of a file's rows stands in it: of a short file each row, of a longer one those that a digest chooses.
///
/// The digest of a row decides alone whether it is looked at. Whatever the order of the rows, and whoever read which of them, the same ones
/// are counted, and each of them in full: shares of all rows follow from few of them.
struct DistinctRows: Hashable {
    /// A row that was looked at, with its copies.
    struct Row: Hashable {
        var count = 1
        /// The lines of the first two.
        var first: Int
        var second = Int.max
        var content: UInt64
        /// Whether some of them differ, although they are one line by the provider's name for it.
        var differs = false
        var isIdentified: Bool
        var resource: UInt32
        var service: UInt32

        init(_ trace: RowTrace) {
            first = trace.line
            content = trace.content
            isIdentified = trace.isIdentified
            resource = trace.resource
            service = trace.service
        }

        mutating func add(_ other: Row) {
            count += other.count
            differs = differs || other.differs || other.content != content
            let lines = [first, second, other.first, other.second].sorted()
            (first, second) = (lines[0], lines[1])
        }
    }

    /// As many are enough where rows have no names: shares of them are known to less than a hundredth.
    static let usualLimit = 1 << 14
    /// Lines with names are looked at one by one up to this many.
    static let identifiedLimit = 1 << 17

    /// By the digest of what makes a row the same as another.
    private(set) var rows: [UInt64: Row] = [:]
    /// A row is looked at where so many last bits of its digest are zero.
    private(set) var level = 0
    private var mask: UInt64 = 0

    var isEmpty: Bool { rows.isEmpty }

    @inline(__always)
    func holds(_ key: UInt64) -> Bool { key & mask == 0 }

    /// - Parameter key: which this looks at.
    mutating func add(_ key: UInt64, _ trace: RowTrace, limit: Int) {
        insert(key, Row(trace))
        shrink(to: limit)
    }

    mutating func add(_ other: DistinctRows, limit: Int) {
        raise(to: other.level)
        for (key, row) in other.rows where holds(key) { insert(key, row) }
        shrink(to: limit)
    }

    mutating func shrink(to limit: Int) { while rows.count > limit { raise(to: level + 1) } }

    private mutating func insert(_ key: UInt64, _ row: Row) {
        if rows[key]?.add(row) == nil { rows[key] = row }
    }

    private mutating func raise(to level: Int) {
        guard level > self.level else { return }
        self.level = level
        mask = (1 << UInt64(level)) - 1
        rows = rows.filter { holds($0.key) }
    }

    // MARK: In the cache

    /// Lines are told when the file is read.
    func pack(into packer: inout BytePacker) {
        packer.add(UInt8(level))
        packer.add(rows.sorted { $0.key < $1.key }) { packer, row in
            packer.add(row.key)
            packer.add(UInt32(clamping: row.value.count))
            packer.add(row.value.content)
            packer.add(row.value.resource)
            packer.add(row.value.service)
            packer.add(UInt8(row.value.isIdentified ? 1 : 0))
        }
    }

    init(_ unpacker: inout ByteUnpacker) throws(ByteUnpacker.Torn) {
        typealias Torn = ByteUnpacker.Torn
        let level = Int(try unpacker.number(UInt8.self))
        guard level < 64 else { throw Torn() }
        raise(to: level)
        rows = Dictionary(
            try unpacker.array { (unpacker) throws(Torn) in
                let key = try unpacker.number(UInt64.self)
                let count = Int(try unpacker.number(UInt32.self))
                var trace = RowTrace(content: try unpacker.number(), line: 0)
                trace.resource = try unpacker.number()
                trace.service = try unpacker.number()
                trace.isIdentified = try unpacker.number(UInt8.self) == 1
                var row = Row(trace)
                row.count = count
                return (key, row)
            }
        ) { $1 }
    }

    init() {}
}
