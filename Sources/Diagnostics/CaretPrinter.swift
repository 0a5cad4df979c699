/// Renders diagnostics the way compilers do: place, message, the source line and a caret under the range.
///
/// ```
/// policies/tags.yaml:12:5: error: unknown key 'ownr'; did you mean 'owner'?
///   12 |     ownr: payments
///      |     ^~~~
/// ```
package struct CaretPrinter: Sendable {
    /// Colour the severity and the caret with ANSI escapes.
    package var color: Bool

    package init(color: Bool = false) {
        self.color = color
    }

    /// All diagnostics in their order, each ending in a newline.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.sorted(by: Diagnostic.precedes).map(render).joined()
    }

    package func render(_ diagnostic: Diagnostic) -> String {
        var text = entry(diagnostic.severity, diagnostic.message, diagnostic.range)
        for note in diagnostic.notes { text += entry(.note, note.message, note.range) }
        return text
    }

    private func entry(_ severity: Diagnostic.Severity, _ message: String, _ range: SourceRange?) -> String {
        let label = paint(severity.rawValue, severity == .error ? "1;31" : severity == .warning ? "1;33" : "1;36")
        let message = message.printable
        guard let range else { return "\(label): \(message)\n" }
        let start = range.start
        let head = "\(range.file.path.printable):\(start.line):\(start.column): \(label): \(message)\n"
        return head + excerpt(range, start)
    }

    private func excerpt(_ range: SourceRange, _ start: SourcePosition) -> String {
        let line = range.file.contentRange(ofLine: start.line)
        let number = String(start.line)
        let gutter = String(repeating: " ", count: number.count)
        let window = window(of: line, around: range.bytes.lowerBound, in: range.file)
        let shown = range.file.text(window.range)
        guard shown.unicodeScalars.allSatisfy({ $0.isPrintable || $0 == "\t" }) else { return "" }
        let before = range.file.text(
            window.range.lowerBound..<min(max(range.bytes.lowerBound, window.range.lowerBound), window.range.upperBound))
        let indent = String(before.unicodeScalars.map { $0 == "\t" ? "\t" : " " as Character })
        let end = min(max(range.bytes.upperBound, range.bytes.lowerBound), window.range.upperBound)
        let width = end > range.bytes.lowerBound ? range.file.text(range.bytes.lowerBound..<end).unicodeScalars.count : 1
        let caret = "^" + String(repeating: "~", count: max(0, width - 1))
        return "  \(number) | \(window.prefix)\(shown)\(window.suffix)\n  \(gutter) | "
            + String(repeating: " ", count: window.prefix.count) + indent + paint(caret, "1;32") + "\n"
    }

    /// A line longer than a screen is shown around the place only.
    private func window(of line: Range<Int>, around offset: Int, in file: SourceFile) -> (range: Range<Int>, prefix: String, suffix: String)
    {
        let limit = 160
        guard line.count > limit else { return (line, "", "") }
        var low = max(line.lowerBound, min(offset, line.upperBound) - limit / 2)
        var high = min(line.upperBound, low + limit)
        while low > line.lowerBound, file.bytes[low] & 0xC0 == 0x80 { low -= 1 }
        while high < line.upperBound, file.bytes[high] & 0xC0 == 0x80 { high += 1 }
        return (low..<high, low > line.lowerBound ? "…" : "", high < line.upperBound ? "…" : "")
    }

    private func paint(_ text: String, _ code: String) -> String {
        color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
