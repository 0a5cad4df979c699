package import CostModel

/// What `scorecard` says: the leaderboard, and of each team the penalties its score is made of.
package struct ScorecardReport: MarkdownReport {
    package var context: ReportContext
    package var leaderboard: Leaderboard
    /// The findings that penalties name, by id.
    package var findings: [String: Finding]
    package var problems: [Problem]
    /// Name all penalties of a team, not its five largest only.
    package var showsAll: Bool

    package init(
        context: ReportContext, leaderboard: Leaderboard, findings: [Finding], problems: [Problem] = [], showsAll: Bool = false
    ) {
        self.context = context
        self.leaderboard = leaderboard
        self.findings = Dictionary(findings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.problems = problems.sorted()
        self.showsAll = showsAll
    }
}
