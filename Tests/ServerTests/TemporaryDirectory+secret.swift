import Foundation
import TestSupport

extension TemporaryDirectory {
    /// Writes a file that only its owner may read, or with other permissions, and gives its path.
    func secret(_ text: String, _ name: String, permissions: Int = 0o600) throws -> String {
        try write(text, to: name)
        let path = "\(path)/\(name)"
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
        return path
    }
}
