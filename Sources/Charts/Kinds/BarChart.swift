/// Lengths beside each other, each with its name and its number.
package struct BarChart: Hashable, Sendable {
    package struct Bar: Hashable, Sendable {
        package var name: String
        package var value: ChartValue
        /// What is to be said of it in the table, such as a change.
        package var remark: String

        package init(_ name: String, _ value: ChartValue, remark: String = "") {
            self.name = name
            self.value = value
            self.remark = remark
        }
    }

    package var title: String
    package var summary: String
    /// `service`, for the table.
    package var axis: String
    package var bars: [Bar]
    /// What the remarks are; empty: there are none.
    package var remarks: String
    /// Whether less and more than nothing differ in sense, as a change's do.
    package var isDifference: Bool

    package init(
        title: String, summary: String, axis: String, bars: [Bar], remarks: String = "", isDifference: Bool = false
    ) {
        self.title = title
        self.summary = summary
        self.axis = axis
        self.bars = bars
        self.remarks = remarks
        self.isDifference = isDifference
    }

    private static let row = 38.0

    package var picture: Picture {
        let (wide, narrow) = (drawing(Plot.width, most: 40), drawing(Plot.narrowWidth, most: 28))
        var columns: [FigureTable.Column] = [.init(axis), .init("amount", isNumber: true)]
        if !remarks.isEmpty { columns.append(.init(remarks, isNumber: true)) }
        return Picture(
            title: title, summary: summary, width: wide.width, height: wide.height,
            table: FigureTable(
                columns, bars.map { [$0.name.clipped(to: 120), $0.value.text] + (remarks.isEmpty ? [] : [$0.remark]) }),
            drawing: wide.markup, narrow: narrow)
    }

    /// - Parameter most: characters of a name.
    private func drawing(_ width: Double, most: Int) -> Picture.Drawing {
        let scale = Scale(bars.map(\.value.size), from: 4, to: width - 4)
        let zero = scale.place(0)
        let drawn = bars.enumerated().map { index, bar -> HTML in
            let top = Double(index) * Self.row + 6
            let end = scale.place(bar.value.size)
            let look: HTML = !isDifference ? "s1" : bar.value.size > 0 ? "r" : "p"
            return """
                <text x="4" y="\(top + 10)">\(bar.name.clipped(to: most))</text><text class="e w" x="\(width - 4)" y="\(top + 10)">\
                \(bar.value.text)</text><rect class="k" x="4" y="\(top + 16)" width="\(width - 8)" height="9" rx="2"/>\
                <rect class="\(look)" x="\(min(zero, end))" y="\(top + 16)" width="\(max(abs(end - zero), 1))" height="9" rx="2"/>
                """
        }
        let axisLine: HTML = isDifference ? "<path class=\"n o\" d=\"M\(zero) 4V\(Double(bars.count) * Self.row)\"/>" : ""
        return Picture.Drawing(width: width, height: Double(bars.count) * Self.row + 8, markup: "\(drawn)\(axisLine)")
    }
}

/// A measure against what it should not exceed: what is there, what is expected with its interval, and the limit.
package struct BulletChart: Hashable, Sendable {
    package var title: String
    package var summary: String
    package var actual: ChartValue
    package var expected: ChartValue?
    package var low: ChartValue?
    package var high: ChartValue?
    package var limit: ChartValue

    package init(
        title: String, summary: String, actual: ChartValue, expected: ChartValue? = nil, low: ChartValue? = nil, high: ChartValue? = nil,
        limit: ChartValue
    ) {
        self.title = title
        self.summary = summary
        self.actual = actual
        self.expected = expected
        self.low = low
        self.high = high
        self.limit = limit
    }

    package var picture: Picture {
        let (wide, narrow) = (drawing(Plot.width), drawing(Plot.narrowWidth))
        return Picture(
            title: title, summary: summary, width: wide.width, height: wide.height, drawing: wide.markup, narrow: narrow)
    }

    private func drawing(_ width: Double) -> Picture.Drawing {
        let sizes = [actual, expected, low, high, limit].compactMap { $0?.size }
        let most = max(sizes.max() ?? 1, 1e-9) * 1.04
        func place(_ quantity: ChartValue) -> Double { 4 + max(0, quantity.size) / most * (width - 8) }
        var interval: HTML = ""
        if let low, let high {
            interval =
                "<rect class=\"s1\" fill-opacity=\"0.25\" x=\"\(place(low))\" y=\"8\" width=\"\(max(1, place(high) - place(low)))\" height=\"22\"/>"
        }
        let mark: HTML? = expected.map { "<path class=\"n l1\" stroke-width=\"3\" d=\"M\(place($0)) 6V32\"/>" }
        let limitAt = place(limit)
        let isOver = actual.size > limit.size
        let look: HTML = isOver ? "r" : "s1"
        return Picture.Drawing(
            width: width, height: 40,
            markup: """
                <rect class="k" x="4" y="8" width="\(width - 8)" height="22" rx="3"/>\(interval)\
                <rect class="\(look)" x="4" y="13" width="\(max(1, place(actual) - 4))" height="12" rx="2"/>\(mark)\
                <path class="n o" stroke-width="2.5" d="M\(limitAt) 3V35"/>
                """)
    }
}
