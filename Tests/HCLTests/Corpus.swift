import Diagnostics
import Foundation

/// Real Terraform files that lie beside the repository on machines that have them.
enum Corpus {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "../shared/data/corpus/hcl").standardizedFileURL

    static var isPresent: Bool { FileManager.default.fileExists(atPath: root.path) }

    /// All `.tf` files by path.
    static func files() -> [SourceFile] {
        guard let paths = FileManager.default.enumerator(atPath: root.path) else { return [] }
        return paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".tf") }.sorted().compactMap { path in
            FileManager.default.contents(atPath: root.appending(path: path).path).map { SourceFile(path: path, bytes: Array($0)) }
        }
    }
}
