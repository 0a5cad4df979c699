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
        add(files)
    }

    /// The same tree with some files' contents replaced or added.
    package func replacing(_ files: [SourceFile]) -> TerraformCode {
        var code = self
        let paths = Set(files.map(\.path))
        for folder in Set(files.map { ModulePath.folder(of: $0.path) }) {
            code.folders[folder]?.removeAll { paths.contains($0.path) }
            code.variableFiles[folder]?.removeAll { paths.contains($0.path) }
        }
        code.add(files)
        return code
    }

    /// Whether Terraform reads a file of this path, so that the caller need not load others.
    package static func reads(_ path: String) -> Bool {
        guard !path.split(separator: "/").contains(".terraform") else { return false }
        return [".tf", ".tfvars", ".tf.json", ".tfvars.json"].contains { path.hasSuffix($0) }
    }

    /// What Terraform does with a file, by its name.
    private enum Role {
        case code, variables, json
    }

    private mutating func add(_ files: [SourceFile]) {
        var parsed: [(source: SourceFile, role: Role)] = []
        for file in files {
            switch Self.role(of: file.path) {
            case .code: parsed.append((file, .code))
            case .variables: parsed.append((file, .variables))
            case .json: if !jsonFiles.contains(file.path) { jsonFiles.append(file.path) }
            case nil: continue
            }
        }
        for (file, (_, role)) in zip(parsed.map(\.source).concurrentMap(Self.parse), parsed) {
            let folder = ModulePath.folder(of: file.path)
            if role == .code { folders[folder, default: []].append(file) } else { variableFiles[folder, default: []].append(file) }
        }
        sort(Set(parsed.map { ModulePath.folder(of: $0.source.path) }))
    }

    private static func role(of path: String) -> Role? {
        guard reads(path) else { return nil }
        let name = path.split(separator: "/").last.map { String($0) } ?? path
        // Terraform leaves out editors' own files.
        guard !name.hasPrefix("."), !name.hasSuffix("~"), !name.hasPrefix("#") else { return nil }
        if name.hasSuffix(".tf") { return .code }
        if name == "terraform.tfvars" || name.hasSuffix(".auto.tfvars") { return .variables }
        let isJSON = name.hasSuffix(".tf.json") || name == "terraform.tfvars.json" || name.hasSuffix(".auto.tfvars.json")
        return isJSON ? .json : nil
    }

    @Sendable
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
