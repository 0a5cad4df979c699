package import CostModel
import YAML

/// A baseline as the file that `bursar baseline` writes: a line for each finding, sorted, so that a diff shows what went.
package enum BaselineText {
    /// How many findings and bytes a baseline may have, so that it can be read again.
    package static let mostFindings = BaselineObject.mostFindings
    package static let mostBytes = 1_000_000

    package static func text(of baseline: Baseline) -> String {
        let lines = baseline.entries.sorted().map { "    - {\(fields(of: $0))}\n" }
        return """
            # Findings that were there when a policy came: they are listed and scored, but do not fail a check.
            # 'bursar baseline' takes out what is fixed and never adds; 'bursar baseline --reset' records anew.
            kind: \(PolicyKind.baseline.rawValue)
            metadata: {name: \(Baseline.name)}
            spec:
              recorded: \(baseline.recorded)
              reason: \(YAMLScalar.written(baseline.reason))
              findings:\(lines.isEmpty ? " []" : "")

            """ + lines.joined()
    }

    private static func fields(of entry: Baseline.Entry) -> String {
        var fields = ["id: \(entry.id)", "policy: \(YAMLScalar.written(entry.policy.description))"]
        if let resource = entry.resource { fields.append("resource: \(YAMLScalar.written(resource.description))") }
        if let subject = entry.subject { fields.append("subject: \(YAMLScalar.written(subject))") }
        return fields.joined(separator: ", ")
    }
}
