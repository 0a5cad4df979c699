import CostModel
import Pages
import Reporting

/// A screen as lines: exactly as many as it has rows, none wider than it.
package struct TopFrame: Sendable {
    private static let least = (columns: 40, rows: 8)
    /// Title, tabs, the columns' names; and the keys.
    private static let frame = 4
    /// From so many rows on the selected row is told below the list.
    private static let tall = 40

    private let screen: TopScreen
    private let columns: Int
    private let rows: Int

    package init(_ screen: TopScreen, columns: Int, rows: Int) {
        self.screen = screen
        self.columns = columns
        self.rows = rows
    }

    /// Rows of the list on a screen of so many.
    static func listRows(_ rows: Int) -> Int { max(1, rows - frame - previewRows(rows)) }
    /// Lines of a panel that are seen at once.
    static func panelRows(_ rows: Int) -> Int { max(1, rows - frame) }
    private static func previewRows(_ rows: Int) -> Int { rows >= tall ? rows / 3 : 0 }

    package var lines: [ScreenLine] {
        guard columns >= Self.least.columns, rows >= Self.least.rows else {
            let words = StyledText("\(Self.least.columns) columns and \(Self.least.rows) rows are needed; q ends")
            return filled(words.wrapped(max(1, columns)).map { ScreenLine($0) }, to: rows)
        }
        let body = screen.panel == nil ? list : panel
        return [ScreenLine(title), ScreenLine(tabs)] + filled(body, to: rows - 3) + [ScreenLine(footer)]
    }

    private func filled(_ lines: [ScreenLine], to count: Int) -> [ScreenLine] {
        Array((lines + repeatElement(ScreenLine(""), count: max(0, count - lines.count))).prefix(count))
    }

    // MARK: Around the list

    private var title: StyledText {
        let site = screen.site
        let open = site.findings.filter { $0.status == .open }
        let stake = open.compactMap(\.atStake).filter { $0.currency == site.currency }.reduce(Money.zero(site.currency), +)
        let partial = site.problems.contains { $0.severity >= .partial }
        let start = StyledText(site.workspace, .bold) + StyledText("  \(site.context.shortRevision)  \(site.context.evaluatedAt.day)", .dim)
        let sums = StyledText("  \(open.count) open, \(stake.short)/month at stake")
        let warning: StyledText = partial ? StyledText("  partial: w says why", .red) : ""
        return start.width + sums.width + warning.width <= columns
            ? start + sums + warning : StyledText(site.workspace, .bold) + sums + warning
    }

    private var tabs: StyledText {
        let counts: [TopTab: Int] = [
            .teams: screen.site.teams.count, .findings: screen.site.findings.count,
            .savings: screen.site.changes.count + screen.site.savings.count,
        ]
        var line = TopTab.allCases.map { tab in
            let text = "\(tab.rawValue + 1) \(tab.title) \(counts[tab] ?? 0)"
            return tab == screen.tab ? StyledText("[\(text)]", .bold) : StyledText(" \(text) ", .dim)
        }.joined(separator: " ")
        if let team = screen.team, screen.tab != .teams { line += StyledText("  team \(team)", .cyan) }
        if !screen.query.isEmpty, !screen.isSearching { line += StyledText("  /\(screen.query)", .yellow) }
        return line
    }

    private var footer: StyledText {
        if screen.isSearching { return StyledText("/\(screen.query)", .bold) + StyledText("█  Enter: done  Esc: all", .dim) }
        if let notice = screen.notice { return StyledText(notice, .yellow) }
        let keys: [(String, String)] =
            switch screen.panel {
            case nil:
                [
                    ("↑↓", "move"), ("Enter", screen.tab == .teams ? "findings" : "details"), ("p", "patch"), ("/", "search"),
                    ("r", "again"), ("?", "keys"), ("q", "end"),
                ]
            case .details: [("↑↓", "scroll"), ("p", "patch"), ("Esc", "back")]
            case .patch: [("↑↓", "scroll"), ("d", "details"), ("Esc", "back")]
            case .problems, .help: [("↑↓", "scroll"), ("Esc", "back")]
            }
        return keys.map { StyledText($0, .bold) + StyledText(" \($1)", .dim) }.joined(separator: "  ")
    }

    // MARK: The list

    private var list: [ScreenLine] {
        let list = screen.list
        guard !list.rows.isEmpty else { return [ScreenLine(""), ScreenLine(StyledText(nothing, .dim))] }
        let widths = list.table.widths(columns)
        let count = Self.listRows(rows)
        let first = screen.firstRow(showing: count)
        let shown = list.rows.indices.dropFirst(first).prefix(count).map { index in
            ScreenLine(list.table.line(list.rows[index].cells, widths), isSelected: index == screen.row)
        }
        let header = ScreenLine(list.table.line(list.table.header, widths))
        guard Self.previewRows(rows) > 0, let subject = screen.selected else { return [header] + shown }
        let details = TopDetails(of: subject, in: screen.site)
        let rule = ScreenLine(StyledText(String(repeating: "─", count: columns), .dim))
        // A short list leaves its room to what there is to say.
        return [header] + shown + [rule, ScreenLine(details.title)] + wrapped(details)
    }

    private var nothing: String {
        if !screen.query.isEmpty { return "Nothing has '\(screen.query)'. Escape shows all again." }
        return switch screen.tab {
        case .teams: screen.site.unscored ?? "There are no teams: 'kind: Team' documents, or tags, say who owns what."
        case .findings: "Nothing is found."
        case .savings: "Nothing is offered, and nothing was merged yet."
        }
    }

    // MARK: The panel

    private var panel: [ScreenLine] {
        guard let details else { return list }
        return [ScreenLine(details.title)] + panelLines.dropFirst(screen.panelTop).prefix(Self.panelRows(rows))
    }

    /// The lines of the panel that is open, broken to the screen's width.
    var panelLines: [ScreenLine] { details.map(wrapped) ?? [] }

    private var details: TopDetails? {
        switch screen.panel {
        case nil: nil
        case .help: .help
        case .problems: TopDetails(problems: screen.site.problems)
        case .details: screen.selected.map { TopDetails(of: $0, in: screen.site) }
        case .patch: screen.selected.map { TopDetails(patchOf: $0, in: screen.site) }
        }
    }

    private func wrapped(_ details: TopDetails) -> [ScreenLine] {
        details.lines.flatMap { line in line.isEmpty ? [ScreenLine("")] : line.wrapped(columns).map { ScreenLine($0) } }
    }
}
