import Conditions
import CostModel
import Scoring

/// What there is to tell of, from what an evaluation and the ledger say.
enum EventFinder {
    /// The kinds that an evaluation knows of.
    static let ofEvaluation: Set<NotificationPolicy.Event> = [
        .findingNew, .findingOverdue, .budgetAlert, .budgetBurn, .anomaly, .scoreLevel, .exemptionExpiring,
    ]

    /// - Parameters:
    ///   - lives: all of them, after the evaluation.
    ///   - scores: today's beside those before.
    static func events(
        _ evaluated: EvaluatedWorkspace, lives: [FindingLife], scores: [ScoreChange], at now: Instant
    ) -> [OccurredEvent] {
        let findings = Dictionary(
            evaluated.evaluation.findings.lazy.filter(\.isPresent).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let counting = Set(evaluated.policies.headers.filter(\.enforcement.counts).map(\.reference))
        var events: [OccurredEvent] = []
        for life in lives where isTold(life, counting, findings) {
            events.append(event(life, findings[life.id]))
            if life.isOverdue(at: now), let due = life.due { events.append(overdue(life, due, findings[life.id])) }
        }
        events += scores.compactMap(level)
        events += evaluated.evaluation.exemptions.filter { $0.standing == .expiring }.map(expiring)
        return events.sorted { $0.key < $1.key }
    }

    /// What fails and counts. Agreed and old things are no news.
    private static func isTold(_ life: FindingLife, _ counting: Set<PolicyReference>, _ findings: [String: Finding]) -> Bool {
        guard life.state == .open || life.state == .disappearing, life.opened != nil, life.verdict == .fail, !life.isExempt else {
            return false
        }
        return counting.contains(life.policy) && findings[life.id]?.baseline != true
    }

    private static func event(_ life: FindingLife, _ finding: Finding?) -> OccurredEvent {
        let kind: NotificationPolicy.Event =
            switch (life.policy.kind, life.rule) {
            case (.anomaly, _): .anomaly
            case (.budget, "fast-burn"): .budgetBurn
            case (.budget, _): .budgetAlert
            default: .findingNew
            }
        // A budget's next alert is news, though its finding stays the same.
        let step = kind == .budgetAlert ? [life.severity.rawValue] : []
        return event(
            kind, life, finding, key: [life.identity, life.opened?.description ?? ""] + step, text: life.message,
            plural: "new findings of '\(life.policy.name)'")
    }

    private static func overdue(_ life: FindingLife, _ due: Day, _ finding: Finding?) -> OccurredEvent {
        event(
            .findingOverdue, life, finding, key: [life.identity, due.description], text: "overdue since \(due): \(life.message)",
            plural: "findings of '\(life.policy.name)' are overdue")
    }

    private static func event(
        _ kind: NotificationPolicy.Event, _ life: FindingLife, _ finding: Finding?, key: [String], text: String, plural: String
    ) -> OccurredEvent {
        var event = OccurredEvent(
            kind, key: key,
            record: EventRecord(
                kind: kind, team: life.team, severity: life.severity, policy: life.policy.name, rule: life.rule,
                resource: life.resource ?? "", amount: life.atStake.monthly),
            group: life.policy.description, text: text, plural: plural, since: life.opened)
        event.finding = life.id
        event.place = finding?.location
        return event
    }

    private static func level(_ change: ScoreChange) -> OccurredEvent? {
        guard let before = change.before, before.level != change.after.level else { return nil }
        let (old, new) = (before.level.rawValue, change.after.level.rawValue)
        let verb = before.level < change.after.level ? "rose" : "fell"
        return OccurredEvent(
            .scoreLevel, key: [change.team, new, change.after.day.description],
            record: EventRecord(kind: .scoreLevel, team: change.team, severity: nil), group: "levels",
            text: "\(change.team) \(verb) from \(old) to \(new)", plural: "teams have another level", since: change.after.day.start
        ).doing(["bursar explain \(change.team)"])
    }

    private static func expiring(_ exemption: ExemptionResult) -> OccurredEvent {
        let count = exemption.returning.count
        let findings = count == 1 ? "1 finding counts" : "\(count) findings count"
        var event = OccurredEvent(
            .exemptionExpiring, key: [exemption.name, exemption.expires.description], record: EventRecord(kind: .exemptionExpiring),
            group: "exemptions", text: "exemption '\(exemption.name)' ends on \(exemption.expires): \(findings) again after that",
            plural: "exemptions end within 14 days")
        event.place = exemption.place
        event.next = ["fix what it covers, or agree on another day in \(exemption.place)"]
        return event
    }

    // MARK: What the loop itself knows

    static func events(_ requests: [RequestRecord]) -> [OccurredEvent] {
        requests.filter { $0.state == .open }.map { request in
            let amounts = request.plan.changes.map(\.monthlySavings)
            var event = OccurredEvent(
                .requestOpened, key: [request.group, request.opened.description],
                record: EventRecord(kind: .requestOpened, team: request.team, amount: sum(amounts)), group: request.group,
                text: "a request waits for review: \(request.title)", plural: "requests wait for review", since: request.opened)
            event.url = request.url
            event.amountMeaning = "saved in a month"
            return event
        }
        .sorted { $0.key < $1.key }
    }

    /// - Parameter run: nil: it came through.
    static func stalled(_ stage: StageStatus?) -> [OccurredEvent] {
        guard let stage else { return [] }
        return [
            OccurredEvent(
                .runStalled, key: [stage.stage.rawValue, stage.reason.rawValue],
                record: EventRecord(kind: .runStalled, severity: nil), group: "stalled",
                text: "the loop waits for a person: \(stage.stage.rawValue): \(stage.message)", plural: "stages wait for a person",
                since: stage.started
            ).doing(["bursar validate"])
        ]
    }

    /// Nil where one of them is not known.
    private static func sum(_ amounts: [Money?]) -> Money? {
        let known = amounts.compactMap { $0 }
        guard known.count == amounts.count, let first = known.first, known.allSatisfy({ $0.currency == first.currency }) else { return nil }
        return known.dropFirst().reduce(first, +)
    }
}

extension OccurredEvent {
    fileprivate func doing(_ next: [String]) -> OccurredEvent {
        var event = self
        event.next = next
        return event
    }
}
