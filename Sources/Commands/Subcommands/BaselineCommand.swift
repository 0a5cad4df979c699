import CostModel
import Diagnostics
import Reconciliation
import Reporting

extension Command {
    private static let out = Option<String>(
        "--out", value: "FILE", "a policy file of the workspace (default: baseline.yaml in its first folder of policies)")
    private static let reset = Option<Bool>.flag("--reset", help: "record what fails today: the only way to add to a baseline")
    private static let reason = Option<String>("--reason", value: "TEXT", "why these findings stay for now; written into the file")

    static let baseline = Command(
        "baseline", "records what fails today, so that only what is new fails a check",
        discussion: """
            Writes the failing findings into a policy file that is committed like all others. They are listed, scored and at stake as \
            before, but end no check with 1.

            Run again, it takes out the entries whose finding is gone, and never adds one: a baseline only shrinks. Adding needs \
            --reset, which records anew. Findings of policies that say 'exemptible: false' are never recorded. When not everything could \
            be observed nothing is written, and it ends with 3.
            """,
        options: [out.description, reset.description, reason.description],
        common: [CommonOptions.directory.description, CommonOptions.now.description] + CommonOptions.writing(),
        examples: [
            .init("bursar baseline --reason \"before the tagging drive\"", "record what fails today"),
            .init("bursar baseline", "later: take out what was fixed"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let evaluated = try session.evaluate(try session.open(.workTree))
        guard !evaluated.observed.isPartial else {
            _ = session.exitCode(of: evaluated)
            let first = evaluated.observed.problems.first { $0.severity == .partial }
            throw CommandFailure(
                "the baseline is not written: what is missing may not be fixed", .partial,
                hint: first.map { "\($0.place): \($0.message)".printable })
        }
        if let reason = invocation[reason], reason.allSatisfy(\.isWhitespace) { throw .usage("'--reason' cannot be empty", of: "baseline") }
        let recording: BaselineRecorder.Recording
        do throws(WorkspaceError) {
            recording = try BaselineRecorder(evaluated)
                .record(to: invocation[out], reason: invocation[reason], resets: invocation.has(reset))
        } catch { throw session.failure(error) }
        if recording.isChanged {
            do throws(FileError) {
                if let slash = recording.path.lastIndex(of: "/") { try Files.createOutputFolder(String(recording.path[..<slash])) }
                try Files.replace(recording.path, with: Array(recording.text.utf8))
            } catch { throw CommandFailure("the baseline cannot be written: \(error)", .invalid) }
        }
        try session.write(
            BaselineReport(
                context: session.context(of: evaluated), file: recording.file, baseline: recording.baseline,
                added: recording.added,
                removed: recording.removed, refused: recording.refused, isWritten: recording.isChanged,
                // What has lapsed is taken out by now.
                problems: session.problems(of: evaluated).filter { $0.id != "lapsed-baseline" }))
        return .clean
    }
}
