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
                    TestCase(name: resource, findings: findings.map { ($0, outcome(of: $0, changes[$0.id]?.change)) })
                })
        }
        let all = [TestSuite(name: "observation", cases: observation)] + suites
        return XMLElement("testsuites", children: all.enumerated().map { element($1, id: $0) }).document()
    }

    private func outcome(of finding: Finding, _ change: Comparison.Change?) -> TestCase.Outcome {
        guard finding.verdict != .pass else { return .passed }
        if let exemption = finding.exemption { return .skipped("exempt by \(exemption)") }
        if finding.baseline { return .skipped("in the baseline") }
        if finding.enforcement == .shadow { return .skipped("a shadow policy only shows what would be") }
        if let change, change != .new { return .skipped("open before this change") }
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

    private func element(_ suite: TestSuite, id: Int) -> XMLElement {
        let counts = [("failures", TestCase.Outcome.failed), ("errors", .errored)].map { name, outcome in
            (name, String(suite.cases.count { $0.outcome == outcome }))
        }
        let skipped = suite.cases.count { if case .skipped = $0.outcome { true } else { false } }
        let attributes =
            [
                ("name", suite.name), ("package", workspace.isEmpty ? ReportContext.tool : workspace), ("id", String(id)),
                // The schema wants a time without zone, and a name of a machine: no answer depends on one.
                ("timestamp", String(context.evaluatedAt.description.prefix(19))), ("hostname", "localhost"),
                ("tests", String(suite.cases.count)),
            ] + counts + [("skipped", String(skipped)), ("time", "0")]
        let properties = [("revision", context.revision), ("evaluatedAt", context.evaluatedAt.description)].map {
            XMLElement("property", [("name", $0), ("value", $1)])
        }
        return XMLElement(
            "testsuite", attributes,
            children: [XMLElement("properties", children: properties)] + suite.cases.map { element($0, in: suite) }
                + [XMLElement("system-out"), XMLElement("system-err")])
    }

    private func element(_ test: TestCase, in suite: TestSuite) -> XMLElement {
        let classname = suite.name.split(separator: "/").joined(separator: ".")
        let result: [XMLElement] =
            switch test.outcome {
            case .passed: []
            case .skipped(let reason): [XMLElement("skipped", [("message", reason)], text: test.text)]
            case .failed: [XMLElement("failure", [("message", test.message), ("type", test.kind)], text: test.text)]
            case .errored: [XMLElement("error", [("message", test.message), ("type", test.kind)], text: test.text)]
            }
        return XMLElement("testcase", [("name", test.name), ("classname", classname), ("time", "0")], children: result)
    }
}

private struct TestSuite {
    var name: String
    var cases: [TestCase]
}

private struct TestCase {
    enum Outcome: Equatable {
        case passed
        case skipped(String)
        case failed, errored

        var rank: Int {
            switch self {
            case .passed: 0
            case .skipped: 1
            case .failed: 2
            case .errored: 3
            }
        }
    }

    var name: String
    var outcome: Outcome
    var kind = ""
    var message = ""
    var text = ""

    init(name: String, outcome: Outcome, kind: String = "", message: String = "", text: String = "") {
        self.name = name
        self.outcome = outcome
        self.kind = kind
        self.message = message
        self.text = text
    }

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
        let money = finding.verdict == .fail && !finding.atStake.amount.isZero ? ", \(finding.monthlyAtStake.short)/month at stake" : ""
        return "\(place)\(finding.sentence) (\(step)\(money)) \(finding.id)"
    }
}
