import Conditions
import CostModel
import Evaluation

/// What a week and a month were, for each team and as a whole; there to be told of from the first whole run behind them.
enum ReportEvents {
    static let kinds: Set<NotificationPolicy.Event> = [.reportWeekly, .reportMonthly]

    /// Days after the span for which a bill that lacks days of it is waited for.
    private static let longestWait = 4

    /// - Parameters:
    ///   - history: with what this evaluation adds.
    static func events(
        _ evaluated: EvaluatedWorkspace, _ leaderboard: Leaderboard, _ history: History, at now: Instant
    ) -> [OccurredEvent] {
        let monday = now.day.advanced(by: -now.day.weekday)
        let month = now.day.month
        let spans = [
            Span(kind: .reportWeekly, days: monday.advanced(by: -7)..<monday, title: "the week of \(monday.advanced(by: -7))"),
            Span(kind: .reportMonthly, days: month.advanced(by: -1).firstDay..<month.firstDay, title: "\(month.advanced(by: -1))"),
        ]
        let longest = spans.map { $0.days.lowerBound.distance(to: now.day) + $0.days.count }.max() ?? 0
        let costs = PolicyEvaluator.dailyCosts(policies: evaluated.policies, state: evaluated.observed, now: now, days: longest)
        let known = Set(costs.map(\.day))
        // Bills arrive late: a report waits for its last days, but not for ever.
        let ripe = spans.filter { span in
            span.days.allSatisfy(known.contains) || span.days.upperBound.distance(to: now.day) >= longestWait
        }
        return ripe.flatMap { span in
            let facts = Facts(evaluated: evaluated, history: history, costs: costs, span: span)
            return [facts.whole(leaderboard)] + leaderboard.teams.map(facts.team)
        }
        .sorted { $0.key < $1.key }
    }

    struct Span {
        var kind: NotificationPolicy.Event
        var days: Range<Day>
        var title: String

        /// As long, and just before it.
        var before: Range<Day> {
            kind == .reportMonthly
                ? days.lowerBound.month.advanced(by: -1).firstDay..<days.lowerBound : days.lowerBound.advanced(by: -7)..<days.lowerBound
        }
    }
}

/// The lines of reports about one span.
private struct Facts {
    let evaluated: EvaluatedWorkspace
    let history: History
    let costs: [DailyCost]
    let span: ReportEvents.Span

    func team(_ card: Scorecard) -> OccurredEvent {
        var lines = [spend(of: card.team)]
        lines += budgets(of: card.team)
        lines += [score(card), findings(of: card.team), savings(of: card.team)]
        let next = card.penalties.prefix(3).map { "bursar explain \($0.finding)" }
        return event(card.team, title: "\(span.title): \(card.team)", lines, next: next + ["bursar explain \(card.team)"])
    }

    /// The best three by rank, and who gained most; nobody's last place is shown to others.
    func whole(_ leaderboard: Leaderboard) -> OccurredEvent {
        var lines = [spend(of: nil)]
        lines += budgets(of: nil)
        lines += [findings(of: nil), savings(of: nil)]
        let best = leaderboard.teams.filter { ($0.rank ?? .max) <= 3 }.sorted { ($0.rank ?? 0, $0.team) < ($1.rank ?? 0, $1.team) }
        if !best.isEmpty { lines.append("best: " + best.prefix(3).map { "\($0.rank ?? 0). \($0.team)" }.joined(separator: ", ")) }
        let gains = leaderboard.teams.compactMap { card -> (team: String, gain: Int)? in
            guard let score = card.score, let before = card.previousScore, score > before else { return nil }
            return (card.team, score.hundredths - before.hundredths)
        }
        if let most = gains.max(by: { ($0.gain, $1.team) < ($1.gain, $0.team) }), span.kind == .reportWeekly {
            lines.append("most improved: \(most.team), by \(Points(hundredths: most.gain)) points")
        }
        let ending = evaluated.evaluation.exemptions.filter { $0.standing == .expiring }
        if !ending.isEmpty {
            lines.append("ends soon: " + ending.prefix(5).map { "exemption '\($0.name)' on \($0.expires)" }.joined(separator: ", "))
        }
        return event(nil, title: "\(span.title): all teams", lines, next: ["bursar scorecard --history"])
    }

