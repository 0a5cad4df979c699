package import CostModel
import Game
import Reporting

extension SiteContent {
    /// Takes over what one evaluation found.
    package mutating func add(_ result: EvaluationResult, policies: PolicySet, leaderboard: Leaderboard, plan: [Plan.Change]) {
        teams = leaderboard.teams
        unscored = leaderboard.unscored
        unowned = leaderboard.unowned
        let offered = plan.filter { $0.applicability != .advisory }
        let fixable = Set(offered.flatMap(\.findings))
        findings = result.findings.lazy.filter { $0.verdict != .pass }.map { FindingEntry($0, isFixable: fixable.contains($0.id)) }
        let byID = Dictionary(findings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        changes = Self.ordered(offered, worth: byID.mapValues { $0.atStake?.amount ?? .zero })
        budgets = BudgetEntry.all(of: result, by: policies)
        let named = Dictionary(policies.exemptions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        exemptions = result.exemptions.map { exemption in
            let stakes = exemption.returning.compactMap { byID[$0] }.map(\.atStake)
            let sum = stakes.contains(nil) ? nil : stakes.compactMap(\.self).reduce(Money.zero(currency), +)
            return ExemptionEntry(
                name: exemption.name, standing: exemption.standing, reason: named[exemption.name]?.reason ?? "",
                approvedBy: named[exemption.name]?.approvedBy ?? "", expires: exemption.expires, place: exemption.place,
                covered: exemption.findings.count, returning: exemption.returning.count, returningStake: sum)
        }.sorted { ($0.expires, $0.name) < ($1.expires, $1.name) }
    }

    /// The most savings first, then the most money at stake.
    ///
    /// - Parameter worth: what findings put at stake, by their ids.
    static func ordered(_ changes: [Plan.Change], worth: [String: FixedDecimal]) -> [Plan.Change] {
        let sums = Dictionary(
            changes.map { change in (change.id, change.findings.reduce(FixedDecimal.zero) { $0 + (worth[$1] ?? .zero) }) },
            uniquingKeysWith: { first, _ in first })
        return changes.sorted { a, b in
            let (left, right) = (a.monthlySavings?.amount ?? .zero, b.monthlySavings?.amount ?? .zero)
            if left != right { return left > right }
            let (one, other) = (sums[a.id] ?? .zero, sums[b.id] ?? .zero)
            return one == other ? a.id < b.id : one > other
        }
    }

    /// Takes over what a ledger remembers: since when findings are known, what was fixed, and how scores went.
    ///
    /// - Parameter isWhole: whether there was no evaluation, so that the ledger also says what is open.
    package mutating func add(_ history: History, requests: [RequestRecord], isWhole: Bool) {
        hasHistory = true
        scores = history.scores
        savings = history.savings.sorted {
            ($1.change.merged, $0.change.plan, $0.change.change.id) < ($0.change.merged, $1.change.plan, $1.change.change.id)
        }
        badges = history.badges
        caught = history.caught
        prevented = PreventedFindings(
            in: today.advanced(by: -PreventedPage.days)..<today, lives: history.lives, since: history.lives.firstDay)
        self.requests = requests
        let dismissed = Set(requests.filter { $0.state == .dismissed }.flatMap { $0.plan.changes.flatMap(\.findings) })
        let lives = Dictionary(
            history.lives.filter { $0.state != .fixed }.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        if isWhole {
            findings = history.lives.filter { $0.state != .fixed }.map { FindingEntry($0) }.sorted(by: FindingEntry.isShown)
        }
        for index in findings.indices {
            if let life = lives[findings[index].id] {
                findings[index].firstSeen = life.firstSeen.day
                findings[index].due = life.due
            }
            if findings[index].status == .open, dismissed.contains(findings[index].id) { findings[index].status = .dismissed }
        }
        fixed = history.lives.filter { $0.state == .fixed }.sorted { a, b in
            (b.fixed ?? b.lastSeen, a.id) < (a.fixed ?? a.lastSeen, b.id)
        }.map { FindingEntry($0) }
    }

    /// The teams as the newest day of a ledger scored them, for where nothing was evaluated.
    ///
    /// - Parameter scores: by team and day.
    package mutating func addTeams(scoredBy scores: [ScoreDay]) {
        var latest: [String: [ScoreDay]] = [:]
        for day in scores where day.day <= today { latest[day.team, default: []].append(day) }
        teams = latest.map { team, days in
            let last = days[days.count - 1]
            let before = days.last { $0.day <= last.day.advanced(by: -7) }
            return Scorecard(
                team: team, parent: nil, score: last.score, level: last.reachedLevel, cost: last.cost,
                potentialSavings: last.potentialSavings, penalties: [], streakWeeks: last.streakWeeks,
                badges: badges.filter { $0.team == team }, leaderboard: last.leaderboard, improvement: last.improvement,
                timeliness: last.timeliness, heldLevel: last.level, previousScore: before?.score)
        }.sorted { a, b in
            let (left, right) = (a.leaderboard ?? a.score, b.leaderboard ?? b.score)
            if left != right { return (left?.hundredths ?? -1) > (right?.hundredths ?? -1) }
            return a.team < b.team
        }
    }
}

extension FindingEntry {
    package init(_ finding: Finding, isFixable: Bool) {
        let status: Status =
            switch finding.status {
            case .failing: finding.baseline ? .baseline : .open
            case .unknown, .pass: .unknown
            case .error: .error
            case .exempt: .exempt
            case .shadow: .shadow
            }
        self.init(
            id: finding.id, policy: finding.policy.name, rule: finding.rule, status: status, severity: finding.severity,
            team: finding.team, resource: finding.resource?.identity.description, place: finding.location, message: finding.message,
            atStake: finding.atStake?.monthly, monthlySavings: finding.monthlySavings)
        self.isFixable = isFixable
    }

    package init(_ life: FindingLife) {
        let status: Status =
            switch life.state {
            case .fixed: .fixed
            case .appearing, .open, .disappearing: life.isExempt ? .exempt : life.verdict == .unknown ? .unknown : .open
            }
        self.init(
            id: life.id, policy: life.policy.name, rule: life.rule, status: status, severity: life.severity, team: life.team,
            resource: life.resource, place: nil, message: life.message, atStake: life.atStake.monthly,
            monthlySavings: life.monthlySavings)
        firstSeen = life.firstSeen.day
        due = life.due
        fixed = life.fixed?.day
        fixedBy = life.fixedBy
    }

    /// The most severe first, then the most money, then by id.
    static func isShown(_ a: FindingEntry, before b: FindingEntry) -> Bool {
        if a.severity != b.severity { return a.severity > b.severity }
        let (left, right) = (a.atStake?.amount ?? .zero, b.atStake?.amount ?? .zero)
        return left == right ? a.id < b.id : left > right
    }
}
