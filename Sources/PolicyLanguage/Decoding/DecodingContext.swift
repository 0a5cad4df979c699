import Diagnostics
import YAML

/// Where a reader stands: what to call the value in messages, and whom to tell.
struct DecodingContext {
    let decoder: PolicyDecoder
    /// How messages call the value: `'amount'`, `an entry of 'paths'`.
    let subject: String
    /// Where to point when something inside the value is missing.
    let anchor: SourceRange

    func key(_ key: String, at range: SourceRange) -> DecodingContext {
        DecodingContext(decoder: decoder, subject: "'\(key)'", anchor: range)
    }

    func entry(at node: YAMLNode) -> DecodingContext {
        DecodingContext(decoder: decoder, subject: subject.hasPrefix("an entry") ? subject : "an entry of \(subject)", anchor: node.range)
    }

    func report(_ id: String, _ message: String, at range: SourceRange, notes: [Diagnostic.Note] = [], fixIts: [Diagnostic.FixIt] = []) {
        decoder.report(Diagnostic(.error, id: id, message, at: range, notes: notes, fixIts: fixIts))
    }

    /// An edit that writes another value in place of a node's, as it stands.
    func replacing(_ node: YAMLNode, by yaml: String) -> TextEdit { TextEdit(node.range.bytes, yaml) }

    /// The value is of another type than expected.
    func reportWrongType(_ expected: ValueDescription, _ node: YAMLNode, suggestion: String? = nil, edit: TextEdit? = nil) {
        reportWrong("wrong-type", expected, found: node.kindInWords, at: node.range, suggestion, edit)
    }

    /// The value is of the right type, but not one of those that make sense.
    func reportWrongValue(
        _ expected: ValueDescription, _ text: String, at range: SourceRange, suggestion: String? = nil, edit: TextEdit? = nil
    ) {
        reportWrong("wrong-value", expected, found: "'\(text.shortened)'", at: range, suggestion, edit)
    }

    private func reportWrong(
        _ id: String, _ expected: ValueDescription, found: String, at range: SourceRange, _ suggestion: String?, _ edit: TextEdit?
    ) {
        let hint = suggestion.map { "; did you mean '\($0)'?" } ?? ""
        let fixIts = edit.map { [Diagnostic.FixIt("write '\(suggestion ?? "")'", edits: [$0])] } ?? []
        report(id, "\(subject) must be \(expected.expectation), found \(found)\(hint)", at: range, fixIts: fixIts)
    }

    /// A scalar's text where text is expected and an empty one makes no sense.
    ///
    /// Numbers and truth values are refused rather than taken by their text: an account 012345678901 would lose its zero
    /// in the next tool that reads the file, and `true` would become something else than "true".
    func text(of node: YAMLNode, expected: ValueDescription) -> String? {
        guard let scalar = node.scalar, scalar.kind != .null else {
            reportWrongType(expected, node)
            return nil
        }
        guard scalar.kind == .string else {
            report(
                "unquoted-text", "\(subject) must be \(expected.expectation), found \(node.kindInWords); put it in quotes", at: node.range,
                fixIts: [.init("write \"\(scalar.text)\"", edits: [replacing(node, by: "\"\(scalar.text)\"")])])
            return nil
        }
        guard scalar.text.contains(where: { !$0.isWhitespace }) else {
            report("wrong-value", "\(subject) must not be empty", at: node.range)
            return nil
        }
        return scalar.text
    }
}

extension YAMLNode {
    /// `a list`, `the number 5`, `nothing`.
    var kindInWords: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            switch scalar.kind {
            case .null: "nothing"
            case .bool: scalar.text
            case .int, .float: "the number \(scalar.text.shortened)"
            case .string: "'\(scalar.text.shortened)'"
            }
        }
    }
}

extension String {
    /// Fit for a message: no line breaks, no endless text.
    var shortened: String {
        let line = split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > 60 ? line.prefix(57) + "…" : line
    }
}
