import CostModel
import Diagnostics
import YAML

/// A document whose envelope is known and whose `spec` waits to be read.
struct OpenDocument {
    var envelope: Envelope
    var spec: YAMLNode
    /// Where the `spec` stands.
    var context: DecodingContext
}

/// Reads files into documents: YAML first, then what every object begins with.
struct DocumentReader {
    let decoder: PolicyDecoder
    /// Set when some document could not be told by kind and name: names that seem unknown may have been meant by it.
    private(set) var isIncomplete = false

    init(decoder: PolicyDecoder) {
        self.decoder = decoder
    }

    mutating func read(_ file: SourceFile, isWorkspace: Bool) -> [OpenDocument] {
        let (nodes, problems) = YAMLParser.parse(file)
        problems.forEach(decoder.report)
        if !problems.isEmpty { isIncomplete = true }
        return nodes.compactMap { $0.isNull && $0.range.bytes.isEmpty ? nil : document($0, isWorkspace: isWorkspace) }
    }

    private mutating func document(_ node: YAMLNode, isWorkspace: Bool) -> OpenDocument? {
        let anchor = node.mapping?.first?.keyRange ?? node.range
        let context = DecodingContext(decoder: decoder, subject: "this object", anchor: anchor)
        guard let record = Record(node, EnvelopeObject.description, context) else {
            isIncomplete = true
            return nil
        }
        let version = record.located(EnvelopeObject.apiVersion)
        _ = record.value(of: EnvelopeObject.metadata)
        if let version { check(version, record) }
        guard let kind = kind(record) else {
            isIncomplete = true
            return nil
        }
        checkPlacement(of: kind.value, at: kind.range, hasVersion: record.has(EnvelopeObject.apiVersion), isWorkspace: isWorkspace)
        // A name that is wrong in itself still counts as a name: what refers to it is not wrong as well.
        guard let name = node["metadata"]?["name"], let text = name.scalar?.text, !text.isEmpty, let spec = node["spec"],
            let specKey = node.mapping?.first(where: { $0.key == "spec" })?.keyRange
        else {
            isIncomplete = true
            return nil
        }
        let envelope = Envelope(
            kind: kind.value, name: Located(value: text, range: name.range),
            place: Place(record.keyRange(of: EnvelopeObject.kind) ?? kind.range))
        return OpenDocument(envelope: envelope, spec: spec, context: context.key("spec", at: specKey))
    }

    private func check(_ version: Located<String>, _ record: Record) {
        let expected = EnvelopeObject.version
        guard version.value != expected else { return }
        record.report(
            "wrong-version", "'apiVersion' must be '\(expected)', found '\(version.value.shortened)'", at: version.range,
            fixIts: [.init("write '\(expected)'", edits: [TextEdit(version.range.bytes, expected)])])
    }

    private func kind(_ record: Record) -> Located<PolicyKind>? {
        guard let written = record.located(EnvelopeObject.kind) else { return nil }
        if let kind = PolicyKind(rawValue: written.value) { return Located(value: kind, range: written.range) }
        let known = PolicyKind.allCases.map(\.rawValue)
        let nearest = DidYouMean.nearest(to: written.value, in: known)
        record.report(
            "unknown-kind",
            "unknown kind '\(written.value.shortened)'\(nearest.map { "; did you mean '\($0)'?" } ?? "; known are \(known.joined(separator: ", "))")",
            at: written.range, fixIts: nearest.map { [.init("write '\($0)'", edits: [TextEdit(written.range.bytes, $0)])] } ?? [])
        return nil
    }

    private func checkPlacement(of kind: PolicyKind, at range: SourceRange, hasVersion: Bool, isWorkspace: Bool) {
        guard kind == .workspace else { return }
        if !isWorkspace {
            decoder.report(
                Diagnostic(.error, id: "misplaced-workspace", "a Workspace belongs into the workspace's own file only", at: range))
        } else if !hasVersion {
            let line = range.file.contentRange(ofLine: range.start.line)
            let edit = TextEdit.insert("apiVersion: \(EnvelopeObject.version)\n", at: max(line.lowerBound, range.file.byteOrderMark))
            decoder.report(
                Diagnostic(
                    .error, id: "missing-key", "missing 'apiVersion: \(EnvelopeObject.version)' in this object", at: range,
                    fixIts: [.init("add 'apiVersion: \(EnvelopeObject.version)'", edits: [edit])]))
        }
    }
}

extension SourceFile {
    fileprivate var byteOrderMark: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }
}

extension Place {
    init(_ range: SourceRange) {
        let start = range.start
        self.init(file: range.file.path, line: start.line, column: start.column, endLine: range.end.line)
    }
}
