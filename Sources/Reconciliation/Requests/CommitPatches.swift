package import Forge
import Git

/// A commit of ours as patches that `git apply` takes, one for each file.
package enum CommitPatches {
    package static func files(of commit: String, in directory: String) throws -> [PatchFile] {
        let repository = try Repository.discover(from: directory)
        guard let id = ObjectID(commit), let base = try repository.commit(id).parents.first else { return [] }
        let (old, new) = (try RevisionTree(repository, at: base), try RevisionTree(repository, at: id))
        return try repository.changedFiles(from: base, to: id).map { file in
            let diff = UnifiedDiff(
                path: file.path, old: file.old == nil ? [] : try old.read(file.path), new: file.new == nil ? [] : try new.read(file.path),
                isExecutable: new.entry(at: file.path)?.kind == .file(isExecutable: true))
            return PatchFile(name: file.path, text: String(decoding: try diff.render(), as: UTF8.self))
        }
    }
}
