import Foundation
import Testing

@testable import Charts

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("charts")
struct ChartTests {
    private static func quantity(_ number: Double) -> ChartValue { ChartValue(number, "$\(Int(number))") }

    /// One of each kind, with a name of one's own.
    static func all(_ name: String) -> [Picture] {
        let values = [1.0, 4, 2, 8].map { Optional(quantity($0)) }
        let words = ["a", "b", "c", "d"]
        var line = LineChart(
            title: name, summary: name, axis: name, words: words, series: [.init(name, values), .init(name + "2", values)],
            band: .init(name, low: values, high: values), unit: AxisUnit(prefix: "$"))
        line.limit = (name, quantity(5))
        return [
            line.picture,
            StackedAreaChart(
                title: name, summary: name, axis: name, words: words,
                series: (0..<7).map { .init("\(name)\($0)", values) }, unit: AxisUnit(suffix: " EUR")
            ).picture,
            BarChart(title: name, summary: name, axis: name, bars: [.init(name, quantity(3), remark: name)], remarks: name).picture,
            BulletChart(
                title: name, summary: name, actual: quantity(3), expected: quantity(4), low: quantity(3), high: quantity(6),
                limit: quantity(5)
            ).picture,
            CalendarChart(
                title: name, summary: name,
                cells: (0..<20).map {
                    .init(day: "\($0)", weekday: $0 % 7, month: $0 == 0 ? name : nil, value: $0 == 3 ? nil : quantity(Double($0)))
                }
            ).picture,
            WaterfallChart(
                title: name, summary: name, start: (name, quantity(10)), steps: [.init(name, quantity(3)), .init(name, quantity(-2))],
                end: (name, quantity(11)), moreIsWorse: true, unit: AxisUnit()
            ).picture,
            GraphChart(
                title: name, summary: name, nodes: [.init(name, quantity(3)), .init(name + "2", nil), .init(name + "3", quantity(9))],
                edges: [.init(from: 0, to: 1), .init(from: 1, to: 2), .init(from: 2, to: 0), .init(from: 0, to: 7)], unknown: name
            ).picture,
        ]
    }

    @Test("are XML with a title and a description, and of their figures there is a table", arguments: 0..<7)
    func whole(index: Int) throws {
        let picture = Self.all("spend")[index]
        let file = picture.file().markup
        #expect(XMLParser(data: Data(file.utf8)).parse())
        #expect(file.contains("<title id=\"t\">spend</title>") && file.contains("<desc id=\"d\">spend"))
        #expect(file.contains("prefers-color-scheme:dark"))
        // A bullet's few numbers are its summary.
        #expect(picture.table.rows.isEmpty == (index == 3))
        #expect(picture.figure(id: "x").markup.contains("<details>") == (index != 3))
        #expect(file == Self.all("spend")[index].file().markup)
    }

    @Test("for a telephone are drawn once more, not wider than one, with every name and no smaller text", arguments: 0..<6)
    func narrow(index: Int) throws {
        let picture = Self.all("spend")[index]
        let narrow = try #require(picture.narrow)
        #expect(narrow.width == 320 && picture.width == 460)
        #expect(XMLParser(data: Data("<svg>\(narrow.markup.markup)</svg>".utf8)).parse())
        // The wide one has as many words: none is left out but days of the week and steps of an axis.
        func names(_ markup: String) -> Int { markup.components(separatedBy: "spend").count - 1 }
        #expect(names(narrow.markup.markup) == names(picture.drawing.markup))
        let places = narrow.markup.markup.matches(of: #/ x="(-?[0-9.]+)"/#).compactMap { Double($0.1) }
        #expect(places.allSatisfy { (0...320).contains($0) })
        let page = picture.figure(id: "x").markup
        #expect(page.contains("<svg role=\"img\" class=\"wide\"") && page.contains("class=\"narrow\" viewBox=\"0 0 320 "))
        #expect(!picture.file().markup.contains("narrow"), "a file of its own has one size")
    }

    @Test("leave what is not known blank: no line leads through it")
    func gaps() {
        let values = [Self.quantity(1), nil, Self.quantity(3), Self.quantity(4)]
        let chart = LineChart(
            title: "t", summary: "s", axis: "day", words: ["1", "2", "3", "4"], series: [.init("spend", values)], unit: AxisUnit())
        let path = chart.picture.drawing.markup.components(separatedBy: "class=\"n l1\"")[1].components(separatedBy: "d=\"")[1].prefix {
            $0 != "\""
        }
        #expect(path.filter { $0 == "M" }.count == 2 && path.filter { $0 == "L" }.count == 1)
        // The first stands alone, and is a dot.
        #expect(chart.picture.drawing.markup.contains("<circle"))
        #expect(chart.picture.table.rows[1] == ["2", "–"])
    }

    @Test(
        "have round numbers on their axes, with zero among them",
        arguments: [[0, 7], [3, 1_234], [-40, 90], [0.002, 0.013], [0], []] as [[Double]])
    func scale(values: [Double]) {
        let scale = Scale(values, from: 0, to: 100)
        #expect(scale.ticks.contains { abs($0) < 1e-12 } && (2...12).contains(scale.ticks.count))
        #expect(values.allSatisfy { scale.low <= $0 && $0 <= scale.high })
        #expect(scale.place(scale.low) == 0 && scale.place(scale.high) == 100)
    }

    @Test("write round numbers short", arguments: [(1_500, "$1.5k"), (0, "$0"), (-2_000_000, "−$2M"), (0.05, "$0.05"), (12, "$12")])
    func ticks(number: Double, text: String) {
        #expect(AxisUnit(prefix: "$").text(number) == text)
    }

    @Test("keep names apart that would stand over each other, inside of the picture")
    func spread() {
        let plot = Plot([1, 2], unit: AxisUnit())
        let places = plot.spread([50, 51, 52, 193, 194]).sorted()
        #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= 14.99 })
        #expect(places.allSatisfy { $0 <= plot.height - plot.bottom })
    }

    @Test("cut names by what they are made of: a character may have any number of marks")
    func clipped() {
        #expect("payments".clipped(to: 20) == "payments")
        #expect("a very long name of a team".clipped(to: 10).count == 10)
        #expect(("z" + String(repeating: "\u{301}", count: 9_000)).clipped(to: 20).unicodeScalars.count <= 20)
        #expect("\u{202E}x".clipped(to: 20) == #"\u{202E}x"#)
    }
}
