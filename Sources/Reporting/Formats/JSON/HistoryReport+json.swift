import CostModel
package import JSON

extension HistoryReport {
    package func json() -> JSONValue {
        context.header.appending(members)
    }

    private var members: JSONValue {
        switch content {
        case .runs(let runs): ["runs": .array(runs.map(JSONValue.init))]
        case .findings(let lives): ["findings": .array(lives.map(JSONValue.init))]
        case .finding(let life, let events): ["finding": JSONValue(life), "events": .array(events.map(JSONValue.init))]
        case .scores(let scores, let badges):
            ["scores": .array(scores.map(JSONValue.init)), "badges": .array(badges.map(JSONValue.init))]
        case .requests(let requests): ["requests": .array(requests.map(JSONValue.init))]
        case .estimates(let estimates, let accuracy):
            ["estimates": .array(estimates.map(JSONValue.init)), "accuracy": JSONValue(accuracy)]
        case .audit(let entries): ["audit": .array(entries.map(JSONValue.init))]
        case .snoozes(let snoozes): ["snoozes": .array(snoozes.map(JSONValue.init))]
        case .campaigns(let campaigns): ["campaigns": .array(campaigns.map(JSONValue.init))]
        }
    }
}
