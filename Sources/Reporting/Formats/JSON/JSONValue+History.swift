import CostModel
import JSON

// What is remembered, as every document spells it.

extension JSONValue {
    init(_ time: Instant?) { self.init(time?.description) }
    init(_ day: Day?) { self.init(day?.description) }

    init(_ run: Run) {
        self = [
            "id": .string(run.id), "trigger": .string(run.trigger.rawValue), "started": JSONValue(run.started),
            "finished": JSONValue(run.finished), "outcome": .string(run.outcome.rawValue), "revision": JSONValue(run.revision),
            "policyDigest": JSONValue(run.policyDigest), "observedDigest": JSONValue(run.observedDigest),
            "dryRun": JSONValue(run.isDryRun), "partial": JSONValue(run.isPartial), "stages": .array(run.stages.map(JSONValue.init)),
            "summary": run.summary.map(JSONValue.init) ?? .null,
        ]
    }

    init(_ stage: StageStatus) {
        self = [
            "stage": .string(stage.stage.rawValue), "condition": .string(stage.condition.rawValue),
            "reason": .string(stage.reason.rawValue),
            "message": .string(stage.message), "started": JSONValue(stage.started), "milliseconds": JSONValue(stage.milliseconds),
        ]
    }

    init(_ summary: RunSummary) {
        self = [
            "resources": JSONValue(summary.resources),
            "fail": .object(Severity.allCases.reversed().map { .init($0.rawValue, JSONValue(summary.failing[$0] ?? 0)) }),
            "unknown": JSONValue(summary.unknown), "exempt": JSONValue(summary.exempt), "atStake": JSONValue(summary.atStake),
            "potentialSavings": JSONValue(summary.potentialSavings), "openRequests": JSONValue(summary.openRequests),
        ]
    }

    init(_ life: FindingLife) {
        self = [
            "id": .string(life.id), "policy": JSONValue(life.policy), "rule": .string(life.rule), "result": .string(life.verdict.rawValue),
            "severity": .string(life.severity.rawValue), "team": JSONValue(life.team), "resource": JSONValue(life.resource),
            "subject": JSONValue(life.subject), "message": .string(life.message), "state": .string(life.state.rawValue),
            "firstSeen": JSONValue(life.firstSeen), "lastSeen": JSONValue(life.lastSeen), "opened": JSONValue(life.opened),
            "unknownSince": JSONValue(life.unknownSince), "missedSince": JSONValue(life.missedSince), "fixed": JSONValue(life.fixed),
            "fixedBy": JSONValue(life.fixedBy), "reopened": JSONValue(life.reopened), "due": JSONValue(life.due),
            "exempt": JSONValue(life.isExempt), "atStake": JSONValue(life.atStake), "monthlySavings": JSONValue(life.monthlySavings),
        ]
    }

    init(_ event: LifeEvent) {
        self = ["time": JSONValue(event.time), "kind": .string(event.kind.rawValue), "commit": JSONValue(event.commit)]
    }

    init(_ score: ScoreDay) {
        self = [
            "team": .string(score.team), "day": JSONValue(score.day), "score": JSONValue(score.score),
            "level": .string(score.level.rawValue),
            "reachedLevel": .string(score.reachedLevel.rawValue), "cost": JSONValue(score.cost),
            "potentialSavings": JSONValue(score.potentialSavings), "waste": JSONValue(score.waste),
            "improvement": JSONValue(percent: score.improvement), "timeliness": JSONValue(percent: score.timeliness),
            "leaderboard": JSONValue(score.leaderboard), "streakWeeks": JSONValue(score.streakWeeks),
            "overdue": JSONValue(score.isOverdue), "policyDigest": .string(score.policyDigest),
        ]
    }

    /// Percent with two decimals, from hundredths of a percent.
    init(percent hundredths: Int?) {
        self.init(hundredths.map { Points(hundredths: $0) })
    }

    init(_ badge: Badge) {
        self = [
            "team": .string(badge.team), "name": .string(badge.name), "awarded": JSONValue(badge.awarded), "reason": .string(badge.reason),
            "evidence": .string(badge.evidence),
        ]
    }

    init(_ request: RequestRecord) {
        self = [
            "group": .string(request.group), "team": JSONValue(request.team), "state": .string(request.state.rawValue),
            "branch": .string(request.branch), "title": .string(request.title), "number": JSONValue(request.number),
            "url": JSONValue(request.url), "plan": .string(request.plan.digest), "baseCommit": .string(request.plan.baseCommit),
            "commit": .string(request.commit), "opened": JSONValue(request.opened), "updated": JSONValue(request.updated),
            "ended": JSONValue(request.ended), "mergeCommit": JSONValue(request.mergeCommit), "edited": JSONValue(request.isEdited),
            "changes": .array(request.plan.changes.map(JSONValue.init)),
        ]
    }

    init(_ change: PlanRecord.Change) {
        self = [
            "id": .string(change.id), "title": .string(change.title), "file": .string(change.file), "team": JSONValue(change.team),
            "findings": JSONValue(change.findings),
            "resources": .array(
                change.resources.map { ["root": .string($0.root), "address": .string($0.address), "type": .string($0.type)] }),
            "monthlySavings": JSONValue(change.monthlySavings),
        ]
    }

    init(_ entry: AuditEntry) {
        self = [
            "time": JSONValue(entry.time), "run": JSONValue(entry.run), "cause": .string(entry.cause),
            "action": .string(entry.action.rawValue),
            "object": .string(entry.object), "detail": .string(entry.detail),
        ]
    }
}
