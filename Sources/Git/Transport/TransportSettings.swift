/// How a remote may be talked to.
package struct TransportSettings: Sendable {
    package enum Credentials: Hashable, Sendable {
        /// The user's own: credential helpers and `ssh` as they are configured, agent included.
        case user
        /// A file that holds a token and nothing else, for HTTP.
        ///
        /// - Parameter username: what the host wants beside a token: `x-access-token` on GitHub, `oauth2` on GitLab, anything on Gitea.
        case tokenFile(String, username: String)
        /// A key without a passphrase, and the hosts that are known.
        case sshKey(String, knownHosts: String)
    }

    /// What may be spoken beside `https`, `ssh`, and `http` to this very machine.
    package var allowed: Set<RemoteURL.Scheme>
    package var credentials: Credentials
    /// Milliseconds that a fetch or a push may take as a whole.
    package var deadline: Int
    /// Bytes that one fetch may add to the mirror.
    package var fetchLimit: Int
    /// Packs that a mirror may have before they are rolled up.
    package var packLimit: Int
    /// Asked while `git` runs; true ends it.
    package var isCancelled: @Sendable () -> Bool

    package init(
        allowed: Set<RemoteURL.Scheme> = [], credentials: Credentials = .user, deadline: Int = 120_000, fetchLimit: Int = 4 << 30,
        packLimit: Int = 50, isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.allowed = allowed
        self.credentials = credentials
        self.deadline = deadline
        self.fetchLimit = fetchLimit
        self.packLimit = packLimit
        self.isCancelled = isCancelled
    }
}
