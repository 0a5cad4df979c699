internal import Glibc

/// A file that holds a token, secrets or a key: how every module reads one, and when it refuses to.
///
/// - It is a regular file that nobody else may read or write (see `SecretPermissions`). The file that was opened is asked, behind whatever
///   symbolic links, so that nothing is exchanged between the look and the read.
/// - It has at most `sizeLimit` bytes.
/// - It is read at each use, so that a new secret counts from then on.
///
/// What it holds stands in no description and in no error.
package struct SecretFile: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// By this a changed file is told from an unchanged one.
    package struct Stamp: Hashable, Sendable {
        private let device: UInt
        private let inode: UInt
        private let size: Int
        /// Of the last change, of its permissions too.
        private let seconds: Int
        private let nanoseconds: Int

        fileprivate init(_ status: stat) {
            device = UInt(status.st_dev)
            inode = UInt(status.st_ino)
            size = Int(status.st_size)
            seconds = status.st_ctim.tv_sec
            nanoseconds = status.st_ctim.tv_nsec
        }
    }

    /// In bytes.
    package static let sizeLimit = 256 << 10
    package static let tokenLimit = 16 << 10

    package let path: String
    /// What it is called in messages: `token file`.
    package let name: String
    private let isPublic: Bool

    /// - Parameter isPublic: whether others may read it, and it may be theirs: a certificate.
    package init(_ path: String, name: String, isPublic: Bool = false) {
        self.path = path
        self.name = name
        self.isPublic = isPublic
    }

    package var description: String { "…" }
    package var debugDescription: String { "…" }

    /// What it holds, and the stamp of when it did.
    package func read() throws(SecretFileError) -> (stamp: Stamp, bytes: [UInt8]) {
        // Not to wait where somebody put a pipe in its place.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard file >= 0 else { throw error(.unreadable, errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw error(.unreadable, errno) }
        switch SecretPermissions.fault(mode: status.st_mode, owner: status.st_uid, user: geteuid()) {
        case .notAFile: throw error(.notAFile)
        case .foreign where !isPublic: throw error(.foreign)
        case .open where !isPublic: throw error(.open)
        case .foreign, .open, nil: break
        }
        var bytes = [UInt8](repeating: 0, count: Self.sizeLimit + 1)
        var count = 0
        while count < bytes.count {
            let read = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress.map { $0 + count }, $0.count - count) }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw error(.unreadable, errno) }
            if read == 0 { break }
            count += read
        }
        guard count <= Self.sizeLimit else { throw error(.tooLarge) }
        return (Stamp(status), Array(bytes[..<count]))
    }

    /// The same as text.
    package func readText() throws(SecretFileError) -> (stamp: Stamp, text: String) {
        let (stamp, bytes) = try read()
        guard let text = String(validating: bytes, as: UTF8.self) else { throw error(.notText) }
        return (stamp, text)
    }

    /// The token that is all it holds, on one line; line ends behind it are not part of it.
    package func readToken() throws(SecretFileError) -> String {
        var token = try read().bytes[...]
        while let last = token.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { token.removeLast() }
        // A header takes no line end; a space inside is a slip of whoever wrote the file.
        guard !token.isEmpty, token.count <= Self.tokenLimit, token.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw error(.notAToken)
        }
        let text = String(decoding: token, as: UTF8.self)
        KnownSecrets.remember(text)
        return text
    }

    /// Throws unless it may be handed to another program that reads a key from it.
    package func check() throws(SecretFileError) {
        guard try !read().bytes.isEmpty else { throw error(.empty) }
    }

    /// Nil where there is no such file now.
    package var stamp: Stamp? {
        var status = stat()
        return stat(path, &status) == 0 ? Stamp(status) : nil
    }

    private func error(_ code: SecretFileError.Code, _ reason: Int32 = 0) -> SecretFileError {
        SecretFileError(code: code, file: "the \(name) '\(path)'", reason: String(cString: strerror(reason)).lowercased())
    }
}
