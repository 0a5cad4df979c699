/// Rows in aligned columns. Where a width is given, the columns that may shrink share what is left; else nothing is cut.
struct TextTable {
    struct Column {
        enum Alignment { case leading, trailing }

        var title: String
        var alignment: Alignment
        /// May be cut, down to its title or twelve columns, to fit the terminal.
        var shrinks: Bool

        init(_ title: String = "", _ alignment: Alignment = .leading, shrinks: Bool = false) {
            self.title = title
            self.alignment = alignment
            self.shrinks = shrinks
        }
    }

    private static let gap = "  "

    var columns: [Column]
    var indent: Int
    private(set) var rows: [[StyledText]] = []
    /// A line below a row, for what would make it too long; none where the row has it all.
    private var notes: [StyledText?] = []

    init(_ columns: [Column], indent: Int = 2) {
        self.columns = columns
        self.indent = indent
    }

    mutating func append(_ row: [StyledText], note: StyledText? = nil) {
        precondition(row.count == columns.count, "a row has a cell for each column")
        rows.append(row)
        notes.append(note)
    }

    /// Widths wide enough for the rows of this table and of others, so that several tables align with each other.
    func widths(_ style: TextStyle, with others: [TextTable] = []) -> [Int] {
        var widths = columns.map(\.title.displayWidth)
        for row in rows + others.flatMap(\.rows) {
            for (index, cell) in row.enumerated() { widths[index] = max(widths[index], cell.width) }
        }
        guard let limit = style.width else { return widths }
        var overflow = lineWidth(widths) - limit
        while overflow > 0 {
            // The widest gives way until it is as wide as the next.
            let open = columns.indices.filter { columns[$0].shrinks && widths[$0] > max(12, columns[$0].title.displayWidth) }
            guard let widest = open.max(by: { widths[$0] < widths[$1] }) else { break }
            let next = open.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
            let cut = min(overflow, max(1, widths[widest] - max(next, 12)))
            widths[widest] -= cut
            overflow -= cut
        }
        return widths
    }

    /// How long lines of such columns are.
    func lineWidth(_ widths: [Int]) -> Int {
        indent + widths.reduce(0) { $0 + ($1 > 0 ? $1 + Self.gap.count : 0) } - Self.gap.count
    }

    func render(_ style: TextStyle, widths: [Int]? = nil) -> String {
        let widths = widths ?? self.widths(style)
        let hasTitles = columns.contains { !$0.title.isEmpty }
        let head = hasTitles && !rows.isEmpty ? line(columns.map { StyledText($0.title, .dim) }, widths, style) : ""
        return head
            + zip(rows, notes).map { row, note in
                line(row, widths, style) + (note.map { self.note($0, indent: indent + widths[0] + Self.gap.count, style) } ?? "")
            }.joined()
    }

    private func note(_ note: StyledText, indent: Int, _ style: TextStyle) -> String {
        let shown = style.width.map { note.truncated(to: max(12, $0 - indent)) } ?? note
        return String(repeating: " ", count: indent) + shown.rendered(style) + "\n"
    }

    private func line(_ row: [StyledText], _ widths: [Int], _ style: TextStyle) -> String {
        var text = ""
        // Spaces are written before the next cell only, so that no line ends in any.
        var pending = indent
        for (index, cell) in row.enumerated() where widths[index] > 0 {
            let cell = style.width == nil ? cell : cell.truncated(to: widths[index])
            let padding = max(0, widths[index] - cell.width)
            let before = columns[index].alignment == .trailing ? padding : 0
            pending += before
            if !cell.isEmpty {
                text += String(repeating: " ", count: pending) + cell.rendered(style)
                pending = 0
            }
            pending += padding - before + Self.gap.count
        }
        return text + "\n"
    }
}
