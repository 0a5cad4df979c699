/// The distinct texts of a bill, each by a number; 0 is the empty text, for none.
final class NameTable {
    @exclusivity(unchecked) private var interner = ByteInterner()

    init() {
        _ = interner.intern(UnsafeBufferPointer(start: nil, count: 0))
    }

    func exchange(with other: NameTable) { swap(&interner, &other.interner) }

    /// The number of a field's text; 0 when there is no value.
    @inline(__always)
    func number(of field: CSVField) -> Int32 {
        if field.isNull { return 0 }
        return field.hasDoubledQuotes ? number(of: field.unquoted) : number(of: field.bytes)
    }

    @inline(__always)
    func number(of bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
        bytes.isEmpty ? 0 : Int32(truncatingIfNeeded: interner.intern(bytes).number)
    }

    func number(of bytes: [UInt8]) -> Int32 {
        bytes.withUnsafeBufferPointer { number(of: $0) }
    }

    func number(of text: String) -> Int32 { number(of: Array(text.utf8)) }

    /// The bytes of a text, valid until the next one is new.
    func bytes(of number: Int32) -> UnsafeBufferPointer<UInt8> { interner[Int(number)] }

    /// Bytes that are no UTF-8 are taken as Windows-1252, so that two names which differ stay two names.
    subscript(number: Int32) -> String { Windows1252.text(interner[Int(number)]) }

    var count: Int { interner.count }
    /// How many bytes all texts have together.
    var size: Int { interner.size }

    /// Whether some text, of those behind the first ones, was no UTF-8.
    func hasOtherTexts(behind start: Int) -> Bool {
        (start..<interner.count).contains { String(validating: interner[$0], as: UTF8.self) == nil }
    }
    var texts: [String] { (0..<interner.count).map { self[Int32($0)] } }
}
