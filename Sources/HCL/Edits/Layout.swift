/// The lines of a stretch of text as `terraform fmt` sees them.
///
/// A line ends at a line ending that is a token, so a heredoc is one line. What it calls cells: the lead, an assignment that begins at
/// the first `=` and has no bracket left open, and a comment behind code.
struct Layout {
    struct Line {
        var start: Int
        /// The first `=` that is not the line's first token.
        var equals: Int?
        /// Whether what follows the `=` closes as many brackets as it opens; only then it is aligned with its neighbours.
        var isAssignment = false
        /// The comment behind code.
        var comment: Int?
    }

    let bytes: [UInt8]
    private(set) var lines: [Line] = []

    /// - Parameter range: begins at the start of a line that stands outside of all brackets and strings.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        var scanner = LayoutScanner(bytes, from: range.lowerBound)
        var line = Line(start: range.lowerBound)
        var isEmpty = true
        var balance = 0
        while true {
            let (event, place) = scanner.next()
            if event == .end || place.lowerBound >= range.upperBound {
                append(line, balance)
                return
            }
            switch event {
            case .newline:
                append(line, balance)
                line = Line(start: place.upperBound)
                (isEmpty, balance) = (true, 0)
                continue
            case .comment where !isEmpty: line.comment = place.lowerBound
            case .equals where !isEmpty && line.equals == nil:
                line.equals = place.lowerBound
                balance = 0
            case .open: balance += 1
            case .close: balance -= 1
            default: break
            }
            isEmpty = false
        }
    }

    private mutating func append(_ line: Line, _ balance: Int) {
        var line = line
        line.isAssignment = line.equals != nil && balance == 0
        lines.append(line)
    }

    /// The blanks in front of an offset.
    func gap(before offset: Int) -> Range<Int> {
        var start = offset
        while start > 0, bytes[start - 1].isBlank { start -= 1 }
        return start..<offset
    }

    /// How many columns the bytes take: characters as a person sees them.
    func columns(_ range: Range<Int>) -> Int {
        let slice = bytes[range]
        return slice.contains { $0 >= 0x80 } ? String(decoding: slice, as: UTF8.self).count : slice.count
    }

    /// Whether the gap is exactly so many spaces.
    func isGap(_ gap: Range<Int>, _ width: Int) -> Bool {
        gap.count == width && bytes[gap].allSatisfy { $0 == .space }
    }
}
