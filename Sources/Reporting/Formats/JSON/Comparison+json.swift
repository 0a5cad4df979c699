import CostModel
import JSON

extension JSONValue {
    init(_ comparison: Comparison) {
        self = [
            "base": .string(comparison.base), "baseName": .string(comparison.baseName),
            "summary": .object(Comparison.Change.allCases.map { .init($0.rawValue, JSONValue(comparison.count($0))) }),
            "teams": .array(comparison.teams.map(JSONValue.init)), "policies": .array(comparison.policies.map(JSONValue.init)),
            "changes": .array(comparison.changes(.new, .gone, .changed, .fixed).map(JSONValue.init)),
            "pending": .array(comparison.pending.map(JSONValue.init)),
            "rollout": comparison.rollout.map(JSONValue.init) ?? .null,
        ]
    }

    private init(_ rollout: Comparison.Rollout) {
        self = [
            "days": JSONValue(rollout.days), "policies": .array(rollout.policies.map(JSONValue.init)),
            "teams": .array(
                rollout.teams.map { move in
                    ["team": .string(move.team), "score": ["before": JSONValue(move.before), "after": JSONValue(move.after)]]
                }),
        ]
    }

    private init(_ team: Comparison.TeamChange) {
        self = [
            "team": JSONValue(team.team), "score": ["before": JSONValue(team.scoreBefore), "after": JSONValue(team.scoreAfter)],
            "atStake": ["before": JSONValue(team.atStakeBefore), "after": JSONValue(team.atStakeAfter)],
            "savings": ["before": JSONValue(team.savingsBefore), "after": JSONValue(team.savingsAfter)], "new": JSONValue(team.new),
            "fixed": JSONValue(team.fixed), "changed": JSONValue(team.changed),
        ]
    }

    private init(_ policy: Comparison.PolicyChange) {
        self = [
            "policy": JSONValue(policy.policy), "change": .string(policy.kind.rawValue), "location": JSONValue(policy.place),
            "fields": .array(
                policy.fields.map { field in
                    [
                        "path": .string(field.path), "before": JSONValue(field.before), "after": JSONValue(field.after),
                        "location": JSONValue(field.place),
                    ]
                }),
        ]
    }

    private init(_ change: Comparison.FindingChange) {
        self = [
            "finding": .string(change.finding.id), "identity": .string(change.finding.key.identity),
            "change": .string(change.change.rawValue),
            "causes": .array(change.causes.map(JSONValue.init)), "details": JSONValue(change.details),
        ]
    }

    private init(_ pending: Comparison.Pending) {
        self = ["what": .string(pending.what), "location": JSONValue(pending.place), "effect": .string(pending.effect)]
    }
}
