/// A figure for each day, in columns of weeks from Monday to Sunday: what is unusual stands out, and on which weekday.
package struct CalendarChart: Hashable, Sendable {
    package struct Cell: Hashable, Sendable {
        /// `2026-11-02`
        package var day: String
        /// 0 is Monday.
        package var weekday: Int
        /// `Nov`, where it is the first day of a month.
        package var month: String?
        /// Nil: not known.
        package var value: ChartValue?

        package init(day: String, weekday: Int, month: String?, value: ChartValue?) {
            self.day = day
            self.weekday = weekday
            self.month = month
            self.value = value
        }
    }

    package var title: String
    package var summary: String
    /// Days that follow each other.
    package var cells: [Cell]

    package init(title: String, summary: String, cells: [Cell]) {
        self.title = title
        self.summary = summary
        self.cells = cells
    }

    /// Four steps, by quarters of the days: one extreme day does not make all others pale.
    private var steps: [Double] {
        let known = cells.compactMap { $0.value?.size }.sorted()
        guard !known.isEmpty else { return [] }
        return (1...3).map { known[min(known.count - 1, known.count * $0 / 4)] }
    }

    package var picture: Picture {
        let (wide, narrow) = (drawing(Plot.width), drawing(Plot.narrowWidth))
        return Picture(
            title: title, summary: summary, width: wide.width, height: wide.height,
            table: FigureTable(
                [.init("day"), .init("amount", isNumber: true)], cells.reversed().map { [$0.day, $0.value?.text ?? "not known"] }),
            drawing: wide.markup, narrow: narrow)
    }

    private func drawing(_ width: Double) -> Picture.Drawing {
        let weeks = max(1, (cells.count + (cells.first?.weekday ?? 0) + 6) / 7)
        let size = min(22, (width - 40) / Double(weeks))
        let steps = steps
        var drawn: [HTML] = []
        var lastMonth = -100.0
        for (index, cell) in cells.enumerated() {
            let column = (index + (cells.first?.weekday ?? 0)) / 7
            let (x, y) = (34 + Double(column) * size, 22 + Double(cell.weekday) * size)
            if let month = cell.month, x - lastMonth > 30 {
                drawn.append("<text class=\"m\" x=\"\(x)\" y=\"14\">\(month)</text>")
                lastMonth = x
            }
            let side = size - 2
            guard let value = cell.value else {
                drawn.append("<rect class=\"n g\" x=\"\(x)\" y=\"\(y)\" width=\"\(side)\" height=\"\(side)\" rx=\"2\"/>")
                continue
            }
            let step = steps.count { value.size > $0 }
            let opacity = [0.15, 0.4, 0.7, 1][step]
            drawn.append(
                """
                <rect class="s1" fill-opacity="\(Self.hundredths(opacity))" x="\(x)" y="\(y)" width="\(side)" height="\(side)" rx="2">\
                <title>\(cell.day): \(value.text)</title></rect>
                """)
        }
        // Of small squares only each second name has room.
        let names = size < 12 ? [(0, "Mon"), (3, "Thu"), (6, "Sun")] : [(0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun")]
        let days = names.map { row, name -> HTML in
            "<text class=\"m\" x=\"2\" y=\"\(22 + (Double(row) + 0.5) * size + 3)\">\(name)</text>"
        }
        return Picture.Drawing(width: width, height: 26 + 7 * size, markup: "\(days)\(drawn)")
    }

    private static func hundredths(_ share: Double) -> HTML { share >= 1 ? "1" : HTML(stringLiteral: ".\(Int((share * 100).rounded()))") }
}
