import Glibc

/// A thread of our own that may block, and that can be waited for to its very end.
///
/// Foundation's threads cannot be waited for: when the process exits while one is still being taken down, what libraries keep for each
/// thread is freed by both, and a run that came through ends in a crash.
final class WorkerThread {
    private final class Work {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private var thread = pthread_t()
    private var isJoined = false

    init(_ body: @escaping @Sendable () -> Void) {
        let work = Unmanaged.passRetained(Work(body))
        let code = pthread_create(
            &thread, nil,
            { context in
                // Handed over below, by the only caller.
                guard let context else { return nil }
                Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
                return nil
            }, work.toOpaque())
        precondition(code == 0, "a thread cannot be started: \(String(cString: strerror(code)))")
    }

    /// Blocks until nothing is left of it; more than once does nothing.
    func join() {
        guard !isJoined else { return }
        isJoined = true
        pthread_join(thread, nil)
    }

    deinit { if !isJoined { pthread_detach(thread) } }
}
