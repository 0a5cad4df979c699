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

/// All Swift source of the product, read once. By hand rather than by regular expressions, which take minutes for so much text.
enum Sources {
    static let files: [(path: String, text: String)] = Documentation.files(under: "Sources").filter { $0.hasSuffix(".swift") }.map { path in
        // A file that cannot be read has no words, and the tests of names find fewer than they expect.
        (path, (try? Page(path).text) ?? "")
    }

    /// Every literal that is one word.
    static let literals: Set<String> = files.reduce(into: []) { literals, file in
        for piece in file.text.utf8.split(separator: UInt8(ascii: "\"")) where piece.count < 50 && piece.allSatisfy(\.isOfName) {
            literals.insert(String(decoding: piece, as: UTF8.self))
        }
    }

    private struct Declaration {
        var name: String
        var module: String
        var isTopLevel: Bool
    }

    private static let declarations: [Declaration] = files.flatMap { file in
        let module = String(file.path.split(separator: "/")[1])
        return file.text.utf8.split(separator: UInt8(ascii: "\n")).compactMap { line -> Declaration? in
            // What stands before the name takes no more.
            let words = line.prefix(120).split(separator: UInt8(ascii: " "), maxSplits: 6).map { String(decoding: $0, as: UTF8.self) }
            guard let index = words.firstIndex(where: { !modifiers.contains($0) }), index + 1 < words.count, kinds.contains(words[index])
            else { return nil }
            let name = words[index + 1].utf8.prefix(while: \.isOfName)
            guard let first = name.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else { return nil }
            let isHidden = words[..<index].contains { $0 == "private" || $0 == "fileprivate" }
            return Declaration(
                name: String(decoding: name, as: UTF8.self), module: module, isTopLevel: line.first != UInt8(ascii: " ") && !isHidden)
        }
    }

    private static let kinds: Set = ["struct", "enum", "class", "actor", "protocol", "typealias"]
    private static let modifiers: Set = ["package", "public", "internal", "private", "fileprivate", "final", "indirect"]

    /// The names of types with the modules that have them, those inside of others too.
    static let types: [String: Set<String>] = declarations.reduce(into: [:]) { $0[$1.name, default: []].insert($1.module) }

    /// Those that other files of their module can name alone.
    static let topLevelTypes: [String: Set<String>] = declarations.filter(\.isTopLevel).reduce(into: [:]) {
        $0[$1.name, default: []].insert($1.module)
    }
}

extension UInt8 {
    fileprivate var isOfName: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
