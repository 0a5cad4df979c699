/// Where bytes come from: a file, or what unpacking made of one.
///
/// A source is used by one thread at a time.
protocol ByteSource: AnyObject {
    /// Fills the front of the buffer, which is not empty, and says how much of it. Nothing means the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int
}

/// Why the bytes of a file cannot be had, or not all of them.
struct FileFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The problem's stable name.
    var id: String
    var description: String

    static func unreadable(_ reason: String) -> FileFault { FileFault(id: "unreadable-file", description: reason) }

    static func torn(_ packing: Packing) -> FileFault {
        FileFault(id: "torn-\(packing.name)", description: "the \(packing.name) data ends in the middle: the file is torn")
    }

    static func corrupt(_ packing: Packing, _ reason: String) -> FileFault {
        FileFault(id: "corrupt-\(packing.name)", description: "the \(packing.name) data is corrupt: \(reason)")
    }
}

extension ByteSource {
    /// Fills the whole buffer unless the source ends before.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            guard count > 0 else { break }
            filled += count
        }
        return filled
    }
}
