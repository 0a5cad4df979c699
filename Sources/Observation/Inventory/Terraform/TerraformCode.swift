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
    /// Variable files that Terraform reads only when it is told to, by the folder of the code they lie in or below.
    private(set) var otherVariableFiles: [String: [ParsedFile]] = [:]
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
            code.otherVariableFiles[folder]?.removeAll { paths.contains($0.path) }
        }
        code.add(files)
        return code
    }

    /// Whether Terraform reads a file of this path, so that the caller need not load others.
    package static func reads(_ path: String) -> Bool {
        guard !path.split(separator: "/").contains(".terraform") else { return false }
        return [".tf", ".tofu", ".tfvars", ".tf.json", ".tofu.json", ".tfvars.json"].contains { path.hasSuffix($0) }
    }

    /// What Terraform does with a file, by its name.
    private enum Role {
        /// Variables that are read of themselves, or only where somebody says so.
        case code, variables, otherVariables, json
    }

    private mutating func add(_ files: [SourceFile]) {
        var parsed: [(source: SourceFile, role: Role)] = []
        for file in files {
            switch Self.role(of: file.path) {
            case .code: parsed.append((file, .code))
            case .variables: parsed.append((file, .variables))
            case .otherVariables: parsed.append((file, .otherVariables))
            case .json: if !jsonFiles.contains(file.path) { jsonFiles.append(file.path) }
            case nil: continue
            }
        }
        for (file, (_, role)) in zip(parsed.map(\.source).concurrentMap(Self.parse), parsed) {
            let folder = ModulePath.folder(of: file.path)
            switch role {
            case .code: folders[folder, default: []].append(file)
            case .variables: variableFiles[folder, default: []].append(file)
            case .otherVariables: otherVariableFiles[folder, default: []].append(file)
            case .json: break
            }
        }
        sort(Set(parsed.map { ModulePath.folder(of: $0.source.path) }))
    }

    private static func role(of path: String) -> Role? {
        guard reads(path) else { return nil }
        let name = path.split(separator: "/").last.map { String($0) } ?? path
        // Terraform leaves out editors' own files.
        guard !name.hasPrefix("."), !name.hasSuffix("~"), !name.hasPrefix("#") else { return nil }
        if name.hasSuffix(".tf") || name.hasSuffix(".tofu") { return .code }
        if name == "terraform.tfvars" || name.hasSuffix(".auto.tfvars") { return .variables }
        if name.hasSuffix(".tfvars") { return .otherVariables }
        let isJSON =
            name.hasSuffix(".tf.json") || name.hasSuffix(".tofu.json") || name == "terraform.tfvars.json"
            || name.hasSuffix(".auto.tfvars.json")
        return isJSON ? .json : nil
    }

    /// The variable files in a folder or below it, as far as no other code is nearer, that Terraform reads only when it is told to.
    func otherVariableFiles(of folder: String) -> [ParsedFile] {
        guard !otherVariableFiles.isEmpty else { return [] }
        let below = otherVariableFiles.filter { owner(of: $0.key) == folder }
        return below.values.joined().filter(\.errors.isEmpty).sorted { $0.path < $1.path }
    }

    /// A variable file by its path.
    func variableFile(_ path: String) -> ParsedFile? {
        let folder = ModulePath.folder(of: path)
        return ((variableFiles[folder] ?? []) + (otherVariableFiles[folder] ?? [])).first { $0.path == path }
    }

    /// The nearest folder around that holds code.
    private func owner(of folder: String) -> String? {
        var folder = folder
        while folders[folder]?.isEmpty ?? true {
            guard !folder.isEmpty else { return nil }
            folder = ModulePath.folder(of: folder)
        }
        return folder
    }

    /// The files of a folder that count: OpenTofu reads `main.tofu` and leaves out a `main.tf` beside it.
    func files(of folder: String) -> [ParsedFile] {
        let files = folders[folder] ?? []
        let preferred = Set(files.lazy.map(\.path).filter { $0.hasSuffix(".tofu") }.map { $0.dropLast(5) })
        return preferred.isEmpty ? files : files.filter { !$0.path.hasSuffix(".tf") || !preferred.contains($0.path.dropLast(3)) }
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
