import CostModel
import JSON

// What is remembered, as 'bursar history' spells it: each record's columns, and the lists that are rows of other tables.

extension JSONValue {
    init(_ time: Instant?) { self.init(time?.description) }
    init(_ day: Day?) { self.init(day?.description) }

    init(_ run: Run) {
        self.init(
            columns: run,
            adding: [("stages", .array(run.stages.map(JSONValue.init))), ("summary", run.summary.map(JSONValue.init) ?? .null)])
    }

    init(_ stage: StageStatus) { self.init(columns: stage) }

    init(_ summary: RunSummary) {
        let failing = Severity.allCases.reversed().map { Member($0.rawValue, JSONValue(summary.failing[$0] ?? 0)) }
        self.init(columns: summary, adding: [("fail", .object(failing))], first: ["resources", "fail"])
    }

    init(_ life: FindingLife) { self.init(columns: life) }
    init(_ event: LifeEvent) { self.init(columns: event) }
    init(_ score: ScoreDay) { self.init(columns: score, first: ["team", "day", "score", "level"]) }
    init(_ badge: Badge) { self.init(columns: badge) }
    init(_ entry: AuditEntry) { self.init(columns: entry) }

    init(_ snooze: Snooze) { self.init(columns: snooze) }

    init(_ estimate: EstimateRecord) { self.init(columns: estimate) }

    init(_ accuracy: EstimateAccuracy) {
        self = [
            "judged": JSONValue(accuracy.all?.judged ?? 0), "medianError": JSONValue(accuracy.all?.medianError),
            "waiting": JSONValue(accuracy.waiting), "byType": .array(accuracy.byType.map { JSONValue($0, named: "type") }),
            "byTeam": .array(accuracy.byTeam.map { JSONValue($0, named: "team") }),
            "byCommit": .array(accuracy.byCommit.map { JSONValue($0, named: "commit") }),
        ]
    }

    init(_ group: EstimateAccuracy.Group, named key: String) {
        self = .object([
            .init(key, group.name.isEmpty ? .null : .string(group.name)), .init("judged", JSONValue(group.judged)),
            .init("medianError", JSONValue(group.medianError)),
        ])
    }

    /// Percent with two decimals, from hundredths of a percent.
    init(percent hundredths: Int?) {
        self.init(hundredths.map { Points(hundredths: $0) })
    }

    init(_ request: RequestRecord) {
        self.init(columns: request, adding: [("changes", .array(request.plan.changes.map(JSONValue.init)))])
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
}
