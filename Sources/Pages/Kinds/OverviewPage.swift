import Charts
import CostModel
import Game
import Reporting

/// The first page: this month, what changed, what to do next, how teams stand, where the money goes, what to look at, what was saved.
struct OverviewPage {
    let site: SiteContent
    let names: PageNames
    private let charts: SpendCharts

    init(_ site: SiteContent, _ names: PageNames) {
        self.site = site
        self.names = names
        charts = SpendCharts(site)
    }

    var body: HTML {
        """
        <h1>Overview</h1><p class="lead">\(lead)</p>\(month)\(changes)\(actions)\(teams)\(game)\(breakdowns)\(alerts)\(savings)
        """
    }

    private var lead: String {
        let open = site.findings.count { $0.status == .open }
        let fresh = site.findings.count { $0.status == .open && $0.isNew(on: site.today) }
        let new = site.hasHistory && fresh > 0 ? ", \(fresh) of them new this week" : ""
        let stake = site.sum(site.findings.filter { $0.status == .open }.compactMap(\.atStake))
        return counted(open, "open finding") + new + (stake.amount.isZero ? "." : ", with \(stake.short)/month at stake.")
    }

    // MARK: This month

    private var month: HTML {
        guard let status = site.overview?.month else {
            guard !days.isEmpty else { return "" }
            return Parts.section("This month so far", id: "month", Parts.cards(days))
        }
        let coverage = status.coverage
        var tiles = [
            Parts.tile(
                "\(status.period) so far", status.known?.short ?? "not known",
                "\(coverage.known) of \(status.period.days.count) days are on the bill\(coverage.fault.map { "; \($0)" } ?? "")")
        ]
        if let forecast = status.forecast {
            let interval = status.forecastLow.flatMap { low in status.forecastHigh.map { "\(low.short) to \($0.short)" } }
            tiles.append(Parts.tile("Forecast for \(status.period)", forecast.short, "\(interval ?? "")"))
        } else if !status.closed {
            tiles.append(Parts.tile("Forecast for \(status.period)", "–", "\(status.forecastMethod ?? "there is none")"))
        }
        var cards: [HTML] = []
        if let budget = site.budgets.first(where: \.isWhole) {
            tiles.append(BudgetsPage.tile(budget))
            cards.append(BudgetsPage.bullet(budget, id: "c-budget"))
        }
        if let total = site.overview?.total, let change = total.change {
            tiles.append(Parts.tile("28 days", total.current.short, "\(change.signed) to the 28 days before"))
        }
        return Parts.section("This month so far", id: "month", "\(Parts.tiles(tiles))\(Parts.cards(days + cards))")
    }

    private var days: [HTML] {
        [charts.month().map { $0.figure(id: "c-month") }, charts.calendar().map { $0.figure(id: "c-days") }].compactMap(\.self)
    }

    // MARK: What changed and why

    private var changes: HTML {
        let pictures = [charts.change(of: .service), charts.change(of: .team)].compactMap(\.self)
        guard !pictures.isEmpty else { return "" }
        let cards = pictures.enumerated().map { index, picture in picture.figure(id: "c-change\(index)") }
        return Parts.section("What changed", id: "changed", Parts.cards(cards))
    }

    // MARK: What to do next

    private var actions: HTML {
        let actions = Actions(site)
        let cards = actions.best(3, of: nil)
        guard !cards.isEmpty else {
            return Parts.section("What to do next", id: "next", Parts.empty("Nothing is open: there is nothing to do."))
        }
        return Parts.section("What to do next", id: "next", Parts.cards(cards))
    }

    // MARK: Teams

    private var teams: HTML {
        guard !site.teams.isEmpty else { return "" }
        let table = LeaderboardPage(site, names).table(Array(site.teams.prefix(10)))
        let more: HTML =
            site.teams.count > 10
            ? "<p class=\"lead\"><a href=\"\(PageNames.leaderboard)\">All \(site.teams.count) teams</a></p>" : ""
        return Parts.section("Teams", id: "teams", "\(table.html)\(more)")
    }

    // MARK: Campaigns and seasons

    private var game: HTML {
        guard let game = site.game else { return "" }
        var items = CampaignsPage.lines(game)
        if let line = game.season.line {
            items.append("\(Parts.chip("season")) <a href=\"\(PageNames.season)\"><bdi>\(line.clipped(to: 300))</bdi></a>")
        }
        guard !items.isEmpty else { return "" }
        return Parts.section(
            "Campaigns and season", id: "game",
            "<div class=\"card\"><ul class=\"plain\">\(items.map { item -> HTML in "<li>\(item)</li>" })</ul></div>")
    }

    // MARK: Where the money goes

    private var breakdowns: HTML {
        var pictures = [charts.weeks()].compactMap(\.self)
        pictures += site.overview?.parts.compactMap(charts.bars) ?? []
        guard !pictures.isEmpty else { return "" }
        let cards = pictures.enumerated().map { index, picture in picture.figure(id: "c-part\(index)") }
        return Parts.section("Where the money goes", id: "breakdowns", Parts.cards(cards))
    }

    // MARK: Alerts

    private var alerts: HTML {
        var items: [HTML] = []
        for budget in site.budgets where budget.message != nil {
            let (look, name) = (budget.severity.map(Parts.severity), budget.status.name)
            // A message begins with the name, which stands before it here.
            let message = budget.message ?? ""
            let words = message.hasPrefix(name + ": ") ? String(message.dropFirst(name.count + 2)) : message
            items.append(
                "\(look) <a href=\"\(PageNames.budgets)\"><bdi>\(name.clipped(to: 120))</bdi></a>: \(words.clipped(to: 300))"
            )
        }
        let overdue = site.findings.filter { $0.status == .open && $0.isOverdue(on: site.today) }
        if let first = overdue.first {
            items.append(
                "\(Parts.chip("overdue", .bad)) \(counted(overdue.count, "finding")), the first: \(first.message.clipped(to: 300)) <code>bursar explain \(first.id)</code>"
            )
        }
        for exemption in site.exemptions where exemption.standing == .expiring || exemption.standing == .expired {
            let stake = exemption.returningStake.map { $0.amount.isZero ? "" : ", \($0.short)/month" } ?? ""
            items.append(
                "\(Parts.chip(exemption.standing == .expired ? "exemption ended" : "exemption ends")) <bdi>\(exemption.name.clipped(to: 120))</bdi> on \(exemption.expires.description): \(counted(exemption.returning, "finding")) count again\(stake)"
            )
        }
        let partial = site.problems.filter { $0.severity >= .partial }
        for problem in partial.prefix(5) {
            items.append(
                "\(Parts.chip("not observed", .bad)) <bdi>\((problem.place ?? "").clipped(to: 200))</bdi>: \(problem.message.clipped(to: 300))"
            )
        }
        if partial.count > 5 {
            items.append("\(partial.count - 5) more things could not be observed: <code>bursar check</code> lists them")
        }
        let list: HTML =
            items.isEmpty
            ? Parts.empty("No budget is over, nothing is overdue, and no exemption ends soon.")
            : "<div class=\"card\"><ul class=\"plain\">\(items.map { item -> HTML in "<li>\(item)</li>" })</ul></div>"
        return Parts.section("Alerts", id: "alerts", list)
    }

    // MARK: What was saved

    private var savings: HTML {
        guard site.hasHistory else { return "" }
        return Parts.section(
            "What was saved", id: "saved",
            "\(SavingsPage(site, names).tiles)<p class=\"lead\"><a href=\"\(PageNames.savings)\">Every merged change, and how it was measured</a></p>"
        )
    }
}
