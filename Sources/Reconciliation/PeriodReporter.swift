package import CostModel
import Evaluation
import Game
package import Reporting

/// Says what a week or a month was: for messages, and for reports in files.
package struct PeriodReporter {
    let evaluated: EvaluatedWorkspace
    let leaderboard: Leaderboard
    /// Nil: there is no ledger.
    let history: History?
    let span: ReportSpan
    let costs: [DailyCost]
    /// Nil: statements are not asked for.
    private let showback: Showback?
    /// Of the season; nil: there is no ledger.
    private let table: SeasonTable?
    /// The findings that do not pass, by id.
    private let findings: [String: Finding]

    /// - Parameters:
    ///   - costs: by day, team and service, of the span and the one before it.
    init(
        _ evaluated: EvaluatedWorkspace, _ leaderboard: Leaderboard, _ history: History?, in span: ReportSpan, costs: [DailyCost],
        showback: Showback? = nil
    ) {
        self.evaluated = evaluated
        self.leaderboard = leaderboard
        self.history = history
        self.span = span
        self.costs = costs
        self.showback = showback
        let today = evaluated.now.day
        table = history.map { evaluated.policies.table(of: Season(of: today), $0, today: today) }
        findings = Dictionary(
            evaluated.evaluation.findings.lazy.filter { $0.verdict != .pass }.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// With statements.
    ///
    /// - Parameter metrics: what was counted, by the names of metrics.
    package init(
        _ evaluated: EvaluatedWorkspace, _ leaderboard: Leaderboard, _ history: History?, in span: ReportSpan,
        metrics: [String: UnitCounts]
    ) {
        let now = evaluated.now
        self.init(
            evaluated, leaderboard, history, in: span,
            costs: PolicyEvaluator.dailyCosts(
                policies: evaluated.policies, state: evaluated.observed, now: now, days: span.before.lowerBound.distance(to: now.day)),
            showback: evaluated.observed.hasBill
                ? PolicyEvaluator.showback(
                    policies: evaluated.policies, state: evaluated.observed, metrics: metrics, now: now, days: span.days, unit: nil)
                : nil)
    }

    /// - Parameter team: nil: the whole and every team.
    package func sections(of team: String? = nil) -> [PeriodSection] {
        if let team { return leaderboard.teams.filter { $0.team == team }.map(section) }
        return [whole()] + leaderboard.teams.sorted { $0.team < $1.team }.map(section)
    }

    func section(_ card: Scorecard) -> PeriodSection {
        var section = common(card.team)
        section.card = card
        if card.isNews { section.movers = [Self.mover(card)].compactMap(\.self) }
        section.next = card.penalties.prefix(3).map { step($0.finding, $0.atStake) }
        section.endings = endings { [findings] in findings[$0]?.team == card.team }
        section.season = table?.line(for: card.team)
        return section
    }

    func whole() -> PeriodSection {
        var section = common(nil)
        if section.budgets.isEmpty {
            section.month = PolicyEvaluator.overview(policies: evaluated.policies, state: evaluated.observed, now: evaluated.now)?.month
        }
        section.best = leaderboard.teams.filter { ($0.rank ?? .max) <= 3 }.sorted { ($0.rank ?? 0, $0.team) < ($1.rank ?? 0, $1.team) }
        let movers = leaderboard.teams.compactMap(Self.mover)
        if span.length == .week {
            section.mostImproved = movers.filter { $0.points.hundredths > 0 }.max {
                ($0.points.hundredths, $1.team) < ($1.points.hundredths, $0.team)
            }
        }
        section.movers = Array(
            movers.filter { abs($0.points.hundredths) >= 100 }.sorted {
                (abs($1.points.hundredths), $0.team) < (abs($0.points.hundredths), $1.team)
            }.prefix(5))
        let penalties = leaderboard.teams.flatMap(\.penalties).sorted {
            ($1.atStake.amount, $0.finding) < ($0.atStake.amount, $1.finding)
        }
        section.next = penalties.prefix(3).map { step($0.finding, $0.atStake) }
        section.endings = endings { _ in true }
        section.season = table?.line
        if let history {
            section.campaigns = evaluated.policies.progress(of: history, today: evaluated.now.day).filter {
                $0.phase == .running || ($0.phase == .over && span.days.contains($0.campaign.days.upperBound))
            }
        }
        return section
    }

    private func common(_ team: String?) -> PeriodSection {
        var section = PeriodSection(team: team, spend: spend(of: team))
        section.budgets = budgets(of: team)
        section.hasHistory = history != nil
        if let history {
            let lives = history.lives.filter { team == nil || $0.team == team }
            section.findings = PeriodSection.Movements(
                opened: lives.count { $0.opened.map { span.days.contains($0.day) } ?? false },
                fixed: lives.count { $0.state == .fixed && $0.fixed.map { span.days.contains($0.day) } ?? false })
            section.prevented = PreventedFindings(in: span.days, lives: lives, since: history.lives.firstDay)
            section.caught = history.caught?.count(in: span.days) { team == nil || $0.team == team }
            let verified = history.savings.filter { record in
                [.measured, .vested].contains(record.standing) && (team == nil || record.change.change.team == team)
            }
            .compactMap(\.verified).filter { $0.currency == currency }
            section.verified = verified.isEmpty ? nil : verified.reduce(Money.zero(currency), +)
            section.verifiedChanges = verified.count
        }
        section.statement = showback.map { SpendStatement(of: team, in: span, $0, costs: costs) }
        return section
    }

    private var currency: Currency { evaluated.policies.workspace.currency }

    private func spend(of team: String?) -> PeriodSection.Spend {
        if let gap = gap(in: span.days) { return .unknown(gap) }
        return .known(sum(team, span.days), before: gap(in: span.before) == nil ? sum(team, span.before) : nil)
    }

    /// Why a sum over some days is only a part; nil: it is not. Where nobody knows which days are there, those are that have rows.
    private func gap(in days: Range<Day>) -> String? {
        if let coverage = evaluated.observed.cost.coverage { return coverage.span(of: days).gap }
        var coverage = DayCoverage(days: days.count)
        coverage.known = Set(costs.lazy.map(\.day).filter(days.contains)).count
        return coverage.gap
    }

    private func sum(_ team: String?, _ days: Range<Day>) -> Money {
        costs.lazy.filter { days.contains($0.day) && (team == nil || $0.team == team) }.map(\.amount)
            .reduce(Money.zero(currency), +)
    }

    private func budgets(of team: String?) -> [BudgetStatus] {
        let scopes = Dictionary(
            evaluated.policies.all(Budget.self).map { ($0.header.reference.name, $0.scope.team) }, uniquingKeysWith: { first, _ in first })
        return evaluated.evaluation.budgets.filter { $0.judged && scopes[$0.name] == .some(team) }
    }

    /// Nil: whether it moved is not known, or it did not.
    private static func mover(_ card: Scorecard) -> PeriodSection.Mover? {
        guard let score = card.score, let before = card.previousScore, score != before else { return nil }
        return PeriodSection.Mover(
            team: card.team, points: Points(hundredths: score.hundredths - before.hundredths), why: card.movements?.first)
    }

    private func step(_ finding: String, _ atStake: Money) -> PeriodSection.Step {
        let found = findings[finding]
        return PeriodSection.Step(
            finding: finding, message: found?.message ?? history?.lives.first { $0.id == finding }?.message ?? "",
            atStake: found?.atStake?.monthly ?? atStake.monthly)
    }

    /// - Parameter isWanted: whether an exemption counts that covers this finding.
    private func endings(_ isWanted: (String) -> Bool) -> [PeriodSection.Ending] {
        evaluated.evaluation.exemptions.filter { $0.standing == .expiring && $0.findings.contains(where: isWanted) }
            .map { PeriodSection.Ending(exemption: $0.name, day: $0.expires) }
    }
}
