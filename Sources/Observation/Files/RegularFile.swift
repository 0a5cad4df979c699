import Glibc

/// An open regular file, read from its start to its end.
///
/// Folders, FIFOs and devices are refused: one of them among a bill's files would block or never end.
final class RegularFile: ByteSource {
    /// What tells one file from another whatever names it has.
    struct Identity: Hashable, Sendable {
        var device: UInt64
        var inode: UInt64
    }

    let identity: Identity
    /// In bytes, when it was opened.
    let size: Int
    /// When it was opened.
    let evidence: FileEvidence
    private let descriptor: Int32
    private let watch: ContentWatch?
    private var hash: ContentHash?

    /// - Parameter watch: is told what the file holds once it has been read to its end.
    init(path: String, watch: ContentWatch? = nil) throws(FileFault) {
        self.watch = watch
        hash = watch.map { ContentHash($0.key) }
        watch?.begin()
        // Without O_NONBLOCK opening a FIFO waits for a writer.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw .unreadable("cannot be opened: \(String(cString: strerror(errno)))") }
        var status = stat()
        let failed = fstat(descriptor, &status) != 0
        identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        size = Int(status.st_size)
        evidence = FileEvidence(status)
        // From here on `deinit` closes the file.
        if failed { throw .unreadable("cannot be examined: \(String(cString: strerror(errno)))") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable("is not a regular file") }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    deinit { close(descriptor) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 {
                if watch != nil { follow(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
                return count
            }
            guard errno == EINTR else { throw .unreadable("cannot be read: \(String(cString: strerror(errno)))") }
        }
    }

    private func follow(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.isEmpty else {
            hash?.update(bytes)
            return
        }
        guard let digest = hash?.digest() else { return }
        hash = nil
        var status = stat()
        let isSame = fstat(descriptor, &status) == 0 && FileEvidence(status) == evidence
        watch?.finish(ContentWatch.Content(evidence: isSame ? evidence : nil, digest: digest))
    }

    /// The first bytes, without moving on.
    func peek(_ count: Int) -> [UInt8] {
        let read = withUnsafeTemporaryAllocation(byteCount: count, alignment: 1) { buffer in
            let read = pread(descriptor, buffer.baseAddress, count, 0)
            return Array(buffer.prefix(max(read, 0)))
        }
        return read
    }
}
