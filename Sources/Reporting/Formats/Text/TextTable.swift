/// Rows in aligned columns. Where a width is given and the rows are longer, the columns that stack move below their row, and then those
/// that shrink share what is left; else nothing is cut.
struct TextTable {
    struct Column {
        enum Alignment { case leading, trailing }
        /// What happens to it on a terminal that is too narrow.
        enum Overflow {
            case stays
            /// Loses its beginning, down to twelve columns: the end of an address says most.
            case shrinks
            /// Stands on a line of its own below its row, whole.
            case stacks
        }

        var title: String
        var alignment: Alignment
        var overflow: Overflow

        init(_ title: String = "", _ alignment: Alignment = .leading, _ overflow: Overflow = .stays) {
            self.title = title
            self.alignment = alignment
            self.overflow = overflow
        }
    }

    /// The columns' widths; 0: the column is not there.
    struct Layout {
        fileprivate var widths: [Int]
        fileprivate var isStacked = false
    }

    private static let gap = "  "
    private static let indent = 2

    var columns: [Column]
    private(set) var rows: [[StyledText]] = []

    init(_ columns: [Column]) {
        self.columns = columns
    }

    mutating func append(_ row: [StyledText]) {
        precondition(row.count == columns.count, "a row has a cell for each column")
        rows.append(row)
    }

    /// A layout that fits the rows of this table and of others, so that several tables align with each other.
    func layout(_ style: TextStyle, with others: [TextTable] = []) -> Layout {
        var layout = Layout(widths: columns.map(\.title.displayWidth))
        for row in rows + others.flatMap(\.rows) {
            for (index, cell) in row.enumerated() { layout.widths[index] = max(layout.widths[index], cell.width) }
        }
        guard let limit = style.width, lineWidth(layout) > limit else { return layout }
        for index in columns.indices where columns[index].overflow == .stacks { layout.widths[index] = 0 }
        layout.isStacked = true
        var overflow = lineWidth(layout) - limit
        while overflow > 0 {
            // The widest gives way until it is as wide as the next.
            let open = columns.indices.filter { columns[$0].overflow == .shrinks && layout.widths[$0] > minimum($0) }
            guard let widest = open.max(by: { layout.widths[$0] < layout.widths[$1] }) else { break }
            let next = open.filter { $0 != widest }.map { layout.widths[$0] }.max() ?? 0
            let cut = min(overflow, max(1, layout.widths[widest] - max(next, minimum(widest))))
            layout.widths[widest] -= cut
            overflow -= cut
        }
        return layout
    }

    func render(_ style: TextStyle, _ layout: Layout? = nil) -> String {
        let layout = layout ?? self.layout(style)
        let hasTitles = columns.contains { !$0.title.isEmpty }
        let head = hasTitles && !rows.isEmpty ? line(columns.map { StyledText($0.title, .dim) }, layout, style) : ""
        return rows.reduce(into: head) { $0 += line($1, layout, style) + notes($1, layout, style) }
    }

    private func minimum(_ column: Int) -> Int { max(12, columns[column].title.displayWidth) }

    private func lineWidth(_ layout: Layout) -> Int {
        Self.indent + layout.widths.reduce(0) { $0 + ($1 > 0 ? $1 + Self.gap.count : 0) } - Self.gap.count
    }

    private func line(_ row: [StyledText], _ layout: Layout, _ style: TextStyle) -> String {
        var text = ""
        text.reserveCapacity(160)
        // Spaces are written before the next cell only, so that no line ends in any.
        var pending = Self.indent
        for (index, cell) in row.enumerated() where layout.widths[index] > 0 {
            let width = layout.widths[index]
            let cell = columns[index].overflow == .shrinks ? cell.keepingEnd(width) : cell
            let padding = max(0, width - cell.width)
            let before = columns[index].alignment == .trailing ? padding : 0
            pending += before
            if !cell.isEmpty {
                for _ in 0..<pending { text.append(" ") }
                text += cell.rendered(style)
                pending = 0
            }
            pending += padding - before + Self.gap.count
        }
        return text + "\n"
    }

    /// What stacks, under the second column: each on lines of its own.
    private func notes(_ row: [StyledText], _ layout: Layout, _ style: TextStyle) -> String {
        guard layout.isStacked else { return "" }
        let indent = Self.indent + (layout.widths.first ?? 0) + Self.gap.count
        let cells = zip(columns, row).filter { $0.overflow == .stacks && !$1.isEmpty }.map(\.1)
        return cells.flatMap { $0.wrapped(max(20, (style.width ?? .max) - indent)) }.map { line in
            String(repeating: " ", count: indent) + line.rendered(style) + "\n"
        }.joined()
    }
}