    private func event(_ team: String?, title: String, _ lines: [String], next: [String]) -> OccurredEvent {
        var event = OccurredEvent(
            span.kind, key: [span.days.lowerBound.description, team ?? ""],
            record: EventRecord(kind: span.kind, team: team), group: team ?? "", text: title, plural: "reports",
            since: span.days.lowerBound.start)
        event.lines = lines
        event.next = next
        return event
    }

    // MARK: Lines

    private var currency: Currency { evaluated.policies.workspace.currency }

    /// Unknown where the bill has not all days: what is there would look like all of it.
    private func spend(of team: String?) -> String {
        guard let now = sum(team, span.days) else {
            let known = Set(costs.lazy.map(\.day).filter(span.days.contains)).count
            return "spend is not known: the bill has \(known) of \(span.days.count) days"
        }
        let text = "spent \(shown(now))"
        guard let before = sum(team, span.before), !before.amount.isZero else { return text }
        // A share for people, and no amount.
        let share = (now.amount - before.amount).ratio(to: before.amount).map { Int(($0 * 100).rounded()) }
        return text + (share.map { ", \($0 < 0 ? "" : "+")\($0) % on \(shown(before)) before" } ?? "")
    }

    private func sum(_ team: String?, _ days: Range<Day>) -> Money? {
        guard Set(costs.lazy.map(\.day).filter(days.contains)).count == days.count else { return nil }
        return costs.lazy.filter { days.contains($0.day) && (team == nil || $0.team == team) }.map(\.amount)
            .reduce(Money.zero(currency), +)
    }

    private func budgets(of team: String?) -> [String] {
        let scopes = Dictionary(
            evaluated.policies.all(Budget.self).map { ($0.header.reference.name, $0.scope.team) }, uniquingKeysWith: { first, _ in first })
        return evaluated.evaluation.budgets.filter { $0.judged && scopes[$0.name] == .some(team) }.prefix(3).map { status in
            let actual = status.known.map(shown) ?? "unknown"
            let forecast = status.forecast.map { ", forecast \(shown($0))" } ?? ""
            return "budget '\(status.name)' in \(status.period): \(actual) of \(shown(status.amount))\(forecast)"
        }
    }

    private func score(_ card: Scorecard) -> String {
        guard let score = card.score else { return "no score" + (card.note.map { ": \($0)" } ?? "") }
        let change = card.previousScore.map { Points(hundredths: score.hundredths - $0.hundredths) }
        let moved = change.map { " (\($0.hundredths < 0 ? "" : "+")\($0) in seven days)" } ?? ""
        let rank = card.rank.map { ", rank \($0)" } ?? ""
        return "score \(score)\(moved), \((card.heldLevel ?? card.level).rawValue)\(rank)"
    }

    private func findings(of team: String?) -> String {
        let lives = history.lives.filter { team == nil || $0.team == team }
        let opened = lives.count { $0.opened.map { span.days.contains($0.day) } ?? false }
        let fixed = lives.count { $0.state == .fixed && $0.fixed.map { span.days.contains($0.day) } ?? false }
        return "findings: \(opened) opened, \(fixed) fixed"
    }

    /// What later bills have shown, and no promise.
    private func savings(of team: String?) -> String {
        let records = history.savings.filter { record in
            [.measured, .vested].contains(record.standing) && (team == nil || record.change.change.team == team)
        }
        let verified = records.compactMap(\.verified).filter { $0.currency == currency }
        guard !verified.isEmpty else { return "verified savings: none yet" }
        let total = verified.reduce(Money.zero(currency), +)
        return "verified savings: \(shown(total)) a month by \(verified.count) merged \(verified.count == 1 ? "change" : "changes")"
    }

    private func shown(_ money: Money) -> String { "\(money.amount.rounded(to: 2)) \(money.currency)" }
}
