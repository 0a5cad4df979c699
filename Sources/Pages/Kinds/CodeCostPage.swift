package import Charts
import CostModel
package import Reporting

/// Code with dollars beside it, as one page that needs nothing else.
package enum CodeCostPage {
    /// More lines of code are left to the repository.
    private static let mostLines = 20_000

    package static func html(_ report: BlameReport, toolVersion: String) -> HTML {
        let total = report.total
        let title = "What \(report.path.clipped(to: 120)) costs"
        let tiles = Parts.tiles([
            Parts.tile("A month", total.amount(in: report.currency) ?? "–"),
            Parts.tile("Billed", Money(total.billed, report.currency).short),
            Parts.tile("By estimate", Money(total.estimated, report.currency).short),
        ])
        var left = mostLines
        let files = report.files.enumerated().map { index, file -> HTML in
            let lines = Array(file.lines.prefix(left))
            left -= lines.count
            return Parts.section(
                "\(file.path.clipped(to: 200)) · \(file.cost.amount(in: report.currency) ?? "–")", id: "file-\(index)",
                "\(blocks(file, report.currency))\(code(file, lines, report.currency))")
        }
        return PageFrame.document(
            title: title, version: toolVersion,
            """
            <main id="main"><h1>\(title)</h1>\(PageFrame.gap(report.context))\(tiles)\(files)</main><footer><p>Made by bursar \(toolVersion) of \
            \(report.context.shortRevision.clipped(to: 80)) as of \(report.context.evaluatedAt.description). Effective cost of a month; ~ is an \
            estimate.</p></footer>
            """)
    }

    private static func blocks(_ file: CodeFile, _ currency: Currency) -> HTML {
        PageTable(
            "Blocks of \(file.path.clipped(to: 200))",
            [
                .init("block"), .init("line", .number), .init("monthly", .number), .init("3 months", .number), .init("open", .number),
                .init("commit", .sentence),
            ],
            file.blocks.map { block in
                let cost = block.cost
                return [
                    .init(text: block.name), .init(block.place.line),
                    .init("\(cost.amount(in: currency) ?? "–")", key: cost.monthly.rounded(to: 2, grouped: false)),
                    .init("\(cost.course ?? "–")"), .init(block.findings.count), .init(text: block.origin?.text ?? "not committed"),
                ]
            }
        ).html
    }

    private static func code(_ file: CodeFile, _ lines: [String], _ currency: Currency) -> HTML {
        let amounts = Dictionary(
            file.blocks.map { ($0.place.line, $0.cost.amount(in: currency) ?? "?") }, uniquingKeysWith: { first, _ in first })
        let shown = lines.enumerated().map { index, line -> HTML in
            let amount = amounts[index + 1] ?? ""
            let gap = String(repeating: " ", count: max(0, 10 - amount.count))
            return "\(gap)\(amount)  \(line.clipped(to: 400))\n"
        }
        let more: HTML = lines.count < file.lines.count ? "… \(file.lines.count - lines.count) more lines\n" : ""
        return "<pre tabindex=\"0\" role=\"region\" aria-label=\"Code of \(file.path.clipped(to: 200))\">\(shown)\(more)</pre>"
    }
}
