import Charts
import CostModel
import Reporting

/// What merged changes saved, as far as later bills tell.
struct SavingsPage {
    private static let most = 500

    let site: SiteContent
    let names: PageNames

    init(_ site: SiteContent, _ names: PageNames) {
        self.site = site
        self.names = names
    }

    var body: HTML {
        guard !site.savings.isEmpty else {
            let sentence =
                site.hasHistory ? "No change of Bursar's was merged yet." : "Savings are known where 'bursar reconcile' keeps a ledger."
            return "<h1>Savings</h1>\(Parts.empty(sentence))"
        }
        let chart = course.map { Parts.cards([$0.figure(id: "c-saved")]) }
        return """
            <h1>Savings</h1><p class="lead">Verified is the lesser of what the plan promised and what later bills show, at least zero.</p>\
            \(tiles)\(chart)\(table.html)
            """
    }

    private func sum(_ amount: (SavingsRecord) -> Money?, _ standing: [SavingsStatus]) -> Money {
        site.sum(site.savings.filter { standing.contains($0.standing) }.compactMap(amount))
    }

    var tiles: HTML {
        let verified = sum(\.verified, [.measured, .vested])
        let promised = sum(\.estimated, [.pending])
        return Parts.tiles([
            Parts.tile(
                "Verified", "\(verified.short)/month",
                "of \(counted(site.savings.count { [.measured, .vested].contains($0.standing) }, "merged change"))"),
            Parts.tile("Being measured", "\(promised.short)/month", "as plans promised"),
            Parts.tile("Taken back", "\(sum(\.verified, [.clawedBack]).short)/month", "findings that came back"),
        ])
    }

    /// What was verified, added up by the month of the merge.
    private var course: Picture? {
        let counted = site.savings.filter { [.measured, .vested].contains($0.standing) }
        var months: [Month: [Money]] = [:]
        for record in counted { months[record.change.merged.day.month, default: []].append(record.verified ?? .zero(site.currency)) }
        guard let first = months.keys.min(), months.count > 0, let last = months.keys.max(), first < last else { return nil }
        var sum = Money.zero(site.currency)
        let all = (first...last).suffix(36)
        var values: [ChartValue?] = []
        for month in first...last {
            sum = sum + site.sum(months[month] ?? [])
            if all.contains(month) { values.append(ChartValue(sum)) }
        }
        return LineChart(
            title: "Verified savings a month, added up", summary: "By the month in which the changes were merged.", axis: "month",
            words: all.map(\.description), series: [.init("verified", values)], unit: AxisUnit(site.currency)
        ).picture
    }

    private var table: PageTable {
        PageTable(
            "Merged changes",
            [
                .init("change", .sentence), .init("team"), .init("merged", .day), .init("standing"), .init("promised/month", .number),
                .init("realised/month", .number), .init("verified/month", .number), .init("commit"), .init("how", .sentence),
            ],
            site.savings.prefix(Self.most).map { record in
                [
                    .init(text: record.change.change.title), FindingsPage.team(record.change.change.team, names),
                    .init(record.change.merged.day),
                    .init(Parts.chip(record.standing.rawValue, look(record.standing)), key: record.standing.rawValue),
                    .init(record.estimated), .init(record.realised), .init(record.verified),
                    .init(Parts.link(String(record.change.commit.prefix(12)), to: site.code?.commit(record.change.commit))),
                    .init(text: record.method),
                ]
            })
    }

    private func look(_ standing: SavingsStatus) -> Parts.Look {
        switch standing {
        case .vested, .measured: .good
        case .clawedBack: .bad
        case .pending: .plain
        case .excluded: .mute
        }
    }
}
