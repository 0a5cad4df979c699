/// How one number becomes another, step by step.
package struct WaterfallChart: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        package var name: String
        /// What it adds; what is negative takes away.
        package var change: ChartValue

        package init(_ name: String, _ change: ChartValue) {
            self.name = name
            self.change = change
        }
    }

    package var title: String
    package var summary: String
    package var start: (name: String, value: ChartValue) {
        get { (startName, startValue) }
        set { (startName, startValue) = newValue }
    }
    package var end: (name: String, value: ChartValue) {
        get { (endName, endValue) }
        set { (endName, endValue) = newValue }
    }
    private var startName: String
    private var startValue: ChartValue
    private var endName: String
    private var endValue: ChartValue
    package var steps: [Step]
    /// Whether more is worse, as with cost.
    package var moreIsWorse: Bool
    package var unit: AxisUnit

    package init(
        title: String, summary: String, start: (name: String, value: ChartValue), steps: [Step], end: (name: String, value: ChartValue),
        moreIsWorse: Bool, unit: AxisUnit
    ) {
        self.title = title
        self.summary = summary
        (startName, startValue) = start
        (endName, endValue) = end
        self.steps = steps
        self.moreIsWorse = moreIsWorse
        self.unit = unit
    }

    /// Where things stand: beside each other where there is room, else each name above its bar.
    private struct Layout {
        var width: Double
        var row: Double
        /// Where bars begin and end.
        var from: Double
        var to: Double
        /// Characters of a name.
        var most: Int
        var isStacked: Bool

        static let wide = Layout(width: Plot.width, row: 24, from: 176, to: Plot.width - 66, most: 23, isStacked: false)
        static let narrow = Layout(width: Plot.narrowWidth, row: 42, from: 4, to: Plot.narrowWidth - 4, most: 32, isStacked: true)
    }

    package var picture: Picture {
        var sums = [startValue.size]
        for step in steps { sums.append((sums.last ?? 0) + step.change.size) }
        let begin = Self.beginning(of: sums + [endValue.size])
        let (wide, narrow) = (drawing(.wide, sums, from: begin), drawing(.narrow, sums, from: begin))
        let table = FigureTable(
            [.init("step"), .init("amount", isNumber: true)],
            [[startName, startValue.text]] + steps.map { [$0.name.clipped(to: 160), $0.change.text] } + [[endName, endValue.text]])
        let note = begin > 0 ? " The bars begin at \(unit.text(begin)), not at nothing." : ""
        return Picture(
            title: title, summary: summary + note, width: wide.width, height: wide.height, table: table, drawing: wide.markup,
            narrow: narrow)
    }

    /// - Parameter sums: the start, and what there is behind each step.
    private func drawing(_ layout: Layout, _ sums: [Double], from begin: Double) -> Picture.Drawing {
        let scale = Scale((sums + [endValue.size]).map { $0 - begin }, from: layout.from, to: layout.to)
        func place(_ number: Double) -> Double { scale.place(number - begin) }
        var rows = [bar(layout, 0, startName, place(begin), place(startValue.size), "s1", startValue.text)]
        for (index, step) in steps.enumerated() {
            let isWorse = (step.change.size > 0) == moreIsWorse
            rows.append(
                bar(
                    layout, index + 1, step.name, place(sums[index]), place(sums[index + 1]), isWorse ? "r" : "p", step.change.text))
            guard !layout.isStacked else { continue }
            rows.append("<path class=\"n g\" d=\"M\(place(sums[index])) \(Double(index) * layout.row + 20)v10\"/>")
        }
        rows.append(bar(layout, steps.count + 1, endName, place(begin), place(endValue.size), "s1", endValue.text))
        return Picture.Drawing(width: layout.width, height: Double(steps.count + 2) * layout.row + 8, markup: "\(rows)")
    }

    /// Where the bars begin: at nothing, unless the steps would then be too small to be seen.
    private static func beginning(of sums: [Double]) -> Double {
        guard let least = sums.min(), let most = sums.max(), least > 0, most - least < most / 4, most - least > most / 100 else { return 0 }
        // One digit of the distance is round enough.
        var digit = 1.0
        while digit * 10 <= most - least { digit *= 10 }
        while digit > most - least, digit > 1e-3 { digit /= 10 }
        return max(0, ((least - (most - least) / 2) / digit).rounded(.down) * digit)
    }

    private func bar(
        _ layout: Layout, _ row: Int, _ name: String, _ from: Double, _ to: Double, _ look: HTML, _ text: String
    ) -> HTML {
        let y = Double(row) * layout.row + 4
        let named: HTML =
            layout.isStacked ? "<text x=\"4\" y=\"\(y + 13)\">" : "<text class=\"e\" x=\"\(layout.from - 8)\" y=\"\(y + 13)\">"
        return """
            \(named)\(name.clipped(to: layout.most))</text><rect class="\(look)" x="\(min(from, to))" \
            y="\(layout.isStacked ? y + 20 : y + 2)" width="\(max(1, abs(to - from)))" height="\(layout.isStacked ? 12.0 : 16.0)" rx="2"/>\
            <text class="e w" x="\(layout.width - 4)" y="\(y + 13)">\(text)</text>
            """
    }
}
