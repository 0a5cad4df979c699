import Charts
import CostModel
import Reporting

/// How teams stand: by share of their own money, so that a small team can lead.
struct LeaderboardPage {
    let site: SiteContent
    let names: PageNames
    private let days: [String: [ScoreDay]]
    private let open: [String: Int]

    init(_ site: SiteContent, _ names: PageNames) {
        self.site = site
        self.names = names
        days = Dictionary(grouping: site.scores, by: \.team)
        open = site.findings.reduce(into: [:]) { if $1.status == .open { $0[$1.team ?? "", default: 0] += 1 } }
    }

    var body: HTML {
        let note: HTML =
            site.unscored.map { "<p class=\"lead\">Nobody is scored: \($0.clipped(to: 300)).</p>" }
                ?? """
                <p class="lead">A score is 100 minus penalties, and every penalty is one finding. Teams are compared in leagues of similar spend; \
                each is judged by the share of its own money at stake.</p>
                """
        let unowned: HTML? = site.unowned.flatMap {
            $0.amount.isZero ? nil : "<p class=\"lead\">\($0.short) of 28 days belong to nobody.</p>"
        }
        guard !site.teams.isEmpty else { return "<h1>Teams</h1>\(Parts.empty("There are no teams yet."))" }
        return "<h1>Teams</h1>\(note)\(unowned)\(table(site.teams).html)"
    }

    func table(_ teams: [Scorecard]) -> PageTable {
        var columns: [PageTable.Column] = [
            .init("team"), .init("rank", .number), .init("league", .number), .init("score", .number), .init("course"), .init("level"),
            .init("streak", .number), .init("open", .number), .init("28 days", .number), .init("could save", .number), .init("", .sentence),
        ]
        columns[10].title = "note"
        return PageTable("Teams", columns, teams.map(row))
    }

    private func row(_ card: Scorecard) -> [PageTable.Cell] {
        let level = card.heldLevel ?? card.level
        let course = days[card.team].map { $0.suffix(84).enumerated().filter { $0.offset % 3 == 0 }.map { $0.element.score } } ?? []
        let points = course.compactMap(\.self)
        let summary = points.first.flatMap { first in points.last.map { "from \(first.whole) to \($0.whole)" } } ?? "not known"
        return [
            .init(Parts.link(card.team, to: names.team(card.team)), key: card.team.clipped(to: 100)), .init(card.rank), .init(card.league),
            .init("<strong>\(card.score?.whole ?? "–")</strong>", key: card.score.map { "\($0)" } ?? ""),
            .init(
                Sparkline(course.map { $0.map { Double($0.hundredths) } }).inline("score \(summary)"),
                key: points.last.map { "\($0)" } ?? ""),
            .init(Parts.level(level), key: "\(Level.allCases.firstIndex(of: level) ?? 0)"),
            .init("\(card.streakWeeks.map { counted($0, "week") } ?? "–")", key: card.streakWeeks.map(String.init) ?? ""),
            .init(open[card.team] ?? 0), .init(card.cost),
            .init(card.potentialSavings.flatMap { $0.amount.isZero ? nil : $0 }, "/month"),
            .init("\(([card.note].compactMap(\.self) + card.course).joined(separator: "; ").clipped(to: 300))"),
        ]
    }
}
