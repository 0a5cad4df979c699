import Charts
import CostModel
import Game
import Reporting

/// What did not open: by how much fewer findings opened than before, and what branches had on their way and did not bring.
struct PreventedPage {
    private static let most = 500
    /// Of the numbers on this page.
    static let days = 28

    let site: SiteContent
    let names: PageNames

    var body: HTML {
        guard site.hasHistory else {
            return "<h1>Prevented findings</h1>\(Parts.empty("What was prevented is known where 'bursar reconcile' keeps a ledger."))"
        }
        return """
            <h1>Prevented findings</h1><p class="lead">Prevented are those that did not open, going by the quietest of the three spans of 28 days \
            before. Caught are those that a commit of a branch had and that were gone when it was merged: they never reached the branch that \
            is watched. Neither counts for a score, a rank or a goal: to write a finding and take it out again is free.</p>\
            \(Parts.tiles(tiles))\(Parts.section("Caught on the way", id: "caught", caught))
            """
    }

    private var tiles: [HTML] {
        var tiles = [Self.tile(site)]
        if let count = site.caughtOfLate {
            tiles.append(
                Parts.tile(
                    "Caught in 28 days", count.findings.map(String.init) ?? "not known",
                    "\(count.findings == nil ? "merges are looked at since \(count.since?.description ?? "later")" : "findings")"))
            tiles.append(Parts.tile("Merges judged", "\(count.arrivals.judged)", "in 28 days, commit by commit"))
            let unknown = count.arrivals.single + count.arrivals.unjudged
            tiles.append(
                Parts.tile(
                    "Not known", "\(counted(unknown, "change"))",
                    "\(count.arrivals.single) came as one commit, squashed or pushed; \(count.arrivals.unjudged) could not all be judged"))
        }
        return tiles
    }

    /// - Parameter more: what stands below the number, in the place of its reason.
    static func tile(_ site: SiteContent, more: HTML? = nil) -> HTML {
        let name = "Prevented in 28 days"
        return switch site.prevented {
        case .known(let opened, let before):
            Parts.tile(name, "\(max(0, before - opened))", more ?? "\(opened) opened, \(before) in as many days before")
        case .unknown(let reason): Parts.tile(name, "not known", more ?? "\(reason)")
        case nil: Parts.tile(name, "not known", more ?? "")
        }
    }

    private var caught: HTML {
        guard let caught = site.caught else {
            return Parts.empty("Nobody has looked through merges yet: the loop does, from its next run on.")
        }
        guard !caught.entries.isEmpty else {
            return Parts.empty(
                "No branch that was merged since \(caught.since.description) had a finding that it did not bring, as far as is known.")
        }
        let table = PageTable(
            "Caught on the way",
            [
                .init("finding"), .init("merged", .day), .init("severity"), .init("what", .sentence), .init("team"), .init("where", .path),
                .init("policy"), .init("was in"), .init("merged by"),
            ],
            caught.entries.reversed().prefix(Self.most).map { entry in
                [
                    .init("<code>\(entry.id.clipped(to: 60))</code>"), .init(entry.merged),
                    .init(Parts.severity(entry.severity), key: "\(Severity.allCases.firstIndex(of: entry.severity) ?? 0)"),
                    .init(text: entry.message), FindingsPage.team(entry.team, names), .init(text: entry.resource ?? "–", most: 200),
                    .init(text: entry.policy.name, most: 120), commit(entry.commit), commit(entry.merge),
                ]
            })
        let more: HTML =
            caught.entries.count > Self.most ? "<p class=\"lead\">The newest \(Self.most) of \(caught.entries.count).</p>" : ""
        return "\(more)\(table.html)"
    }

    private func commit(_ id: String) -> PageTable.Cell {
        .init(Parts.link(String(id.prefix(12)), to: site.code?.commit(id)))
    }
}
