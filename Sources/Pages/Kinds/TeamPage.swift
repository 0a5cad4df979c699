import Charts
import CostModel
import Reporting
import Scoring

/// A team: its score and what it is made of, how that went, what to do next, and what is its own.
struct TeamPage {
    /// More findings than these are on the pages of findings.
    private static let most = 50

    let site: SiteContent
    let names: PageNames
    let card: Scorecard
    private let findings: [FindingEntry]

    init(_ site: SiteContent, _ names: PageNames, _ card: Scorecard) {
        self.site = site
        self.names = names
        self.card = card
        findings = site.findings.filter { $0.team == card.team }
    }

    var body: HTML {
        let parent: HTML? = card.parent.map { "<p class=\"lead\">Part of <bdi>\($0.clipped(to: 120))</bdi></p>" }
        let notes = ([card.note].compactMap(\.self) + card.course).joined(separator: "; ").clipped(to: 400)
        return """
            <h1><bdi>\(card.team.clipped(to: 200))</bdi></h1>\(parent)<p class="lead">\(notes)</p>\(Parts.tiles(tiles))\(score)\(next)\(spend)\
            \(budgets)\(season)\(badges)\(list)\(history)
            """
    }

    private var tiles: [HTML] {
        let level = card.heldLevel ?? card.level
        var tiles = [
            Parts.tile(
                "Score", card.score?.whole ?? "–", "\(card.rank.map { "rank \($0)" } ?? "")\(card.league.map { " in league \($0)" } ?? "")")
        ]
        tiles.append(Parts.tile("Level", level == .none ? "none yet" : level.rawValue, "\(toNext(level))"))
        if let weeks = card.streakWeeks { tiles.append(Parts.tile("Streak", counted(weeks, "week"), "without an overdue finding")) }
        tiles.append(Parts.tile("28 days", card.cost?.short ?? "–"))
        tiles.append(Parts.tile("Could save", card.potentialSavings?.short ?? "–", "a month"))
        if let share = card.improvement { tiles.append(Parts.tile("Improvement", "\(share / 100) %", "of waste, verified on the bill")) }
        if let share = card.timeliness { tiles.append(Parts.tile("In time", "\(share / 100) %", "of what was due")) }
        return tiles
    }

    /// `12 points to gold`; levels also ask for dollars that pass, which a score does not tell.
    private func toNext(_ level: Level) -> String {
        guard let score = card.score, let next = Level.allCases.first(where: { $0 > level }) else { return "" }
        let missing = LevelLadder.score(for: next) - score.hundredths
        return missing > 0 ? "\(Points(hundredths: missing).whole) points to \(next.rawValue)" : "the score is enough for \(next.rawValue)"
    }

    // MARK: The score

    private var score: HTML {
        let cards = [waterfall, trend].compactMap(\.self).enumerated().map { index, picture in picture.figure(id: "c-score\(index)") }
        return cards.isEmpty ? "" : Parts.section("What the score is made of", id: "score", Parts.cards(cards))
    }

    private var waterfall: Picture? {
        guard let score = card.score, !card.penalties.isEmpty else { return nil }
        let messages = Dictionary(findings.map { ($0.id, $0.message) }, uniquingKeysWith: { first, _ in first })
        func quantity(_ points: Points) -> ChartValue { ChartValue(-Double(points.hundredths) / 100, "−\(points)") }
        var steps = card.penalties.prefix(9).map { WaterfallChart.Step(messages[$0.finding] ?? $0.finding, quantity($0.points)) }
        let rest = card.penalties.dropFirst(9)
        if !rest.isEmpty {
            steps.append(.init("\(rest.count) more", quantity(Points(hundredths: rest.reduce(0) { $0 + $1.points.hundredths }))))
        }
        return WaterfallChart(
            title: "From 100 to \(score.whole)", summary: "Each step is a finding and the points that it costs; the largest first.",
            start: ("whole score", ChartValue(100, "100")), steps: steps,
            end: ("score", ChartValue(Double(score.hundredths) / 100, "\(score)")),
            moreIsWorse: false, unit: AxisUnit()
        ).picture
    }

    private var trend: Picture? {
        let days = site.scores.filter { $0.team == card.team && $0.day <= site.today }.suffix(180)
        guard let first = days.first?.day, let last = days.last?.day, days.count > 1 else { return nil }
        let byDay = Dictionary(days.map { ($0.day, $0) }, uniquingKeysWith: { $1 })
        let all = (first...last).map { $0 }
        // A run in which nothing had changed writes nothing: the score stands.
        var standing: Points?
        let values = all.map { day -> ChartValue? in
            if let score = byDay[day] { standing = score.score }
            return standing.map { ChartValue(Double($0.hundredths) / 100, "\($0)") }
        }
        return LineChart(
            title: "Score over time", summary: "\(counted(all.count, "day")) to \(last); where nothing changed, the score stands.",
            axis: "day",
            words: all.map { $0.description.suffix(5).description }, series: [.init("score", values)], unit: AxisUnit()
        ).picture
    }

    // MARK: What to do

    private var next: HTML {
        let cards = Actions(site).best(3, of: card.team)
        return Parts.section(
            "What to do next", id: "next", cards.isEmpty ? Parts.empty("Nothing of this team is open.") : Parts.cards(cards))
    }

    private var spend: HTML {
        guard let chart = SpendCharts(site).weeks(team: card.team) else { return "" }
        return Parts.section("What it spends", id: "spend", Parts.cards([chart.figure(id: "c-spend")]))
    }

    private var budgets: HTML {
        let own = site.budgets.filter { $0.team == card.team }
        guard !own.isEmpty else { return "" }
        let cards = own.prefix(20).enumerated().map { index, budget in BudgetsPage.bullet(budget, id: "c-budget\(index)") }
        return Parts.section("Budgets", id: "budgets", Parts.cards(cards))
    }

    private var season: HTML? { site.game.map { TeamSeason(game: $0, team: card.team).section } }

    private var badges: HTML {
        let badges = card.badges ?? site.badges.filter { $0.team == card.team }
        guard !badges.isEmpty else { return "" }
        let items = badges.reversed().map { badge -> HTML in
            "<li>\(Parts.chip("★ \(badge.name.clipped(to: 60))", .good)) \(badge.reason.clipped(to: 200)), <time>\(badge.awarded.description)</time></li>"
        }
        return Parts.section("Badges", id: "badges", "<div class=\"card\"><ul class=\"plain\">\(items)</ul></div>")
    }

    // MARK: What is its own

    private var list: HTML {
        guard !findings.isEmpty else { return "" }
        let table = FindingsPage.table(Array(findings.prefix(Self.most)), "Findings of this team", site, names, showsTeam: false)
        let more: HTML =
            findings.count > Self.most
            ? "<p class=\"lead\">\(findings.count - Self.most) more are on the <a href=\"\(PageNames.findings(0))\">pages of findings</a>.</p>"
            : ""
        return Parts.section("Findings", id: "findings", "\(table.html)\(more)")
    }

    private var history: HTML {
        let fixed = site.fixed.filter { $0.team == card.team }.prefix(20)
        let requests = site.requests.filter { $0.team == card.team }.prefix(20)
        var html: HTML = ""
        if !requests.isEmpty {
            html += Parts.section(
                "Requests", id: "requests", RequestsPage.table(Array(requests), "Requests of this team", site, names).html)
        }
        if !fixed.isEmpty {
            html += Parts.section(
                "Fixed of late", id: "fixed", FindingsPage.fixedTable(Array(fixed), "Fixed findings of this team", site, names).html)
        }
        return html
    }
}
