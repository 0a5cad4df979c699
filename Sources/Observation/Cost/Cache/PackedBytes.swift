/// Writes numbers and texts behind each other; the least significant byte first.
struct BytePacker {
    private(set) var bytes: [UInt8] = []

    /// Ends with a digest of what was written.
    mutating func seal(with digest: ContentHash.Digest) { bytes += digest.bytes }

    mutating func add(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        add(UInt32(text.count))
        bytes.append(contentsOf: text)
    }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add($0) }
    }

    mutating func add(_ text: String?) {
        add(UInt8(text == nil ? 0 : 1))
        if let text { add(text) }
    }

    mutating func add(_ number: Int?) {
        add(UInt8(number == nil ? 0 : 1))
        if let number { add(number) }
    }

    mutating func add<Element>(_ elements: some Collection<Element>, _ add: (inout BytePacker, Element) -> Void) {
        self.add(UInt32(elements.count))
        for element in elements { add(&self, element) }
    }
}

/// Reads what a `BytePacker` wrote. What is not there in full is nothing.
struct ByteUnpacker {
    struct Torn: Error {}

    private let bytes: UnsafeRawBufferPointer
    private var at = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { at == bytes.count }

    @inline(__always)
    mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(_: Number.Type = Number.self) throws(Torn) -> Number {
        let size = MemoryLayout<Number>.size
        guard bytes.count - at >= size else { throw Torn() }
        defer { at += size }
        return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: Number.self))
    }

    /// Valid as long as the bytes.
    mutating func text() throws(Torn) -> UnsafeBufferPointer<UInt8> {
        let count = Int(try number(UInt32.self))
        guard bytes.count - at >= count else { throw Torn() }
        defer { at += count }
        return UnsafeRawBufferPointer(rebasing: bytes[at..<at + count]).bindMemory(to: UInt8.self)
    }

    mutating func string() throws(Torn) -> String { String(decoding: try text(), as: UTF8.self) }
    mutating func stringIfAny() throws(Torn) -> String? { try number(UInt8.self) == 0 ? nil : try string() }
    mutating func numberIfAny() throws(Torn) -> Int? { try number(UInt8.self) == 0 ? nil : try number(Int.self) }

    mutating func array<Element>(_ read: (inout ByteUnpacker) throws(Torn) -> Element) throws(Torn) -> [Element] {
        var elements: [Element] = []
        for _ in 0..<(try number(UInt32.self)) { elements.append(try read(&self)) }
        return elements
    }

    /// A number of something of which there are so many.
    @inline(__always)
    mutating func index(of count: Int, from lowest: Int32 = 0) throws(Torn) -> Int32 {
        let index = try number(Int32.self)
        guard index >= lowest, Int(index) < count else { throw Torn() }
        return index
    }
}
