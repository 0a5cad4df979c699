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
    private let descriptor: Int32

    init(path: String) throws(FileFault) {
        // Without O_NONBLOCK opening a FIFO waits for a writer.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw .unreadable("cannot be opened: \(String(cString: strerror(errno)))") }
        var status = stat()
        let failed = fstat(descriptor, &status) != 0
        identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        size = Int(status.st_size)
        // From here on `deinit` closes the file.
        if failed { throw .unreadable("cannot be examined: \(String(cString: strerror(errno)))") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable("is not a regular file") }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    deinit { close(descriptor) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw .unreadable("cannot be read: \(String(cString: strerror(errno)))") }
        }
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
