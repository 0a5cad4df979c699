import CostModel
import Reporting

/// A site's lists by team, divided once: two hundred pages of teams cost one look at all of it, and not two hundred.
struct TeamParts: Sendable {
    private let site: SiteContent
    private let costDays: ClosedRange<Day>?
    private let findings: [String?: [FindingEntry]]
    private let fixed: [String?: [FindingEntry]]
    private let costs: [String?: [DailyCost]]
    private let scores: [String: [ScoreDay]]
    private let requests: [String?: [RequestRecord]]
    private let changes: [String?: [Plan.Change]]

    init(_ site: SiteContent) {
        self.site = site
        costDays = site.costDays
        findings = Dictionary(grouping: site.findings) { $0.team }
        fixed = Dictionary(grouping: site.fixed) { $0.team }
        costs = Dictionary(grouping: site.costs) { $0.team }
        scores = Dictionary(grouping: site.scores, by: \.team)
        requests = Dictionary(grouping: site.requests) { $0.team }
        changes = Dictionary(grouping: site.changes) { $0.team }
    }

    /// The site as far as it is about a team; everything else is as it was.
    func site(of team: String) -> SiteContent {
        var part = site
        part.costDays = costDays
        part.findings = findings[team] ?? []
        part.fixed = fixed[team] ?? []
        part.costs = costs[team] ?? []
        part.scores = scores[team] ?? []
        part.requests = requests[team] ?? []
        part.changes = changes[team] ?? []
        return part
    }
}
