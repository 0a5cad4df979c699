/// The ground of a chart: margins, the lines of an axis with round numbers, and words below it.
struct Plot {
    static let width = 460.0
    /// Of a drawing for a telephone, where a unit is about a pixel: its text is as large there as that of the page.
    static let narrowWidth = 320.0

    let width: Double
    let height: Double
    let left: Double
    let right: Double
    let top = 10.0
    let bottom = 26.0
    let scale: Scale
    let unit: AxisUnit

    /// - Parameter labels: room on the right for the names of series.
    init(_ values: some Sequence<Double>, unit: AxisUnit, width: Double = Plot.width, height: Double = 220, labels: Double = 8) {
        self.width = width
        self.height = height
        self.unit = unit
        right = width - labels
        scale = Scale(values, from: height - bottom, to: top)
        let longest = scale.ticks.map { unit.text($0).count }.max() ?? 1
        left = 10 + Double(longest) * 7
    }

    var base: Double { scale.place(0) }

    /// Where the place of a list of so many stands, its first on the left edge and its last on the right.
    func across(_ index: Int, of count: Int) -> Double {
        count > 1 ? left + (right - left) * Double(index) / Double(count - 1) : (left + right) / 2
    }

    /// Lines with their numbers.
    var grid: HTML {
        let lines = scale.ticks.map { tick -> HTML in
            let y = scale.place(tick)
            return """
                <path class="n g" d="M\(left) \(y)H\(right)"/><text class="m e" x="\(left - 6)" y="\(y + 4)">\(unit.text(tick))</text>
                """
        }
        return "\(lines)"
    }

    /// The first, the last and as many as fit in between, evenly.
    func words(_ words: [String]) -> HTML {
        guard let longest = words.map(\.count).max(), words.count > 1 else {
            return "\(words.map { word -> HTML in "<text class=\"m c\" x=\"\((left + right) / 2)\" y=\"\(height - 8)\">\(word)</text>" })"
        }
        let fit = max(2, Int((right - left) / (Double(longest) * 8 + 24)))
        let steps = min(fit, words.count) - 1
        let shown = (0...steps).map { $0 * (words.count - 1) / steps }
        let drawn = shown.map { index -> HTML in
            let look: HTML = index == 0 ? "m" : index == words.count - 1 ? "m e" : "m c"
            return "<text class=\"\(look)\" x=\"\(across(index, of: words.count))\" y=\"\(height - 8)\">\(words[index])</text>"
        }
        return "\(drawn)"
    }

    /// Moves names apart that would stand over each other, in their order, and none of them out of the picture.
    func spread(_ places: [Double], by gap: Double = 15) -> [Double] {
        var result = places.map { min(max($0, top + 4), height - bottom) }
        let order = result.indices.sorted { (result[$0], $0) < (result[$1], $1) }
        for (one, next) in zip(order, order.dropFirst()) where result[next] < result[one] + gap { result[next] = result[one] + gap }
        let lowest = height - bottom
        if let last = order.last, result[last] > lowest {
            result[last] = lowest
            for (next, one) in zip(order.reversed(), order.reversed().dropFirst()) where result[one] > result[next] - gap {
                result[one] = result[next] - gap
            }
        }
        return result
    }

    // MARK: Names of series

    /// A square in a series' colour, or the dashes of a limit.
    ///
    /// - Parameter look: nil: a limit's.
    static func mark(_ look: HTML?, x: Double, y: Double) -> HTML {
        look.map { "<rect class=\"\($0)\" x=\"\(x)\" y=\"\(y - 4)\" width=\"8\" height=\"8\" rx=\"2\"/>" }
            ?? "<path class=\"n o\" stroke-width=\"1.5\" stroke-dasharray=\"2 3\" d=\"M\(x - 1) \(y)h9\"/>"
    }

    /// What a narrow drawing is: the plot, and below it a row for each name, where a wide one has them beside their lines.
    ///
    /// - Parameter names: from top to bottom.
    func narrow(_ ground: HTML, names: [(look: HTML?, name: String)]) -> Picture.Drawing {
        let row = 19.0
        let rows = names.enumerated().map { index, entry -> HTML in
            let y = height + 8 + Double(index) * row
            return "\(Self.mark(entry.look, x: 6, y: y))<text x=\"20\" y=\"\(y + 4)\">\(entry.name.clipped(to: 36))</text>"
        }
        return Picture.Drawing(width: width, height: height + Double(names.count) * row + 4, markup: "\(ground)\(rows)")
    }

    /// `M0 0L10 5`; pieces that are apart stay apart.
    static func line(_ points: [(x: Double, y: Double)?]) -> HTML {
        var path: HTML = ""
        var isBegun = false
        for point in points {
            guard let point else {
                isBegun = false
                continue
            }
            path += isBegun ? "L\(point.x) \(point.y)" : "M\(point.x) \(point.y)"
            isBegun = true
        }
        return path
    }
}
