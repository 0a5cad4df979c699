import CostModel
import Evaluation
import Reconciliation
import Reporting

extension Command {
    private static let all = Option<Bool>.flag("--all", help: "list passes, active exemptions and what was held back too")
    private static let failOn = Option<FailureThreshold>(
        "--fail-on", choice: "SEVERITY", "end with 1 on findings this severe, whatever their policy's enforcement")
    private static let strict = Option<Bool>.flag("--strict", help: "let unknown results fail like failing ones")

    private static let summary = Option<String>(
        "--summary", value: "FILE",
        "also append the result to this file, as Markdown (default with --format github: $GITHUB_STEP_SUMMARY)")

    static let check = Command(
        "check", "holds the bill and the infrastructure against the policies",
        discussion: """
            Reads the policies, observes what the workspace names, and lists what fails, by team, the most money first. Findings of \
            policies that say 'enforcement: block' end it with 1; exempt ones and those of shadow policies never do.

            What is missing, stale or torn ends it with 3, and whatever could be judged is still listed.
            """,
        options: [all.description, failOn.description, strict.description, summary.description],
        common: CommonOptions.reading(CommonOptions.formatOfCheck.description),
        examples: [
            .init("bursar check", "the working tree, as of now"),
            .init("bursar check --rev HEAD~1 --now 2026-11-01T00:00:00Z", "a revision, as of a time: the same answer, always"),
            .init("bursar check --format json --fail-on high > findings.json", "for a pipeline"),
            .init("bursar check --format sarif --output bursar.sarif", "for code scanning, with the fixes"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let pass = try session.pass(try session.open())
        var report = CheckReport(
            context: session.context(of: pass.workspace), result: pass.evaluation, currency: pass.policies.workspace.currency,
            problems: session.problems(of: pass), showsAll: invocation.has(all))
        try session.complete(&report, from: pass)
        try session.write(report)
        if let file = invocation[summary] ?? session.stepSummary { try session.append(report, to: file) }
        let observed = session.exitCode(of: pass)
        return .ofCheck(
            pass.evaluation.findings, isPartial: observed == .partial, failOn: invocation[failOn], isStrict: invocation.has(strict))
    }
}

extension Session {
    /// Adds what only the formats of others want to know.
    fileprivate func complete(_ report: inout CheckReport, from pass: Pass) throws(CommandFailure) {
        report.prefix = pass.workspace.prefix
        report.workspace = pass.policies.workspace.name
        report.toolVersion = Version.current
        report.repositoryURL = CodeHost.repositoryURL(console.environment)
        report.policies = pass.policies.headers
        report.rules = RuleRegistry.all.map { rule in
            RuleText(id: rule.id, title: rule.title, does: rule.does, cost: rule.cost, remedy: rule.remedy)
        }
        // Fixes are of a commit's bytes: of an edited tree nobody else could apply them.
        guard invocation[CommonOptions.format] == .sarif, pass.workspace.commit != nil, pass.workspace.editedFiles.isEmpty else { return }
        showProgress("planning…")
        defer { showProgress(nil) }
        do throws(PassError) { report.fixes = try pass.plan().changes } catch { throw failure(error) }
    }

    /// Where GitHub wants the summary of a step.
    fileprivate var stepSummary: String? {
        guard invocation[CommonOptions.format] == .github, let path = console.environment[CodeHost.stepSummary], !path.isEmpty else {
            return nil
        }
        return path
    }

    /// Appends the report as Markdown: other tools may write to the same summary.
    fileprivate func append(_ report: CheckReport, to path: String) throws(CommandFailure) {
        do throws(FileError) {
            let room = CodeHost.summaryLimit - (Files.size(path) ?? 0)
            guard room >= CodeHost.leastSummary else { return say("the summary '\(path)' is full: nothing is added to it") }
            try Files.append(Array((report.markdown(limit: room - 1) + "\n").utf8), to: path)
        } catch { throw CommandFailure(error.description, .invalid) }
    }
}
