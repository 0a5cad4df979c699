/// Lines over time, one of which may have a band around what is only expected.
///
/// A day of which nothing is known leaves a gap: a line through it would say something.
package struct LineChart: Hashable, Sendable {
    package struct Series: Hashable, Sendable {
        package var name: String
        /// One for each word below the chart; nil: not known.
        package var values: [ChartValue?]
        package var isDashed: Bool

        package init(_ name: String, _ values: [ChartValue?], isDashed: Bool = false) {
            self.name = name
            self.values = values
            self.isDashed = isDashed
        }
    }

    package struct Band: Hashable, Sendable {
        package var name: String
        package var low: [ChartValue?]
        package var high: [ChartValue?]

        package init(_ name: String, low: [ChartValue?], high: [ChartValue?]) {
            self.name = name
            self.low = low
            self.high = high
        }
    }

    package var title: String
    package var summary: String
    /// `day`, for the table.
    package var axis: String
    package var words: [String]
    package var series: [Series]
    package var band: Band?
    /// A limit, as a line across.
    package var limit: (name: String, value: ChartValue)? {
        get { limitValue.map { (limitName, $0) } }
        set { (limitName, limitValue) = (newValue?.name ?? "", newValue?.value) }
    }
    private var limitName = ""
    private var limitValue: ChartValue?
    package var unit: AxisUnit

    package init(
        title: String, summary: String, axis: String, words: [String], series: [Series], band: Band? = nil, unit: AxisUnit
    ) {
        self.title = title
        self.summary = summary
        self.axis = axis
        self.words = words
        self.series = series
        self.band = band
        self.unit = unit
    }

    package var picture: Picture {
        let sizes = series.flatMap { $0.values.compactMap { $0?.size } }
        let edges = (band.map { ($0.low + $0.high).compactMap { $0?.size } } ?? []) + [limitValue?.size].compactMap(\.self)
        let plot = Plot(sizes + edges, unit: unit, labels: 146)
        let small = Plot(sizes + edges, unit: unit, width: Plot.narrowWidth)
        return Picture(
            title: title, summary: summary, width: Plot.width, height: plot.height, table: table,
            drawing: "\(ground(plot))\(labels(plot))",
            narrow: small.narrow(ground(small), names: named(small).sorted { $0.place < $1.place }.map { ($0.look, $0.name) }))
    }

    private func ground(_ plot: Plot) -> HTML {
        "\(plot.grid)\(plot.words(words))\(area(plot))\(limitLine(plot))\(lines(plot))"
    }

    private func lines(_ plot: Plot) -> [HTML] {
        series.enumerated().map { index, one in
            let points = one.values.enumerated().map { place, value in
                value.map { (x: plot.across(place, of: words.count), y: plot.scale.place($0.size)) }
            }
            let look: HTML = one.isDashed ? " stroke-dasharray=\"5 4\"" : ""
            let path: HTML =
                "<path class=\"n l\(index + 1)\" stroke-width=\"2.5\" stroke-linejoin=\"round\"\(look) d=\"\(Plot.line(points))\"/>"
            // A value between two gaps is a line without a length.
            let alone = points.indices.filter { at in
                points[at] != nil && (at == 0 || points[at - 1] == nil) && (at == points.count - 1 || points[at + 1] == nil)
            }
            let dots = alone.compactMap { points[$0] }.map { point -> HTML in
                "<circle class=\"s\(index + 1)\" cx=\"\(point.x)\" cy=\"\(point.y)\" r=\"3\"/>"
            }
            return "\(path)\(dots)"
        }
    }

    private func area(_ plot: Plot) -> HTML? {
        guard let band else { return nil }
        let known = band.low.indices.filter { band.low[$0] != nil && band.high[$0] != nil }
        guard let first = known.first, let last = known.last, first < last else { return nil }
        func point(_ index: Int, _ value: ChartValue?) -> (x: Double, y: Double)? {
            (plot.across(index, of: words.count), plot.scale.place(value?.size ?? 0))
        }
        let upper = known.map { point($0, band.high[$0]) }
        let lower = known.reversed().map { point($0, band.low[$0]) }
        return "<path class=\"s1\" fill-opacity=\"0.18\" d=\"\(Plot.line(upper + lower))Z\"/>"
    }

    private func limitLine(_ plot: Plot) -> HTML? {
        limitValue.map {
            "<path class=\"n o\" stroke-width=\"1.5\" stroke-dasharray=\"2 3\" d=\"M\(plot.left) \(plot.scale.place($0.size))H\(plot.right)\"/>"
        }
    }

    /// The series that have a value, and the limit, each where its line ends.
    private func named(_ plot: Plot) -> [(name: String, place: Double, look: HTML?)] {
        var named: [(name: String, place: Double, look: HTML?)] = series.enumerated().compactMap { index, one in
            one.values.last { $0 != nil }.flatMap(\.self).map { (one.name, plot.scale.place($0.size), "s\(index + 1)") }
        }
        if let limitValue { named.append((limitName, plot.scale.place(limitValue.size), nil)) }
        return named
    }

    /// Each name stands where its line ends.
    private func labels(_ plot: Plot) -> [HTML] {
        let named = named(plot)
        return zip(named, plot.spread(named.map(\.place))).map { label, place -> HTML in
            let mark = Plot.mark(label.look, x: plot.right + 5, y: place)
            return "\(mark)<text x=\"\(plot.right + 17)\" y=\"\(place + 4)\">\(label.name.clipped(to: 18))</text>"
        }
    }

    private var table: FigureTable {
        var columns: [FigureTable.Column] = [.init(axis)]
        columns += series.map { .init($0.name.clipped(to: 60), isNumber: true) }
        if let band { columns += [.init("\(band.name), least", isNumber: true), .init("\(band.name), most", isNumber: true)] }
        let rows = words.indices.map { index in
            var row = [words[index]] + series.map { $0.values[index]?.text ?? "–" }
            if let band { row += [band.low[index]?.text ?? "–", band.high[index]?.text ?? "–"] }
            return row
        }
        return FigureTable(columns, rows)
    }
}
