import CostModel
import Diagnostics
import Evaluation
import Reconciliation
import Reporting
import Store

extension Command {
    private static let all = Option<Bool>.flag("--all", help: "list passes, active exemptions and what was held back too")
    private static let full = Option<Bool>.flag("--full", help: "list everything on a terminal, and not 20 lines a team")
    private static let failOn = Option<FailureThreshold>(
        "--fail-on", choice: "SEVERITY", "end with 1 on findings this severe, whatever their policy's enforcement")
    private static let base = Option<String>(
        "--base", value: "REV", "report what changes since this revision: only new findings end with 1")
    private static let noMergeBase = Option<Bool>.flag(
        "--no-merge-base", help: "with --base: compare with REV itself, as 'git diff A B' does, and not with where the change left it")
    private static let head = Option<String>("--head", value: "REV", "judge this revision; the same as --rev")
    private static let trustHead = Option<Bool>.flag(
        "--trust-head", help: "with --base: let exemptions, baseline and weaker enforcements of the change itself count")
    private static let triesPast = Option<Bool>.flag(
        "--backtest",
        help: "with --base: try policies that the change edits on the last 90 days, and say in one line what they would have found")
    private static let knownGaps = Option<Bool>.flag(
        "--known-gaps", help: "end with 3 only for what the change itself makes missing: not for what the base lacks too")
    private static let timeLimit = Option<TimeSpan>(
        "--time-limit", value: "TIME", "give up after this time, such as 60s, and end with 3", expected: "a time such as 60s or 5m",
        parse: TimeLimit.parse)
    private static let strict = Option<Bool>.flag("--strict", help: "let unknown results fail like failing ones")

    private static let summary = Option<String>(
        "--summary", value: "FILE",
        "also append the result to this file, as Markdown (default with \(summaryVariables))")

    /// `--format github: $GITHUB_STEP_SUMMARY`
    private static var summaryVariables: String {
        ReportFormat.all.compactMap { format in format.summaryVariable.map { "--format \(format.name): $\($0)" } }.joined(separator: ", ")
    }

