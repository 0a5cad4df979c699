import CostModel
import Diagnostics

/// The code as it is before any change, each file opened once when it is first asked for.
package final class SourceLibrary {
    private let open: (String) -> (any CodeEditor)?
    private let secretLines: (String) -> Set<Int>
    /// A link that leads to a file and is not followed; nil: there is none.
    let link: (String) -> String?
    private var opened: [String: (any CodeEditor)?] = [:]

    /// - Parameters:
    ///   - secretLines: the lines of a file that no patch may show.
    ///   - linkTo: a link through which others may read the file.
    ///   - open: opens a file by its path in the workspace, with the editor of its format; nil where there is none or it cannot be read.
    package init(
        secretLines: @escaping (String) -> Set<Int> = { _ in [] }, linkTo link: @escaping (String) -> String? = { _ in nil },
        open: @escaping (String) -> (any CodeEditor)?
    ) {
        self.secretLines = secretLines
        self.link = link
        self.open = open
    }

    /// Whether an edit changes a line on which a secret is written.
    func showsSecret(_ edits: [TextEdit], in path: String) -> Bool {
        guard let source = editor(of: path)?.source else { return false }
        let lines = secretLines(path)
        return !lines.isEmpty
            && edits.contains { edit in
                let first = source.line(at: edit.range.lowerBound)
                // What begins a new line behind one leaves that as it is.
                let isBehind =
                    edit.range.isEmpty && edit.range.lowerBound == source.contentRange(ofLine: first).upperBound
                    && edit.replacement.first.map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? false
                return !isBehind && !lines.isDisjoint(with: first...source.line(at: edit.range.upperBound))
            }
    }

    /// Nil where the file is absent or cannot be edited.
    func editor(of path: String) -> (any CodeEditor)? {
        if let known = opened[path] { return known }
        let editor = open(path)
        opened[path] = .some(editor)
        return editor
    }

    /// Line and column of a range of a file.
    func place(of range: Range<Int>, in path: String) -> Place? {
        guard let source = editor(of: path)?.source else { return nil }
        let start = source.position(at: range.lowerBound)
        return Place(file: path, line: start.line, column: start.column, endLine: source.line(at: range.upperBound))
    }

    /// Where an edit of a span belongs; of a file that cannot be edited too, so that the refusal says so.
    func location(of span: FileSpan) -> EditLocation {
        editor(of: span.file)?.location(of: span.bytes) ?? .value(span)
    }
}
