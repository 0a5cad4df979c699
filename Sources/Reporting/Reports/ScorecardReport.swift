package import CostModel
package import Game

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
    /// How good estimates of changes have been; nil without a ledger.
    package var estimates: EstimateAccuracy?
    /// How the campaigns go; empty without a ledger.
    package var campaigns: [CampaignProgress] = []
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

extension ScorecardReport {
    /// Whether `I` and `T` are known, and so decide the order.
    var isOrderedByL: Bool { leaderboard.teams.contains { $0.improvement != nil } }

    /// The teams of which there is more to say than a line.
    var detailed: [Scorecard] {
        leaderboard.teams.filter { !$0.penalties.isEmpty || $0.lacks != nil || !movements(of: $0).isEmpty }
    }

    /// Why a team's score moved, where it did so by more than a point, or one asks for all.
    func movements(of card: Scorecard) -> [Scorecard.Movement] {
        guard let movements = card.movements, card.isNews || showsAll || leaderboard.teams.count == 1 else { return [] }
        return showsAll ? movements : Array(movements.prefix(5))
    }
}

extension Scorecard {
    /// In hundredths of a point, since last week; nil where one of the two scores is not known.
    private var change: Int? { score.flatMap { score in previousScore.map { score.hundredths - $0.hundredths } } }

    /// Whether the score moved since last week by as much as is worth a word: under one point nothing has.
    package var isNews: Bool { change.map { abs($0) >= 100 } ?? false }

    /// Points since seven days ago, such as `+3`; nil: not known.
    package var week: String? {
        change.map { isNews ? ($0 > 0 ? "+" : "−") + Points(hundredths: abs($0)).whole : "=" }
    }

    /// `, held after 3 more days`
    private var wait: String { daysToLevel.map { ", held after \(counted($0, "more day"))" } ?? "" }

    /// How many of its penalties are about overdue findings, `2 overdue`; nil: none.
    private var overdue: String? {
        let count = penalties.count(where: \.isOverdue)
        return count > 0 ? "\(count) overdue" : nil
    }

    /// How it goes, as far as history tells: `= since last week`, `reaches gold now, held after 3 more days`, `3 weeks without an overdue finding`.
    package var course: [String] {
        var course: [String] = []
        if let week { course.append("\(week) since last week") }
        if let heldLevel, heldLevel != level { course.append("reaches \(level == .none ? "no level" : level.rawValue) now\(wait)") }
        if let overdue { course.append(overdue) }
        if let streakWeeks, streakWeeks > 0 { course.append("\(counted(streakWeeks, "week")) without an overdue finding") }
        if let subtree, !rankedWith.isEmpty {
            course.append("ranked by \(subtree.whole) together with \(rankedWith.joined(separator: ", "))")
        }
        if let wouldBe { course.append("would be \(wouldBe.whole) by the policies that wait") }
        return course
    }
}

extension Scorecard.Penalty {
    /// `overdue since 2026-10-04`, `due 2026-11-08`; empty where nothing is known of it.
    package var deadline: String {
        guard let due else { return "" }
        return isOverdue ? "overdue since \(due.advanced(by: 1))" : "due \(due)"
    }
}

extension Scorecard.Movement {
    /// `−15.43`, `+0.98`
    package var shownPoints: String { (points.hundredths < 0 ? "−" : "+") + "\(Points(hundredths: abs(points.hundredths)))" }

    /// `opened: required tag 'team' is missing`
    package var sentence: String {
        kind == .amounts ? "what findings put at stake, and the spend that they are divided by" : "\(kind.rawValue): \(message)"
    }
}
