/// Rows in aligned columns. Where a width is given and the rows are longer, what wraps is broken between words, columns that stack move
/// below their row, and those that shrink share what is left; else nothing is cut.
struct TextTable {
    struct Column {
        enum Alignment { case leading, trailing }
        /// What happens to it on a terminal that is too narrow.
        enum Overflow {
            case stays
            /// Loses its middle, down to twelve columns.
            case shrinks
            /// Stands on lines of its own below its row, whole.
            case stacks
            /// The last column: broken between words while there is room for some, else like one that stacks.
            case wraps
            /// Stands before what wraps, where that stands below the row.
            case moves
            /// Stands below its row, with its title, where nothing else makes room; the last of them first.
            case drops
            /// Goes away, such as a bar beside its number.
            case decorates
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
        /// Of what stands before that which wraps, below a row.
        fileprivate var moved = 0
    }

    private static let gap = "  "
    /// Columns of what shrinks, before a message rather moves below its row.
    private static let leastBesideWrapped = 36

    /// Columns of a message beside what stands before it.
    private static let leastHanging = 16

    var columns: [Column]
    private(set) var rows: [[StyledText]] = []
    private let indent: Int

    init(_ columns: [Column], indent: Int = 2) {
        self.columns = columns
        self.indent = indent
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
        if let last = columns.indices.last, columns[last].overflow == .wraps {
            var narrow = layout
            // With less than half of the line a long message reads better below its row.
            let whole = layout.widths[last]
            narrow.widths[last] = whole > limit / 2 ? limit / 2 : max(min(12, whole), whole * 2 / 3)
            shrink(&narrow, to: limit) { columns[$0].overflow == .shrinks ? Self.leastBesideWrapped : nil }
            let room = limit - lineWidth(narrow)
            if room >= 0 {
                narrow.widths[last] = min(layout.widths[last], narrow.widths[last] + room)
                return narrow
            }
        }
        layout.moved = columns.indices.filter { columns[$0].overflow == .moves }.map { layout.widths[$0] }.max() ?? 0
        for index in columns.indices where [.stacks, .wraps, .moves].contains(columns[index].overflow) { layout.widths[index] = 0 }
        layout.isStacked = true
        shrink(&layout, to: limit) { columns[$0].overflow == .shrinks ? max(12, columns[$0].title.displayWidth) : nil }
        let giving = [.decorates, .drops].flatMap { kind in columns.indices.reversed().filter { columns[$0].overflow == kind } }
        for index in giving where lineWidth(layout) > limit { layout.widths[index] = 0 }
        // Where messages are read, lines that the terminal breaks itself are unreadable: there anything but amounts gives way.
        if columns.last?.overflow == .wraps { shrink(&layout, to: limit) { columns[$0].alignment == .leading ? 4 : nil } }
        return layout
    }

    /// The widest gives way until it is as wide as the next.
    ///
    /// - Parameter minimum: of a column that may give way; nil for one that may not.
    private func shrink(_ layout: inout Layout, to limit: Int, minimum: (Int) -> Int?) {
        var overflow = lineWidth(layout) - limit
        while overflow > 0 {
            let open = columns.indices.filter { index in minimum(index).map { layout.widths[index] > $0 } ?? false }
            guard let widest = open.max(by: { layout.widths[$0] < layout.widths[$1] }) else { break }
            let next = open.filter { $0 != widest }.map { layout.widths[$0] }.max() ?? 0
            let cut = min(overflow, max(1, layout.widths[widest] - max(next, minimum(widest) ?? 0)))
            layout.widths[widest] -= cut
            overflow -= cut
        }
    }

    func render(_ style: TextStyle, _ layout: Layout? = nil) -> String {
        let layout = layout ?? self.layout(style)
        let hasTitles = columns.contains { !$0.title.isEmpty }
        let head = hasTitles && !rows.isEmpty ? line(columns.map { StyledText($0.title, .dim) }, layout, style) : ""
        return rows.reduce(into: head) { $0 += text(of: $1, layout, style) }
    }

    /// One row: a line, and further ones where something of it is wrapped or stands below.
    func text(of row: [StyledText], _ layout: Layout, _ style: TextStyle) -> String {
        guard !layout.isStacked else { return line(row, layout, style) + notes(row, layout, style) }
        guard let last = row.indices.last, columns[last].overflow == .wraps else { return line(row, layout, style) }
        let pieces = row[last].wrapped(layout.widths[last])
        guard pieces.count > 1 else { return line(row.dropLast() + pieces, layout, style) }
        let indent = String(repeating: " ", count: lineWidth(layout) - layout.widths[last])
        return line(row.dropLast() + [pieces[0]], layout, style)
            + pieces.dropFirst().map { indent + $0.rendered(style) + "\n" }.joined()
    }

    private func lineWidth(_ layout: Layout) -> Int {
        indent + layout.widths.reduce(0) { $0 + ($1 > 0 ? $1 + Self.gap.count : 0) } - Self.gap.count
    }

    private func line(_ row: [StyledText], _ layout: Layout, _ style: TextStyle) -> String {
        var text = ""
        text.reserveCapacity(160)
        // Spaces are written before the next cell only, so that no line ends in any.
        var pending = indent
        for (index, cell) in row.enumerated() where layout.widths[index] > 0 {
            let width = layout.widths[index]
            // Amounts are never cut.
            let cell = columns[index].alignment == .leading ? cell.keepingEnds(width) : cell
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

    /// What stacks, each on lines of its own: under the second column, or where the first one is wide a little to the right of it.
    private func notes(_ row: [StyledText], _ layout: Layout, _ style: TextStyle) -> String {
        let limit = style.width ?? .max
        let second = self.indent + (layout.widths.first ?? 0) + Self.gap.count
        let indent = second > limit / 2 ? self.indent + 2 * Self.gap.count : second
        func space(_ count: Int) -> String { String(repeating: " ", count: count) }
        func below(_ cell: StyledText) -> String {
            cell.isEmpty ? "" : cell.wrapped(limit - indent).map { space(indent) + $0.rendered(style) + "\n" }.joined()
        }
        let dropped = columns.indices.filter { columns[$0].overflow == .drops && layout.widths[$0] == 0 && !row[$0].isEmpty }.map { index in
            StyledText(columns[index].title.isEmpty ? "" : columns[index].title + " ", .dim) + row[index]
        }
        var text = below(dropped.joined(separator: " · "))
        for (column, cell) in zip(columns, row) {
            switch column.overflow {
            case .stacks: text += below(cell)
            case .wraps:
                let lead = zip(columns, row).first { column, _ in column.overflow == .moves }?.1 ?? ""
                let hanging = indent + (layout.moved > 0 ? layout.moved + Self.gap.count : 0)
                guard !lead.isEmpty, !cell.isEmpty, limit - hanging >= Self.leastHanging else {
                    text += below(lead) + below(cell)
                    continue
                }
                let pieces = cell.wrapped(limit - hanging).map { $0.rendered(style) + "\n" }
                text += space(indent) + lead.rendered(style) + space(hanging - indent - lead.width) + pieces[0]
                text += pieces.dropFirst().map { space(hanging) + $0 }.joined()
            case .stays, .shrinks, .moves, .drops, .decorates: break
            }
        }
        return text
    }
}
