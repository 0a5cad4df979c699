package import CostModel
import Diagnostics
package import JSON

/// `plan.json`: a plan as a file that a later `apply` trusts.
///
/// Its `digest` is the SHA-256 of the same document with an empty digest, as this writer writes it. Anybody can check it:
///
/// ```
/// sed 's/^  "digest": "[0-9a-f]*"/  "digest": ""/' plan.json | sha256sum
/// ```
package enum PlanDocument {
    package static func json(of plan: Plan, toolVersion: String) -> JSONValue {
        let body = body(of: plan, toolVersion: toolVersion)
        return body.appending(["digest": .string(digest(of: body))])
    }

    package static func bytes(of plan: Plan, toolVersion: String) -> [UInt8] {
        JSONWriter.write(json(of: plan, toolVersion: toolVersion))
    }

    /// The name of the plan as a whole: what the trailer `Bursar-Plan` carries.
    package static func digest(of plan: Plan, toolVersion: String) -> String {
        digest(of: body(of: plan, toolVersion: toolVersion))
    }

    /// - Parameter body: the document without its digest.
    static func digest(of body: JSONValue) -> String {
        SHA256.hexDigest(of: JSONWriter.write(body.appending(["digest": ""])))
    }

    private static func body(of plan: Plan, toolVersion: String) -> JSONValue {
        ReportContext(revision: plan.baseCommit, evaluatedAt: plan.evaluatedAt).header.appending([
            "version": .string(toolVersion), "baseCommit": .string(plan.baseCommit),
            "workspace": .string(plan.workspace), "policyDigest": .string(plan.policyDigest),
            "observedDigest": .string(plan.observedDigest), "expires": .string(plan.expires.description),
            "changes": .array(plan.changes.map(change)), "files": .array(plan.files.map(file)), "patch": .string(plan.patch),
        ])
    }

    private static func change(_ change: Plan.Change) -> JSONValue {
        [
            "id": .string(change.id), "findings": JSONValue(change.findings), "title": .string(change.title),
            "team": JSONValue(change.team), "file": JSONValue(change.file), "line": JSONValue(change.line),
            "baseBlob": JSONValue(change.baseBlob), "newBlob": JSONValue(change.newBlob),
            "applicability": .string(change.applicability.rawValue), "reason": JSONValue(change.reason),
            "monthlySavings": JSONValue(change.monthlySavings), "patch": JSONValue(change.patch),
            "edits": .array(change.edits.map(edit)),
        ]
    }

    private static func edit(_ edit: TextEdit) -> JSONValue {
        ["offset": JSONValue(edit.range.lowerBound), "length": JSONValue(edit.range.count), "text": .string(edit.text)]
    }

    private static func file(_ file: Plan.FileResult) -> JSONValue {
        ["path": .string(file.path), "baseBlob": .string(file.baseBlob), "newBlob": .string(file.newBlob)]
    }
}
