internal import Glibc
internal import Synchronization

/// The connections of which a request's first line is there and the rest of its head is not, each with the thread of libmicrohttpd that reads it.
final class ArrivingHeads: Sendable {
    /// By the connection's address.
    private let threads = Mutex<[UInt: pthread_t]>([:])

    func insert(_ connection: OpaquePointer) {
        let thread = pthread_self()
        threads.withLock { $0[UInt(bitPattern: connection)] = thread }
    }

    func remove(_ connection: OpaquePointer) {
        threads.withLock { _ = $0.removeValue(forKey: UInt(bitPattern: connection)) }
    }

    /// Those that nobody else touches while the thread that asks is here.
    var onThisThread: [OpaquePointer] {
        let thread = pthread_self()
        return threads.withLock { threads in
            threads.compactMap { pthread_equal($0.value, thread) != 0 ? OpaquePointer(bitPattern: $0.key) : nil }
        }
    }
}
