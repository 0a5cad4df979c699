import Foundation
import Glibc

/// A folder for its owner alone that is gone after the command.
struct ScratchFolder {
    let path: String

    init() throws(CommandFailure) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/bursar-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CommandFailure("no folder can be made in '\(parent)': \(String(cString: strerror(errno)).lowercased())", .partial)
        }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    func remove() {
        // What cannot be removed is left to the system, which empties such folders.
        try? FileManager.default.removeItem(atPath: path)
    }
}
