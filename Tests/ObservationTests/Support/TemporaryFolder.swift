import Foundation

/// A folder of a test's own, removed with it.
final class TemporaryFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "bursar-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path(percentEncoded: false)
    }

    deinit {
        // What stays behind in the temporary folder does no harm.
        try? FileManager.default.removeItem(atPath: path)
    }

    func read(_ name: String) throws -> String { try String(contentsOf: URL(filePath: path).appending(path: name), encoding: .utf8) }

    func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        let url = URL(filePath: path).appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }
}

/// `../shared` beside the repository, where it is there.
enum Shared {
    static let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../../shared").standardized
        .path(percentEncoded: false)
    static let exists = FileManager.default.fileExists(atPath: path + "/data/focus")
}
