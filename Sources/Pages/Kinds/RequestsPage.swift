import Charts
import CostModel
import Reporting

/// The requests that were opened for fixes, and what became of them.
struct RequestsPage {
    /// More than these nobody reads; a ledger has them all.
    private static let most = 500

    let site: SiteContent
    let names: PageNames

    var body: HTML {
        guard !site.requests.isEmpty else {
            let sentence =
                site.hasHistory
                ? "No request was opened yet." : "Requests are known where 'bursar reconcile' keeps a ledger."
            return "<h1>Requests</h1>\(Parts.empty(sentence))"
        }
        let counts = RequestRecord.State.allCases.compactMap { state -> HTML? in
            let count = site.requests.count { $0.state == state }
            return count > 0 ? Parts.tile(state.rawValue, "\(count)") : nil
        }
        let more: HTML = site.requests.count > Self.most ? Parts.empty("The newest \(Self.most) of \(site.requests.count).") : ""
        return """
            <h1>Requests</h1>\(Parts.tiles(counts))\(more)\
            \(Self.table(Array(site.requests.prefix(Self.most)), "Requests", site, names).html)
            """
    }

    static func table(_ requests: [RequestRecord], _ caption: String, _ site: SiteContent, _ names: PageNames) -> PageTable {
        PageTable(
            caption,
            [
                .init("request", .sentence), .init("state"), .init("team"), .init("opened", .day), .init("ended", .day),
                .init("fixes", .number),
                .init("saves/month", .number),
            ],
            requests.map { request in
                let saved = site.sum(request.plan.changes.compactMap(\.monthlySavings))
                let number = request.number.map { " #\($0)" } ?? ""
                // The address is what a code host answered: it is held to the same rule as everything else.
                let address = request.url.flatMap { CodeLinks.isPlain($0) ? $0 : nil }
                return [
                    .init(
                        "\(Parts.link(request.title + number, to: address))\(request.isEdited ? " \(Parts.chip("edited by a person"))" as HTML : "")"
                    ),
                    .init(Parts.chip(request.state.rawValue, look(request.state)), key: request.state.rawValue),
                    FindingsPage.team(request.team, names), .init(request.opened.day), .init(request.ended?.day),
                    .init(Set(request.plan.changes.flatMap(\.findings)).count), .init(saved.amount.isZero ? nil : saved),
                ]
            })
    }

    private static func look(_ state: RequestRecord.State) -> Parts.Look {
        switch state {
        case .merged: .good
        case .dismissed, .abandoned, .obsolete: .mute
        case .writing, .open: .plain
        }
    }
}
