import Glibc
import Synchronization

/// What tells that a file is the same as before without reading it. The time of the last status change no copy can set.
struct FileEvidence: Hashable, Sendable {
    var device: UInt64
    var inode: UInt64
    var size: Int64
    /// In nanoseconds since 1970.
    var modified: Int64
    var changed: Int64

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        modified = Self.nanoseconds(status.st_mtim)
        changed = Self.nanoseconds(status.st_ctim)
    }

    static func nanoseconds(_ time: timespec) -> Int64 { Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec) }

    var text: String { "\(device) \(inode) \(size) \(modified) \(changed)" }
}

/// Learns what a file holds while somebody reads it: the digest of all of its bytes as they lie on the disk.
final class ContentWatch: Sendable {
    struct Content: Hashable, Sendable {
        /// When it was opened. Nil: it changed while it was read.
        var evidence: FileEvidence?
        var digest: ContentHash.Digest
    }

    let key: ContentHash.Key
    private let found = Mutex<Content?>(nil)

    init(_ key: ContentHash.Key) {
        self.key = key
    }

    /// Of the one that was opened last, once it has been read to its end.
    var content: Content? { found.withLock { $0 } }

    func begin() { found.withLock { $0 = nil } }

    func finish(_ content: Content) { found.withLock { $0 = content } }
}
