import Charts
import CostModel
import Game
import Reporting

/// How campaigns go: what is left of what they are about, week by week.
struct CampaignsPage {
    /// More have a row in the table only.
    private static let mostCards = 24

    let site: SiteContent
    let names: PageNames

    var body: HTML {
        guard let game = site.game else {
            return "<h1>Campaigns</h1>\(Parts.empty("Campaigns are known where 'bursar reconcile' keeps a ledger and has judged once."))"
        }
        guard !game.campaigns.isEmpty else {
            return "<h1>Campaigns</h1>\(Parts.empty("No campaign is among the policies. An object of kind Campaign begins one."))"
        }
        let ordered = game.campaigns.sorted { a, b in
            let (left, right) = (Self.place(a.phase), Self.place(b.phase))
            return left == right
                ? (a.campaign.days.upperBound, a.campaign.name) < (b.campaign.days.upperBound, b.campaign.name) : left < right
        }
        let cards = ordered.prefix(Self.mostCards).enumerated().map { index, progress in card(progress, id: "c-\(index)") }
        return """
            <h1>Campaigns</h1><p class="lead">What counts is what is gone, less what came; what was let in within four weeks before counts for \
            nothing.</p>\(table(ordered).html)\(cards)
            """
    }

    private static func place(_ phase: CampaignProgress.Phase) -> Int {
        switch phase {
        case .running: 0
        case .ahead: 1
        case .over: 2
        }
    }

    // MARK: One of them

    private func card(_ progress: CampaignProgress, id: String) -> HTML {
        let campaign = progress.campaign
        let picture = burnDown(progress).map { Parts.cards([$0.figure(id: id)]) }
        let said = [progress.prevented.sentence] + [progress.caught?.sentence].compactMap(\.self)
        return """
            <section aria-labelledby="\(id)-h"><h2 id="\(id)-h"><bdi>\(campaign.name.clipped(to: 120))</bdi> \(Self.chip(progress))</h2>\
            <p class="lead">\(progress.sentence.clipped(to: 400)).</p>\(Parts.tiles(tiles(progress)))\
            <p class="note">Policies: <bdi>\(campaign.policies.joined(separator: ", ").clipped(to: 300))</bdi>. Teams: \
            <bdi>\((campaign.teams?.joined(separator: ", ") ?? "all").clipped(to: 300))</bdi>. \(said.joined(separator: ". ").clipped(to: 600)).</p>\
            \(picture)</section>

            """
    }

    private static func chip(_ progress: CampaignProgress) -> HTML {
        if progress.isReached { return Parts.chip("reached", .good) }
        return Parts.chip(progress.phase.rawValue, progress.phase == .running ? .plain : .mute)
    }

    private func tiles(_ progress: CampaignProgress) -> [HTML] {
        let days = progress.campaign.days
        let left =
            switch progress.phase {
            case .ahead: "begins in \(counted(site.today.distance(to: days.lowerBound), "day"))"
            case .running: "\(counted(site.today.distance(to: days.upperBound), "day")) left"
            case .over: "over"
            }
        let goal: String
        let reached: String
        switch progress.campaign.goal {
        case .fixed(let share):
            goal = "\(share.scaled(by: 100, over: 1).rounded(to: 0)) % fixed"
            reached = progress.share.map { "\($0 / 100) %" } ?? "not known"
        case .verified(let money):
            goal = "\(money.short)/month verified"
            reached = progress.unknown == nil ? "\(progress.verified.short)/month" : "not known"
        }
        // Only a goal about what is fixed is told by what is open.
        let open = progress.burnDown.last.map { last in
            Parts.tile("Still open", counted(last.findings, "finding"), "\(last.atStake.short) at stake in 28 days")
        }
        return [
            Parts.tile("Reached", reached, "\(goal) is wanted"),
            Parts.tile("Days", left, "\(days.lowerBound.description) to \(days.upperBound.description)"),
        ] + [open].compactMap(\.self) + [
            Parts.tile(
                "Verified", "\(progress.verified.short)/month", "by \(counted(progress.verifiedChanges, "merged change"))"),
            Parts.tile("Prevented", progress.prevented.count.map(String.init) ?? "not known", "findings that did not open"),
        ]
    }

    /// What is at stake week by week, and what may be left when the goal is reached.
    private func burnDown(_ progress: CampaignProgress) -> Picture? {
        guard progress.burnDown.count > 1, let last = progress.burnDown.last else { return nil }
        var chart = LineChart(
            title: "What is left of \(progress.campaign.name.clipped(to: 80))",
            summary: "At stake in 28 days at the end of each week, \(last.atStake.short) on \(last.day).", axis: "end of",
            words: progress.burnDown.map(\.day.description),
            series: [.init("at stake", progress.burnDown.map { ChartValue($0.atStake) })], unit: AxisUnit(site.currency))
        if case .fixed(let share) = progress.campaign.goal, let base = progress.base {
            let left = Money(base.amount - base.amount.times(share), base.currency)
            chart.limit = ("goal", ChartValue(left))
            chart.summary += " The goal is \(left.short) of \(base.short)."
        }
        return chart.picture
    }

    // MARK: All of them

    private func table(_ campaigns: [CampaignProgress]) -> PageTable {
        PageTable(
            "Campaigns",
            [
                .init("campaign"), .init("stands"), .init("from", .day), .init("to", .day), .init("reached", .number),
                .init("open", .number),
                .init("at stake in 28 days", .number), .init("verified/month", .number), .init("prevented", .number),
                .init("caught", .number),
            ],
            campaigns.prefix(300).map { progress in
                [
                    .init(text: progress.campaign.name, most: 120), .init(Self.chip(progress), key: progress.phase.rawValue),
                    .init(progress.campaign.days.lowerBound), .init(progress.campaign.days.upperBound),
                    .init("\(progress.share.map { "\($0 / 100) %" } ?? "–")", key: progress.share.map(String.init) ?? ""),
                    .init(progress.burnDown.last?.findings), .init(progress.burnDown.last?.atStake), .init(progress.verified),
                    .init(progress.prevented.count), .init(progress.caught?.findings),
                ]
            })
    }

    /// For the first page: those that run, a line each.
    static func lines(_ game: SiteGame) -> [HTML] {
        game.campaigns.filter { $0.phase == .running }.prefix(3).map { progress in
            """
            \(chip(progress)) <a href="\(PageNames.campaigns)"><bdi>\(progress.campaign.name.clipped(to: 120))</bdi></a>: \
            \(progress.sentence.clipped(to: 300))
            """
        }
    }
}
