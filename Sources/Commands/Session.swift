import CostModel
import Diagnostics
import Git
import JSON
import Observation
import Reconciliation
import Reporting

/// One run of a command that reads a workspace: what was asked for, and the way to answer.
struct Session {
    let invocation: Invocation
    let console: Console
    /// The time as of which everything is judged.
    let now: Instant

    init(_ invocation: Invocation, _ console: Console) {
        self.invocation = invocation
        self.console = console
        now = invocation[CommonOptions.now] ?? console.clock()
    }

    var directory: String { invocation[CommonOptions.directory] ?? "." }

    /// Who asks, as far as the environment says, for records of who caused what.
    var user: String { console.environment["USER"] ?? console.environment["LOGNAME"] ?? "unknown" }

    private var isQuiet: Bool { invocation.has(CommonOptions.quiet) }

    /// The tree that was asked for: a revision, or the working tree.
    var source: OpenedWorkspace.Source {
        invocation[CommonOptions.revision].map { .revision($0) } ?? .workTree
    }

    /// Finds the workspace and reads its policies; their warnings go to stderr.
    func open(_ source: OpenedWorkspace.Source? = nil) throws(CommandFailure) -> OpenedWorkspace {
        var workspace: OpenedWorkspace
        do throws(WorkspaceError) {
            workspace = try OpenedWorkspace(directory, source ?? self.source, now: now)
        } catch { throw failure(error) }
        show(workspace.diagnostics)
        workspace.clients = try clients(outside: [workspace.repository.workDirectory].compactMap(\.self))
        return workspace
    }

    /// Observes and judges.
    ///
    /// - Parameter read: what lies outside Git where it was read already.
    func evaluate(_ workspace: OpenedWorkspace, _ read: Observations? = nil) throws(CommandFailure) -> EvaluatedWorkspace {
        showProgress("observing and judging…")
        defer { showProgress(nil) }
        let observations = if let read { read } else { try observations() }
        do throws(WorkspaceError) { return try EvaluatedWorkspace(workspace, now: now, observations: observations) } catch {
            throw failure(error)
        }
    }

    /// The snapshot that was asked for in the place of the workspace's sources.
    func observations() throws(CommandFailure) -> Observations? {
        guard let path = invocation[CommonOptions.observations] else { return nil }
        do throws(SnapshotError) { return Observations(try SnapshotReader.read(path), file: path) } catch {
            throw CommandFailure(
                "the snapshot '\(path.printable)' is refused: \(error)", .partial, hint: "'bursar observe --out FILE' writes one")
        }
    }

    func context(of workspace: OpenedWorkspace) -> ReportContext {
        ReportContext(revision: workspace.revision, evaluatedAt: now)
    }

    /// With what makes its sums a part.
    func context(of evaluated: EvaluatedWorkspace) -> ReportContext {
        var context = context(of: evaluated.workspace)
        context.gap = evaluated.observed.cost.coverage?.fault
        return context
    }

    /// Everything that is to be known beside an evaluation's result: what stood in its way, and how exemptions and the baseline fare.
    func problems(of evaluated: EvaluatedWorkspace) -> [Problem] {
        observationProblems(of: evaluated)
            + evaluated.evaluation.agreementProblems(in: evaluated.policies.workspace.currency, isPartial: evaluated.observed.isPartial)
    }

    /// What stood in the way of an evaluation: warnings about policies, and what could not be observed.
    func observationProblems(of evaluated: EvaluatedWorkspace) -> [Problem] {
        evaluated.workspace.diagnostics.map { Problem($0) } + (evaluated.observed.problems + evaluated.evaluation.notes).map { Problem($0) }
    }

    // MARK: The conversation

    /// Diagnostics with their lines and carets, on stderr.
    func show(_ diagnostics: [Diagnostic]) {
        let shown = isQuiet ? diagnostics.filter { $0.severity == .error } : diagnostics
        console.writeError(CaretPrinter(color: usesColor(isTerminal: console.errorIsTerminal)).render(shown))
    }

    /// A sentence for the person, unless they asked for quiet.
    func say(_ text: String) {
        guard !isQuiet else { return }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) { console.say(String(line).printable) }
    }

    /// A line that is there while something takes long, on terminals only; nil takes it away.
    func showProgress(_ text: String?) {
        guard console.hasErasableLine, !isQuiet else { return }
        console.eraseLine()
        console.writeError(text ?? "")
    }

    func failure(_ error: WorkspaceError) -> CommandFailure {
        switch error {
        case .usage(let message): return CommandFailure(message.printable, .invalid)
        case .conflict(let message): return CommandFailure(message.printable, .conflict)
        case .failed(let message): return CommandFailure(message.printable, .partial)
        case .invalidPolicies(let diagnostics):
            show(diagnostics)
            let count = diagnostics.count { $0.severity == .error }
            return CommandFailure("the policies are not valid: \(count) error\(count == 1 ? "" : "s")", .invalid)
        }
    }

    private func usesColor(isTerminal: Bool) -> Bool {
        console.usesColor(invocation[CommonOptions.color], isTerminal: isTerminal)
    }

    // MARK: The result

    /// Writes a report in the form and to the place that was asked for.
    func write(_ report: some Report) throws(CommandFailure) {
        let format = invocation[CommonOptions.format] ?? .text
        let toFile = invocation[CommonOptions.output] != nil
        let style = TextStyle(
            color: usesColor(isTerminal: !toFile && console.outputIsTerminal), width: toFile ? nil : console.outputWidth)
        guard let bytes = format.bytes(of: report, style) else {
            throw CommandFailure("this result cannot be written as '\(format.name)'", .invalid)
        }
        try write(bytes)
    }

    /// Writes to the place that was asked for.
    func write(_ bytes: [UInt8]) throws(CommandFailure) {
        guard let path = invocation[CommonOptions.output] else { return try console.writeOutput(bytes) }
        do throws(FileError) { try Files.deliver(bytes, to: path) } catch { throw CommandFailure(error.description, .invalid) }
    }
}

extension Session {
    /// Warns that the result is not the whole truth.
    func sayPartial(_ count: Int) {
        guard count > 0 else { return }
        console.say("bursar: not everything could be observed (\(count) problem\(count == 1 ? "" : "s")): the result is partial")
    }

    /// The code of a command that only shows what was observed.
    func exitCode(of evaluated: EvaluatedWorkspace) -> ExitCode {
        sayPartial(evaluated.observed.problems.count { $0.severity == .partial })
        return evaluated.observed.isPartial ? .partial : .clean
    }
}
