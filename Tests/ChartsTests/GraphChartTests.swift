import Foundation
import Testing

@testable import Charts

@Suite("a graph")
struct GraphChartTests {
    /// The left edges of the boxes, by name.
    private static func places(_ edges: [(Int, Int)], count: Int) -> [Double] {
        let chart = GraphChart(
            title: "t", summary: "s", nodes: (0..<count).map { .init("n\($0)", nil) }, edges: edges.map { .init(from: $0.0, to: $0.1) },
            unknown: "-")
        let drawing = chart.picture.drawing.markup
        return (0..<count).map { index in
            let box = drawing.components(after: "<title>n\(index)</title>")
            return Double(box.components(after: " x=\"").prefix { $0 != "\"" }) ?? -1
        }
    }

    @Test("has whoever names on the left of what is named, however long the way is")
    func columns() {
        let places = Self.places([(0, 1), (1, 2), (0, 2), (3, 2)], count: 4)
        #expect(places[0] < places[1] && places[1] < places[2] && places[3] < places[2] && places[0] == places[3])
    }

    @Test("of a circle has every box, each once")
    func circle() {
        let places = Self.places([(0, 1), (1, 2), (2, 0), (2, 3)], count: 4)
        #expect(places.allSatisfy { $0 >= 0 })
        #expect(places[0] < places[1] && places[1] < places[2] && places[2] < places[3])
    }

    @Test("shades by quarters of what is known, and says what is not")
    func shades() {
        let nodes = (1...8).map { GraphChart.Node("n\($0)", ChartValue(Double($0), "$\($0)")) } + [.init("free", nil)]
        let drawing = GraphChart(title: "t", summary: "s", nodes: nodes, edges: [], unknown: "not on the bill").picture.drawing.markup
        for opacity in [".15", ".4", ".7", "1"] {
            #expect(drawing.split(separator: "fill-opacity=\"\(opacity)\"").count == 3, "\(opacity)")
        }
        #expect(drawing.contains("not on the bill") && drawing.contains("stroke-dasharray"))
    }
}

extension String {
    /// What stands behind the first of these words; nothing where there is none.
    fileprivate func components(after words: String) -> String { range(of: words).map { String(self[$0.upperBound...]) } ?? "" }
}
