package import Charts
package import CostModel
import Reporting

/// The pages of a site by their names, each made when it is asked for: a report writes all of them, a server the one that is wanted.
///
/// The same site gives the same bytes.
package struct SitePages: Sendable {
    /// The page of who names whom, for which a server has to read more than for the others.
    package static let references = PageNames.references

    private let site: SiteContent
    private let names: PageNames
    private let frame: PageFrame
    private let teams: [String: Scorecard]
    private let days: ClosedRange<Day>?
    private let parts: TeamParts

    /// - Parameters:
    ///   - corner: what a server adds beside the workspace's name.
    ///   - live: how a server's pages learn of newer ones; nil: of a report.
    ///   - days: between which changes are shown; nil: since a week.
    package init(_ site: SiteContent, corner: HTML = "", live: LivePage? = nil, days: ClosedRange<Day>? = nil) {
        self.site = site
        self.days = days
        parts = TeamParts(site)
        names = PageNames(teams: site.teams.map(\.team))
        let named = names
        teams = Dictionary(
            site.teams.compactMap { card in named.team(card.team).map { ($0, card) } }, uniquingKeysWith: { first, _ in first })
        frame = PageFrame(
            workspace: site.workspace, context: site.context, toolVersion: site.toolVersion,
            links: [
                .init(name: PageNames.overview, title: "Overview"), .init(name: PageNames.leaderboard, title: "Teams"),
                .init(name: PageNames.changes, title: "Changes"),
                .init(name: PageNames.findings(0), title: "Findings"), .init(name: PageNames.fixed(0), title: "Fixed"),
                .init(name: PageNames.requests, title: "Requests"), .init(name: PageNames.savings, title: "Savings"),
                .init(name: PageNames.budgets, title: "Budgets"), .init(name: PageNames.commitments, title: "Commitments"),
                .init(name: PageNames.exemptions, title: "Exemptions"), .init(name: PageNames.references, title: "References"),
                .init(name: PageNames.campaigns, title: "Campaigns"), .init(name: PageNames.season, title: "Season"),
            ], corner: corner, live: live)
    }

    /// Every page there is.
    package var all: [String] {
        [
            PageNames.overview, PageNames.leaderboard, PageNames.changes, PageNames.requests, PageNames.savings, PageNames.budgets,
            PageNames.commitments, PageNames.exemptions, PageNames.references, PageNames.campaigns, PageNames.season, PageNames.prevented,
        ] + findingPages(site.findings.count).map(PageNames.findings) + findingPages(site.fixed.count).map(PageNames.fixed)
            + teams.keys.sorted()
    }

    private func findingPages(_ count: Int) -> Range<Int> { 0..<FindingsPage.pageCount(count) }

    /// Nil: there is no page of this name.
    package func page(_ name: String) -> HTML? {
        switch name {
        case PageNames.overview: return frame.page("Overview", current: name, OverviewPage(site, names).body)
        case PageNames.leaderboard: return frame.page("Teams", current: name, LeaderboardPage(site, names).body)
        case PageNames.changes: return frame.page("Changes", current: name, ChangesPage(site, names, days: days).body)
        case PageNames.requests: return frame.page("Requests", current: name, RequestsPage(site: site, names: names).body)
        case PageNames.savings: return frame.page("Savings", current: name, SavingsPage(site, names).body)
        case PageNames.budgets: return frame.page("Budgets", current: name, BudgetsPage(site: site, names: names).body)
        case PageNames.commitments: return frame.page("Commitments", current: name, CommitmentsPage(site: site, names: names).body)
        case PageNames.references: return frame.page("References", current: name, ReferencesPage(site: site, names: names).body)
        case PageNames.campaigns: return frame.page("Campaigns", current: name, CampaignsPage(site: site, names: names).body)
        case PageNames.season: return frame.page("Season", current: name, SeasonPage(site: site, names: names).body)
        case PageNames.prevented:
            return frame.page("Prevented findings", current: PageNames.findings(0), PreventedPage(site: site, names: names).body)
        case PageNames.exemptions: return frame.page("Exemptions", current: name, ExemptionsPage(site: site, names: names).body)
        default: break
        }
        if let card = teams[name] {
            return frame.page(card.team, current: PageNames.leaderboard, TeamPage(parts.site(of: card.team), names, card).body)
        }
        if let index = findingPages(site.findings.count).first(where: { PageNames.findings($0) == name }) {
            return findings(index, isFixed: false, "Findings")
        }
        if let index = findingPages(site.fixed.count).first(where: { PageNames.fixed($0) == name }) {
            return findings(index, isFixed: true, "Fixed findings")
        }
        return nil
    }

    private func findings(_ index: Int, isFixed: Bool, _ title: String) -> HTML {
        let body = FindingsPage(site: site, names: names, isFixed: isFixed, page: index).body
        let first = isFixed ? PageNames.fixed(0) : PageNames.findings(0)
        return frame.page(index == 0 ? title : "\(title), page \(index + 1)", current: first, body)
    }
}