    static let check = Command(
        "check", "holds the bill and the infrastructure against the policies",
        discussion: """
            Reads the policies, observes what the workspace names, and lists what fails, by team and policy, the most \
            money first: one line for all that a policy says of a resource. On a terminal these are 20 lines a team, and instances of one \
            block are one line; --full lists all, and so does a file or a pipe, where every resource and every finding's id is written.

            Findings of policies that say 'enforcement: block' end it with 1; exempt ones, those of the baseline and those of shadow policies never do.

            What is missing, stale or torn ends it with 3, and whatever could be judged is still listed.

            With --base both sides are judged on the same observations, and what differs is reported: as in 'git diff A...B', the base is \
            the newest commit that REV and the judged tree have in common. REV itself says which policies and exemptions count, and what is \
            observed: files of it that the change touches count as REV has them. Exemptions, comments that exempt, entries of the \
            baseline and weaker enforcements that the change itself brings along are shown and wait until they are merged.
            """,
        options: [
            base.description, noMergeBase.description, head.description, trustHead.description, all.description, full.description,
            failOn.description,
            strict.description, knownGaps.description, triesPast.description, timeLimit.description,
            summary.description, CommonOptions.state.description,
        ],
        common: CommonOptions.judging(CommonOptions.format(of: CheckReport.self).description), conflicts: [("--head", "--rev")],
        examples: [
            .init("bursar check", "the working tree, as of now"),
            .init("bursar check --rev HEAD~1 --now 2026-11-01T00:00:00Z", "a revision, as of a time: the same answer, always"),
            .init("bursar check --base origin/main", "what this branch does: new, changed and fixed findings, scores, dollars"),
            .init("bursar check --base origin/main --backtest", "and what changed policies would have found in the last 90 days"),
            .init("bursar check --base origin/main --observations observations.json.gz", "the same where the bill is not at hand"),
            .init("bursar check --format json --fail-on high > findings.json", "for a pipeline"),
            .init("bursar check --format sarif --output bursar.sarif", "for code scanning, with the fixes"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        if let limit = invocation[timeLimit] { TimeLimit.start(limit, console) }
        let workspace = try session.open(invocation[head].map { .revision($0) })
        let judged = try session.judge(
            workspace, against: invocation[base], isExact: invocation.has(noMergeBase), trustsHead: invocation.has(trustHead))
        let evaluated = judged.evaluated
        var report = CheckReport(
            context: session.context(of: evaluated), result: evaluated.evaluation,
            currency: evaluated.policies.workspace.currency,
            problems: session.problems(of: evaluated) + judged.diagnostics.map { Problem($0) }
                + judged.estimateProblems.map { Problem($0) },
            showsAll: invocation.has(all),
            comparison: judged.comparison)
        report.showsFull = invocation.has(full)
        report.showsNext = !invocation.has(CommonOptions.quiet)
        report.estimate = try session.reminding(judged.estimate)
        if invocation.has(triesPast) { report.backtest = try session.trial(of: judged) }
        try session.complete(&report, from: evaluated)
        try session.plan(&report, from: judged, writesSummary: invocation[summary] != nil || session.stepSummary != nil)
        try session.write(report)
        if let file = invocation[summary] ?? session.stepSummary { try session.append(report, to: file) }
        var isPartial = session.exitCode(of: evaluated) == .partial
        if invocation.has(knownGaps) { isPartial = session.name(judged.newGaps) }
        if judged.estimateProblems.contains(where: { $0.severity == .partial }) { isPartial = true }
        return .ofCheck(
            judged.deciding, isPartial: isPartial, failOn: invocation[failOn], isStrict: invocation.has(strict))
    }
}

/// A checked tree, with what it changes where it was held against a base.
private struct Judged {
    var evaluated: EvaluatedWorkspace
    var comparison: Comparison?
    /// What the change costs; nil without a base that can be judged.
    var estimate: EstimateChange?
    var diagnostics: [Diagnostic] = []
    /// What stood in the way of estimates, notes apart.
    var estimateProblems: [ObservationProblem] = []
    /// The findings by which the check ends: all, or with a base the new ones, enforced at least as the base says.
    var deciding: [Finding]
    /// What the base does not lack; without a base, what the tree itself does.
    var newGaps: [ObservationProblem]
}

extension Session {
    /// Names the types whose estimates the bill has shown to be off, where a ledger was named that knows.
    fileprivate func reminding(_ change: EstimateChange?) throws(CommandFailure) -> EstimateChange? {
        guard var change, invocation[CommonOptions.state] != nil else { return change }
        let ledger = try ledger(in: try stateFolder())
        let types = Set(change.entries.map(\.resource.type))
        let accuracy = EstimateAccuracy(try asking { () throws(LedgerError) in try ledger.estimates() })
        change.unreliable = accuracy.unreliableTypes.filter { types.contains($0.name) }
        return change
    }

    fileprivate func judge(
        _ workspace: OpenedWorkspace, against base: String?, isExact: Bool, trustsHead: Bool
    ) throws(CommandFailure) -> Judged {
        guard let base else {
            let evaluated = try evaluate(workspace)
            return Judged(evaluated: evaluated, deciding: evaluated.evaluation.findings, newGaps: evaluated.gaps(notIn: nil))
        }
        showProgress("observing and judging both sides…")
        defer { showProgress(nil) }
        let observations = try observations()
        let outcome: ChangeCheck.Outcome
        do throws(WorkspaceError) {
            outcome = try ChangeCheck(directory, now: now, observations: observations, trustsHead: trustsHead, estimates: true)
                .compare(workspace, with: base, isExact: isExact)
        } catch { throw failure(error) }
        show(outcome.diagnostics)
        return Judged(
            evaluated: outcome.head, comparison: outcome.comparison, estimate: outcome.estimate, diagnostics: outcome.diagnostics,
            estimateProblems: outcome.estimateProblems.filter { $0.severity != .note }, deciding: outcome.deciding,
            newGaps: outcome.newGaps)
    }
}

extension Session {
    /// Says what a change itself makes missing.
    ///
    /// - Returns: whether it does.
    fileprivate func name(_ gaps: [ObservationProblem]) -> Bool {
        for gap in gaps { console.say("bursar: the change itself makes this missing: \(gap.place): \(gap.message)".printable) }
        return !gaps.isEmpty
    }

    /// Adds what only the formats of others want to know.
    fileprivate func complete(_ report: inout CheckReport, from evaluated: EvaluatedWorkspace) throws(CommandFailure) {
        report.prefix = evaluated.workspace.prefix
        report.workspace = evaluated.policies.workspace.name
        report.toolVersion = Version.current
        report.repositoryURL = BuildEnvironment.repositoryURL(console.environment)
        report.policies = evaluated.policies.headers
        report.rules = FindingTypes.all.map { rule in
            RuleText(id: rule.id, title: rule.title, does: rule.does, cost: rule.cost, remedy: rule.remedy)
        }
    }

    /// What the policies that a change edits would have found on the past: as the base lets them count, with what the base observes.
    fileprivate func trial(of judged: Judged) throws(CommandFailure) -> Backtest? {
        guard let comparison = judged.comparison else { throw .usage("'--backtest' is for '--base'", of: "check") }
        guard invocation[CommonOptions.observations] == nil else {
            throw .usage("'--backtest' reads the bill, and not a snapshot: 'bursar backtest --snapshots' judges by those", of: "check")
        }
        let changed = Set(comparison.policies.filter { $0.kind != .removed }.map(\.policy))
        guard !changed.isEmpty else { return nil }
        let days = BacktestDays(from: now.day.advanced(by: 1 - Self.backtestDays), to: now.day)
        let workspace = judged.evaluated.workspace
        return try backtest(workspace, days, policies: judged.evaluated.policies, on: workspace.commit).of(changed)
    }

    /// Asks the planner what it would fix, where the format says so: only what a plan fixes is marked as fixable.
    fileprivate func plan(_ report: inout CheckReport, from judged: Judged, writesSummary: Bool) throws(CommandFailure) {
        let format = invocation[CommonOptions.format] ?? .text
        let marks = format.marksFixable || writesSummary
        guard marks || format.showsFixes else { return }
        showProgress("planning…")
        defer { showProgress(nil) }
        var evaluated = judged.evaluated
        do throws(WorkspaceError) {
            // What waits until it is merged, such as a change's own exemption, counts for a plan of its tree.
            if judged.comparison?.pending.isEmpty == false {
                evaluated = try EvaluatedWorkspace(evaluated.workspace, now: now, observations: evaluated.observations, like: evaluated)
            }
            if marks { report.mark(fixable: evaluated.fixable()) }
            // Fixes are of a commit's bytes: of an edited tree nobody else could apply them.
            guard format.showsFixes, evaluated.workspace.commit != nil, evaluated.workspace.editedFiles.isEmpty else { return }
            report.fixes = try evaluated.plan().changes
        } catch { throw failure(error) }
    }

    /// Where the format's reader wants a summary.
    fileprivate var stepSummary: String? {
        let path = invocation[CommonOptions.format]?.summaryVariable.flatMap { console.environment[$0] }
        return path?.isEmpty == true ? nil : path
    }

    /// Appends the report as Markdown: other tools may write to the same summary.
    fileprivate func append(_ report: CheckReport, to path: String) throws(CommandFailure) {
        do throws(FileError) {
            let room = BuildEnvironment.summaryLimit - (Files.size(path) ?? 0)
            guard room >= BuildEnvironment.leastSummary else { return say("the summary '\(path)' is full: nothing is added to it") }
            try Files.append(Array((report.markdown(limit: room - 1) + "\n").utf8), to: path)
        } catch { throw CommandFailure(error.description, .invalid) }
    }
}
