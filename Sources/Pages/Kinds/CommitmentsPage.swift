import Charts
import CostModel
import Reporting

/// What commitments pay for, what nobody uses of them, whom that saves how much, when they end, and what more to commit to.
struct CommitmentsPage {
    private static let most = 300
    private static let mostProposals = 24

    let site: SiteContent
    let names: PageNames

    var body: HTML {
        guard let entries = site.commitments else {
            return
                "<h1>Commitments</h1>\(Parts.empty("What commitments pay for is known where the bill is read: 'bursar report' shows it."))"
        }
        guard !entries.isEmpty else {
            return "<h1>Commitments</h1>\(Parts.empty("No CommitmentPolicy asks for them; 'bursar commitments' shows what the bill says."))"
        }
        let sections = entries.enumerated().map { index, entry -> HTML in
            Parts.section(entry.policy.clipped(to: 120), id: "p-\(index)", section(entry, "p-\(index)"))
        }
        return "<h1>Commitments</h1>\(sections)"
    }

    private func section(_ entry: CommitmentEntry, _ id: String) -> HTML {
        guard let found = entry.statement else { return Parts.empty("The bill holds no whole month yet.") }
        let known = found.coverage.flatMap { $0.isWhole ? nil : " (\($0.sentence.clipped(to: 300)))" } ?? ""
        let period = "\(found.days.lowerBound) to \(found.days.upperBound.advanced(by: -1))\(known)"
        if let gap = found.gap { return Parts.empty("How commitments did from \(period) is not known: \(gap.clipped(to: 300)).") }
        guard !found.commitments.isEmpty else { return Parts.empty("No commitment is on the bill from \(period).") }
        let price = found.price == .list ? "list" : "contracted"
        let unstated: HTML? =
            found.unstated.isZero
            ? nil
            : """
             \(money(found.unstated, found)) of usage does not say whether a commitment paid for it, or at which kind of price: it is in no \
            sum.
            """
        return """
            <p class="lead">\(period), effective cost, held against \(price) prices.\(unstated)</p>\(Parts.tiles(tiles(found)))\
            \(Parts.cards(pictures(found, id)))\(commitments(found).html)\(teams(found).html)\(proposals(entry, found))
            """
    }

    // MARK: Numbers

    private func tiles(_ found: CommitmentStatement) -> [HTML] {
        let all = found.commitments
        let (used, unused) = all.reduce((FixedDecimal.zero, FixedDecimal.zero)) { ($0.0 + $1.used, $0.1 + $1.unused) }
        let utilization = all.allSatisfy(\.unstated.isZero) ? CommitmentStatement.Rate(used, of: used + unused) : nil
        return [
            Parts.tile("Coverage", percent(found.total.coverage), "of use that commitments could pay for, at on-demand prices"),
            Parts.tile("Utilisation", percent(utilization), "of what they cost was used"),
            Parts.tile("Effective savings rate", percent(found.total.effectiveSavingsRate), "of on-demand prices"),
            Parts.tile("Saved", found.total.savings.map { money($0, found) } ?? "–", "what nobody used counted against it"),
            Parts.tile("Nobody used", money(found.total.unused, found)), next(to: all),
        ]
    }

    /// The commitment that ends next.
    private func next(to all: [CommitmentStatement.Commitment]) -> HTML {
        let ends = all.compactMap(\.end).filter { $0 > site.today }.sorted()
        guard let first = ends.first else { return Parts.tile("Next to end", "–", "no end is stated") }
        return Parts.tile("Next to end", first.description, "in \(counted(site.today.distance(to: first), "day"))")
    }

    /// What nobody used, commitment by commitment.
    private func pictures(_ found: CommitmentStatement, _ id: String) -> [HTML] {
        let wasted = found.commitments.filter { $0.unused > .zero }.sorted { a, b in
            a.unused == b.unused ? a.id < b.id : a.unused > b.unused
        }
        guard !wasted.isEmpty else { return [] }
        let bars = wasted.prefix(8).map { one in
            BarChart.Bar(
                one.name, ChartValue(one.unused.approximation, money(one.unused, found)), remark: percent(one.utilization))
        }
        let rest = wasted.count - bars.count
        return [
            BarChart(
                title: "What nobody used", summary: "Effective cost\(rest > 0 ? "; \(rest) more are in the table" : "").",
                axis: "commitment", bars: bars, remarks: "utilisation"
            ).picture.figure(id: "c-\(id)")
        ]
    }

    // MARK: Tables

    private func commitments(_ found: CommitmentStatement) -> PageTable {
        PageTable(
            "Commitments",
            [
                .init("commitment", .sentence), .init("type"), .init("used", .number), .init("nobody used", .number),
                .init("utilisation", .number),
                .init("saves", .number), .init("savings rate", .number), .init("ends", .day),
            ],
            found.commitments.prefix(Self.most).map { one in
                [
                    name(one), .init(text: "\(one.provider) \(one.type)", most: 80), cell(one.used, found),
                    cell(one.unused, found), cell(one.utilization), cell(one.savings, found), cell(one.savingsRate), end(one.end),
                ]
            })
    }

