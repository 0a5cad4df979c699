import CostModel
import Diagnostics
package import JSON

extension ReportFormat {
    static let gitlab = ReportFormat(
        "gitlab", is: "Code Quality", readBy: "GitLab's merge requests", check: { JSONWriter.write($0.gitlab()) })
}

extension CheckReport {
    /// A report of GitLab's Code Quality. A merge request shows what differs from its target branch's report, by fingerprint.
    ///
    /// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    package func gitlab() -> JSONValue {
        let issues = raised.map { finding in
            Self.issue(
                description: finding.statement, check: finding.ruleName, fingerprint: [prefix, finding.key.atAddress.identity],
                severity: finding.qualitySeverity, path: finding.location.flatMap { repositoryPath($0.file) } ?? ownFile,
                line: finding.location?.line ?? 1)
        }
        let (grave, warnings) = pipelineProblems
        return .array(grave.map(issue) + issues + warnings.map(issue))
    }

    private func issue(_ problem: Problem) -> JSONValue {
        Self.issue(
            description: named(problem), check: "problem/\(problem.id)",
            fingerprint: [prefix, problem.id, problem.place ?? "", problem.message], severity: problem.isGrave ? "blocker" : "minor",
            path: problem.file.flatMap(repositoryPath) ?? ownFile, line: problem.line ?? 1)
    }

    private static func issue(
        description: String, check: String, fingerprint: [String], severity: String, path: String, line: Int
    ) -> JSONValue {
        var hash = SHA256()
        for field in fingerprint { hash.update(field: field) }
        return [
            "description": .string(description.printable), "check_name": .string(check), "fingerprint": .string(hash.hexDigest()),
            "severity": .string(severity), "location": ["path": .string(path), "lines": ["begin": JSONValue(line)]],
        ]
    }
}

extension Finding {
    /// One of info, minor, major, critical and blocker.
    fileprivate var qualitySeverity: String {
        guard isOpen else { return mayFailCheck() ? "critical" : "info" }
        switch severity {
        case .low: return "minor"
        case .medium: return "major"
        case .high: return "critical"
        case .critical: return "blocker"
        }
    }
}
