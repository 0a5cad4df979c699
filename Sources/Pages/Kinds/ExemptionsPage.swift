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
        let table = PageTable(
            "Exemptions",
            [
                .init("exemption"), .init("ends", .day), .init("stands"), .init("covers", .number), .init("count again", .number),
                .init("at stake then/month", .number), .init("why", .sentence), .init("approved by"), .init("where", .path),
            ],
            site.exemptions.prefix(Self.most).map { exemption in
                [
                    .init(text: exemption.name, most: 120), .init(exemption.expires),
                    .init(Parts.chip(exemption.standing.rawValue, look(exemption.standing)), key: exemption.standing.rawValue),
                    .init(exemption.covered), .init(exemption.returning), .init(exemption.returningStake), .init(text: exemption.reason),
                    .init(text: exemption.approvedBy, most: 120),
                    .init(Parts.link(exemption.place.description, to: site.code?.file(exemption.place))),
                ]
            })
        return "<h1>Exemptions</h1><p class=\"lead\">The next to end first.</p>\(table.html)"
    }

    private func look(_ standing: ExemptionStatus) -> Parts.Look {
        switch standing {
        case .expired: .bad
        case .active: .good
        default: .plain
        }
    }
}
