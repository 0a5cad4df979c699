import Foundation
import Testing

/// Holds a text against the file of that name in `Tests/Snapshots/Reporting`, whole.
///
/// A snapshot that does not exist yet is written and fails once, so that a person reads it.
func expectSnapshot(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Snapshots/Reporting")
    let file = folder.appending(path: name)
    guard FileManager.default.fileExists(atPath: file.path) else {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        Issue.record("the snapshot \(name) is new: read it, then run again", sourceLocation: sourceLocation)
        return
    }
    #expect(text == String(decoding: try Data(contentsOf: file), as: UTF8.self), "differs from \(name)", sourceLocation: sourceLocation)
}
