/// A drawing with everything that is needed to read it without seeing it: a title, a description, and its figures as a table.
package struct Picture: Hashable, Sendable {
    package var title: String
    /// What it shows, in a sentence or two.
    package var summary: String
    package var width: Double
    package var height: Double
    package var drawing: HTML
    /// Empty for a picture that says no more than its summary.
    package var table: FigureTable
    /// The same for a telephone; nil: the drawing is shrunk.
    package var narrow: Drawing?

    /// What is drawn, in a size of its own.
    package struct Drawing: Hashable, Sendable {
        var width: Double
        var height: Double
        var markup: HTML
    }

    package init(
        title: String, summary: String, width: Double, height: Double, table: FigureTable = FigureTable(), drawing: HTML,
        narrow: Drawing? = nil
    ) {
        self.title = title
        self.summary = summary
        self.width = width
        self.height = height
        self.table = table
        self.drawing = drawing
        self.narrow = narrow
    }

    /// For a page whose style has `ChartStyle.rules`.
    ///
    /// - Parameter id: one of the page's own.
    package func figure(id: String) -> HTML {
        """
        <figure class="chart" id="\(id)"><figcaption>\(title)</figcaption>\(inline(id: id))<p class="note">\(summary)</p>\
        \(table.details(id: id, about: title))</figure>
        """
    }

    /// Like `figure`, in its own size and to be scrolled: for what is too large to be shrunk.
    package func scrolled(id: String) -> HTML {
        """
        <figure class="chart" id="\(id)"><figcaption>\(title)</figcaption><div class="scroll" tabindex="0" role="region" \
        aria-label="\(title), picture">\(inline(id: id, isFixed: true))</div><p class="note">\(summary)</p>\
        \(table.details(id: id, about: title))</figure>
        """
    }

    /// The drawing alone, inside a page.
    ///
    /// - Parameter isFixed: whether it keeps its own size, however narrow the page is.
    package func inline(id: String, isFixed: Bool = false) -> HTML {
        let narrow = isFixed ? nil : narrow
        let size: HTML =
            isFixed ? " class=\"own\" width=\"\(width)\" height=\"\(height)\"" : narrow == nil ? "" : " class=\"wide\""
        // Of the two a page shows one: the other is not there for anybody.
        let other: HTML? = narrow.map { narrow in
            """
            <svg role="img" class="narrow" viewBox="0 0 \(narrow.width) \(narrow.height)" aria-label="\(title). \(summary)">\(narrow.markup)</svg>
            """
        }
        return """
            <svg role="img"\(size) viewBox="0 0 \(width) \(height)" aria-labelledby="\(id)-t \(id)-d"><title id="\(id)-t">\(title)</title>\
            <desc id="\(id)-d">\(summary)</desc>\(drawing)</svg>\(other)
            """
    }

    /// A file of its own, which looks the same wherever an image may stand and goes by the reader's colour scheme.
    package func file() -> HTML {
        """
        <svg xmlns="http://www.w3.org/2000/svg" role="img" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" \
        aria-labelledby="t d"><title id="t">\(title)</title><desc id="d">\(summary)</desc><style>\(HTML(stringLiteral: ChartStyle.rules))\
        </style>\(drawing)</svg>

        """
    }
}

/// The numbers behind a picture.
package struct FigureTable: Hashable, Sendable {
    package struct Column: Hashable, Sendable {
        package var title: String
        package var isNumber: Bool

        package init(_ title: String, isNumber: Bool = false) {
            self.title = title
            self.isNumber = isNumber
        }
    }

    package var columns: [Column]
    package var rows: [[String]]

    package init(_ columns: [Column] = [], _ rows: [[String]] = []) {
        self.columns = columns
        self.rows = rows
    }

    /// Closed until somebody opens it; nothing without rows.
    func details(id: String, about title: String) -> HTML? {
        guard !rows.isEmpty else { return nil }
        let head = columns.map { column -> HTML in "<th scope=\"col\"\(Self.look(column))>\(column.title)</th>" }
        let body = rows.map { row -> HTML in
            let cells = zip(columns, row).enumerated().map { index, cell -> HTML in
                index == 0 ? "<th scope=\"row\"><bdi>\(cell.1)</bdi></th>" : "<td\(Self.look(cell.0))>\(cell.1)</td>"
            }
            return "<tr>\(cells)</tr>"
        }
        // Who scrolls with a keyboard must be able to reach it.
        return """
            <details><summary>Figures<span class="away"> of \(title)</span></summary><div class="scroll" tabindex="0" role="region" \
            aria-label="\(title), figures"><table><thead><tr>\(head)</tr></thead><tbody>\(body)</tbody></table></div></details>
            """
    }

    private static func look(_ column: Column) -> HTML { column.isNumber ? " class=\"num\"" : "" }
}
