/// A piece of a CSV text, and where its fields and records are. Its bytes stay in place until it is filled again.
final class CSVPage {
    static let initialCapacity = 512 << 10

    let index = CSVIndex(capacity: initialCapacity)
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    private(set) var capacity = initialCapacity
    /// What is not handed out yet is `start ..< end`.
    var start = 0
    var end = 0

    init() {
        // One byte for the end of the last line, 64 for the block that the index reads at once.
        bytes = .allocate(capacity: capacity + 65)
    }

    deinit { bytes.deallocate() }

    var isEmpty: Bool { start == end }

    /// Starts again with what another page did not hand out.
    func begin(with rest: CSVPage) {
        while rest.end - rest.start > capacity / 2 { grow(keeping: 0) }
        bytes.update(from: rest.bytes + rest.start, count: rest.end - rest.start)
        end = rest.end - rest.start
        start = 0
    }

    /// Room for more bytes behind those that are there.
    func makeRoom() {
        if start > 0 {
            bytes.update(from: bytes + start, count: end - start)
            end -= start
            start = 0
        }
        if end > capacity / 2 { grow(keeping: end) }
    }

    func scan() {
        index.scan(bytes + start, count: end - start)
    }

    private func grow(keeping count: Int) {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + 65)
        larger.update(from: bytes, count: count)
        bytes.deallocate()
        bytes = larger
        capacity *= 2
    }

    /// Line and column of a byte, both from 1; columns count Unicode scalars.
    static func place(of offset: Int, in bytes: UnsafePointer<UInt8>, firstLine: Int) -> (line: Int, column: Int) {
        var line = firstLine
        var lineStart = 0
        for at in 0..<offset where bytes[at] == UInt8(ascii: "\n") {
            line += 1
            lineStart = at + 1
        }
        let scalars = (lineStart..<offset).count { bytes[$0] & 0xC0 != 0x80 }
        return (line, scalars + 1)
    }
}
