package import Diagnostics

/// How much a file may ask of us. YAML from a stranger's repository can be made to cost far more than its size.
package struct YAMLLimits: Sendable {
    /// The size of a file, in bytes.
    package var fileSize = 1_000_000
    /// How deep lists and mappings may stand in each other, aliases expanded. libyaml has no limit of its own and needs quadratic time.
    package var depth = 64
    /// All values of a file, each counted as often as aliases repeat it.
    package var nodes = 100_000
    /// Documents in a file.
    package var documents = 1_000
    /// Problems that are listed; reading ends at the last one.
    package var problems = 100

    package init() {}
}

/// Reads a YAML file into trees with exact byte ranges.
///
/// YAML 1.2 with its core schema, less what configuration does not need: tags (`!ref`) and keys that are lists or mappings are
/// errors, and so are duplicate keys. Aliases are replaced by what they stand for.
///
/// ```swift
/// let (documents, diagnostics) = YAMLParser.parse(SourceFile(path: "a.yaml", text: "a: 1"))
/// ```
package enum YAMLParser {
    /// - Returns: The file's documents up to the first error of syntax or limit, and everything that is wrong with it.
    ///   An empty document is a null. Where there is an error, the documents are good for finding more errors, no more.
    package static func parse(_ source: SourceFile, limits: YAMLLimits = YAMLLimits()) -> (documents: [YAMLNode], diagnostics: [Diagnostic])
    {
        if let problem = preflight(source, limits) { return ([], [problem]) }
        var builder = TreeBuilder(source: source, limits: limits)
        builder.readStream()
        return (builder.documents, builder.diagnostics)
    }

    private static func preflight(_ source: SourceFile, _ limits: YAMLLimits) -> Diagnostic? {
        let bytes = source.bytes
        guard bytes.count <= limits.fileSize else {
            return Diagnostic(
                .error, id: "yaml-limit", "\(source.path) has \(bytes.count) bytes; a YAML file may have \(limits.fileSize)",
                at: SourceRange(source, 0..<0))
        }
        guard !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]) else {
            return Diagnostic(
                .error, id: "yaml-encoding", "\(source.path) is written in UTF-16; save it as UTF-8", at: SourceRange(source, 0..<0))
        }
        return nil
    }
}
