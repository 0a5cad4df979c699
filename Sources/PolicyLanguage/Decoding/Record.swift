import CostModel
import Diagnostics
import YAML

/// A mapping that is being read by its description.
///
/// Making one reports unknown, unsupported and missing keys; reading a field reports what is wrong with its value.
struct Record {
    let node: YAMLNode
    let context: DecodingContext
    private let description: ObjectDescription
    private let entries: [String: YAMLEntry]

    /// Nil when the node is no mapping.
    init?(_ node: YAMLNode, _ description: ObjectDescription, _ context: DecodingContext) {
        guard let entries = node.mapping else {
            context.reportWrongType(.object(description), node)
            return nil
        }
        self.node = node
        self.context = context
        self.description = description
        self.entries = Dictionary(entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        // A required key that is only misspelt is not reported as missing too.
        let misspelt = Set(entries.compactMap(check))
        for field in description.fields where field.isRequired && self.entries[field.key] == nil && !misspelt.contains(field.key) {
            let owner = entries.isEmpty || context.anchor.bytes != node.range.bytes ? context.anchor : entries[0].keyRange
            context.report("missing-key", "missing '\(field.key)' in \(context.subject); it must be \(field.value.expectation)", at: owner)
        }
    }

    var decoder: PolicyDecoder { context.decoder }

    /// The field's value, or its default. Nil when it is absent without a default, or wrong, which has been reported then.
    func value<Value>(of field: Field<Value>) -> Value? {
        precondition(description[field.key] != nil, "'\(field.key)' is not in the object's description")
        guard let entry = entries[field.key] else { return defaultValue(of: field) }
        return field.shape.read(entry.value, context.key(entry.key, at: entry.keyRange))
    }

    func located<Value>(_ field: Field<Value>) -> Located<Value>? {
        guard let range = range(of: field), let value = value(of: field) else { return nil }
        return Located(value: value, range: range)
    }

    /// Whether every key is one of the description's: what the object states can be judged then.
    var hasKnownKeysOnly: Bool { entries.keys.allSatisfy { description[$0] != nil } }
    func has(_ field: Field<some Any>) -> Bool { entries[field.key] != nil }
    func node(of field: Field<some Any>) -> YAMLNode? { entries[field.key]?.value }
    func range(of field: Field<some Any>) -> SourceRange? { entries[field.key]?.value.range }
    func keyRange(of field: Field<some Any>) -> SourceRange? { entries[field.key]?.keyRange }

    func report(_ id: String, _ message: String, at range: SourceRange, notes: [Diagnostic.Note] = [], fixIts: [Diagnostic.FixIt] = []) {
        context.report(id, message, at: range, notes: notes, fixIts: fixIts)
    }

    /// Reports a key that cannot be used.
    ///
    /// - Returns: The key that was probably meant.
    private func check(_ entry: YAMLEntry) -> String? {
        guard let field = description[entry.key] else { return reportUnknown(entry) }
        guard !field.isSupported else { return nil }
        report("not-supported", "'\(entry.key)' is not supported by this version", at: entry.keyRange)
        return nil
    }

    private func reportUnknown(_ entry: YAMLEntry) -> String? {
        let known = description.fields.filter(\.isSupported).map(\.key)
        // A key that is there already cannot have been meant a second time.
        let nearest = DidYouMean.nearest(to: entry.key, in: known.filter { entries[$0] == nil })
        let hint = nearest.map { "; did you mean '\($0)'?" } ?? "; known are \(known.joined(separator: ", "))"
        let fixIts = nearest.map { [Diagnostic.FixIt("write '\($0)'", edits: [TextEdit(entry.keyRange.bytes, $0)])] } ?? []
        report("unknown-key", "unknown key '\(entry.key.shortened)' in \(context.subject)\(hint)", at: entry.keyRange, fixIts: fixIts)
        return nearest
    }

    private func defaultValue<Value>(of field: Field<Value>) -> Value? {
        guard let text = field.description.defaultText else { return nil }
        let node = YAMLNode(.scalar(YAMLScalar(text: text, style: .plain)), range: context.anchor)
        return field.shape.read(node, context.key(field.key, at: context.anchor))
    }
}
