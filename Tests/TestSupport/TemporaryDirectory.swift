internal import Foundation

/// A folder of a test's own, removed with the last reference.
package final class TemporaryDirectory: Sendable {
    package let path: String

    package init() {
        let url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appendingPathComponent("bursar-\(UUID().uuidString)")
        // A test without its folder cannot mean anything: the first write into it fails and says so.
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit {
        // What is left behind lies in the system's temporary folder and harms nobody.
        try? FileManager.default.removeItem(atPath: path)
    }

    package func write(_ bytes: [UInt8], to name: String) throws {
        let url = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    package func write(_ text: String, to name: String) throws {
        try write(Array(text.utf8), to: name)
    }

    /// Writes a program that a test runs. Another process writes it: whatever this one has open for writing, a child that another test starts
    /// at the same moment holds open too, and the kernel runs no file that is ("Text file busy").
    package func writeProgram(_ text: String, to name: String) throws {
        let place = "\(path)/\(name)"
        let result = try Program(path: "/bin/sh").run(
            "-c", "mkdir -p \"${1%/*}\" && rm -f \"$1\" && cat >\"$1\" && chmod 755 \"$1\"", "sh", place, input: text)
        guard result.code == 0 else { throw TemporaryRepository.Failure(description: "cannot write '\(place)': \(result.error)") }
    }

    /// Removes a file; one that is not there is fine.
    package func remove(_ name: String) {
        // What is not there is what was wanted.
        try? FileManager.default.removeItem(atPath: path + "/" + name)
    }

    package func setMode(_ mode: Int, of name: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path + "/" + name)
    }

    package func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
    }
}
