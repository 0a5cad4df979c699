import Foundation

/// Every page that tells people about keys, files, commands and metrics.
enum Documentation {
    static let pages: [String] =
        ["README.md", "policies/README.md", "hooks/README.md"] + markdown(under: "examples")
        + markdown(under: "Sources/Commands/Commands.docc")

    /// All files below a folder, as paths from the repository's root, sorted.
    static func files(under folder: String) -> [String] {
        let root = Page.root.path + "/"
        let found = FileManager.default.enumerator(at: Page.root.appending(path: folder), includingPropertiesForKeys: nil)
        return (found?.compactMap { $0 as? URL } ?? []).map { String($0.path.dropFirst(root.count)) }.sorted()
    }

    private static func markdown(under folder: String) -> [String] { files(under: folder).filter { $0.hasSuffix(".md") } }
}

extension Page {
    /// What stands between back-ticks, outside of blocks of code.
    var codeSpans: [String] {
        get throws { try Page(text: prose).all("`([^`\\n]+)`") }
    }

    private var prose: String {
        var isCode = false
        return text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            guard line.drop(while: { $0 == " " }).hasPrefix("```") else { return !isCode }
            isCode.toggle()
            return false
        }.joined(separator: "\n")
    }

    /// The lines of its blocks of code, one for each command line: what continues on the next line is joined.
    var codeLines: [String] {
        var isCode = false
        let lines = text.replacing("\\\n", with: " ").split(separator: "\n").filter { line in
            guard line.drop(while: { $0 == " " }).hasPrefix("```") else { return isCode }
            isCode.toggle()
            return false
        }
        return lines.map(String.init)
    }
}

/// All Swift source of the product, read once.
enum Sources {
    static let files: [(path: String, text: String)] = Documentation.files(under: "Sources").filter { $0.hasSuffix(".swift") }.map { path in
        // A file that cannot be read has no words, and the tests of names find fewer than they expect.
        (path, (try? Page(path).text) ?? "")
    }

    /// Every text without interpolation and marks that stands as a literal.
    static let literals: Set<String> = Set(
        files.flatMap { $0.text.matches(of: /"([A-Za-z_][A-Za-z0-9_]*)"/).map { String($0.1) } })

    /// The names of types with the modules that have them, type aliases and those inside of others too.
    static let types: [String: Set<String>] = files.reduce(into: [:]) { types, file in
        let module = String(file.path.split(separator: "/")[1])
        for match in file.text.matches(of: declaration) { types[String(match.1), default: []].insert(module) }
    }

    /// Those that do not stand inside of another type.
    static let topLevelTypes: [String: Set<String>] = files.reduce(into: [:]) { types, file in
        let module = String(file.path.split(separator: "/")[1])
        for match in file.text.matches(of: topLevelDeclaration) where match.1 == nil {
            types[String(match.2), default: []].insert(module)
        }
    }

    nonisolated(unsafe) private static let declaration =
        /(?m)^ *(?:(?:package|public|internal|private|fileprivate|final|indirect) )*(?:struct|enum|class|actor|protocol|typealias) ([A-Z][A-Za-z0-9]*)/
    nonisolated(unsafe) private static let topLevelDeclaration =
        /(?m)^(private |fileprivate )?(?:(?:package|public|internal|final|indirect) )*(?:struct|enum|class|actor|protocol|typealias) ([A-Z][A-Za-z0-9]*)/
}
