internal import Foundation

/// Another program, run as people run it: a shell, a linter, or the tool as it was built.
package struct Program: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    /// A program of the `PATH`; nil where there is none. Tests that need one say `.enabled(if: Program.named("fish") != nil)`.
    package static func named(_ name: String) -> Program? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.lazy.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }.map { Program(path: $0) }
    }

    /// The tool as it was built, beside the bundle of tests.
    package static var bursar: Program {
        let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
        let executable = bundle ?? URL(fileURLWithPath: CommandLine.arguments[0])
        return Program(path: executable.deletingLastPathComponent().appendingPathComponent("bursar").path)
    }

    package struct Result: Sendable {
        package var code: Int32
        package var output: String
        package var error: String
    }

    /// - Parameter environment: beside `PATH`; nothing else is passed on.
    @discardableResult
    package func run(
        _ arguments: String..., in folder: String = "/", environment: [String: String] = [:], input: String = ""
    ) throws -> Result {
        try run(arguments, in: folder, environment: environment, input: Array(input.utf8))
    }

    package func run(
        _ arguments: [String], in folder: String = "/", environment: [String: String] = [:], input: [UInt8] = []
    ) throws -> Result {
        let scratch = TemporaryDirectory()
        try scratch.write(input, to: "in")
        try scratch.write([], to: "out")
        try scratch.write([], to: "err")
        let process = try ChildProcess(
            "/usr/bin/env", ["-C", folder, "--", path] + arguments,
            environment: [
                "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
            ].merging(environment) { $1 },
            streams: .init(input: scratch.path + "/in", output: scratch.path + "/out", errors: scratch.path + "/err"))
        let code = process.wait()
        return Result(
            code: code, output: String(decoding: try scratch.read("out"), as: UTF8.self),
            error: String(decoding: try scratch.read("err"), as: UTF8.self))
    }
}
