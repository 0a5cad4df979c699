/// A digest of contents that arrive in pieces, of 128 bits and under a key: whoever does not know the key cannot make two contents with one digest.
///
/// Made of 64 × 64 → 128 bit products as `ByteHash`, so that it takes a small part of the time in which a file is read. It tells whether
/// something is what it was; it is no signature.
struct ContentHash {
    struct Key: Hashable, Sendable {
        static let length = 32
        fileprivate let words: (UInt64, UInt64, UInt64, UInt64)

        /// - Precondition: as many bytes as a key has.
        init(_ bytes: [UInt8]) {
            precondition(bytes.count == Self.length, "a key has \(Self.length) bytes")
            words = bytes.withUnsafeBytes { bytes in
                func word(_ at: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: at * 8, as: UInt64.self) }
                return (word(0), word(1), word(2), word(3))
            }
        }

        /// By which the bytes of single texts are compared.
        var byteHash: ByteHash { ByteHash(key: words.0, words.1) }

        static func == (a: Key, b: Key) -> Bool { a.words == b.words }
        func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
    }

    struct Digest: Hashable, Sendable {
        var first: UInt64
        var second: UInt64

        static let length = 16

        var bytes: [UInt8] {
            [first, second].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) } }
        }

        var hexText: String {
            let digits = Array("0123456789abcdef".utf8)
            return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
        }
    }

    private let key: Key
    private var first: UInt64
    private var second: UInt64
    private var count: UInt64 = 0
    /// What does not fill a step yet.
    private var rest: (UInt64, UInt64) = (0, 0)
    private var restCount = 0
    private static let step = 16

    init(_ key: Key) {
        self.key = key
        (first, second) = (key.words.2, key.words.3)
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
        count &+= UInt64(bytes.count)
        var at = 0
        if restCount > 0 {
            at = min(Self.step - restCount, bytes.count)
            keep(UnsafeRawBufferPointer(start: base, count: at))
            guard restCount == Self.step else { return }
            absorb(rest.0, rest.1)
            (rest, restCount) = ((0, 0), 0)
        }
        while at + Self.step <= bytes.count {
            absorb(base.loadUnaligned(fromByteOffset: at, as: UInt64.self), base.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self))
            at += Self.step
        }
        keep(UnsafeRawBufferPointer(start: base + at, count: bytes.count - at))
    }

    mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    /// A field of a fixed sequence, so that no two sequences are alike.
    mutating func update(field: String) {
        let bytes = Array(field.utf8)
        update(Array("\(bytes.count):".utf8))
        update(bytes)
    }

    func digest() -> Digest {
        var last = self
        last.absorb(rest.0, rest.1)
        last.absorb(count, key.words.2)
        return Digest(
            first: Self.mix(last.first ^ key.words.3, last.second ^ key.words.0),
            second: Self.mix(last.second ^ key.words.1, last.first ^ key.words.2))
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer) {
        let start = restCount
        withUnsafeMutableBytes(of: &rest) { rest in
            for (at, byte) in bytes.enumerated() { rest[start + at] = byte }
        }
        restCount += bytes.count
    }

    @inline(__always)
    private mutating func absorb(_ a: UInt64, _ b: UInt64) {
        first = Self.mix(a ^ first, b ^ key.words.0)
        second = Self.mix(b ^ second, a ^ key.words.1)
    }

    @inline(__always)
    private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
