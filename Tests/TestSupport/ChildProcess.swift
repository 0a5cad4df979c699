internal import Glibc

/// A program that was started and not yet waited for: to be killed, or to run beside others.
///
/// Not Foundation's `Process`: that looks every 50 ms only, and takes a program for running as long as anything it started does.
package final class ChildProcess {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Files of a child's standard streams, opened by itself: pipes of children that start at the same time would be held open by each
    /// other.
    package struct Streams {
        package var input = "/dev/null"
        package var output = "/dev/null"
        package var errors = "/dev/null"

        package init(input: String = "/dev/null", output: String = "/dev/null", errors: String = "/dev/null") {
            self.input = input
            self.output = output
            self.errors = errors
        }
    }

    package let identifier: Int32
    private var code: Int32?
    /// Seconds that it kept processors busy, and the most memory that it had, in bytes; of one that was waited for.
    package private(set) var processorSeconds = 0.0
    package private(set) var peakMemory = 0

    /// - Parameters:
    ///   - path: the executable's; the `PATH` is not searched.
    ///   - environment: all of it.
    ///   - isGroup: whether it leads a process group of its own.
    package init(
        _ path: String, _ arguments: [String], environment: [String: String], streams: Streams = Streams(), isGroup: Bool = false
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, streams.input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, streams.output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        if streams.errors == streams.output {
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        } else {
            posix_spawn_file_actions_addopen(&actions, 2, streams.errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Whoever runs the tests may ignore or block signals; the program must not.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (isGroup ? POSIX_SPAWN_SETPGROUP : 0)
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var vector = ([path] + arguments).map { strdup($0) } + [nil]
        var names = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in vector + names { free(text) } }
        var process: pid_t = 0
        let result = posix_spawn(&process, path, &actions, &attributes, &vector, &names)
        guard result == 0 else { throw Failure(description: "cannot run \(path): \(String(cString: strerror(result)))") }
        identifier = process
    }

    /// Sends a signal, to its whole group where it leads one and that is asked for. Nothing happens after it was waited for.
    package func signal(_ number: Int32, toGroup: Bool = false) {
        // Until it is reaped nobody else can have its number.
        if code == nil { kill(toGroup ? -identifier : identifier, number) }
    }

    package var isRunning: Bool { code == nil && reap(WNOHANG) == nil }

    /// What it exited with; 128 and the signal's number where a signal ended it.
    @discardableResult
    package func wait() -> Int32 {
        while true { if let code = reap(0) { return code } }
    }

    private func reap(_ options: Int32) -> Int32? {
        if let code { return code }
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(identifier, &status, options, &usage) == identifier else { return nil }
        let times = [usage.ru_utime, usage.ru_stime]
        processorSeconds = times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1_000_000 }
        peakMemory = usage.ru_maxrss << 10
        let signal = status & 0x7F
        code = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
        return code
    }
}
