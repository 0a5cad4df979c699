internal import Secrets
internal import Synchronization

/// The secrets that code hosts sign with, one a line, read again whenever the file changes. Several: while one is exchanged for another.
package final class WebhookSecrets: Sendable {
    private struct State {
        var stamp: SecretFile.Stamp?
        var secrets: [[UInt8]] = []
    }

    private let file: SecretFile
    private let state: Mutex<State>

    package init(path: String) throws(ServerError) {
        file = SecretFile(path, name: "file of webhook secrets")
        let (stamp, text) = try file.readForServer()
        let secrets = Self.secrets(of: text)
        guard !secrets.isEmpty, secrets.allSatisfy({ $0.count >= 16 }) else { throw .weak(path) }
        state = Mutex(State(stamp: stamp, secrets: secrets))
    }

    /// Whether one of the secrets satisfies it; all are tried. None does while the file is not valid.
    func contains(where isRight: ([UInt8]) -> Bool) -> Bool {
        let secrets = state.withLock { state in
            let stamp = file.stamp
            guard stamp == nil || stamp != state.stamp else { return state.secrets }
            do throws(ServerError) {
                let (stamp, text) = try file.readForServer()
                state = State(stamp: stamp, secrets: Self.secrets(of: text).filter { $0.count >= 16 })
            } catch {
                // Nobody can sign until it is fixed; deliveries are answered with 401, which code hosts show.
                state = State(stamp: stamp)
            }
            return state.secrets
        }
        var isFound = false
        for secret in secrets where isRight(secret) { isFound = true }
        return isFound
    }

    private static func secrets(of text: String) -> [[UInt8]] {
        text.split(whereSeparator: \.isNewline).map { Array($0.utf8) }.filter { !$0.isEmpty && $0.first != UInt8(ascii: "#") }
    }
}

extension ServerError {
    fileprivate static func weak(_ path: String) -> ServerError {
        ServerError(code: .secrets, message: "'\(path)' needs a secret of at least 16 characters on each line")
    }
}
