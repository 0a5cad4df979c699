/// Remembers what the bytes of a field mean, so that a value that stands in a million rows is decoded once.
///
/// It forgets everything when its bytes exceed a limit: a column in which every value is different costs time, not memory.
struct FieldMemo {
    private static let sizeLimit = 4 << 20

    private let known = ByteInterner()
    private var values: [Int32] = []

    @inline(__always)
    mutating func value(
        of bytes: UnsafeBufferPointer<UInt8>, decode: () throws(FieldFault) -> Int32
    ) throws(FieldFault) -> Int32 {
        let (index, isNew) = known.intern(bytes)
        if isNew { values.append(Self.undecodable) }
        let value = values[index]
        if value != Self.undecodable { return value }
        return try learn(index, decode)
    }

    /// Marks bytes whose decoding failed; it will fail again.
    private static let undecodable = Int32.min

    private mutating func learn(_ index: Int, _ decode: () throws(FieldFault) -> Int32) throws(FieldFault) -> Int32 {
        let value = try decode()
        values[index] = value
        if known.arenaSize > Self.sizeLimit {
            known.removeAll()
            values.removeAll(keepingCapacity: true)
        }
        return value
    }
}
