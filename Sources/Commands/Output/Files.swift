import Diagnostics
import Glibc

/// A file or folder that could not be read or written.
struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    let path: String
    let code: Int32

    var description: String {
        if code == ELOOP { return "'\(path.printable)' is a symbolic link: what is written there would land elsewhere" }
        return "'\(path.printable)': \(String(cString: strerror(code)))"
    }
}

/// The few things that commands do with files.
enum Files {
    /// - Parameter limit: what is larger is an error, so that a wrong path does not fill the memory.
    static func read(_ path: String, limit: Int = 64 << 20) throws(FileError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw FileError(path: path, code: errno) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError(path: path, code: errno) }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= limit else { throw FileError(path: path, code: EFBIG) }
        }
    }

    /// Creates the file or replaces what it holds.
    static func write(_ bytes: [UInt8], to path: String, isExecutable: Bool = false) throws(FileError) {
        try write(bytes, to: path, open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_t(isExecutable ? 0o777 : 0o666)))
    }

    private static func write(_ bytes: [UInt8], to path: String, _ file: Int32) throws(FileError) {
        guard file >= 0 else { throw FileError(path: path, code: errno) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let code = errno
                close(file)
                throw FileError(path: path, code: code)
            }
            rest = rest.dropFirst(count)
        }
        guard close(file) == 0 else { throw FileError(path: path, code: errno) }
    }

    /// Creates the file or adds to it, in one piece.
    static func append(_ bytes: [UInt8], to path: String) throws(FileError) {
        try refuseLinks(in: path)
        try write(bytes, to: path, open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666))
    }

    /// In bytes; nil for what is not there.
    static func size(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    /// Writes beside the file and moves it there, so that no reader ever sees half of it and no link is followed. A file that is there keeps
    /// its permissions.
    static func replace(_ path: String, with bytes: [UInt8], isExecutable: Bool = false) throws(FileError) {
        let aside = try AsidePath(fileFor: path, mode: isExecutable ? 0o777 : 0o666)
        do throws(FileError) {
            let file = try aside.opened()
            var status = stat()
            if !isExecutable, lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG { fchmod(file, status.st_mode & 0o777) }
            try write(bytes, to: path, file)
            guard rename(aside.path, path) == 0 else { throw FileError(path: path, code: errno) }
        } catch {
            unlink(aside.path)
            throw error
        }
    }

    /// Writes a result to where somebody wants it: a file as `replace` does, a pipe or a device as it is.
    static func deliver(_ bytes: [UInt8], to path: String) throws(FileError) {
        try refuseLinks(in: path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/"))
        var status = stat()
        let isThere = stat(path, &status) == 0
        // '/dev/stdout' leads to whatever stdout is.
        let isDevice = path.hasPrefix("/dev/") || path.hasPrefix("/proc/") || (isThere && status.st_mode & S_IFMT != S_IFREG)
        if isDevice { try write(bytes, to: path) } else { try replace(path, with: bytes) }
    }

    /// Creates a file that is not there, below a folder, without following a link: not even one among the folders in between.
    static func create(_ path: String, below folder: String, with bytes: [UInt8], isExecutable: Bool = false) throws(FileError) {
        if let link = link(in: path, below: folder) { throw FileError(path: link, code: ELOOP) }
        let whole = "\(folder)/\(path)"
        if let slash = whole.lastIndex(of: "/") { try createFolder(String(whole[..<slash])) }
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        try write(bytes, to: whole, open(whole, flags, mode_t(isExecutable ? 0o777 : 0o666)))
    }

    /// The first part of a path below a folder that is a link; nil where none is.
    static func link(in path: String, below folder: String) -> String? {
        var partial = folder
        for part in path.split(separator: "/") {
            partial += "/\(part)"
            var status = stat()
            if lstat(partial, &status) == 0, status.st_mode & S_IFMT == S_IFLNK { return partial }
        }
        return nil
    }

    /// A commit may bring a link in place of a file or a folder: what is written to a relative path must not leave the checkout through it.
    /// An absolute path is somebody's own.
    static func refuseLinks(in path: String) throws(FileError) {
        guard !path.hasPrefix("/"), let link = link(in: path, below: ".") else { return }
        throw FileError(path: String(link.dropFirst(2)), code: ELOOP)
    }

    /// Creates a folder for results.
    static func createOutputFolder(_ path: String) throws(FileError) {
        try refuseLinks(in: path)
        try createFolder(path)
    }

    /// Creates a folder and those around it; one that exists is fine.
    static func createFolder(_ path: String) throws(FileError) {
        guard mkdir(path, 0o777) != 0 else { return }
        if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try createFolder(String(path[..<slash]))
            guard mkdir(path, 0o777) != 0 else { return }
        }
        let code = errno
        guard code == EEXIST, isFolder(path) else { throw FileError(path: path, code: code) }
    }

    static func remove(_ path: String) throws(FileError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw FileError(path: path, code: errno) }
    }

    /// A path that holds in any folder, also of what is not there yet.
    static func absolute(_ path: String) -> String {
        if let resolved = realpath(path, nil) {
            defer { free(resolved) }
            return String(cString: resolved)
        }
        guard !path.hasPrefix("/"), !path.isEmpty, let folder = realpath(".", nil) else { return path }
        defer { free(folder) }
        return String(cString: folder) + "/" + path
    }

    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// What lies in a folder, in no order; nil: it cannot be listed, and `errno` says why.
    static func names(in folder: String) -> [String]? {
        guard let listing = opendir(folder) else { return nil }
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
