internal import Synchronization

/// Tokens that were read, for the nets below those who know which one they sent.
enum KnownSecrets {
    /// A token that was replaced is still one for a while.
    private static let capacity = 256

    private struct State {
        var read: [String] = []
        /// Nil: not made since something was read.
        var hidden: HiddenText?
    }

    private static let state = Mutex(State())

    static var hidden: HiddenText {
        state.withLock { state in
            if let hidden = state.hidden { return hidden }
            let hidden = HiddenText(state.read)
            state.hidden = hidden
            return hidden
        }
    }

    /// Of an address that is a secret, its parts are secrets too: a server that does not know it repeats its path or its query.
    static func remember(_ secret: String) {
        // Anything shorter may be a word of a message.
        guard secret.utf8.count >= 8 else { return }
        state.withLock { state in
            guard !state.read.contains(secret) else { return }
            for part in [secret] + SecretAddress.parts(of: secret) where !state.read.contains(part) {
                if state.read.count == capacity { state.read.removeFirst() }
                state.read.append(part)
            }
            state.hidden = nil
        }
    }
}
