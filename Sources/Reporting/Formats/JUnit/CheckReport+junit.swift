import CostModel

extension CheckReport {
    /// JUnit's XML in the strict form of Ant's schema: a suite for each policy, in it a case for each thing it judged. A first suite says
    /// whether everything could be observed, so that a torn bill is never green.
    ///
    /// What ends no check is no failure: exempt findings, those of the baseline, those of shadow policies and, against a base, those that
    /// were open before are skipped, with the reason.
    package func junit() -> String {
        let changes = changes
        let suites = Dictionary(grouping: result.findings, by: \.policy).sorted { $0.key < $1.key }.map { policy, findings in
            TestSuite(
                name: policy.description,
                cases: Dictionary(grouping: findings, by: \.shownResource).sorted { $0.key < $1.key }.map { resource, findings in
                    TestCase(name: resource, findings: findings.map { ($0, outcome(of: $0, changes)) })
                })
        }
        let all = [TestSuite(name: "observation", cases: observation)] + suites + gone
        return JUnitDocument(package: workspace.isEmpty ? ReportContext.tool : workspace, context: context, suites: all).text()
    }

    /// What nobody judged, because the change took its root away.
    private var gone: [TestSuite] {
        let gone = comparison?.changes(.gone).map(\.finding) ?? []
        guard !gone.isEmpty else { return [] }
        return [
            TestSuite(
                name: Comparison.Change.gone.title,
                cases: Dictionary(grouping: gone, by: \.shownResource).sorted { $0.key < $1.key }.map { resource, findings in
                    TestCase(name: resource, findings: findings.map { ($0, outcome(of: $0, [:])) })
                })
        ]
    }

    private func outcome(of finding: Finding, _ changes: [String: Comparison.FindingChange]) -> TestCase.Outcome {
        guard finding.verdict != .pass else { return .passed }
        if let exemption = finding.exemption { return .skipped("exempt by \(exemption)") }
        if finding.baseline { return .skipped("in the baseline") }
        if finding.status == .shadow { return .skipped("a shadow policy only shows what would be") }
        if let change = changes[finding.id]?.change, change != .new { return .skipped("open before this change") }
        switch finding.verdict {
        case .fail: return .failed
        case .unknown: return .skipped("unknown")
        default: return .errored
        }
    }

    private var observation: [TestCase] {
        let grave = problems.filter(\.isGrave)
        guard !grave.isEmpty else { return [TestCase(name: "everything could be observed", outcome: .passed)] }
        return grave.map { problem in
            TestCase(
                name: problem.place ?? problem.id, outcome: .errored, kind: problem.id, message: problem.message,
                text: (problem.place.map { "\($0): " } ?? "") + problem.message)
        }
    }
}

extension TestCase {
    /// All questions that one policy asks of one thing: the worst answer is the case's, and its text has every one that is not a pass.
    init(name: String, findings: [(finding: Finding, outcome: Outcome)]) {
        // The first of the worst: they come in order of importance.
        var worst = findings[0]
        for item in findings where item.outcome.rank > worst.outcome.rank { worst = item }
        self.init(name: name, outcome: worst.outcome)
        kind = worst.finding.rule
        let alike = findings.count { $0.outcome.rank == worst.outcome.rank }
        message = worst.finding.sentence + (alike > 1 ? " (and \(alike - 1) more)" : "")
        if case .skipped(let reason) = worst.outcome { outcome = .skipped("\(reason): \(message)") }
        text = findings.filter { $0.outcome != .passed }.map { Self.line($0.finding, $0.outcome) }.joined(separator: "\n")
    }

    private static func line(_ finding: Finding, _ outcome: Outcome) -> String {
        let place = finding.location.map { "\($0): " } ?? ""
        let step = finding.verdict == .fail ? finding.severity.rawValue : finding.verdict.rawValue
        let money = finding.stakeText.map { ", \($0)/month at stake" } ?? ""
        return "\(place)\(finding.sentence) (\(step)\(money)) \(finding.id)"
    }
}
