internal import Glibc

/// A program that runs beside the test, such as a server; ended with everything it started when the last reference goes.
///
/// Not Foundation's `Process`: that takes a program for running as long as anything it started does.
package final class BackgroundProgram {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private let path: String
    private var process: pid_t?
    private let scratch = TemporaryDirectory()

    /// - Parameter environment: beside `PATH`; nothing else is passed on.
    package init(_ program: Program, _ arguments: [String], environment: [String: String] = [:]) throws {
        path = program.path
        let log = scratch.path + "/log"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        let variables = ["PATH": path, "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
        var vector = ([program.path] + arguments).map { strdup($0) } + [nil]
        var names = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in vector + names { free(text) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, program.path, &actions, &attributes, &vector, &names)
        guard code == 0 else { throw Failure(description: "cannot run \(program.path): \(String(cString: strerror(code)))") }
        self.process = process
    }

    deinit { end() }

    package func end() {
        guard let process else { return }
        // Until it is reaped nobody else can have its number.
        kill(-process, SIGKILL)
        waitpid(process, nil, 0)
        self.process = nil
    }

    /// Waits until it is ready, for at most half a minute.
    package func wait(until isReady: () -> Bool) throws {
        for _ in 0..<1_500 {
            if isReady() { return }
            usleep(20_000)
        }
        throw Failure(description: "\(path) is not ready: \(String(decoding: try scratch.read("log"), as: UTF8.self))")
    }
}
