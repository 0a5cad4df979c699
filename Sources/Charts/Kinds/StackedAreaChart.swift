/// What a whole is made of, over time: at most six parts by name, and the others together.
package struct StackedAreaChart: Hashable, Sendable {
    package static let most = 6

    package var title: String
    package var summary: String
    package var axis: String
    package var words: [String]
    /// The largest first; what does not fit must have been joined by the caller, who can add exactly.
    package var series: [LineChart.Series]
    package var unit: AxisUnit

    /// - Precondition: at most seven series.
    package init(title: String, summary: String, axis: String, words: [String], series: [LineChart.Series], unit: AxisUnit) {
        precondition(series.count <= Self.most + 1, "six, and the others")
        self.title = title
        self.summary = summary
        self.axis = axis
        self.words = words
        self.series = series
        self.unit = unit
    }

    package var picture: Picture {
        // Credits make a day negative: such a day has no area.
        let layers = series.map { $0.values.map { max(0, $0?.size ?? 0) } }
        var sums = Array(repeating: 0.0, count: words.count)
        var edges: [[Double]] = [sums]
        for layer in layers {
            for index in sums.indices { sums[index] += layer[index] }
            edges.append(sums)
        }
        let (plot, small) = (Plot(sums, unit: unit, labels: 146), Plot(sums, unit: unit, width: Plot.narrowWidth))
        let looks = series.indices.map { HTML(stringLiteral: ChartStyle.series(place($0))) }
        let middles = series.indices.map { index in
            plot.scale.place(((edges[index].last ?? 0) + (edges[index + 1].last ?? 0)) / 2)
        }
        let labels = zip(series.indices, plot.spread(middles)).map { index, place -> HTML in
            let mark = Plot.mark(looks[index], x: plot.right + 5, y: place)
            return "\(mark)<text x=\"\(plot.right + 17)\" y=\"\(place + 4)\">\(series[index].name.clipped(to: 18))</text>"
        }
        let columns = [FigureTable.Column(axis)] + series.map { FigureTable.Column($0.name.clipped(to: 60), isNumber: true) }
        let rows = words.indices.map { index in [words[index]] + series.map { $0.values[index]?.text ?? "–" } }
        return Picture(
            title: title, summary: summary, width: Plot.width, height: plot.height, table: FigureTable(columns, rows),
            drawing: "\(ground(plot, edges))\(labels)",
            narrow: small.narrow(ground(small, edges), names: series.indices.reversed().map { (looks[$0], series[$0].name) }))
    }

    /// - Parameter edges: below the first of the series, between each two of them, and above the last.
    private func ground(_ plot: Plot, _ edges: [[Double]]) -> HTML {
        let count = words.count
        let areas = series.indices.map { index -> HTML in
            let upper = (0..<count).map { (x: plot.across($0, of: count), y: plot.scale.place(edges[index + 1][$0])) }
            let lower = (0..<count).reversed().map { (x: plot.across($0, of: count), y: plot.scale.place(edges[index][$0])) }
            return "<path class=\"\(ChartStyle.series(place(index))) q\" stroke-width=\"0.8\" d=\"\(Plot.line(upper + lower))Z\"/>"
        }
        return "\(plot.grid)\(areas)\(plot.words(words))"
    }

    /// What is left is grey, however few there are.
    private func place(_ index: Int) -> Int { index == Self.most ? 6 : index }
}
