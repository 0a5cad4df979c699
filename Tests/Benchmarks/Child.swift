import Glibc

/// A program that was run to its end, and what it took.
struct Child {
    var seconds: Double
    var peakMiB: Int
    var isSuccess: Bool

    /// Runs a program by its argument vector; its output goes to a file or nowhere. Nil when it cannot be started.
    static func run(_ arguments: [String], output: String = "/dev/null") -> Child? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        var vector = arguments.map { strdup($0) } + [nil]
        defer { vector.forEach { free($0) } }
        var process = pid_t()
        let clock = ContinuousClock()
        let start = clock.now
        guard posix_spawnp(&process, arguments[0], &actions, nil, &vector, environ) == 0 else { return nil }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0 {}
        let duration = clock.now - start
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        return Child(seconds: seconds, peakMiB: usage.ru_maxrss >> 10, isSuccess: status == 0)
    }

    /// The fastest of some runs.
    static func best(of count: Int, _ arguments: [String], output: String = "/dev/null") -> Child? {
        (0..<count).compactMap { _ in run(arguments, output: output) }.filter(\.isSuccess).min { $0.seconds < $1.seconds }
    }
}
