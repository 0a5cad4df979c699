package import CostModel
package import JSON

extension JSONValue {
    package init(_ anomaly: Anomaly) {
        self = [
            "id": .string(anomaly.id), "policy": JSONValue(anomaly.policy), "team": JSONValue(anomaly.team),
            "group": JSONValue(anomaly.group), "account": JSONValue(anomaly.account), "kind": .string(anomaly.kind),
            "start": .string(anomaly.start.description), "end": JSONValue(anomaly.end?.description),
            "lastDay": .string(anomaly.lastDay.description), "running": JSONValue(anomaly.isRunning),
            "expected": JSONValue(anomaly.expected), "actual": JSONValue(anomaly.actual), "impact": JSONValue(anomaly.impact),
            "replaced": JSONValue(anomaly.replaced), "commitment": JSONValue(anomaly.commitment), "why": JSONValue(anomaly.why),
            "causes": .array(anomaly.causes.map(JSONValue.init)), "commits": .array(anomaly.commits.map(JSONValue.init)),
        ]
    }

    private init(_ cause: Anomaly.Cause) {
        func text(_ text: String) -> JSONValue { text.isEmpty ? .null : .string(text) }
        self = [
            "key": [
                "account": text(cause.account), "service": text(cause.service), "region": text(cause.region), "sku": text(cause.sku),
                "resource": JSONValue(cause.resource),
            ],
            "impact": JSONValue(cause.impact), "share": .number(cause.share.fourDecimals), "rate": JSONValue(cause.rate),
            "usage": JSONValue(cause.usage), "commitment": JSONValue(cause.commitment),
        ]
    }

    private init(_ commit: Anomaly.Commit) {
        self = [
            "commit": .string(commit.id), "day": .string(commit.day.description), "change": .string(commit.change.rawValue),
            "root": .string(commit.resource.root), "address": .string(commit.resource.address), "request": JSONValue(commit.request),
        ]
    }
}
