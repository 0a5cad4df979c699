internal import CostModel
internal import JSON
internal import Reporting

/// A run as a trace, in the JSON encoding of OTLP (https://opentelemetry.io/docs/specs/otlp/): the run is the root span, its stages are below.
///
/// The ids are made of the workspace and the run's own id, so that sending a run twice makes one trace.
enum TraceDocument {
    static func json(of run: Run, workspace: String, version: String) -> JSONValue {
        let trace = identifier("trace", workspace, run.id, digits: 32)
        let root = identifier("run", workspace, run.id, digits: 16)
        let begun = run.started.seconds * 1_000_000_000
        let spent = run.stages.reduce(0) { $0 + Int64($1.milliseconds) * 1_000_000 }
        let ended = max(begun + spent, (run.finished?.seconds ?? 0) * 1_000_000_000)
        let whole = span(
            "reconcile", trace: trace, id: root, parent: nil, from: begun, to: ended,
            hasFailed: [.failed, .stalled, .interrupted].contains(run.outcome), message: "",
            [
                ("bursar.workspace", workspace), ("bursar.run", run.id), ("bursar.trigger", run.trigger.rawValue),
                ("bursar.outcome", run.outcome.rawValue), ("bursar.revision", run.revision ?? ""),
            ])
        let stages = run.stages.map { stage in
            let from = stage.started.seconds * 1_000_000_000
            return span(
                stage.stage.rawValue, trace: trace, id: identifier(stage.stage.rawValue, workspace, run.id, digits: 16), parent: root,
                from: from, to: from + Int64(stage.milliseconds) * 1_000_000, hasFailed: stage.condition != .ready, message: stage.message,
                [("bursar.reason", stage.reason.rawValue)])
        }
        return [
            "resourceSpans": [
                [
                    "resource": ["attributes": attributes([("service.name", "bursar"), ("service.version", version)])],
                    "scopeSpans": [
                        ["scope": ["name": "bursar", "version": .string(version)], "spans": .array([whole] + stages)]
                    ],
                ]
            ]
        ]
    }

    private static func span(
        _ name: String, trace: String, id: String, parent: String?, from: Int64, to: Int64, hasFailed: Bool, message: String,
        _ values: [(String, String)]
    ) -> JSONValue {
        // Kind 1 is internal; status 1 is fine, 2 an error. Nanoseconds are texts: JSON's numbers do not hold them.
        let status: JSONValue = hasFailed ? ["code": 2, "message": .string(Redactor.redact(message))] : ["code": 1]
        let span: JSONValue = [
            "traceId": .string(trace), "spanId": .string(id), "name": .string(name), "kind": 1, "startTimeUnixNano": .string(String(from)),
            "endTimeUnixNano": .string(String(to)), "attributes": attributes(values), "status": status,
        ]
        return parent.map { span.appending(["parentSpanId": .string($0)]) } ?? span
    }

    private static func attributes(_ values: [(String, String)]) -> JSONValue {
        .array(values.map { ["key": .string($0.0), "value": ["stringValue": .string($0.1)]] })
    }

    private static func identifier(_ fields: String..., digits: Int) -> String {
        var hash = SHA256()
        for field in fields { hash.update(field: field) }
        return String(hash.hexDigest().prefix(digits))
    }
}
