/// The colours of pictures and pages, for light and for dark surroundings.
///
/// The series' colours are those of Okabe and Ito ("Color Universal Design", 2008), which people with every kind of colour vision tell apart,
/// darkened for light surroundings until each has a contrast of 3 to 1 to the background (WCAG 2.2, 1.4.11). Nothing is said by colour alone:
/// every series has its name beside it.
package struct ChartStyle: Hashable, Sendable {
    /// Behind everything.
    package let background: String
    package let text: String
    /// Of what is less important; it has a contrast of 4.5 to 1 all the same.
    package let muted: String
    package let grid: String
    /// Of a track behind a bar.
    package let track: String
    package let good: String
    package let bad: String
    /// Six, and what is left.
    package let series: [String]

    package static let light = ChartStyle(
        background: "#ffffff", text: "#1c2128", muted: "#57606a", grid: "#d8dee4", track: "#e6eaef", good: "#00705a", bad: "#b5470a",
        series: ["#0072b2", "#d55e00", "#008060", "#b0568f", "#3e8fc4", "#966a00", "#6e7781"])
    package static let dark = ChartStyle(
        background: "#12161c", text: "#e6edf3", muted: "#9aa5b1", grid: "#30363d", track: "#262d36", good: "#38c9a0", bad: "#f0914a",
        series: ["#56b4e9", "#f08a3c", "#2fc29b", "#dd8fc0", "#9db2ff", "#f0e442", "#9aa3ae"])

    /// The class of a series, by its place; `s7` for what is left.
    static func series(_ index: Int) -> String { "s\(min(index, 6) + 1)" }

    /// The rules of what charts draw, without variables: a mail program and a converter know these too.
    package static let rules: String = """
        text{font:12.5px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;unicode-bidi:isolate}
        .e{text-anchor:end}.c{text-anchor:middle}.n{fill:none}.w{font-weight:600}.h{font-size:46px}
        \(light.rules)
        @media screen and (prefers-color-scheme:dark){
        \(dark.rules)
        }
        """

    private var rules: String {
        let series = series.enumerated().map { ".s\($0 + 1){fill:\($1)}.l\($0 + 1){stroke:\($1)}" }.joined()
        return """
            text,.x{fill:\(text)}.m{fill:\(muted)}.g{stroke:\(grid)}.k{fill:\(track)}.z{fill:\(background)}.q{stroke:\(background)}.o{stroke:\(text)}
            .p{fill:\(good)}.r{fill:\(bad)}\(series)
            """
    }
}
