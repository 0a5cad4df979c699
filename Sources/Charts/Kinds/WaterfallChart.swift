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

    private static let row = 24.0
    private static let names = 176.0
    private static let numbers = 66.0

    package var picture: Picture {
        var sums = [startValue.size]
        for step in steps { sums.append((sums.last ?? 0) + step.change.size) }
        let begin = Self.beginning(of: sums + [endValue.size])
        let scale = Scale((sums + [endValue.size]).map { $0 - begin }, from: Self.names, to: Plot.width - Self.numbers)
        func place(_ number: Double) -> Double { scale.place(number - begin) }
        var rows = [bar(0, startName, place(begin), place(startValue.size), "s1", startValue.text)]
        for (index, step) in steps.enumerated() {
            let isWorse = (step.change.size > 0) == moreIsWorse
            rows.append(
                bar(
                    index + 1, step.name, place(sums[index]), place(sums[index + 1]), isWorse ? "r" : "p", step.change.text))
            rows.append(
                "<path class=\"n g\" d=\"M\(place(sums[index])) \(Double(index) * Self.row + 20)v10\"/>")
        }
        rows.append(bar(steps.count + 1, endName, place(begin), place(endValue.size), "s1", endValue.text))
        let table = FigureTable(
            [.init("step"), .init("amount", isNumber: true)],
            [[startName, startValue.text]] + steps.map { [$0.name.clipped(to: 160), $0.change.text] } + [[endName, endValue.text]])
        let note = begin > 0 ? " The bars begin at \(unit.text(begin)), not at nothing." : ""
        return Picture(
            title: title, summary: summary + note, width: Plot.width, height: Double(steps.count + 2) * Self.row + 8, table: table,
            drawing: "\(rows)")
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

    private func bar(_ row: Int, _ name: String, _ from: Double, _ to: Double, _ look: HTML, _ text: String) -> HTML {
        let y = Double(row) * Self.row + 4
        return """
            <text class="e" x="\(Self.names - 8)" y="\(y + 13)">\(name.clipped(to: 23))</text><rect class="\(look)" x="\(min(from, to))" \
            y="\(y + 2)" width="\(max(1, abs(to - from)))" height="16" rx="2"/><text class="e w" x="\(Plot.width - 4)" y="\(y + 13)">\
            \(text)</text>
            """
    }
}
