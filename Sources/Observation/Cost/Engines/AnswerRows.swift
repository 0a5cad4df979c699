import Glibc

/// The rows of an answer with as many fields each, in one piece of memory: there may be hundreds of thousands.
struct AnswerRows {
    let width: Int
    private var bytes: [UInt8] = []
    /// Where each field ends.
    private var ends: [Int] = []

    init(width: Int) {
        self.width = width
    }

    /// Makes room for an answer of so many bytes.
    mutating func reserve(bytes count: Int) { bytes.reserveCapacity(count) }

    var count: Int { width == 0 ? 0 : ends.count / width }
    var indices: Range<Int> { 0..<count }

    subscript(row: Int, field: Int) -> ArraySlice<UInt8> {
        let at = row * width + field
        return bytes[(at == 0 ? 0 : ends[at - 1])..<ends[at]]
    }

    func text(_ row: Int, _ field: Int) -> String { String(decoding: self[row, field], as: UTF8.self) }

    /// Whether a field is exactly a word.
    func isWord(_ word: String, _ row: Int, _ field: Int) -> Bool { self[row, field].elementsEqual(word.utf8) }

    /// - Precondition: as many fields as a row has.
    mutating func append(_ record: CSVRecord) {
        precondition(record.count == width, "a row has \(width) fields")
        for index in 0..<width {
            let field = record[index]
            if field.hasDoubledQuotes { bytes += field.unquoted } else { bytes.append(contentsOf: field.bytes) }
            ends.append(bytes.count)
        }
    }

    /// - Precondition: as many fields as a row has.
    mutating func append(_ fields: [some Collection<UInt8>]) {
        precondition(fields.count == width, "a row has \(width) fields")
        for field in fields {
            bytes.append(contentsOf: field)
            ends.append(bytes.count)
        }
    }

    mutating func append(_ row: Int, of other: AnswerRows) {
        append((0..<width).map { other[row, $0] })
    }

    mutating func append(allOf other: AnswerRows) {
        let start = bytes.count
        bytes += other.bytes
        ends += other.ends.map { $0 + start }
    }

    // MARK: In the cache

    func pack(into packer: inout BytePacker) {
        packer.add(UInt32(width))
        packer.add(ends) { $0.add(UInt64($1)) }
        bytes.withUnsafeBufferPointer { packer.add($0) }
    }

    init(_ unpacker: inout ByteUnpacker) throws(ByteUnpacker.Torn) {
        width = Int(try unpacker.number(UInt32.self))
        ends = try unpacker.array { (unpacker) throws(ByteUnpacker.Torn) in Int(try unpacker.number(UInt64.self)) }
        bytes = Array(try unpacker.text())
        let isWhole = width > 0 && ends.count.isMultiple(of: width) && ends.last ?? 0 == bytes.count
        guard isWhole, zip([0] + ends, ends).allSatisfy({ $0 <= $1 }) else { throw ByteUnpacker.Torn() }
    }
}