    /// What stands behind the last slash of an identifier, with all of it below.
    private func name(_ one: CommitmentStatement.Commitment) -> PageTable.Cell {
        let id: HTML? = one.id == one.name ? nil : "<br/><span class=\"mute\"><bdi>\(one.id.clipped(to: 200))</bdi></span>"
        return .init("<bdi>\(one.name.clipped(to: 80))</bdi>\(id)", key: one.name.clipped(to: 80))
    }

    private func end(_ end: Day?) -> PageTable.Cell {
        guard let end else { return .init("<span class=\"mute\">not stated</span>", key: "") }
        let days = site.today.distance(to: end)
        let chip: HTML? =
            days <= 0 ? " \(Parts.chip("ended", .bad))" : days <= 60 ? " \(Parts.chip("in \(counted(days, "day"))", .bad))" : nil
        return .init("\(end.description)\(chip)", key: end.description)
    }

    private func teams(_ found: CommitmentStatement) -> PageTable {
        let rows = found.teams.prefix(Self.most).map { ($0.team, $0.use) }
        return PageTable(
            "Commitments by team",
            [
                .init("team"), .init("paid for", .number), .init("on demand", .number), .init("coverage", .number),
                .init("nobody used", .number), .init("saves", .number), .init("effective savings rate", .number),
            ],
            rows.map { team, use in
                [
                    FindingsPage.team(team, names), cell(use.covered, found), cell(use.uncovered, found), cell(use.coverage),
                    cell(use.unused, found), cell(use.savings, found), cell(use.effectiveSavingsRate),
                ]
            })
    }

    // MARK: Proposals

    private func proposals(_ entry: CommitmentEntry, _ found: CommitmentStatement) -> HTML {
        guard !entry.proposals.isEmpty else { return "" }
        let cards = entry.proposals.prefix(Self.mostProposals).map { card($0, found) }
        return "<h3>What more to commit to</h3>\(Parts.cards(cards))"
    }

    private func card(_ one: CommitmentProposal, _ found: CommitmentStatement) -> HTML {
        let kind = one.category == "Spend" ? "plan" : "reservation"
        let title = "\(one.provider.clipped(to: 60)) \(kind): \(one.services.prefix(4).joined(separator: ", ").clipped(to: 120))"
        func hourly(_ amount: FixedDecimal) -> String { "\(amount.rounded(to: 4)) \(found.currency.code)/h" }
        let removed: HTML? =
            one.removed.isZero
            ? nil
            : "<p class=\"note\">Open findings on sizes would take \(hourly(one.removed)) off the use: they are counted as done.</p>"
        let words: HTML
        if let perHour = one.perHour, let spread = one.spread, let step = one.steps.first, let savings = one.savings {
            let loss = Double(Int((spread.lossShare * 1_000).rounded())) / 10
            words = """
                <p><strong>\(hourly(perHour))</strong> more, in \(one.steps.count) steps of \(hourly(step.perHour)), one a month.</p>\
                <p class="note">It saves \(money(savings, found)) in 28 days like those since \(one.days.lowerBound.description). Over \
                \(counted(one.years, "year")): \(money(spread.low, found)) to \(money(spread.high, found)), mostly \(money(spread.middle, found)); \
                \(loss) % of 1,000 futures lose money.</p>
                """
        } else if let highest = one.highest {
            words = """
                <p>\(one.reason?.clipped(to: 300) ?? "")</p><p class="note">No commitment above \(hourly(highest)) can be worth it, and none saves \
                more than \(one.highestSavings.map { money($0, found) } ?? "what is known") in 28 days.</p>
                """
        } else {
            words = "<p>Nothing to commit to: \(one.reason?.clipped(to: 300) ?? "none is worth it")</p>"
        }
        return "<div class=\"card\"><h3>\(title)</h3>\(words)\(removed)</div>"
    }

    // MARK: Words

    private func money(_ amount: FixedDecimal, _ found: CommitmentStatement) -> String { Money(amount, found.currency).short }
    private func percent(_ rate: CommitmentStatement.Rate?) -> String {
        rate.map { $0.share.scaled(by: 100, over: 1).rounded(to: 1) + " %" } ?? "–"
    }

    private func cell(_ amount: FixedDecimal?, _ found: CommitmentStatement) -> PageTable.Cell {
        .init(amount.map { Money($0, found.currency) })
    }

    private func cell(_ rate: CommitmentStatement.Rate?) -> PageTable.Cell {
        .init("\(percent(rate))", key: rate?.share.rounded(to: 6, grouped: false) ?? "")
    }
}
