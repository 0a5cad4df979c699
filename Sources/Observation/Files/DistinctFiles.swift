/// Tells files apart by what they hold, so that none counts twice under two names, packed and unpacked.
///
/// Only files that start alike are read further: first to a digest each, then, where digests agree, side by side. A file is never taken for
/// another one by chance.
struct DistinctFiles {
    private static let blockSize = 64 << 10

    private struct Start: Hashable {
        var digest: UInt64
        var count: Int
    }

    /// For each file the first one with the same content, by index; the file itself when it is the first, or cannot be read.
    static func originals(of files: [ObservedFile]) -> [Int] {
        var originals = Array(files.indices)
        var identities: [RegularFile.Identity: Int] = [:]
        var starts: [Start: [Int]] = [:]
        for (index, file) in files.enumerated() {
            // A file that cannot be opened or unpacked is a problem when it is read for good; here it is like no other.
            guard let identity = (try? RegularFile(path: file.path))?.identity else { continue }
            if let known = identities[identity] {
                originals[index] = known
                continue
            }
            identities[identity] = index
            guard let start = try? start(of: file) else { continue }
            starts[start, default: []].append(index)
        }
        for alike in starts.values where alike.count > 1 {
            var wholes: [Start: [Int]] = [:]
            for index in alike {
                guard let whole = try? whole(of: files[index]) else { continue }
                let candidates = wholes[whole, default: []]
                if let original = candidates.first(where: { (try? isEqual(files[$0], files[index])) ?? false }) {
                    originals[index] = original
                } else {
                    wholes[whole] = candidates + [index]
                }
            }
        }
        // A second name of a copy.
        return originals.map { originals[$0] }
    }

    private static func start(of file: ObservedFile) throws(FileFault) -> Start {
        let hash = ByteHash()
        var start = Start(digest: 0, count: 0)
        try forEachBlock(of: try file.openStored()) { block in
            start = Start(digest: hash.hash(block), count: block.count)
            return false
        }
        return start
    }

    private static func whole(of file: ObservedFile) throws(FileFault) -> Start {
        let hash = ByteHash()
        var whole = Start(digest: 0, count: 0)
        try forEachBlock(of: try file.openStored()) { block in
            whole.digest = hash.joined(whole.digest, hash.hash(block))
            whole.count += block.count
            return true
        }
        return whole
    }

    /// In blocks of one size, the last one apart, whatever pieces the source gives.
    private static func forEachBlock(
        of source: any ByteSource, _ body: (UnsafeBufferPointer<UInt8>) -> Bool
    ) throws(FileFault) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: blockSize, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = try source.fill(buffer)
            let block = UnsafeRawBufferPointer(rebasing: buffer[..<count]).bindMemory(to: UInt8.self)
            guard count > 0, body(block) else { return }
        }
    }

    private static func isEqual(_ a: ObservedFile, _ b: ObservedFile) throws(FileFault) -> Bool {
        let (one, other) = (try a.openStored(), try b.openStored())
        let buffers = (0..<2).map { _ in UnsafeMutableRawBufferPointer.allocate(byteCount: blockSize, alignment: 16) }
        defer { buffers.forEach { $0.deallocate() } }
        while true {
            let count = try one.fill(buffers[0])
            guard try other.fill(buffers[1]) == count else { return false }
            guard count > 0 else { return true }
            let blocks = buffers.map { UnsafeRawBufferPointer(rebasing: $0[..<count]).bindMemory(to: UInt8.self) }
            guard blocks[0].isSame(as: blocks[1]) else { return false }
        }
    }
}
