internal import Glibc

/// A program that runs beside the test, such as a server; ended with everything it started when the last reference goes.
package final class BackgroundProgram {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private let path: String
    private let process: ChildProcess
    private let scratch = TemporaryDirectory()

    /// - Parameter environment: beside `PATH`; nothing else is passed on.
    package init(_ program: Program, _ arguments: [String], environment: [String: String] = [:]) throws {
        path = program.path
        let log = scratch.path + "/log"
        let search = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        process = try ChildProcess(
            program.path, arguments, environment: ["PATH": search, "LC_ALL": "C.UTF-8"].merging(environment) { $1 },
            streams: .init(output: log, errors: log), isGroup: true)
    }

    deinit { end() }

    package func end() {
        process.signal(SIGKILL, toGroup: true)
        process.wait()
    }

    /// Waits until it is ready, for at most five minutes: beside a whole run of the tests a server may get no time for long.
    package func wait(until isReady: () -> Bool) throws {
        for _ in 0..<15_000 {
            if isReady() { return }
            usleep(20_000)
        }
        throw Failure(description: "\(path) is not ready: \(String(decoding: try scratch.read("log"), as: UTF8.self))")
    }
}
