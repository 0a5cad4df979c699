internal import Foundation

/// Real files that lie beside the repository in `../shared`. Not everybody has them: tests that read them say
/// `.enabled(if: SharedData.exists("data/corpus"))`.
package enum SharedData {
    /// The location of a file or folder in `../shared`.
    package static func path(_ name: String) -> String {
        // Tests/TestSupport/SharedData.swift, and one step out of the repository.
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return root.deletingLastPathComponent().appendingPathComponent("shared").appendingPathComponent(name).path
    }

    package static func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path(name))
    }
}
