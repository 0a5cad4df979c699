internal import Diagnostics
internal import Glibc

/// A file that holds a token, that nobody else may read (see `SecretPermissions`).
///
/// It is read at each use, so that a new token counts from the next request on.
package struct TokenFile: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    private static let sizeLimit = 4096

    package let path: String

    package init(path: String) { self.path = path }

    package var description: String { "…" }
    package var debugDescription: String { "…" }

    /// - Throws: `.unauthorized`: a person must mend it. The message names the file and never what is in it.
    package func read() throws(ForgeError) -> String {
        // Not to wait where somebody put a pipe in its place.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw .token("cannot read the token file '\(path)': \(String(cString: strerror(errno)))") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .token("cannot read the token file '\(path)': \(String(cString: strerror(errno)))") }
        switch SecretPermissions.fault(mode: status.st_mode, owner: status.st_uid, user: geteuid()) {
        case .notAFile: throw .token("the token file '\(path)' is no regular file")
        case .foreign: throw .token("the token file '\(path)' belongs to another user")
        case .open: throw .token("others may read the token file '\(path)': run `chmod 600` on it")
        case nil: break
        }
        var bytes = [UInt8](repeating: 0, count: Self.sizeLimit + 1)
        var size = 0
        while size < bytes.count {
            let count = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress.map { $0 + size }, $0.count - size) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .token("cannot read the token file '\(path)': \(String(cString: strerror(errno)))") }
            if count == 0 { break }
            size += count
        }
        guard size <= Self.sizeLimit else { throw .token("the token file '\(path)' is larger than \(Self.sizeLimit) bytes") }
        var token = bytes[..<size]
        if token.last == UInt8(ascii: "\n") { token.removeLast() }
        if token.last == UInt8(ascii: "\r") { token.removeLast() }
        // A header takes no line end; a space inside is a slip of whoever wrote the file.
        guard !token.isEmpty, token.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .token("the token file '\(path)' does not hold one line with a token")
        }
        return String(decoding: token, as: UTF8.self)
    }
}

extension ForgeError {
    fileprivate static func token(_ message: String) -> ForgeError { ForgeError(.unauthorized, message) }
}
