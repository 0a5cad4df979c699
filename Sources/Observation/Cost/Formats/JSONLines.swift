/// Reads a text line by line; blank lines are passed over.
final class JSONLines {
    private static let blockSize = 1 << 18
    /// A longer line is given up.
    private static let lineLimit = 64 << 20

    /// The number of the line that was handed out last.
    private(set) var line = 0
    private let source: any ByteSource
    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity = 2 * blockSize
    private var start = 0
    private var end = 0
    private var isAtEnd = false

    init(_ source: any ByteSource) {
        self.source = source
        buffer = .allocate(capacity: capacity)
    }

    deinit { buffer.deallocate() }

    /// The next line without its end; valid until the next one is asked for. Nil at the end of the text.
    func next() throws(FileFault) -> UnsafeBufferPointer<UInt8>? {
        while let line = try nextLine() {
            var range = line.indices
            while let last = range.last, line[last] == UInt8(ascii: "\r") || line[last] == UInt8(ascii: " ") { range.removeLast() }
            if self.line == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { range.removeFirst(3) }
            if !range.isEmpty { return UnsafeBufferPointer(rebasing: line[range]) }
        }
        return nil
    }

    private func nextLine() throws(FileFault) -> UnsafeBufferPointer<UInt8>? {
        var searched = start
        while true {
            let rest = UnsafeBufferPointer(start: buffer + searched, count: end - searched)
            if let found = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = UnsafeBufferPointer(start: buffer + start, count: searched + found - start)
                start = searched + found + 1
                self.line += 1
                return line
            }
            searched = end
            if isAtEnd {
                guard start < end else { return nil }
                let line = UnsafeBufferPointer(start: buffer + start, count: end - start)
                start = end
                self.line += 1
                return line
            }
            searched -= start
            try fill()
            searched += start
        }
    }

    /// More bytes behind the line that is not complete, which moves to the front.
    private func fill() throws(FileFault) {
        let count = end - start
        if capacity - count < Self.blockSize {
            guard capacity < Self.lineLimit else { throw .unreadable("a line is longer than \(Self.lineLimit >> 20) MB") }
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * capacity)
            larger.update(from: buffer + start, count: count)
            buffer.deallocate()
            buffer = larger
            capacity *= 2
        } else if start > 0 {
            buffer.update(from: buffer + start, count: count)
        }
        (start, end) = (0, count)
        let read = try source.read(into: UnsafeMutableRawBufferPointer(start: buffer + end, count: capacity - end))
        if read == 0 { isAtEnd = true }
        end += read
    }
}
