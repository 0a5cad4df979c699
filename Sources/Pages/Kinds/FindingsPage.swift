import Charts
import CostModel
import Reporting

/// Findings, so many a page: those that do not pass, or those that were fixed.
struct FindingsPage {
    let site: SiteContent
    let names: PageNames
    let isFixed: Bool
    let page: Int

    private var all: [FindingEntry] { isFixed ? site.fixed : site.findings }

    static func pageCount(_ findings: Int) -> Int { max(1, (findings + PageNames.rows - 1) / PageNames.rows) }

    var body: HTML {
        let title = isFixed ? "Fixed findings" : "Findings"
        let count = Self.pageCount(all.count)
        let rows = Array(all.dropFirst(page * PageNames.rows).prefix(PageNames.rows))
        let heading: HTML = "<h1>\(title)\(count > 1 ? ", page \(page + 1) of \(count)" : "")</h1>"
        guard !rows.isEmpty else {
            let sentence =
                isFixed
                ? (site.hasHistory ? "Nothing was fixed yet." : "What was fixed is known where 'bursar reconcile' keeps a ledger.")
                : "Nothing fails, and nothing is unknown."
            return "\(heading)\(page == 0 && !isFixed ? Parts.tiles(tiles) : "")\(Parts.empty(sentence))"
        }
        let table = isFixed ? Self.fixedTable(rows, title, site, names) : Self.table(rows, title, site, names, showsTeam: true)
        return "\(heading)\(page == 0 && !isFixed ? Parts.tiles(tiles) : "")\(turns(count))\(table.html)\(turns(count))"
    }

    /// Five numbers that say how it goes.
    private var tiles: [HTML] {
        func count(_ status: FindingEntry.Status) -> Int { site.findings.count { $0.status == status } }
        let stake = site.sum(site.findings.filter { $0.status == .open }.compactMap(\.atStake))
        var tiles = [
            Parts.tile("Open", "\(count(.open) + count(.dismissed))", "\(stake.amount.isZero ? "" : "\(stake.short)/month at stake")")
        ]
        if site.hasHistory {
            let today = site.today
            tiles.append(Parts.tile("New this week", "\(site.findings.count { $0.status == .open && $0.isNew(on: today) })"))
            tiles.append(Parts.tile("Fixed in 28 days", "\(site.fixed.count { $0.fixed.map { $0.distance(to: today) < 28 } ?? false })"))
            tiles.append(Parts.tile("Dismissed", "\(count(.dismissed))", "requests that a person closed"))
            let caught =
                site.caughtOfLate?.findings.map { "\(counted($0, "finding")) caught on the way" } ?? "and what was caught on the way"
            tiles.append(PreventedPage.tile(site, more: "<a href=\"\(PageNames.prevented)\">\(caught)</a>"))
        }
        tiles.append(Parts.tile("Exempt or accepted", "\(count(.exempt) + count(.baseline))"))
        tiles.append(Parts.tile("Not judged", "\(count(.unknown) + count(.error))"))
        return tiles
    }

    private func turns(_ count: Int) -> HTML {
        guard count > 1 else { return "" }
        let links = (0..<count).map { index -> HTML in
            let name = isFixed ? PageNames.fixed(index) : PageNames.findings(index)
            return "<li><a href=\"\(name)\"\(index == page ? " aria-current=\"page\"" as HTML : "")>\(index + 1)</a></li>"
        }
        return "<ul class=\"pages\">\(links)</ul>"
    }

    // MARK: Tables

    static func table(
        _ findings: [FindingEntry], _ caption: String, _ site: SiteContent, _ names: PageNames, showsTeam: Bool
    ) -> PageTable {
        var columns: [PageTable.Column] = [
            .init("finding"), .init("status"), .init("severity"), .init("what", .sentence), .init("at stake/month", .number),
        ]
        if showsTeam { columns.append(.init("team")) }
        columns += [.init("where", .path), .init("policy")]
        if site.hasHistory { columns += [.init("since", .day), .init("due", .day)] }
        let rows = findings.map { finding -> [PageTable.Cell] in
            var cells: [PageTable.Cell] = [
                .init("<code>\(finding.id.clipped(to: 60))</code>"), .init(status(finding, site.today)),
                .init(Parts.severity(finding.severity), key: "\(Severity.allCases.firstIndex(of: finding.severity) ?? 0)"),
                .init("<bdi>\(finding.message.clipped(to: 300))</bdi>\(finding.isFixable ? " \(Parts.chip("patch", .good))" as HTML : "")"),
                .init(finding.atStake),
            ]
            if showsTeam { cells.append(team(finding.team, names)) }
            cells += [place(finding, site), .init(text: finding.policy, most: 120)]
            if site.hasHistory { cells += [.init(finding.firstSeen), .init(finding.due)] }
            return cells
        }
        return PageTable(caption, columns, rows)
    }

    static func fixedTable(_ findings: [FindingEntry], _ caption: String, _ site: SiteContent, _ names: PageNames) -> PageTable {
        PageTable(
            caption,
            [
                .init("finding"), .init("fixed", .day), .init("severity"), .init("what", .sentence), .init("team"), .init("where", .path),
                .init("by commit"), .init("since", .day),
            ],
            findings.map { finding in
                [
                    .init("<code>\(finding.id.clipped(to: 60))</code>"), .init(finding.fixed),
                    .init(Parts.severity(finding.severity), key: "\(Severity.allCases.firstIndex(of: finding.severity) ?? 0)"),
                    .init(text: finding.message), team(finding.team, names), place(finding, site),
                    .init(
                        Parts.link(
                            finding.fixedBy.map { String($0.prefix(12)) } ?? "–", to: finding.fixedBy.flatMap { site.code?.commit($0) })),
                    .init(finding.firstSeen),
                ]
            })
    }

    static func team(_ team: String?, _ names: PageNames) -> PageTable.Cell {
        guard let team else { return .init("<span class=\"mute\">nobody</span>", key: "") }
        return .init(Parts.link(team, to: names.team(team)), key: team.clipped(to: 100))
    }

    private static func place(_ finding: FindingEntry, _ site: SiteContent) -> PageTable.Cell {
        let resource: HTML? = finding.resource.map { "<bdi>\($0.clipped(to: 200))</bdi>" }
        guard let place = finding.place else { return .init("\(resource)", key: finding.resource?.clipped(to: 200) ?? "") }
        let link = Parts.link(place.description, to: site.code?.file(place))
        return .init("\(link)\(resource.map { "<br/><span class=\"mute\">\($0)</span>" as HTML })", key: place.description.clipped(to: 200))
    }

    private static func status(_ finding: FindingEntry, _ today: Day) -> HTML {
        let overdue: HTML? = finding.status == .open && finding.isOverdue(on: today) ? " \(Parts.chip("overdue", .bad))" : nil
        let new: HTML? = finding.status == .open && finding.isNew(on: today) ? " \(Parts.chip("new"))" : nil
        return switch finding.status {
        case .open: "\(Parts.chip("open", .bad))\(new)\(overdue)"
        case .baseline: Parts.chip("accepted", .mute)
        case .exempt: Parts.chip("exempt", .mute)
        case .shadow: Parts.chip("shadow", .mute)
        case .dismissed: Parts.chip("dismissed", .mute)
        case .unknown: Parts.chip("unknown")
        case .error: Parts.chip("error")
        case .fixed: Parts.chip("fixed", .good)
        }
    }
}
