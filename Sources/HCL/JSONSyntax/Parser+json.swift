package import Diagnostics
import JSON

extension HCLFile {
    /// The text under a `//` key, which is how JSON has comments.
    package struct JSONComment: Sendable {
        package var text: String
        /// Of the text, with its quotes.
        package var range: Range<Int>
    }

    /// What a file is for, which decides what the properties of its JSON mean.
    package enum Purpose: Sendable {
        case code, variables
    }
}

extension HCLFile {
    package enum Syntax: Hashable, Sendable {
        case native, json
    }
}

extension Parser {
    /// What a file is written in, by the end of its name.
    package static func syntax(of path: String) -> HCLFile.Syntax { ends(path, ".json") ? .json : .native }

    /// Parses a file of Terraform, which its name says the syntax and the purpose of.
    package static func parseFile(_ source: SourceFile) -> (file: HCLFile, diagnostics: [Diagnostic]) {
        guard syntax(of: source.path) == .json else { return parse(source) }
        return parseJSON(source, as: ends(source.path, ".tfvars.json") ? .variables : .code)
    }

    /// By bytes: names are not compared as characters.
    private static func ends(_ path: String, _ ending: StaticString) -> Bool {
        path.utf8.suffix(ending.utf8CodeUnitCount).elementsEqual(
            UnsafeBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount))
    }

    /// Parses a file in Terraform's JSON syntax to the tree that native syntax has.
    package static func parseJSON(
        _ source: SourceFile, as purpose: HCLFile.Purpose, limits: ParserLimits = .default
    ) -> (file: HCLFile, diagnostics: [Diagnostic]) {
        var reader = JSONBodyReader(source, limits: limits)
        var file = HCLFile(source: source, body: Body(attributes: [], blocks: [], range: 0..<0))
        file.jsonComments = []
        do throws(JSONError) {
            let node = try JSONNode.read(source.bytes, limits: JSONLimits(size: limits.fileSize, depth: limits.depth))
            switch (node.kind, purpose) {
            case (.object, _), (.array, .code): break
            default: reader.report(SyntaxError(id: "syntax", message: "expected an object", range: node.range))
            }
            file.body = reader.body(node, purpose == .code ? .code : .variables, depth: 1)
            file.jsonComments = reader.comments
        } catch {
            reader.report(Self.syntaxError(error, source, limits))
        }
        return (file, reader.diagnostics)
    }

    private static func syntaxError(_ error: JSONError, _ source: SourceFile, _ limits: ParserLimits) -> SyntaxError {
        if source.bytes.count > limits.fileSize { return .tooLarge(source.bytes.count, limit: limits.fileSize) }
        let start = min(error.offset, source.bytes.count)
        let range = start..<min(start + 1, source.bytes.count)
        return SyntaxError(id: error.isLimit ? "nesting-limit" : "syntax", message: "this is no JSON: \(error.message)", range: range)
    }

    /// Parses a text that is a template by itself: backslashes and quotes mean themselves.
    ///
    /// - Parameter depth: how many nodes lie above.
    static func parseTemplate(_ source: SourceFile, limits: ParserLimits, depth: Int) throws(SyntaxError) -> [Template.Part] {
        var parser = Parser(source, limits: limits)
        parser.move(to: 0)
        parser.level = depth
        parser.deepest = depth
        return try parser.standaloneTemplate()
    }
}
