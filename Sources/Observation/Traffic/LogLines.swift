import Glibc

/// The lines of a text that may be larger than memory, one after the other.
struct LogLines: ~Copyable {
    /// In bytes. A longer one is none of a log.
    static let longestLine = 64 << 10
    private static let chunkSize = 1 << 20

    private let source: any ByteSource
    private let sizeLimit: Int
    private let buffer: UnsafeMutablePointer<UInt8>
    private let capacity = chunkSize + longestLine
    private var at = 0
    private var end = 0
    private var isAtEnd = false
    /// How many lines were handed out.
    private(set) var count = 0
    /// How many bytes were read.
    private(set) var size = 0

    init(_ source: any ByteSource, sizeLimit: Int) {
        self.source = source
        self.sizeLimit = sizeLimit
        buffer = .allocate(capacity: capacity)
    }

    deinit { buffer.deallocate() }

    /// The next line without its end; it is there until the one after is asked for. Nil at the end.
    @inline(__always)
    mutating func next() throws(FileFault) -> UnsafeBufferPointer<UInt8>? {
        while true {
            if let newline = memchr(buffer + at, 10, end - at) {
                let start = buffer + at
                var length = newline - UnsafeMutableRawPointer(start)
                at += length + 1
                count += 1
                if length > 0, start[length - 1] == 13 { length -= 1 }
                return UnsafeBufferPointer(start: start, count: length)
            }
            if isAtEnd {
                guard at < end else { return nil }
                let line = UnsafeBufferPointer(start: buffer + at, count: end - at)
                at = end
                count += 1
                return line
            }
            try fill()
        }
    }

    private mutating func fill() throws(FileFault) {
        guard end - at <= Self.longestLine else {
            throw .unreadable("line \(count + 1) is longer than \(Self.longestLine >> 10) KB: this is no log in text")
        }
        if at > 0 { buffer.update(from: buffer + at, count: end - at) }
        (at, end) = (0, end - at)
        let read = try source.read(into: UnsafeMutableRawBufferPointer(start: buffer + end, count: capacity - end))
        isAtEnd = read == 0
        end += read
        size += read
        guard size <= sizeLimit else {
            throw .unreadable("is larger than \(sizeLimit >> 30) GB unpacked: name a part of it")
        }
    }
}

extension UnsafeMutableRawPointer {
    fileprivate static func - (a: UnsafeMutableRawPointer, b: UnsafeMutableRawPointer) -> Int { b.distance(to: a) }
}
