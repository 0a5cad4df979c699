import Diagnostics
package import Forge
import Git
import Observation

/// A commit of ours as patches that `git apply` takes, one for each file.
package enum CommitPatches {
    package static func files(of commit: String, in directory: String) throws -> [PatchFile] {
        let repository = try Repository.discover(from: directory)
        guard let id = ObjectID(commit), let base = try repository.commit(id).parents.first else { return [] }
        let (old, new) = (try RevisionTree(repository, at: base), try RevisionTree(repository, at: id))
        return try repository.changedFiles(from: base, to: id).map { file in
            let before = file.old == nil ? [] : try old.read(file.path)
            let diff = UnifiedDiff(
                path: file.path, old: before, new: file.new == nil ? [] : try new.read(file.path),
                isExecutable: new.entry(at: file.path)?.kind == .file(isExecutable: true),
                hiding: try secretLines(of: SourceFile(path: file.path, bytes: before), in: old))
            return PatchFile(name: file.path, text: String(decoding: try diff.render(), as: UTF8.self))
        }
    }

    private static func secretLines(of source: SourceFile, in tree: RevisionTree) throws -> Set<Int> {
        let folder = source.path.lastIndex(of: "/").map { String(source.path[..<$0]) } ?? ""
        let depth = folder.isEmpty ? 1 : folder.split(separator: "/").count + 1
        let around = tree.entries(under: folder).filter { entry in
            guard case .file = entry.kind else { return false }
            return entry.path.split(separator: "/").count == depth
        }
        let files = try around.map { SourceFile(path: $0.path, bytes: try tree.read($0.path)) }
        return Inventories.secretLines(of: source, among: files)
    }
}
