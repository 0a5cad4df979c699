import Charts
import CostModel
import Reporting

/// What was agreed to stay as it is, until when, and what counts again then.
struct ExemptionsPage {
    private static let most = 500

    let site: SiteContent
    let names: PageNames

    var body: HTML {
        guard !site.exemptions.isEmpty else {
            return "<h1>Exemptions</h1>\(Parts.empty("There are no exemptions, or nothing is known of them here."))"
        }
        // A ledger remembers what they cover, and not what they say.
        let areRead = site.exemptions.contains { $0.place != nil }
        let words: [PageTable.Column] = areRead ? [.init("why", .sentence), .init("approved by"), .init("where", .path)] : []
        let table = PageTable(
            "Exemptions",
            [
                .init("exemption"), .init("ends", .day), .init("stands"), .init("covers", .number), .init("count again", .number),
                .init("at stake then/month", .number),
            ] + words,
            site.exemptions.prefix(Self.most).map { exemption in
                [
                    .init(text: exemption.name, most: 120), .init(exemption.expires),
                    .init(Parts.chip(exemption.standing.rawValue, look(exemption.standing)), key: exemption.standing.rawValue),
                    .init(exemption.covered), .init(exemption.returning), .init(exemption.returningStake), .init(text: exemption.reason),
                    .init(text: exemption.approvedBy, most: 120),
                    .init(exemption.place.map { Parts.link($0.description, to: site.code?.file($0)) } ?? "–"),
                ]
            })
        return "<h1>Exemptions</h1><p class=\"lead\">The next to end first.</p>\(Parts.tiles(tiles))\(table.html)"
    }

    /// What ends soon, and what counts again then.
    private var tiles: [HTML] {
        let today = site.today
        let ended = site.exemptions.filter { $0.expires < today && $0.returning > 0 }
        func ending(within days: Int) -> [ExemptionEntry] {
            site.exemptions.filter { $0.expires >= today && today.distance(to: $0.expires) < days }
        }
        return [
            Parts.tile("Ended", "\(ended.count)", stake(ended)),
            Parts.tile("End within 14 days", "\(ending(within: 14).count)", stake(ending(within: 14))),
            Parts.tile("End within 60 days", "\(ending(within: 60).count)", stake(ending(within: 60))),
        ]
    }

    private func stake(_ exemptions: [ExemptionEntry]) -> HTML {
        guard !exemptions.isEmpty else { return "" }
        let amounts = exemptions.map(\.returningStake)
        guard !amounts.contains(nil) else { return "what counts again then is not known" }
        return "\(site.sum(amounts.compactMap(\.self)).short)/month at stake then"
    }

    private func look(_ standing: ExemptionStatus) -> Parts.Look {
        switch standing {
        case .expired: .bad
        case .active: .good
        default: .plain
        }
    }
}
