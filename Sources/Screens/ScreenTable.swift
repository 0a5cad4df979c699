import Reporting

/// A column of a list on a screen.
struct ScreenColumn: Sendable {
    enum Fit: Sendable {
        /// As wide as it needs; the higher the number, the earlier it is left out on a narrow screen, from 5 on before anything is cut.
        case whole(leftOut: Int)
        /// Cut down to so many columns, in its middle.
        case shrinks(least: Int)
        /// Takes what is left, cut at its end.
        case fills(least: Int)
    }

    var title: String
    var isNumber = false
    var fit: Fit
}

/// Rows in columns that fit a screen: what does not is cut or left out, never wrapped.
struct ScreenTable: Sendable {
    private static let gap = 2

    let columns: [ScreenColumn]
    /// What each column would take.
    private let natural: [Int]

    init(_ columns: [ScreenColumn], rows: some Sequence<[StyledText]>) {
        self.columns = columns
        let cells = rows.reduce(into: columns.map { _ in 0 }) { widths, row in
            for (index, cell) in row.enumerated() { widths[index] = max(widths[index], cell.width) }
        }
        // A column that says nothing of any row needs no place.
        natural = zip(columns, cells).map { column, width in width == 0 ? 0 : max(width, StyledText(column.title).width) }
    }

    /// The columns' widths; 0: left out.
    func widths(_ limit: Int) -> [Int] {
        var widths = natural
        func excess() -> Int {
            let shown = widths.filter { $0 > 0 }
            return shown.reduce(0, +) + Self.gap * max(0, shown.count - 1) - limit
        }
        let optional = columns.indices.compactMap { index in
            if case .whole(let order) = columns[index].fit, order > 0 { (index: index, order: order) } else { nil }
        }.sorted { $0.order > $1.order }
        func leaveOut(_ isLeftOut: (Int) -> Bool) {
            for (index, order) in optional where isLeftOut(order) && excess() > 0 { widths[index] = 0 }
        }
        leaveOut { $0 >= 5 }
        for index in columns.indices where excess() > 0 {
            if case .fills(let least) = columns[index].fit { widths[index] = max(min(widths[index], least), widths[index] - excess()) }
        }
        for index in columns.indices where excess() > 0 {
            if case .shrinks(let least) = columns[index].fit { widths[index] = max(min(widths[index], least), widths[index] - excess()) }
        }
        leaveOut { _ in true }
        // What was cut for columns that are gone now may have it back.
        for index in columns.indices where excess() < 0 && widths[index] > 0 {
            widths[index] = min(natural[index], widths[index] - excess())
        }
        return widths
    }

    var header: [StyledText] { columns.map { StyledText($0.title, .bold) } }

    /// One line, cut to what fits.
    func line(_ cells: [StyledText], _ widths: [Int]) -> StyledText {
        var line: StyledText = ""
        for (index, cell) in cells.enumerated() where widths[index] > 0 {
            if !line.isEmpty { line += StyledText(String(repeating: " ", count: Self.gap)) }
            let cut =
                if case .fills = columns[index].fit { cell.keepingStart(widths[index]) } else { cell.keepingEnds(widths[index]) }
            let space = StyledText(String(repeating: " ", count: max(0, widths[index] - cut.width)))
            line += columns[index].isNumber ? space + cut : cut + space
        }
        return line
    }
}
