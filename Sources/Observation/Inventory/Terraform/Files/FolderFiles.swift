import HCL

extension TerraformCode {
    /// Whose rules say which of a folder's files count.
    enum Tool: Hashable, Sendable {
        case terraform, openTofu
    }

    /// The files of a folder that count, those that override behind the others, each in the order of their names' bytes.
    func files(of folder: String) -> [ParsedFile] {
        let files = folders[folder] ?? []
        switch tool {
        case .terraform: return files.filter { !$0.name.isTofu }
        case .openTofu:
            // A file of OpenTofu stands for one of Terraform that is called like it.
            let tofu = Set(files.lazy.filter(\.name.isTofu).map { Array($0.path.utf8) })
            guard !tofu.isEmpty else { return files }
            return files.filter { file in
                guard let other = TerraformFileName.tofuAlternative(of: file.path) else { return true }
                return !tofu.contains(Array(other.utf8))
            }
        }
    }

    /// The files of OpenTofu in folders in which Terraform would read others: the two make something else of them.
    func mixedFiles(in folders: Set<String>) -> [ParsedFile] {
        folders.flatMap { folder -> [ParsedFile] in
            let files = self.folders[folder] ?? []
            return files.contains { !$0.name.isTofu } ? files.filter(\.name.isTofu) : []
        }
    }
}
