import Glibc

/// Where a file or a folder is written before it is moved into place: beside it, under a name of its own.
///
/// Whoever writes there holds the kernel's lock on it for as long as the process lives. One that nobody holds is of a run that was killed: the
/// next run that writes to the same place removes it.
struct AsidePath: ~Copyable {
    let path: String
    private let lock: Int32

    /// Creates an empty file.
    ///
    /// - Parameter mode: the permissions, of which the process's mask takes away.
    init(fileFor target: String, mode: mode_t) throws(FileError) {
        try self.init(for: target) { path in open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode) }
    }

    /// Creates an empty folder.
    init(folderFor target: String) throws(FileError) {
        try self.init(for: target) { path in
            guard mkdir(path, 0o777) == 0 else { return -1 }
            return open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
    }

    private init(for target: String, _ create: (String) -> Int32) throws(FileError) {
        Self.removeLeft(beside: target)
        while true {
            let path = "\(target).\(UInt64.random(in: .min ... .max)).tmp"
            let file = create(path)
            guard file >= 0 else { throw FileError(path: target, code: errno) }
            var status = stat()
            // Between its creation and the lock another run may take it for left, and remove it. Where a disk knows no locks nothing is removed.
            if flock(file, LOCK_EX) != 0 || (fstat(file, &status) == 0 && status.st_nlink > 0) {
                self.path = path
                lock = file
                return
            }
            close(file)
        }
    }

    deinit { close(lock) }

    /// To write to the file, and to close: the lock stays.
    func opened() throws(FileError) -> Int32 {
        let file = fcntl(lock, F_DUPFD_CLOEXEC, 0)
        guard file >= 0 else { throw FileError(path: path, code: errno) }
        return file
    }

    // MARK: What killed runs left

    /// Removes what killed runs left beside a place: files, and folders that hold nothing but files.
    static func removeLeft(beside target: String) {
        let slash = target.lastIndex(of: "/")
        let folder = slash.map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
        let name = slash.map { String(target[target.index(after: $0)...]) } ?? target
        for other in Files.names(in: folder) ?? [] where isAside(other, of: name) { remove("\(folder)/\(other)") }
    }

    /// `report.1234.tmp`, and `report.1234.tmp.old` for what it was to replace.
    private static func isAside(_ other: String, of name: String) -> Bool {
        guard other.hasPrefix(name + ".") else { return false }
        let parts = other.dropFirst(name.count + 1).split(separator: ".", omittingEmptySubsequences: false)
        return UInt64(parts[0]) != nil && (parts.dropFirst() == ["tmp"] || parts.dropFirst() == ["tmp", "old"])
    }

    private static func remove(_ path: String) {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else { return }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_uid == geteuid(), flock(file, LOCK_EX | LOCK_NB) == 0 else { return }
        switch status.st_mode & S_IFMT {
        case S_IFREG: unlink(path)
        case S_IFDIR:
            for name in Files.names(in: path) ?? [] { unlink("\(path)/\(name)") }
            rmdir(path)
        default: break
        }
    }
}
