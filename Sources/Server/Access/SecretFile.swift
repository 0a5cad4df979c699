internal import Diagnostics
internal import Glibc

/// A file of tokens, secrets or a key, that only we may read (see `SecretPermissions`).
struct SecretFile: Sendable {
    /// By this a changed file is told from an unchanged one.
    struct Stamp: Hashable {
        var device: UInt
        var inode: UInt
        var size: Int
        /// Of the last change, of its permissions too.
        var seconds: Int
        var nanoseconds: Int
    }

    static let sizeLimit = 256 << 10

    let path: String
    /// Whether others may read it: a certificate.
    var isPublic = false

    /// Its stamp and what it holds.
    func read() throws(ServerError) -> (stamp: Stamp, text: String) {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw .unreadable(path, errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .unreadable(path, errno) }
        try check(status)
        var bytes = [UInt8](repeating: 0, count: Self.sizeLimit + 1)
        var count = 0
        while count < bytes.count {
            let room = bytes.count - count
            let read = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress.map { $0 + count }, room) }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw .unreadable(path, errno) }
            guard read > 0 else { break }
            count += read
        }
        guard count <= Self.sizeLimit else { throw .tooLarge(path) }
        guard let text = String(validating: bytes[..<count], as: UTF8.self) else { throw .notText(path) }
        return (Self.stamp(status), text)
    }

    /// Nil where there is no such file now.
    var stamp: Stamp? {
        var status = stat()
        return stat(path, &status) == 0 ? Self.stamp(status) : nil
    }

    private static func stamp(_ status: stat) -> Stamp {
        Stamp(
            device: UInt(status.st_dev), inode: UInt(status.st_ino), size: Int(status.st_size), seconds: status.st_ctim.tv_sec,
            nanoseconds: status.st_ctim.tv_nsec)
    }

    private func check(_ status: stat) throws(ServerError) {
        switch SecretPermissions.fault(mode: status.st_mode, owner: status.st_uid, user: geteuid()) {
        case .notAFile: throw .notAFile(path)
        case .foreign where !isPublic: throw .foreign(path)
        case .open where !isPublic: throw .open(path)
        case .foreign, .open, nil: break
        }
    }
}

extension ServerError {
    fileprivate static func unreadable(_ path: String, _ code: Int32) -> ServerError {
        ServerError(code: .secrets, message: "'\(path)' cannot be read: \(String(cString: strerror(code)).lowercased())")
    }
    fileprivate static func notAFile(_ path: String) -> ServerError { .init(code: .secrets, message: "'\(path)' is not a regular file") }
    fileprivate static func foreign(_ path: String) -> ServerError {
        .init(code: .secrets, message: "'\(path)' belongs to another user")
    }
    fileprivate static func open(_ path: String) -> ServerError {
        .init(code: .secrets, message: "'\(path)' can be read by others: chmod 600 it")
    }
    fileprivate static func tooLarge(_ path: String) -> ServerError { .init(code: .secrets, message: "'\(path)' is too large") }
    fileprivate static func notText(_ path: String) -> ServerError { .init(code: .secrets, message: "'\(path)' is not UTF-8") }
}
