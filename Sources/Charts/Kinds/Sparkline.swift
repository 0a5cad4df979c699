/// A line so small that it stands in a table's cell: the shape of a course, whose numbers stand beside it.
package struct Sparkline: Hashable, Sendable {
    /// Nil: not known.
    package var values: [Double?]

    package init(_ values: [Double?]) { self.values = values }

    /// - Parameter summary: what it shows: `from 71 to 84 in 12 weeks`.
    package func inline(_ summary: String) -> HTML {
        let known = values.compactMap(\.self).filter(\.isFinite)
        guard let least = known.min(), let most = known.max(), known.count > 1 else { return "<span class=\"m\">–</span>" }
        let span = most - least
        let points = values.enumerated().map { index, value in
            value.map { value in
                (
                    x: 2 + 76 * Double(index) / Double(max(1, values.count - 1)),
                    y: span > 0 ? 20 - 16 * (value - least) / span : 12
                )
            }
        }
        let last = points.last { $0 != nil }.flatMap(\.self)
        let dot: HTML? = last.map { "<circle class=\"s1\" cx=\"\($0.x)\" cy=\"\($0.y)\" r=\"2.2\"/>" }
        return """
            <svg class="spark" role="img" viewBox="0 0 80 24" aria-label="\(summary)"><path class="n l1" stroke-width="1.6" \
            d="\(Plot.line(points))"/>\(dot)</svg>
            """
    }
}
