import Diagnostics
import YAML

extension Shape where Value: RawRepresentable & CaseIterable & SendableMetatype, Value.RawValue == String {
    /// One of an enumeration's words.
    static func choice(_: Value.Type = Value.self) -> Shape {
        let words = Value.allCases.map(\.rawValue)
        return Shape(.choice(words)) { node, context in
            ChoiceReading.word(of: node, context, words, unsupported: []).flatMap(Value.init(rawValue:))
        }
    }

    /// The format of files: one of those that are read.
    ///
    /// - Parameter later: formats that are known by name only.
    static func format(_: Value.Type = Value.self, later: [String] = []) -> Shape {
        let words = Value.allCases.map(\.rawValue)
        return Shape(.choice(words, unsupported: later)) { node, context in
            ChoiceReading.format(of: node, context, words, later: later).flatMap(Value.init(rawValue:))
        }
    }
}

extension Shape where Value == String {
    /// One of these words.
    static func word(_ words: String...) -> Shape {
        Shape(.choice(words)) { node, context in
            ChoiceReading.word(of: node, context, words, unsupported: [])
        }
    }

    /// A file format of which there is only one.
    ///
    /// - Parameter later: formats that are known by name only.
    static func format(_ format: String, later: [String] = []) -> Shape {
        Shape(.choice([format], unsupported: later)) { node, context in
            ChoiceReading.format(of: node, context, [format], later: later)
        }
    }
}

private enum ChoiceReading {
    /// Formats that nobody has heard of get the same answer as those that are known by name only, unless they are misspelt.
    static func format(of node: YAMLNode, _ context: DecodingContext, _ words: [String], later: [String]) -> String? {
        if let scalar = node.scalar, scalar.kind == .string, !words.contains(scalar.text),
            DidYouMean.nearest(to: scalar.text, in: words) == nil
        {
            return word(of: node, context, words, unsupported: [scalar.text])
        }
        return word(of: node, context, words, unsupported: later)
    }

    static func word(of node: YAMLNode, _ context: DecodingContext, _ words: [String], unsupported: [String]) -> String? {
        let description = ValueDescription.choice(words, unsupported: unsupported)
        // Not `text(of:)`: where words are expected, quotes around a number would fix nothing.
        guard let scalar = node.scalar, scalar.kind == .string else {
            context.reportWrongType(description, node)
            return nil
        }
        if words.contains(scalar.text) { return scalar.text }
        if unsupported.contains(scalar.text) {
            context.report(
                "not-supported",
                "\(context.subject.filter { $0 != "'" }) '\(scalar.text.shortened)' is not supported by this version; it must be \(description.expectation)",
                at: node.range)
            return nil
        }
        let nearest = DidYouMean.nearest(to: scalar.text, in: words)
        context.reportWrongValue(
            description, scalar.text, at: node.range, suggestion: nearest, edit: nearest.map { context.replacing(node, by: $0) })
        return nil
    }
}
