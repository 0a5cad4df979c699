internal import Glibc

/// A small file of a state folder, which is there as a whole or not at all.
enum SmallFile {
    /// Nil for what cannot be read, is no plain file, or is larger than that.
    static func contents(of path: String, limit: Int) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            guard count > 0, bytes.count + count <= limit else { return nil }
            bytes += chunk[..<count]
        }
    }

    /// A new file takes the place of the old one at once or not at all.
    static func replace(_ path: String, with bytes: [UInt8]) throws(LedgerError) {
        let fresh = "\(path).new"
        do throws(LedgerError) {
            try write(bytes, to: fresh, isSynced: false)
            guard rename(fresh, path) == 0 else { throw .system(errno, "write '\(path)'") }
        } catch {
            unlink(fresh)
            throw error
        }
    }

    /// A file that was not there; it outlasts a loss of power.
    ///
    /// - Parameter folder: where it lies, and where it is written at first.
    /// - Returns: false where there is one of this name.
    static func make(_ name: String, in folder: String, _ bytes: [UInt8]) throws(LedgerError) -> Bool {
        let fresh = "\(folder)/.\(name).\(getpid()).\(UInt64.random(in: 0 ... .max))"
        defer { unlink(fresh) }
        try write(bytes, to: fresh, isSynced: true)
        // Unlike a rename it does not take the place of one that is there.
        if link(fresh, "\(folder)/\(name)") != 0 {
            if errno == EEXIST { return false }
            throw .system(errno, "write '\(folder)/\(name)'")
        }
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor >= 0 {
            fsync(descriptor)
            close(descriptor)
        }
        return true
    }

    private static func write(_ bytes: [UInt8], to path: String, isSynced: Bool) throws(LedgerError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .system(errno, "write '\(path)'") }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        let isWhole = rest.isEmpty && (!isSynced || fsync(descriptor) == 0)
        let problem = errno
        guard close(descriptor) == 0, isWhole else { throw .system(isWhole ? errno : problem, "write '\(path)'") }
    }
}
