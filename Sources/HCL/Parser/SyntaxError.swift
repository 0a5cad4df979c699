import Diagnostics

/// What stops the parser inside one attribute or block; caught where the next one can be found.
///
/// A class, because every `try` of an unoptimised build keeps room for the error on the stack, and the parser recurses.
final class SyntaxError: Error {
    let id: String
    let message: String
    let range: Range<Int>
    /// The place that explains it, such as the bracket that was opened.
    let related: (message: String, range: Range<Int>)?

    init(id: String, message: String, range: Range<Int>, related: (message: String, range: Range<Int>)? = nil) {
        self.id = id
        self.message = message
        self.range = range
        self.related = related
    }

    func diagnostic(in source: SourceFile) -> Diagnostic {
        let notes = related.map { [Diagnostic.Note($0.message, at: SourceRange(source, $0.range))] } ?? []
        return Diagnostic(.error, id: id, message, at: SourceRange(source, range), notes: notes)
    }
}

extension SyntaxError {
    static func expected(_ what: String, found token: Token, hint: String = "") -> SyntaxError {
        SyntaxError(id: "syntax", message: "expected \(what), found \(token.kind.name)\(hint)", range: token.range)
    }

    static func expected(_ what: String, found token: Token, closing open: Token) -> SyntaxError {
        guard token.kind != .end else { return unclosed(open) }
        return SyntaxError(
            id: "syntax", message: "expected \(what), found \(token.kind.name)", range: token.range,
            related: ("\(open.kind.name) was opened here", open.range))
    }

    /// Nobody waits for the result any more, and what was read so far is none.
    static func stopped(at offset: Int) -> SyntaxError {
        SyntaxError(id: "stopped", message: "reading was stopped", range: offset..<offset)
    }

    static func unclosed(_ open: Token) -> SyntaxError {
        SyntaxError(id: "unclosed-bracket", message: "\(open.kind.name) is never closed", range: open.range)
    }

    static func unclosedBlock(_ type: String, at brace: Int) -> SyntaxError {
        SyntaxError(id: "unclosed-block", message: "block '\(type)' is never closed", range: brace..<brace + 1)
    }

    static func unterminatedComment(_ range: Range<Int>) -> SyntaxError {
        SyntaxError(id: "unterminated-comment", message: "comment has no '*/'", range: range)
    }

    static func unterminatedString(_ quote: Range<Int>) -> SyntaxError {
        SyntaxError(
            id: "unterminated-string",
            message: "string has no closing quote on its line; write several lines as a heredoc or with \\n", range: quote)
    }

    static func unterminatedHeredoc(_ marker: String, at range: Range<Int>) -> SyntaxError {
        SyntaxError(
            id: "unterminated-heredoc", message: "heredoc has no line that consists of '\(marker)' and a line ending", range: range)
    }

    static func unclosedInterpolation(_ range: Range<Int>) -> SyntaxError {
        SyntaxError(id: "unclosed-interpolation", message: "template sequence has no closing brace", range: range)
    }

    static func extraInInterpolation(_ token: Token, opening: Range<Int>) -> SyntaxError {
        SyntaxError(
            id: "syntax",
            message: "expected '}', found \(token.kind.name); write '$${' or '%%{' for a sequence that is not Terraform's",
            range: token.range, related: ("the template sequence starts here", opening))
    }

    static func invalidEscape(_ range: Range<Int>) -> SyntaxError {
        SyntaxError(
            id: "invalid-escape", message: "unknown escape; known are \\n \\r \\t \\\" \\\\ \\uXXXX \\UXXXXXXXX", range: range)
    }

    static func invalidUTF8(_ range: Range<Int>) -> SyntaxError {
        SyntaxError(id: "invalid-utf8", message: "text is not UTF-8", range: range)
    }

    static func invalidLineEnding(_ range: Range<Int>) -> SyntaxError {
        SyntaxError(id: "invalid-line-ending", message: "carriage return without a line feed", range: range)
    }

    static func invalidNumber(_ range: Range<Int>) -> SyntaxError {
        SyntaxError(id: "invalid-number", message: "malformed number", range: range)
    }

    static func chainedLegacyIndex(_ range: Range<Int>) -> SyntaxError {
        SyntaxError(id: "legacy-index", message: "two legacy indexes cannot follow each other; write [0][1]", range: range)
    }

    static func nestedSplat(_ range: Range<Int>) -> SyntaxError {
        SyntaxError(id: "nested-splat", message: "'.*' cannot stand inside another '.*'; write [*]", range: range)
    }

    static func tooDeep(_ limit: Int, at range: Range<Int>) -> SyntaxError {
        SyntaxError(id: "nesting-limit", message: "nested deeper than \(limit) levels", range: range)
    }

    static func tooLarge(_ size: Int, limit: Int) -> SyntaxError {
        SyntaxError(id: "size-limit", message: "file has \(size) bytes, more than the limit of \(limit)", range: 0..<0)
    }

    static func templateInLabel(_ range: Range<Int>) -> SyntaxError {
        SyntaxError(id: "template-in-label", message: "a label must be plain text; write '$${' or '%%{' for the characters", range: range)
    }

    static func duplicateAttribute(_ name: String, at range: Range<Int>, first: Range<Int>) -> SyntaxError {
        SyntaxError(
            id: "duplicate-attribute", message: "argument '\(name)' is set twice", range: range,
            related: ("it is first set here", first))
    }

    static func directive(_ message: String, at range: Range<Int>, opening: Range<Int>? = nil) -> SyntaxError {
        SyntaxError(
            id: "template-directive", message: message, range: range, related: opening.map { ("the directive starts here", $0) })
    }

    static func forExpression(_ message: String, at range: Range<Int>) -> SyntaxError {
        SyntaxError(id: "for-expression", message: message, range: range)
    }
}
