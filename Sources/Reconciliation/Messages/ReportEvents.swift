import Conditions
import CostModel
import Evaluation
import Reporting

/// What a week and a month were, for each team and as a whole; there to be told of from the first whole run behind them.
enum ReportEvents {
    static let kinds: Set<NotificationPolicy.Event> = [.reportWeekly, .reportMonthly]

    /// Days after the span for which a bill that lacks days of it is waited for.
    private static let longestWait = 4

    /// - Parameters:
    ///   - history: with what this evaluation adds.
    ///   - asked: what Notifications ask for; nothing else is made.
    static func events(
        _ evaluated: EvaluatedWorkspace, _ leaderboard: Leaderboard, _ history: History, at now: Instant,
        asked: Set<NotificationPolicy.Event>
    ) -> [OccurredEvent] {
        let spans = [ReportSpan.Length.week, .month].filter { asked.contains(kind(of: $0)) }.map { ReportSpan($0, before: now.day) }
        guard !spans.isEmpty else { return [] }
        let longest = spans.map { $0.days.lowerBound.distance(to: now.day) + $0.days.count }.max() ?? 0
        let costs = PolicyEvaluator.dailyCosts(policies: evaluated.policies, state: evaluated.observed, now: now, days: longest)
        let known = Set(costs.map(\.day))
        // Bills arrive late: a report waits for its last days, but not for ever.
        let ripe = spans.filter { span in
            evaluated.observed.cost.coverage?.span(of: span.days).isWhole ?? span.days.allSatisfy(known.contains)
                || span.days.upperBound.distance(to: now.day) >= longestWait
        }
        return ripe.flatMap { span in
            let reporter = PeriodReporter(evaluated, leaderboard, history, in: span, costs: costs)
            return [event(reporter.whole(), in: span)] + leaderboard.teams.map { event(reporter.section($0), in: span) }
        }
        .sorted { $0.key < $1.key }
    }

    private static func kind(of length: ReportSpan.Length) -> NotificationPolicy.Event { length == .week ? .reportWeekly : .reportMonthly }

    private static func event(_ section: PeriodSection, in span: ReportSpan) -> OccurredEvent {
        let kind = kind(of: span.length)
        var event = OccurredEvent(
            kind, key: [span.days.lowerBound.description, section.team ?? ""], record: EventRecord(kind: kind, team: section.team),
            group: section.team ?? "", text: "\(span.title): \(section.team ?? "all teams")", plural: "reports",
            since: span.days.lowerBound.start)
        event.lines = section.lines
        event.next = section.team.map { team in section.next.map(\.command) + ["bursar explain \(team)"] } ?? ["bursar scorecard --history"]
        return event
    }
}
