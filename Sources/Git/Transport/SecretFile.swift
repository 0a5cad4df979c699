internal import Diagnostics
internal import Glibc

/// A file with a secret, that nobody else may read (see `SecretPermissions`).
enum SecretFile {
    static let tokenLimit = 16 << 10

    /// Throws unless the file is fit to hold a secret. What it holds stands in no message.
    @discardableResult
    static func check(_ path: String, what: String, limit: Int = 1 << 20) throws(TransportError) -> [UInt8] {
        let shown = "the \(what) '\(printable(path))'"
        // Not through a FIFO that nobody writes, nor past a swap between the look and the read.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard file >= 0 else {
            throw TransportError(.unauthorized, "cannot read \(shown): \(String(cString: strerror(errno)).lowercased())")
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else {
            throw TransportError(.unauthorized, "cannot read \(shown): \(String(cString: strerror(errno)).lowercased())")
        }
        switch SecretPermissions.fault(mode: status.st_mode, owner: status.st_uid, user: geteuid()) {
        case .notAFile: throw TransportError(.refused, "\(shown) is not a regular file")
        case .foreign: throw TransportError(.refused, "\(shown) belongs to another user")
        case .open: throw TransportError(.refused, "\(shown) can be read by others: run chmod 600 on it")
        case nil: break
        }
        guard status.st_size > 0, status.st_size <= limit else { throw TransportError(.refused, "\(shown) is empty or too large") }
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = read(file, &bytes, bytes.count)
        guard count > 0 else { throw TransportError(.refused, "cannot read \(shown)") }
        return Array(bytes[..<count])
    }

    /// The token, which is the file's only line.
    static func token(_ path: String) throws(TransportError) -> String {
        let bytes = try check(path, what: "token file", limit: tokenLimit)
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard bytes.dropFirst(line.count).allSatisfy({ $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }), !line.isEmpty,
            line.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            throw TransportError(.refused, "the token file '\(printable(path))' holds more than one line of printable ASCII without blanks")
        }
        return String(decoding: line, as: UTF8.self)
    }
}

/// The program that `git` asks for a user's name and password. The token passes from its file through a pipe and stands
/// in no argument, no environment and no configuration.
enum AskPass {
    /// It answers for the one host it was written for, whoever asks.
    static func script(scope: String, tokenFile: String, username: String) throws(TransportError) -> String {
        guard !username.isEmpty, !(username + tokenFile).utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }), tokenFile.hasPrefix("/") else {
            throw TransportError(.refused, "the user name of the token is empty, or the token file's path is not absolute or not printable")
        }
        // As git quotes a user name in an address, for the names hosts want.
        guard
            username.utf8.allSatisfy({
                $0 < 0x7F && (Character(UnicodeScalar($0)).isLetter || Character(UnicodeScalar($0)).isNumber || "-._".utf8.contains($0))
            })
        else {
            throw TransportError(.refused, "the user name of the token holds more than letters, digits and '-._'")
        }
        let (scheme, host) = (scope.prefix { $0 != ":" }, scope.drop { $0 != ":" }.dropFirst("://".count))
        return """
            #!/bin/sh
            case "$1" in
            "Username for '\(scope)': ") printf '%s\\n' \(quoted(username)) ;;
            "Password for '\(scheme)://\(username)@\(host)': ") exec cat -- \(quoted(tokenFile)) ;;
            *) exit 1 ;;
            esac

            """
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
