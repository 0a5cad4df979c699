package import CostModel

extension ExplainReport {
    /// What a team looks for at the beginning of a week: where it stands, what is due, which patches give most points, what the next level
    /// lacks, why the score moved, and what bills confirmed.
    ///
    /// - Parameters:
    ///   - card: scored with a ledger where there is one.
    ///   - teams: how many there are.
    ///   - findings: those that the penalties name, and others.
    ///   - changes: what a plan made now would offer.
    ///   - savings: what is remembered of the team's merged changes; nil: there is no ledger.
    package init(
        context: ReportContext, team card: Scorecard, of teams: Int, findings: [Finding], changes: [Plan.Change], savings: [SavingsRecord]?,
        problems: [Problem] = []
    ) {
        let findings = Dictionary(findings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.init(
            context: context, subject: .team, name: card.team,
            summary: ([card.score.map { "\($0.whole) of 100" }, card.note].compactMap(\.self) + card.course).joined(separator: "; "),
            sections: [
                Self.standing(card, of: teams), Self.level(card),
                Self.due(card, findings, today: context.evaluatedAt.day, isRemembered: savings != nil),
                Self.patches(card, changes), Self.movements(card), Self.confirmed(savings),
            ], problems: problems)
    }

    private static func standing(_ card: Scorecard, of teams: Int) -> Section {
        let place = card.rank.map { rank in "\(rank) of \(teams)\(card.league.map { ", league \($0)" } ?? "")" }
        var sum: String?
        if let score = card.score, let leaderboard = card.leaderboard, card.improvement != nil, card.timeliness != nil {
            sum = "\(leaderboard) = half the score, \(score), 30 % of I, \(card.shownImprovement), and 20 % of T, \(card.shownTimeliness)"
        }
        return Section(
            "Standing",
            [
                ("score", card.score.map { "\($0)" }), ("a week ago", card.previousScore.map { "\($0)" }), ("rank", place), ("L", sum),
                ("28 days", card.cost?.short),
                ("could save", card.potentialSavings.flatMap { $0.amount.isZero ? nil : "\($0.short)/month" }),
                ("streak", card.streakWeeks.map { "\(counted($0, "week")) without an overdue finding" }),
                ("badges", card.badges.flatMap { $0.isEmpty ? nil : $0.map(\.name).joined(separator: ", ") }),
                ("will be", card.wouldBe.map { "\($0) by the policies and settings that wait" }),
            ])
    }

    private static func level(_ card: Scorecard) -> Section {
        func name(_ level: Level) -> String { level == .none ? "none" : level.rawValue }
        return Section(
            "Level",
            [
                ("holds", card.heldLevel.map(name)), (card.heldLevel == nil ? "reaches" : "reaches today", name(card.level)),
                ("held after", card.daysToLevel.map { "\(counted($0, "more day")) like today" }), ("lacks", card.lacks),
            ])
    }

    /// What is overdue, and what falls due within the week.
    private static func due(_ card: Scorecard, _ findings: [String: Finding], today: Day, isRemembered: Bool) -> Section {
        let title = "Due this week"
        guard isRemembered else {
            return Section(title, [("unknown", "only a ledger knows when a finding opened: 'bursar reconcile' keeps one")])
        }
        let urgent = card.penalties.filter { penalty in
            penalty.isOverdue || penalty.due.map { (today...today.advanced(by: 7)).contains($0) } ?? false
        }.sorted { a, b in
            let (left, right) = (a.due ?? today, b.due ?? today)
            return left == right ? (b.points, a.finding) < (a.points, b.finding) : left < right
        }
        guard !urgent.isEmpty else {
            return Section(title, [("nothing", "no finding is overdue or falls due until \(today.advanced(by: 7))")])
        }
        return Section(
            title,
            urgent.map { penalty in
                let finding = findings[penalty.finding]
                let place = finding?.location.map { " · \($0)" } ?? ""
                return (penalty.finding, "\(penalty.deadline) · −\(penalty.points) · \(finding?.message ?? "")\(place)")
            })
    }

    /// The three changes that bring most points.
    private static func patches(_ card: Scorecard, _ changes: [Plan.Change]) -> Section {
        let points = Dictionary(card.penalties.map { ($0.finding, $0.points.hundredths) }, uniquingKeysWith: { first, _ in first })
        var worth: [(change: Plan.Change, points: Int)] = []
        for change in changes where change.patch != nil {
            let sum = change.findings.reduce(0) { $0 + (points[$1] ?? 0) }
            if sum > 0 { worth.append((change, sum)) }
        }
        guard !worth.isEmpty else {
            let reason =
                card.penalties.isEmpty ? "no finding costs points" : "no finding that costs points has a patch: 'bursar plan' says why"
            return Section("Most points for a patch", [("nothing", card.score == nil ? nil : reason)])
        }
        worth.sort { a, b in a.points == b.points ? a.change.id < b.change.id : a.points > b.points }
        return Section(
            "Most points for a patch",
            worth.prefix(3).map { change, points in
                let place = change.file.map { file in " · \(file)\(change.line.map { ":\($0)" } ?? "")" } ?? ""
                let saving = change.monthlySavings.map { " · saves \($0.short)/month" } ?? ""
                return ("+\(Points(hundredths: points))", "\(change.title)\(place)\(saving) · \(change.id)")
            })
    }

    private static func movements(_ card: Scorecard) -> Section {
        Section(
            "Since last week",
            (card.movements ?? []).prefix(8).map { ($0.shownPoints, $0.sentence + ($0.finding.map { " · \($0)" } ?? "")) })
    }

    /// What bills say of merged changes, the newest first.
    private static func confirmed(_ savings: [SavingsRecord]?) -> Section {
        let newest = (savings ?? []).sorted { a, b in
            a.change.merged == b.change.merged ? a.change.identity < b.change.identity : a.change.merged > b.change.merged
        }
        guard savings == nil || !newest.isEmpty else {
            return Section("What bills confirmed", [("nothing", "no merged change yet; credit comes 30 days after a merge")])
        }
        return Section(
            "What bills confirmed",
            newest.prefix(5).map { record in
                let amount = record.verified.map { "\($0.short)/month" } ?? "–"
                let promised = record.estimated.map { " of \($0.short) promised" } ?? ""
                let change = record.change
                return (amount, "\(record.standing.rawValue)\(promised) · \(change.change.title) · merged \(change.merged.day)")
            })
    }
}
