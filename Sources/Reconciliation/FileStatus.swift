import Glibc

/// What stands at a path of the disk.
struct FileStatus {
    let isDirectory: Bool

    /// Nil where there is nothing that can be seen.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        isDirectory = status.st_mode & S_IFMT == S_IFDIR
    }
}
