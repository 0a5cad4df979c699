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
    /// Which days of the bill are there; nil where nobody knows.
    package var coverage: BillCoverage?
    /// Of the only team: drawn instead of its card.
    package var badge: TeamBadge?

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

extension Scorecard {
    /// Points since seven days ago, such as `+3`; nil: not known.
    package var week: String? {
        guard let score, let previousScore else { return nil }
        let change = score.hundredths - previousScore.hundredths
        // Under one point nothing has changed that is worth a word.
        return abs(change) < 100 ? "=" : (change > 0 ? "+" : "−") + Points(hundredths: abs(change)).whole
    }

    /// How it goes, as far as history tells: `= since last week`, `reaches gold`, `3 weeks without an overdue finding`.
    package var course: [String] {
        var course: [String] = []
        if let week { course.append("\(week) since last week") }
        if let heldLevel, heldLevel != level { course.append("reaches \(level == .none ? "no level" : level.rawValue) now") }
        if let streakWeeks, streakWeeks > 0 { course.append("\(counted(streakWeeks, "week")) without an overdue finding") }
        if let wouldBe { course.append("would be \(wouldBe.whole) by the policies that wait") }
        return course
    }
}
