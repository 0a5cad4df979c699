/// Bytes that are there already.
final class MemorySource: ByteSource {
    private let bytes: [UInt8]
    private var start = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        let count = min(buffer.count, bytes.count - start)
        guard count > 0 else { return 0 }
        bytes[start..<start + count].withUnsafeBytes { buffer.copyMemory(from: $0) }
        start += count
        return count
    }
}
