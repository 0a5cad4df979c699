import CostModel
import Diagnostics

/// A format that only tests know, as small as one can be: a file of sections, each a resource, with a line for each key.
///
/// ```
/// [aws_sqs_queue.jobs]
/// name = jobs
/// tag.team = payments
/// ```
struct SectionFile {
    struct Line {
        var range: Range<Int>
        var key: Range<Int>
        var value: Range<Int>
    }

    struct Section {
        /// `aws_sqs_queue.jobs`
        var name: String
        /// From the bracket to the end of the last key's line.
        var range: Range<Int>
        var lines: [Line] = []
    }

    let source: SourceFile
    private(set) var sections: [Section] = []

    /// Nil where a line is neither a section nor a key with a value.
    init?(_ source: SourceFile) {
        self.source = source
        for number in 1...source.lineCount {
            let range = source.contentRange(ofLine: number)
            let text = source.text(range)
            if text.isEmpty { continue }
            if text.hasPrefix("["), text.hasSuffix("]") {
                sections.append(Section(name: String(text.dropFirst().dropLast()), range: range))
            } else if let sign = text.firstRange(of: " = "), !sections.isEmpty {
                let key = text[..<sign.lowerBound].utf8.count
                let line = Line(
                    range: range, key: range.lowerBound..<range.lowerBound + key, value: range.lowerBound + key + 3..<range.upperBound)
                sections[sections.count - 1].lines.append(line)
                sections[sections.count - 1].range = sections[sections.count - 1].range.lowerBound..<range.upperBound
            } else {
                return nil
            }
        }
    }

    static let suffix = ".sections"

    func span(_ range: Range<Int>) -> FileSpan { FileSpan(file: source.path, bytes: range) }
}
