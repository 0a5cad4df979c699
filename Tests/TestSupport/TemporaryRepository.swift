internal import Foundation

/// A repository of a test's own, driven by the `git` executable so that Git itself judges what we do.
package final class TemporaryRepository {
    package let directory = TemporaryDirectory()
    package var path: String { directory.path }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }

    package init(bare: Bool = false) throws {
        try git(["init", "--quiet", "--initial-branch=main"] + (bare ? ["--bare"] : []))
    }

    package func write(_ text: String, to name: String) throws {
        try directory.write(text, to: name)
    }

    /// Stages everything and commits it; returns the commit's id.
    @discardableResult
    package func commit(_ message: String = "change") throws -> String {
        try git(["add", "--all"])
        try git(["commit", "--quiet", "--allow-empty", "--message", message])
        return try git(["rev-parse", "HEAD"])
    }

    /// Runs `git` in the repository, away from the user's configuration and with fixed people and times.
    ///
    /// - Returns: what it printed, without the last line break.
    @discardableResult
    package func git(_ arguments: [String], input: [UInt8] = []) throws -> String {
        let result = try attempt(arguments, input: input)
        guard result.code == 0 else {
            throw Failure(description: "git \(arguments.joined(separator: " ")): \(result.error)\(result.output)")
        }
        return result.output.hasSuffix("\n") ? String(result.output.dropLast()) : result.output
    }

    /// Runs `git` where failing may be what is expected, such as a push that a hook refuses.
    ///
    /// - Parameter environment: what hooks see beside Git's own.
    package func attempt(
        _ arguments: [String], environment more: [String: String] = [:], input: [UInt8] = []
    ) throws -> Program.Result {
        try Program(path: "git").run(arguments, in: path, environment: environment.merging(more) { $1 }, input: input)
    }

    private var environment: [String: String] {
        [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": path, "LC_ALL": "C",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com", "GIT_AUTHOR_DATE": "1700000000 +0100",
            "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.com", "GIT_COMMITTER_DATE": "1700000000 +0100",
        ]
    }
}
