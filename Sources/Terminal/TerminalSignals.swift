import Glibc

/// The signals that a screen must know of, as numbers that can be waited for; and those of a process that breaks down, by which the terminal is
/// put back before the process ends as it would have.
final class TerminalSignals {
    private static let awaited = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT]
    private static let breakdowns = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE]

    /// The end of the pipe that handlers write into. A pointer, since a handler may start no access that is checked.
    nonisolated(unsafe) private static let writing = {
        let end = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
        end.initialize(to: -1)
        return end
    }()

    private static let note: @convention(c) (Int32) -> Void = { number in
        let reason = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = Glibc.write(TerminalSignals.writing.pointee, &byte, 1)
        errno = reason
    }

    private static let breakDown: @convention(c) (Int32) -> Void = { number in
        TerminalModes.leave()
        // The handler was taken away as it was called.
        raise(number)
    }

    /// Becomes readable when there are signals.
    let descriptor: Int32
    private var before: [(number: Int32, action: sigaction)] = []

    /// Nil, with `errno`, without a pipe.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        descriptor = ends[0]
        Self.writing.pointee = ends[1]
        for number in Self.awaited { handle(number, Self.note, SA_RESTART) }
        for number in Self.breakdowns { handle(number, Self.breakDown, Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_NODEFER) }
    }

    func close() {
        guard !before.isEmpty else { return }
        for (number, action) in before {
            var action = action
            sigaction(number, &action, nil)
        }
        before = []
        _ = Glibc.close(descriptor)
        _ = Glibc.close(Self.writing.pointee)
        Self.writing.pointee = -1
    }

    /// The signals since the last time, in their order.
    func taken() -> [Int32] {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &bytes, bytes.count)
        return count > 0 ? bytes[..<count].map(Int32.init) : []
    }

    /// Stops the process as Ctrl-Z would, until somebody continues it.
    func stopProcess() {
        var usual = sigaction()
        usual.__sigaction_handler.sa_handler = SIG_DFL
        var ours = sigaction()
        sigaction(SIGTSTP, &usual, &ours)
        // To this thread, which then stops before it goes on.
        raise(SIGTSTP)
        sigaction(SIGTSTP, &ours, nil)
        // That it goes on is no news to whoever waited for it.
        _ = taken()
    }

    private func handle(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void, _ flags: Int32) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        action.sa_flags = flags
        var old = sigaction()
        guard sigaction(number, &action, &old) == 0 else { return }
        before.append((number, old))
    }
}
