import CostModel
import Reconciliation
import Reporting

extension Command {
    private static let all = Option<Bool>.flag("--all", help: "list passes, active exemptions and what was held back too")
    private static let failOn = Option<FailureThreshold>(
        "--fail-on", choice: "SEVERITY", "end with 1 on findings this severe, whatever their policy's enforcement")
    private static let strict = Option<Bool>.flag("--strict", help: "let unknown results fail like failing ones")

    static let check = Command(
        "check", "holds the bill and the infrastructure against the policies",
        discussion: """
            Reads the policies, observes what the workspace names, and lists what fails, by team, the most money first. Findings of \
            policies that say 'enforcement: block' end it with 1; exempt ones and those of shadow policies never do.

            What is missing, stale or torn ends it with 3, and whatever could be judged is still listed.
            """,
        options: [all.description, failOn.description, strict.description],
        common: CommonOptions.judging(CommonOptions.formatWithMarkdown.description),
        examples: [
            .init("bursar check", "the working tree, as of now"),
            .init("bursar check --rev HEAD~1 --now 2026-11-01T00:00:00Z", "a revision, as of a time: the same answer, always"),
            .init("bursar check --format json --fail-on high > findings.json", "for a pipeline"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let pass = try session.pass(try session.open())
        try session.write(
            CheckReport(
                context: session.context(of: pass.workspace), result: pass.evaluation, currency: pass.policies.workspace.currency,
                problems: session.problems(of: pass), showsAll: invocation.has(all)))
        let observed = session.exitCode(of: pass)
        return .ofCheck(
            pass.evaluation.findings, isPartial: observed == .partial, failOn: invocation[failOn], isStrict: invocation.has(strict))
    }
}
