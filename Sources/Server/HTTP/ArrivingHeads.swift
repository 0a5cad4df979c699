internal import Glibc
internal import Synchronization

/// The connections of which a request's first line is there and the rest of its head is not, each with the thread of libmicrohttpd that reads it.
final class ArrivingHeads: Sendable {
    private struct State {
        /// By the connection's address.
        var threads: [UInt: pthread_t] = [:]
        /// Those that were answered past libmicrohttpd, which has not closed them yet.
        var refused: Set<UInt> = []
    }

    private let state = Mutex(State())

    func insert(_ connection: OpaquePointer) {
        let thread = pthread_self()
        state.withLock { $0.threads[UInt(bitPattern: connection)] = thread }
    }

    func remove(_ connection: OpaquePointer) {
        state.withLock { state in
            state.threads.removeValue(forKey: UInt(bitPattern: connection))
            state.refused.remove(UInt(bitPattern: connection))
        }
    }

    /// It is about to be answered past libmicrohttpd.
    func refuse(_ connection: OpaquePointer) {
        state.withLock { state in
            state.threads.removeValue(forKey: UInt(bitPattern: connection))
            state.refused.insert(UInt(bitPattern: connection))
        }
    }

    var isRefusing: Bool { state.withLock { !$0.refused.isEmpty } }

    /// Those that nobody else touches while the thread that asks is here.
    var onThisThread: [OpaquePointer] {
        let thread = pthread_self()
        return state.withLock { state in
            state.threads.compactMap { pthread_equal($0.value, thread) != 0 ? OpaquePointer(bitPattern: $0.key) : nil }
        }
    }
}
