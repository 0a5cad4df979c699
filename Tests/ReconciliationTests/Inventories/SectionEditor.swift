import CostModel
import Diagnostics
import Remediation

/// The editor of section files.
struct SectionEditor: CodeEditor {
    private let file: SectionFile

    var source: SourceFile { file.source }

    init?(_ source: SourceFile) {
        guard let file = SectionFile(source) else { return nil }
        self.file = file
    }

    func location(of bytes: Range<Int>) -> EditLocation {
        let section = file.sections.first { $0.range.lowerBound <= bytes.lowerBound && bytes.upperBound <= $0.range.upperBound }
        return section.map { .collection(file.span($0.range)) } ?? .value(file.span(bytes))
    }

    func edits(_ operations: [EditOperation], at location: EditLocation) -> [TextEdit]? {
        guard case .collection(let span) = location, file.sections.contains(where: { $0.range == span.bytes }) else { return nil }
        var edits: [TextEdit] = []
        var inserted = ""
        for operation in operations {
            switch operation {
            case .insert(let key, let value): inserted += "\ntag.\(key) = \(value)"
            case .rename(let item, let old, let key):
                let start = item.bytes.lowerBound + "tag.".utf8.count
                edits.append(TextEdit(start..<start + old.utf8.count, key))
            case .replace(let literal, let value): edits.append(TextEdit(literal.bytes, value.text))
            case .assign, .adopt, .add: return nil
            }
        }
        return inserted.isEmpty ? edits : edits + [.insert(inserted, at: span.bytes.upperBound)]
    }
}
