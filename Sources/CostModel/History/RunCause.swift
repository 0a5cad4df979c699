/// What asked for a run, or for anything else that is written.
package enum RunCause: Hashable, Sendable {
    /// The workspace's interval was over.
    case interval
    /// The run before failed in a way that may pass.
    case retry
    /// A delivery of a code host.
    ///
    /// - `event`: what it says has happened, such as `push`: letters, digits, `_` and `-` only.
    case webhook(CodeHost, event: String)
    /// A client of the server, by the name of its token.
    case api(caller: String)
    /// A person who ran a command.
    case commandLine(user: String)

    package var trigger: Run.Trigger {
        switch self {
        case .interval: .interval
        case .retry: .retry
        case .webhook: .webhook
        case .api: .manual
        case .commandLine: .once
        }
    }
}

/// As the ledger and the API have it.
extension RunCause: CustomStringConvertible {
    package var description: String {
        switch self {
        case .interval: "interval"
        case .retry: "retry"
        case .webhook(let host, let event): "webhook \(host.rawValue) \(event)"
        case .api(let caller): "user \(caller)"
        case .commandLine(let user): "user \(user)"
        }
    }
}
