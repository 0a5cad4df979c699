package import Diagnostics
import HCL

/// Terraform files, parsed, by folder. Editing a few of them parses only those anew.
package struct TerraformCode: Sendable {
    struct ParsedFile: Sendable {
        var file: HCLFile
        /// Errors only; a file with any is not evaluated.
        var errors: [Diagnostic]
        /// Comments that exempt, or that were meant to.
        var exemptions: InlineExemptions

        var path: String { file.source.path }
    }

    /// By folder, then sorted by path.
    private(set) var folders: [String: [ParsedFile]] = [:]
    /// Variable files, by folder.
    private(set) var variableFiles: [String: [ParsedFile]] = [:]
    /// Files in Terraform's JSON syntax, which is not read.
    private(set) var jsonFiles: [String] = []

    /// - Parameter files: whatever the tree holds; what Terraform does not read is left out.
    package init(files: [SourceFile]) {
        for file in files { add(file) }
        sort(Set(folders.keys).union(variableFiles.keys))
    }

    /// The same tree with some files' contents replaced or added.
    package func replacing(_ files: [SourceFile]) -> TerraformCode {
        var code = self
        let paths = Set(files.map(\.path))
        for folder in Set(files.map { ModulePath.folder(of: $0.path) }) {
            code.folders[folder]?.removeAll { paths.contains($0.path) }
            code.variableFiles[folder]?.removeAll { paths.contains($0.path) }
        }
        for file in files { code.add(file) }
        code.sort(Set(files.map { ModulePath.folder(of: $0.path) }))
        return code
    }

    /// Whether Terraform reads a file of this path, so that the caller need not load others.
    package static func reads(_ path: String) -> Bool {
        guard !path.split(separator: "/").contains(".terraform") else { return false }
        return [".tf", ".tfvars", ".tf.json", ".tfvars.json"].contains { path.hasSuffix($0) }
    }

    private mutating func add(_ source: SourceFile) {
        let path = source.path
        guard Self.reads(path) else { return }
        let name = path.split(separator: "/").last.map { String($0) } ?? path
        let folder = ModulePath.folder(of: path)
        // Terraform leaves out editors' own files.
        guard !name.hasPrefix("."), !name.hasSuffix("~"), !name.hasPrefix("#") else { return }
        if name.hasSuffix(".tf") {
            folders[folder, default: []].append(Self.parse(source))
        } else if name == "terraform.tfvars" || name.hasSuffix(".auto.tfvars") {
            variableFiles[folder, default: []].append(Self.parse(source))
        } else if name.hasSuffix(".tf.json") || name == "terraform.tfvars.json" || name.hasSuffix(".auto.tfvars.json") {
            if !jsonFiles.contains(path) { jsonFiles.append(path) }
        }
    }

    private static func parse(_ source: SourceFile) -> ParsedFile {
        let result = Parser.parse(source)
        return ParsedFile(
            file: result.file, errors: result.diagnostics.filter { $0.severity == .error }, exemptions: InlineExemptions(result.file))
    }

    private mutating func sort(_ changed: Set<String>) {
        for folder in changed { folders[folder]?.sort { $0.path < $1.path } }
        // `terraform.tfvars` comes first, whatever the others' names: later files win.
        for folder in changed {
            variableFiles[folder]?.sort { a, b in
                let isFirst = a.path.hasSuffix("terraform.tfvars") && !a.path.hasSuffix(".auto.tfvars")
                let isSecond = b.path.hasSuffix("terraform.tfvars") && !b.path.hasSuffix(".auto.tfvars")
                return isFirst != isSecond ? isFirst : a.path < b.path
            }
        }
        jsonFiles.sort()
    }
}
