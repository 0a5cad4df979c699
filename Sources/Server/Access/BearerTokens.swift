internal import Secrets
internal import Synchronization

/// Who may ask for what: a file of bearer tokens, read again whenever it changes.
///
/// A line is `ROLE NAME TOKEN`, where the role is `read` or `write` (which may read too) and the token stands there as it is, at least
/// sixteen characters, or as `sha256:` and the hexadecimal digest of it. Empty lines and those that begin with `#` say nothing.
package final class BearerTokens: Sendable {
    package enum Role: String, Hashable, Sendable, Comparable, CaseIterable {
        case read, write

        package static func < (a: Role, b: Role) -> Bool { a == .read && b == .write }
    }

    package struct Bearer: Hashable, Sendable {
        /// Shown in the audit and in logs.
        package var name: String
        package var role: Role
    }

    private struct Entry {
        var bearer: Bearer
        /// SHA-256 of the token: what is kept is no token.
        var digest: [UInt8]
    }

    private struct State {
        var stamp: SecretFile.Stamp?
        var entries: [Entry] = []
        /// Why nobody is let in at present.
        var fault: ServerError?
    }

    private let file: SecretFile
    private let state: Mutex<State>

    /// - Throws: when the file may be read by others, or a line of it says nothing that can be meant.
    package init(path: String) throws(ServerError) {
        file = SecretFile(path, name: "file of tokens")
        let (stamp, text) = try file.readForServer()
        state = Mutex(State(stamp: stamp, entries: try Self.entries(of: text, path)))
    }

    /// Whose token it is; nil for nobody's. A file that has become invalid lets nobody in until it is fixed.
    package func bearer(of token: String) -> Bearer? {
        let digest = Authentication.digest(of: Array(token.utf8))
        return state.withLock { state in
            refresh(&state)
            var found: Bearer?
            // All of them are compared: how long it takes does not tell which one was nearly right.
            for entry in state.entries where Authentication.areEqual(entry.digest, digest) { found = entry.bearer }
            return found
        }
    }

    /// A line of the file, for sessions: who, and by which token.
    struct Identity: Sendable {
        var bearer: Bearer
        /// SHA-256 of the token.
        var digest: [UInt8]
    }

    /// Nil for nobody's.
    func identity(of token: String) -> Identity? {
        bearer(of: token).map { Identity(bearer: $0, digest: Authentication.digest(of: Array(token.utf8))) }
    }

    /// Nil where the file has no such name now.
    func identity(named name: String) -> Identity? {
        state.withLock { state in
            refresh(&state)
            return state.entries.first { $0.bearer.name == name }.map { Identity(bearer: $0.bearer, digest: $0.digest) }
        }
    }

    /// What is wrong with the file now.
    package var fault: ServerError? {
        state.withLock { state in
            refresh(&state)
            return state.fault
        }
    }

    private func refresh(_ state: inout State) {
        let stamp = file.stamp
        guard stamp == nil || stamp != state.stamp else { return }
        do throws(ServerError) {
            let (stamp, text) = try file.readForServer()
            state = State(stamp: stamp, entries: try Self.entries(of: text, file.path))
        } catch {
            state = State(stamp: stamp, fault: error)
        }
    }

    private static func entries(of text: String, _ path: String) throws(ServerError) -> [Entry] {
        var entries: [Entry] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            guard words.count == 3, let role = Role(rawValue: first) else {
                throw .badLine(path, index + 1, "expected 'read' or 'write', a name and a token")
            }
            guard words[1].utf8.count <= 64, words[1].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                throw .badLine(path, index + 1, "a name has up to 64 printable ASCII characters")
            }
            guard !entries.contains(where: { $0.bearer.name == words[1] }) else {
                throw .badLine(path, index + 1, "the name '\(words[1])' stands there twice")
            }
            guard let digest = digest(of: words[2]) else {
                throw .badLine(path, index + 1, "a token has at least 16 characters, or is 'sha256:' and 64 hexadecimal digits")
            }
            entries.append(Entry(bearer: Bearer(name: words[1], role: role), digest: digest))
        }
        return entries
    }

    private static func digest(of token: String) -> [UInt8]? {
        guard token.hasPrefix("sha256:") else { return token.utf8.count >= 16 ? Authentication.digest(of: Array(token.utf8)) : nil }
        return Authentication.bytes(ofHex: token.dropFirst(7)).flatMap { $0.count == 32 ? $0 : nil }
    }
}

extension ServerError {
    /// The line itself may hold a token: it is not shown.
    fileprivate static func badLine(_ path: String, _ line: Int, _ message: String) -> ServerError {
        ServerError(code: .secrets, message: "\(path):\(line): \(message)")
    }
}

extension SecretFile {
    func readForServer() throws(ServerError) -> (stamp: Stamp, text: String) {
        do throws(SecretFileError) { return try readText() } catch { throw ServerError(code: .secrets, message: error.message) }
    }
}
