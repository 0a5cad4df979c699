import Diagnostics
import Git

/// What the links of a commit lead to inside its repository. What lies outside of it is no part of any change.
struct LinkTargets {
    private static let most = 1_000

    private let tree: RevisionTree
    private let prefix: String

    /// Nil for a tree that is no commit's.
    init?(of workspace: OpenedWorkspace) throws(GitError) {
        guard let commit = workspace.commit.flatMap({ ObjectID($0) }), workspace.tree is RevisionTree else { return nil }
        tree = try RevisionTree(workspace.repository, at: commit)
        prefix = workspace.prefix
    }

    /// The files at the ends of some links of the workspace and in the folders there, links on the way followed as well. By their paths in
    /// the repository, with a mark that none of the workspace's own has; nil: there are too many.
    func files(behind links: [String]) throws(GitError) -> [String: ObjectID]? {
        var files: [String: ObjectID] = [:]
        var next = links.map { prefix.isEmpty ? $0 : prefix + "/" + $0 }
        var seen = Set(next)
        while let link = next.popLast() {
            guard let text = try tree.target(ofLink: link), let target = Self.resolve(text, from: link) else { continue }
            // The link may lead through others.
            let parts = target.split(separator: "/")
            let ways = parts.indices.map { parts[...$0].joined(separator: "/") }.filter { tree.entry(at: $0)?.kind == .symbolicLink }
            let found = (tree.entry(at: target).map { [$0] } ?? []) + tree.entries(under: target)
            for entry in found {
                files["/" + entry.path] = entry.blob
                if entry.kind == .symbolicLink, seen.insert(entry.path).inserted { next.append(entry.path) }
            }
            for way in ways where seen.insert(way).inserted {
                files["/" + way] = tree.entry(at: way)?.blob
                next.append(way)
            }
            guard seen.count <= Self.most else { return nil }
        }
        return files
    }

    /// Nil where it leaves the repository.
    static func resolve(_ target: [UInt8], from link: String) -> String? {
        guard target.first != UInt8(ascii: "/") else { return nil }
        var parts = link.split(separator: "/").dropLast().map(String.init)
        for part in target.split(separator: UInt8(ascii: "/")) where !part.elementsEqual(".".utf8) {
            if part.elementsEqual("..".utf8) {
                guard parts.popLast() != nil else { return nil }
            } else {
                parts.append(PathText.shown(part))
            }
        }
        return parts.joined(separator: "/")
    }
}
