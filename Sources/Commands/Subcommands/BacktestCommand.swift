import CostModel
import Diagnostics
import Glibc
import Reconciliation
import Reporting

extension Command {
    private static let policies = Option<String>(
        "--policies", value: "REV", "try the policies of this revision (default: those of the working tree)")
    private static let from = Option<Day>(
        "--from", value: "DAY", "the first day (default: 90 days up to the last one)", expected: "a day such as 2026-08-01",
        parse: { Day($0) })
    private static let to = Option<Day>(
        "--to", value: "DAY", "the last day (default: today)", expected: "a day such as 2026-10-31", parse: { Day($0) })
    private static let step = Option<Int>(
        "--step", value: "DAYS",
        "judge every so many days (default: 1 up to \(BacktestDays.mostDaily) days; beyond them weekly, on first days of months and days of commits)",
        expected: "a number from 1 to 31", parse: { Int($0).flatMap { (1...31).contains($0) ? $0 : nil } })
    private static let snapshots = Option<String>(
        "--snapshots", value: "DIR", "judge by snapshots of 'bursar observe' in this folder on the days that have one")
    private static let timeLimit = Option<TimeSpan>(
        "--time-limit", value: "TIME", "give up after this time, such as 60s, and end with 3", expected: "a time such as 60s or 5m",
        parse: TimeLimit.parse)

    static let backtest = Command(
        "backtest", "tries policies on the past: what they would have found, and saved",
        discussion: """
            Judges the days of the past one after the other as the loop would have: the code that the branch had on each of them, the bill as \
            it was then, the policies of one revision. A finding opens with the second evaluation that sees it and goes with the second that \
            does not, as in the ledger.

            Days for which --snapshots has a snapshot are judged by it. The others go by the bill as it is now, cut before the day, and by \
            states as they are now: what a bill brought late is there from the start, and a resource that no state has any more is not \
            known by its cost.

            Wrong is a finding that went within a week without a commit to what it is about. What would have been saved is each finding's \
            monthly savings over the days that it was there.
            """,
        options: [
            policies.description, from.description, to.description, step.description, snapshots.description, timeLimit.description,
        ],
        common: CommonOptions.readingBills(CommonOptions.format(of: BacktestReport.self).description),
        examples: [
            .init("bursar backtest --policies new-limits", "what a branch's policies would have found in the last 90 days"),
            .init(
                "bursar backtest --policies HEAD --from 2026-01-01 --to 2026-06-30 --format markdown",
                "half a year, for a request's description"
            ),
            .init("bursar backtest --snapshots observations/ --step 1", "by what was observed on each day"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        if let limit = invocation[timeLimit] { TimeLimit.start(limit, console) }
        let to = invocation[to] ?? session.now.day
        let from = invocation[from] ?? to.advanced(by: 1 - Session.backtestDays)
        guard to <= session.now.day else {
            throw .usage("'--to' must not be after \(session.now.day): nobody knows those days", of: "backtest")
        }
        guard from <= to else { throw .usage("'--from' must not be after '--to'", of: "backtest") }
        let days = BacktestDays(from: from, to: to, step: invocation[step])
        let judging = try session.open(invocation[policies].map { .revision($0) } ?? .workTree)
        let stored = try invocation[snapshots].map { (folder) throws(CommandFailure) in try session.storedSnapshots(in: folder) } ?? .none
        let backtest = try session.backtest(judging, days, stored)
        try session.write(
            BacktestReport(
                context: session.context(of: judging), backtest: backtest, problems: judging.diagnostics.map { Problem($0) }))
        session.sayPartial(backtest.partial)
        return backtest.partial > 0 || backtest.evaluations == 0 ? .partial : .clean
    }
}

extension Session {
    /// How many days are looked back on where nobody says.
    static let backtestDays = 90

    /// Tries the policies of a workspace on the past of the branch.
    ///
    /// - Parameters:
    ///   - policies: are tried in their place.
    ///   - head: the newest commit of the history; nil: that of '--rev', or HEAD.
    func backtest(
        _ workspace: OpenedWorkspace, _ days: BacktestDays, policies: PolicySet? = nil, on head: String? = nil,
        _ snapshots: StoredSnapshots = .none
    ) throws(CommandFailure) -> Backtest {
        do throws(WorkspaceError) {
            let run = try BacktestRun(
                workspace, policies: policies, on: head ?? invocation[CommonOptions.revision] ?? "HEAD", days: days, snapshots: snapshots,
                now: now)
            let count = run.moments.count
            guard count <= BacktestDays.most else {
                throw WorkspaceError.usage("\(count) evaluations are more than \(BacktestDays.most): take fewer days, or a longer '--step'")
            }
            defer { showProgress(nil) }
            return try run.perform { done in showProgress("judging the past: \(done) of \(count)…") }
        } catch { throw failure(error) }
    }

    fileprivate func storedSnapshots(in folder: String) throws(CommandFailure) -> StoredSnapshots {
        guard let names = Files.names(in: folder) else {
            throw CommandFailure("no snapshots: \(FileError(path: folder, code: errno))", .invalid)
        }
        let files = names.filter { $0.hasSuffix(".json") || $0.hasSuffix(".json.gz") }.sorted()
        guard files.count <= StoredSnapshots.most else {
            throw CommandFailure("'\(folder.printable)' holds \(files.count) snapshots; at most \(StoredSnapshots.most) are read", .invalid)
        }
        guard !files.isEmpty else {
            throw CommandFailure(
                "there is no snapshot in '\(folder.printable)'", .invalid, hint: "'bursar observe --out FILE' writes one")
        }
        do throws(WorkspaceError) { return try StoredSnapshots(files.map { folder + "/" + $0 }) } catch { throw failure(error) }
    }
}
