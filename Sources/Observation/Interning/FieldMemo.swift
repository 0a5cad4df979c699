/// Remembers what the bytes of a field mean, so that a value that stands in a million rows is decoded once.
///
/// It forgets everything when its bytes exceed a limit: a column in which every value is different costs time, not memory.
struct FieldMemo: ~Copyable {
    private static let sizeLimit = 4 << 20
    /// Stands for bytes whose decoding failed; it will fail again.
    private static let undecodable = Int32.min

    private var known = ByteInterner()
    private var values: [Int32] = []

    @inline(__always)
    mutating func value(
        of bytes: UnsafeBufferPointer<UInt8>, decode: () throws(FieldFault) -> Int32
    ) throws(FieldFault) -> Int32 {
        let (number, isNew) = known.intern(bytes)
        if isNew { values.append(Self.undecodable) }
        let value = values[number]
        if value != Self.undecodable { return value }
        return try learn(number, decode)
    }

    private mutating func learn(_ number: Int, _ decode: () throws(FieldFault) -> Int32) throws(FieldFault) -> Int32 {
        if known.size > Self.sizeLimit {
            known.removeAll()
            values.removeAll(keepingCapacity: true)
            return try decode()
        }
        let value = try decode()
        values[number] = value
        return value
    }
}
