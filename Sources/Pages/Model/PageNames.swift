import CostModel
import Reporting

/// What pages are called: as files of a report, and behind a server's address. All stand beside each other, so that links hold in both.
struct PageNames: Sendable {
    static let overview = "index.html"
    static let leaderboard = "teams.html"
    static let requests = "requests.html"
    static let savings = "savings.html"
    static let budgets = "budgets.html"
    static let changes = "changes.html"
    static let commitments = "commitments.html"
    static let references = "references.html"
    static let exemptions = "exemptions.html"
    static let campaigns = "campaigns.html"
    static let season = "season.html"
    static let prevented = "prevented.html"

    /// So many rows a page: less than a megabyte of them, and no browser is slow.
    static let rows = 500

    static func findings(_ page: Int) -> String { page == 0 ? "findings.html" : "findings-\(page + 1).html" }
    static func fixed(_ page: Int) -> String { page == 0 ? "fixed.html" : "fixed-\(page + 1).html" }

    private let teams: [String: String]

    init(teams names: [String]) {
        var teams: [String: String] = [:]
        for name in names { teams[name] = "team-\(TeamFileName.stem(of: name)).html" }
        self.teams = teams
    }

    /// Nil for a team that has no page.
    func team(_ name: String) -> String? { teams[name] }
}
