import CostModel
import Diagnostics
import Evaluation
import Observation
import Reconciliation
import Reporting

extension Command {
    private static let row = Option<String>(
        "--row", value: "FILE:LINE", "explain a line of a bill, of Parquet a row: how each column of FOCUS was derived, and by which rule")

    private static let base = Option<String>(
        "--base", value: "REV", "explain a finding as 'bursar check --base REV' has it: also those about what a change does")

    static let explain = Command(
        "explain", "explains a rule, policy, team, allocation, resource, or finding down to its evidence",
        arguments: [
            .init(
                "ID",
                "a rule such as missing-tag, a policy, a team, an allocation, a resource's address, or a finding's id or its first letters",
                isRequired: false)
        ],
        options: [row.description, base.description, CommonOptions.state.description],
        common: CommonOptions.judging(),
        examples: [
            .init("bursar explain oversized-instance", "what the rule finds, why it costs money, and what to do"),
            .init("bursar explain f-6c1d0a", "a finding: its lines, tags, samples and costs"),
            .init("bursar explain f-6c1d0a --base origin/main", "a finding about a change, as of a guardrail"),
            .init("bursar explain payments", "a team's week: what is due, which patches give most points, what the next level lacks"),
            .init("bursar explain --row exports/cur-00001.csv.gz:120", "a line of a bill: what was made of it, and why"),
            .init("bursar explain aws_instance.web", "every finding about a resource, or about all instances of its block"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        if let place = invocation[row] { return try session.explainRow(place) }
        guard let name = invocation.arguments.first else { throw .usage("missing argument ID", of: "explain") }
        if let rule = FindingTypes.type(name) {
            try session.write(ExplainReport(rule, now: session.now))
            return .clean
        }
        let workspace = try session.open()
        let headers = workspace.policies.headers.filter { $0.reference.name == name || $0.reference.description == name }
        if headers.count > 1 {
            throw CommandFailure(
                "'\(name)' is the name of several: \(headers.map(\.reference.description).joined(separator: ", "))", .invalid)
        }
        if headers.isEmpty, name.hasPrefix("f-") { return try session.explainFinding(name, in: workspace, since: invocation[base]) }
        guard let header = headers.first else {
            if let code = try session.explainTeam(name, in: workspace) { return code }
            if let code = try session.explainAllocation(name, in: workspace) { return code }
            if name.contains("."), let code = try session.explainResource(name, in: workspace) { return code }
            let known =
                FindingTypes.all.map(\.id) + workspace.policies.headers.map(\.reference.name) + workspace.policies.teams.map(\.name)
                + workspace.policies.allocations.map(\.name)
            throw CommandFailure(
                "there is no rule, policy, team, allocation, resource or finding '\(name.printable)'"
                    + DidYouMean.hint(for: name, in: known), .invalid,
                hint: "rules: \(FindingTypes.all.map(\.id).joined(separator: ", "))")
        }
        let evaluated = try session.evaluate(workspace)
        try session.write(
            ExplainReport(header, in: evaluated, context: session.context(of: evaluated), problems: session.problems(of: evaluated)))
        return session.exitCode(of: evaluated)
    }
}

extension Session {
    private func compare(_ workspace: OpenedWorkspace, with base: String) throws(CommandFailure) -> ChangeCheck.Outcome {
        let observations = try observations()
        do throws(WorkspaceError) {
            return try ChangeCheck(directory, now: now, observations: observations).compare(workspace, with: base)
        } catch { throw failure(error) }
    }

    /// What the workspace says of tags, where there is one here. A line of a bill is explained without one, too.
    private var tagRules: TagRules {
        // Whatever is wrong with it, or that there is none, is no business of whoever asks for a line of a bill.
        (try? OpenedWorkspace(directory, source, now: now))?.policies.tagRules ?? .none
    }

    /// - Parameter place: `bill.csv:12`.
    fileprivate func explainRow(_ place: String) throws(CommandFailure) -> ExitCode {
        guard let colon = place.lastIndex(of: ":"), let line = Int(place[place.index(after: colon)...]), line > 0 else {
            throw .usage("'--row' takes a file and a line such as bill.csv:12, not '\(place.printable)'", of: "explain")
        }
        let (rows, problems) = BillReader.rows(
            at: line, of: String(place[..<colon]), directory: ".", now: now, tagRules: tagRules, clients: try clients(outside: []))
        let sections = rows.enumerated().map { at, row in
            ExplainReport.Section(
                rows.count == 1 ? "Charge" : "Charge \(at + 1) of \(rows.count)", row.values.map { ($0.column, $0.explanation) })
        }
        let summary =
            rows.first.map { "a row of \($0.format)" }
            ?? "no charge: no row starts on this line, or it is one that is not added up, such as a negation or a split"
        try write(
            ExplainReport(
                context: ReportContext(revision: "none", evaluatedAt: now), subject: .row, name: place, summary: summary,
                sections: sections,
                problems: problems.map { Problem($0) }))
        return problems.contains { $0.severity == .partial } ? .partial : .clean
    }

    /// - Parameter base: what the change is held against whose finding it may be; nil: only what stands is looked at.
    fileprivate func explainFinding(_ id: String, in workspace: OpenedWorkspace, since base: String?) throws(CommandFailure) -> ExitCode {
        let evaluated = if let base { try compare(workspace, with: base).head } else { try evaluate(workspace) }
        let found = evaluated.findings(withPrefix: id)
        guard let finding = found.first else {
            throw CommandFailure(
                "there is no finding '\(id.printable)'", .invalid,
                hint: base == nil
                    ? "one about what a change does is explained with '--base REV', as 'bursar check --base REV' found it" : nil)
        }
        guard found.count == 1 else {
            throw CommandFailure(
                "'\(id.printable)' begins \(found.count) findings: \(found.prefix(5).map(\.id).joined(separator: ", "))", .invalid)
        }
        let penalty = evaluated.leaderboard().teams.lazy.flatMap(\.penalties).first { $0.finding == finding.id }
        let evidence = evaluated.evidence(for: finding)
        var report = ExplainReport(
            context: context(of: evaluated), evidence: evidence, penalty: penalty,
            // Remarks about other resources explain nothing here.
            problems: observationProblems(of: evaluated).filter { $0.severity != .note })
        report.addSiblings(among: evaluated.evaluation.findings)
        if let opinion = opinion(of: evidence, in: workspace) { report.add(opinion) }
        try write(report)
        return exitCode(of: evaluated)
    }

    /// Nil where no resource has this address, with its root or without, with the keys of instances or without.
    fileprivate func explainResource(_ address: String, in workspace: OpenedWorkspace) throws(CommandFailure) -> ExitCode? {
        let evaluated = try evaluate(workspace)
        let findings = evaluated.evaluation.findings.filter { $0.resource?.identity.isNamed(address) ?? false }
        guard !findings.isEmpty else { return nil }
        let advice = evaluated.evaluation.advice.filter { $0.resource?.identity.isNamed(address) ?? false }
        try write(
            ExplainReport(
                context: context(of: evaluated), address: address, findings: findings, advice: advice.map(\.advice),
                currency: evaluated.policies.workspace.currency,
                problems: observationProblems(of: evaluated).filter { $0.severity != .note }))
        return exitCode(of: evaluated)
    }
}

extension ExplainReport {
    /// A rule is the same in every workspace: it has no revision but the tool's version.
    fileprivate init(_ rule: FindingType, now: Instant) {
        func lines(_ text: String) -> [(label: String, text: String?)] {
            text.split(separator: "\n", omittingEmptySubsequences: false).map { ("", String($0)) }
        }
        self.init(
            context: ReportContext(revision: "bursar \(Version.current)", evaluatedAt: now), subject: .rule, name: rule.id,
            summary: rule.title,
            sections: [
                Section("What it does", lines(rule.does)), Section("Why it costs money", lines(rule.cost)),
                Section("Example", lines(rule.example)), Section("Instead", lines(rule.remedy)),
            ])
    }

    /// A policy, and how it fares.
    fileprivate init(_ header: PolicyHeader, in evaluated: EvaluatedWorkspace, context: ReportContext, problems: [Problem]) {
        let findings = evaluated.evaluation.findings.filter { $0.policy == header.reference }
        let counts = FindingCounts(findings)
        let results = [
            (counts.pass, "pass"), (counts.fail, "fail"), (counts.unknown, "unknown"), (counts.error, "error"), (counts.exempt, "exempt"),
            (counts.shadow, "in shadow"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        self.init(
            context: context, subject: .policy, name: header.reference.description,
            summary: header.description ?? "a \(header.reference.kind.rawValue) without a description",
            sections: [
                Section(
                    "Policy",
                    [
                        ("place", header.place.description), ("docs", header.docs), ("owner", header.owner),
                        ("severity", header.severity.rawValue), ("enforcement", header.enforcement.rawValue),
                        ("level", String(header.level)),
                        ("fix", header.fix.rawValue), ("fix within", header.fixWithin?.description),
                        ("exemptible", header.exemptible ? header.inlineExemptions ? "yes, in the code too" : "yes" : "no"),
                    ]),
                Section("Now", [("results", results.joined(separator: ", "))]),
                Self.list("Failing", findings.filter(\.isFailing)), Self.list("Would fail", findings.filter(\.wouldFail)),
            ], problems: problems)
    }

    private static func list(_ title: String, _ findings: [Finding]) -> Section {
        Section(title, findings.prefix(20).map { ($0.id, "\($0.location.map { "\($0) · " } ?? "")\($0.message)") })
    }
}

extension BilledRow.Value {
    /// `10 · lineItem/UnblendedCost '10' · the cost of the line`
    fileprivate var explanation: String {
        ([text ?? "not stated"] + [from.joined(separator: ", ")].filter { !$0.isEmpty } + [rule].compactMap(\.self)).joined(
            separator: " · ")
    }
}
