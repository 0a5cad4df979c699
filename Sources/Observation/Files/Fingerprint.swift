package import CostModel
import Glibc

/// Tells whether observed files are those of last time, without reading them: by path, size, times and inode of every file that the
/// workspace's patterns match.
///
/// The time of the last status change counts too, which no copy that keeps times can set. A file that is replaced is another inode.
package enum Fingerprint {
    /// Every pattern by which a workspace observes; `{root}` is any folder.
    package static func patterns(of policies: PolicySet) -> [String] {
        let workspace = policies.workspace
        var patterns = workspace.cost.flatMap(\.paths) + workspace.utilization.flatMap(\.paths) + workspace.inventory.flatMap(\.state)
        patterns += workspace.cloud.flatMap(\.paths) + workspace.recommendations.flatMap(\.paths) + workspace.rates.flatMap(\.paths)
        patterns += [workspace.instanceCatalog].compactMap { $0 } + workspace.prices + workspace.usage
        patterns += workspace.logs.flatMap(\.paths) + policies.readMetrics.flatMap(\.paths)
        return Set(patterns.map { $0.replacing("{root}", with: "**") }).sorted()
    }

    /// - Returns: Nil when a pattern matches too many files to tell.
    package static func digest(of patterns: [String], directory: String) -> String? {
        var hash = SHA256()
        for pattern in patterns {
            guard let paths = FileGlob(pattern).paths(in: directory) else { return nil }
            hash.update(field: pattern)
            for path in paths {
                var status = stat()
                let code = stat(FileGlob.resolve(path, in: directory), &status)
                hash.update(field: path)
                let numbers = [
                    Int(code), Int(bitPattern: UInt(status.st_dev)), Int(bitPattern: UInt(status.st_ino)), Int(status.st_size),
                    status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
                ]
                hash.update(field: numbers.map(String.init).joined(separator: " "))
            }
        }
        return hash.hexDigest()
    }
}
