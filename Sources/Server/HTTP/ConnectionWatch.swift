internal import Glibc
internal import Synchronization

/// Ends connections that take too long over a step: sending a request's head, its body, or taking the answer.
///
/// libmicrohttpd ends those that are *silent* for a time. One that sends a byte now and then is never silent, and a few hundred of them
/// would hold every connection there is.
final class ConnectionWatch: Sendable {
    private struct State {
        /// By socket: when its step must have ended, in milliseconds of the machine's uptime.
        var deadlines: [Int32: Int64] = [:]
        var isStopped = false
    }

    private let state = Mutex(State())
    private let uptime: @Sendable () -> Int64

    init(uptime: @escaping @Sendable () -> Int64) {
        self.uptime = uptime
    }

    /// A connection enters a step that may take so long.
    func enter(_ socket: Int32, milliseconds: Int64) {
        let deadline = uptime() + milliseconds
        state.withLock { $0.deadlines[socket] = deadline }
    }

    /// The connection is about to be closed: its socket's number may soon be another's.
    func forget(_ socket: Int32) {
        state.withLock { _ = $0.deadlines.removeValue(forKey: socket) }
    }

    func stop() { state.withLock { $0.isStopped = true } }

    /// Shuts what is overdue down; libmicrohttpd sees the end and closes. False once it was stopped.
    func sweep() -> Bool {
        let now = uptime()
        // Under the lock: 'forget' waits, so the number still belongs to the connection.
        return state.withLock { state in
            for (socket, deadline) in state.deadlines where deadline <= now {
                shutdown(socket, Int32(SHUT_RDWR))
                state.deadlines.removeValue(forKey: socket)
            }
            return !state.isStopped
        }
    }
}
