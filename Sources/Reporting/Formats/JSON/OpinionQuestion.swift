package import CostModel
import JSON

/// What a program is handed that is asked for a second opinion: the finding and the event behind it, with causes and commits. No rows of the
/// bill, no lines of files, no settings.
package struct OpinionQuestion {
    private let evidence: Evidence

    package init(_ evidence: Evidence) {
        self.evidence = evidence
    }

    package var bytes: [UInt8] {
        let policy = evidence.policy
        let document: JSONValue = [
            "schemaVersion": JSONValue(ReportContext.schemaVersion), "tool": .string(ReportContext.tool),
            "finding": JSONValue(evidence.finding), "anomaly": evidence.anomaly.map { JSONValue($0) } ?? .null,
            "policy": [
                "kind": .string(evidence.finding.policy.kind.rawValue), "name": .string(evidence.finding.policy.name),
                "description": JSONValue(policy?.description),
            ],
        ]
        return JSONWriter.write(document)
    }
}
