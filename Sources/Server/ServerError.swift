/// Why the server cannot start, or a part of it cannot work.
package struct ServerError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// The address is taken, or not ours to take.
        case listen
        /// A certificate, its key, a file of tokens or of secrets.
        case secrets
        /// The configuration would expose the server without authentication.
        case unsafe
        /// The ledger cannot be read.
        case archive
        /// Where traces go.
        case traces
    }

    package var code: Code
    /// Lower case, no full stop; holds no secret.
    package var message: String

    package init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
