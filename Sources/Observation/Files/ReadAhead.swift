/// Reads another source ahead.
final class ReadAhead: ByteSource {
    private static let depth = 3
    private static let chunkSize = 256 << 10

    private let chunks: Ahead<Result<UnsafeRawBufferPointer, FileFault>>
    private var chunk: UnsafeRawBufferPointer.SubSequence = UnsafeRawBufferPointer(start: nil, count: 0)[...]
    private var fault: FileFault?

    init(_ source: any ByteSource) {
        let memory = Buffer(size: (Self.depth + 1) * Self.chunkSize)
        var turn = 0
        chunks = Ahead(depth: Self.depth) {
            let part = UnsafeMutableRawBufferPointer(rebasing: memory.bytes[turn * Self.chunkSize..<(turn + 1) * Self.chunkSize])
            turn = (turn + 1) % (Self.depth + 1)
            do throws(FileFault) {
                let count = try source.read(into: part)
                return count == 0 ? nil : .success(UnsafeRawBufferPointer(rebasing: part[..<count]))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Lives as long as the producer that writes there.
    private final class Buffer {
        let bytes: UnsafeMutableRawBufferPointer

        init(size: Int) { bytes = .allocate(byteCount: size, alignment: 64) }
        deinit { bytes.deallocate() }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        if let fault { throw fault }
        if chunk.isEmpty {
            switch chunks.next() {
            case .success(let next): chunk = next[...]
            case .failure(let fault):
                self.fault = fault
                throw fault
            case nil: return 0
            }
        }
        let count = min(buffer.count, chunk.count)
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: chunk.prefix(count)))
        chunk = chunk.dropFirst(count)
        return count
    }
}
