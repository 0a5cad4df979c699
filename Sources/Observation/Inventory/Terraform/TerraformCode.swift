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

        /// What its name says of it.
        var name: TerraformFileName

        var path: String { file.source.path }
    }

    /// Whose files count where OpenTofu and Terraform read different ones.
    var tool = Tool.openTofu
    /// By folder; what overrides stands behind the others, and both are sorted by the bytes of the path.
    private(set) var folders: [String: [ParsedFile]] = [:]
    /// Variable files, by folder.
    private(set) var variableFiles: [String: [ParsedFile]] = [:]
    /// Variable files that Terraform reads only when it is told to, by the folder of the code they lie in or below.
    private(set) var otherVariableFiles: [String: [ParsedFile]] = [:]
    /// Variable files that lie neither beside code nor below it, such as `envs/prod.tfvars`: by the nearest folder around that has code below it.
    private var strayVariableFiles: [String: [ParsedFile]] = [:]

    /// - Parameter files: whatever the tree holds; what Terraform does not read is left out.
    package init(files: [SourceFile]) {
        add(files)
        findStrays()
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
        if !code.strayVariableFiles.isEmpty, files.contains(where: { code.owner(of: ModulePath.folder(of: $0.path)) == nil }) {
            code.findStrays()
        }
        return code
    }

    private mutating func findStrays() {
        strayVariableFiles = [:]
        var strays = (Array(variableFiles.values.joined()) + otherVariableFiles.values.joined()).filter {
            $0.errors.isEmpty && owner(of: ModulePath.folder(of: $0.path)) == nil
        }
        guard !strays.isEmpty else { return }
        strays.sort { $0.path.precedesByBytes($1.path) }
        var around: Set<String> = []
        for (folder, files) in folders where !files.isEmpty { around.formUnion(Self.ancestors(of: folder)) }
        for file in strays {
            let folder = ModulePath.folder(of: file.path)
            // In a folder around code nobody would put what is meant for one root.
            guard !around.contains(folder), let nearest = Self.ancestors(of: folder).first(where: around.contains) else { continue }
            strayVariableFiles[nearest, default: []].append(file)
        }
    }

    /// The folders around a path, from the nearest to the tree's own.
    private static func ancestors(of path: String) -> [String] {
        var result: [String] = []
        var folder = path
        while !folder.isEmpty {
            folder = ModulePath.folder(of: folder)
            result.append(folder)
        }
        return result
    }

    /// Whether Terraform or OpenTofu reads a file of this path, so that the caller need not load others.
    package static func reads(_ path: String) -> Bool { TerraformFileName(path) != nil }

    private mutating func add(_ files: [SourceFile]) {
        let read = files.compactMap { source in TerraformFileName(source.path).map { (source: source, name: $0) } }
        for file in read.concurrentMap({ Self.parse($0.source, $0.name) }) {
            let folder = ModulePath.folder(of: file.path)
            switch file.name.role {
            case .code, .override: folders[folder, default: []].append(file)
            case .variables: variableFiles[folder, default: []].append(file)
            case .otherVariables: otherVariableFiles[folder, default: []].append(file)
            }
        }
        sort(Set(read.map { ModulePath.folder(of: $0.source.path) }))
    }

    /// The variable files that Terraform reads only when it is told to: in a folder or below it, as far as no other code is nearer, and those
    /// beside it that belong to no code in particular.
    func otherVariableFiles(of folder: String) -> [ParsedFile] {
        let beside = strayVariableFiles.isEmpty ? [] : Self.ancestors(of: folder).flatMap { strayVariableFiles[$0] ?? [] }
        guard !otherVariableFiles.isEmpty else { return beside }
        let below = otherVariableFiles.filter { owner(of: $0.key) == folder }
        return below.values.joined().filter(\.errors.isEmpty).sorted { $0.path.precedesByBytes($1.path) } + beside
    }

    /// A variable file by its path.
    func variableFile(_ path: String) -> ParsedFile? {
        let folder = ModulePath.folder(of: path)
        return ((variableFiles[folder] ?? []) + (otherVariableFiles[folder] ?? [])).first { $0.path == path }
    }

    /// A file that is read, whatever it is for.
    func source(of path: String) -> SourceFile? {
        let folder = ModulePath.folder(of: path)
        return folders[folder]?.first { $0.path == path }?.file.source ?? variableFile(path)?.file.source
    }

    /// The nearest folder around that holds code.
    func owner(of folder: String) -> String? {
        var folder = folder
        while folders[folder]?.isEmpty ?? true {
            guard !folder.isEmpty else { return nil }
            folder = ModulePath.folder(of: folder)
        }
        return folder
    }

    private static func parse(_ source: SourceFile, _ name: TerraformFileName) -> ParsedFile {
        let result = Parser.parseFile(source)
        return ParsedFile(
            file: result.file, errors: result.diagnostics.filter { $0.severity == .error }, exemptions: InlineExemptions(result.file),
            name: name)
    }

    private mutating func sort(_ changed: Set<String>) {
        for folder in changed {
            folders[folder]?.sort(by: Self.precedes)
            variableFiles[folder]?.sort(by: Self.precedes)
            otherVariableFiles[folder]?.sort(by: Self.precedes)
        }
    }

    /// Later files win.
    private static func precedes(_ a: ParsedFile, _ b: ParsedFile) -> Bool {
        a.name.role.rank != b.name.role.rank ? a.name.role.rank < b.name.role.rank : a.path.precedesByBytes(b.path)
    }
}

extension TerraformFileName.Role {
    fileprivate var rank: Int {
        switch self {
        case .code, .otherVariables: 0
        case .override: 1
        case .variables(let rank): rank
        }
    }
}
