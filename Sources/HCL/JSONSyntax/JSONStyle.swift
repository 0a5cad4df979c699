import Diagnostics
import JSON

/// How a JSON file is laid out, so that what is added looks like what is there.
struct JSONStyle {
    private let lines: SourceLines
    /// One step of indentation.
    private let step: String
    /// Whether objects have their members on lines of their own.
    private let isIndented: Bool
    /// What stands between a key and its value.
    private let separator: String

    init(_ source: SourceFile, _ root: JSONNode) {
        lines = SourceLines(source)
        var first = root
        while case .array(let elements) = first.kind, let element = elements.first { first = element }
        guard case .object(let members) = first.kind, let member = members.first else {
            (step, isIndented, separator) = ("  ", true, ": ")
            return
        }
        isIndented = lines.isFirstOnLine(member.range.lowerBound)
        let own = isIndented ? lines.indentation(at: member.range.lowerBound) : "  "
        let outer = lines.indentation(at: first.range.lowerBound)
        step = own.utf8.count > outer.utf8.count ? String(decoding: own.utf8.dropFirst(outer.utf8.count), as: UTF8.self) : "  "
        separator = source.text(member.key.range.upperBound..<member.value.range.lowerBound)
    }

    func quoted(_ text: String) -> String {
        String(decoding: JSONWriter.bytes(of: .string(text), .compact, escaping: .standard), as: UTF8.self)
    }

    func text(of literal: JSONEditor.Literal, indentation: String) -> String {
        switch literal {
        case .text(let text): return quoted(text)
        case .word(let word): return word
        case .object(let items):
            let members = items.map { quoted($0.key) + plainSeparator + quoted($0.value) }
            guard isIndented else { return "{" + members.joined(separator: comma) + "}" }
            let inner = members.map { indentation + step + $0 }.joined(separator: "," + lines.ending)
            return "{" + lines.ending + inner + lines.ending + indentation + "}"
        }
    }

    /// One edit that adds the entries behind the last member.
    func insert(_ entries: [(key: String, value: JSONEditor.Literal)], into object: JSONNode) -> TextEdit? {
        guard case .object(let members) = object.kind else { return nil }
        guard let last = members.last else { return fill(object, entries) }
        let separator = between(last.key.range.upperBound..<last.value.range.lowerBound)
        if lines.isFirstOnLine(last.range.lowerBound) {
            let indentation = lines.indentation(at: last.range.lowerBound)
            let texts = entries.map {
                "," + lines.ending + indentation + quoted($0.key) + separator + text(of: $0.value, indentation: indentation)
            }
            return .insert(texts.joined(), at: last.range.upperBound)
        }
        let indentation = lines.indentation(at: last.range.lowerBound)
        // What stands behind the comma in front of the last member, be that nothing.
        let blanks = members.count > 1 ? gap(before: last.range.lowerBound) : separator.utf8.last == UInt8(ascii: " ") ? " " : ""
        let texts = entries.map { "," + blanks + quoted($0.key) + separator + text(of: $0.value, indentation: indentation) }
        return .insert(texts.joined(), at: last.range.upperBound)
    }

    /// The first members of an object.
    private func fill(_ object: JSONNode, _ entries: [(key: String, value: JSONEditor.Literal)]) -> TextEdit {
        let inside = object.range.lowerBound + 1..<object.range.upperBound - 1
        guard isIndented else {
            let texts = entries.map { quoted($0.key) + plainSeparator + text(of: $0.value, indentation: "") }
            return TextEdit(inside, texts.joined(separator: comma))
        }
        let outer = lines.indentation(at: object.range.lowerBound)
        let inner = outer + step
        let texts = entries.map { inner + quoted($0.key) + plainSeparator + text(of: $0.value, indentation: inner) }
        return TextEdit(inside, lines.ending + texts.joined(separator: "," + lines.ending) + lines.ending + outer)
    }

    private var comma: String { plainSeparator.utf8.last == UInt8(ascii: " ") ? ", " : "," }

    /// What stands between keys and values, unless that is a line end.
    private var plainSeparator: String { Self.plain(separator) }
    private func between(_ range: Range<Int>) -> String { Self.plain(lines.file.text(range)) }

    private static func plain(_ separator: String) -> String {
        separator.utf8.contains { $0 == .newline || $0 == .carriageReturn } ? ": " : separator
    }

    private func gap(before offset: Int) -> String {
        let count = lines.bytes[..<offset].reversed().prefix(while: \.isBlank).count
        return lines.file.text(offset - count..<offset)
    }
}
