/// A repository could not be fetched from or pushed to.
package struct TransportError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// The credentials are missing, wrong or not enough.
        case unauthorized
        case notFound
        /// The connection failed, or the server has problems.
        case network
        /// It took longer than it may.
        case deadline
        /// An address, protocol, redirect, host key or folder that is not trusted.
        case refused
        /// The server says that it is at another address, which is not followed.
        case moved
        /// A kind of repository that is not read.
        case unsupported
        /// A remote that had branches answers that it has none.
        case emptied
        /// More than it may be was sent.
        case tooLarge
        case cancelled
        /// What was sent is not a sound repository.
        case corrupt
        /// `git`, `ssh` or `ssh-keygen` is not installed.
        case missingProgram
        /// Another process works in the mirror.
        case locked
        case other
    }

    package let code: Code
    /// Lower case, no full stop; printable, without secrets, of bounded length.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Whether trying again later may help without anybody fixing something.
    package var mayPass: Bool {
        switch code {
        case .network, .deadline, .cancelled, .locked: true
        case .unauthorized, .notFound, .refused, .moved, .unsupported, .emptied, .tooLarge, .corrupt, .missingProgram, .other: false
        }
    }

    /// Whether an operator must change what is said of the remote.
    package var isOfSettings: Bool { code == .moved || code == .unsupported }

    package var description: String { message }
}
