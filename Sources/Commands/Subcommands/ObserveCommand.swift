import CostModel
import Diagnostics
import Observation
import Reconciliation
import Reporting
import Store

extension Command {
    private static let out = Option<String>("--out", value: "FILE", "write the snapshot into this file; packed when it ends in .gz")
    private static let tagKey = Option<String>(
        "--tag-key", value: "KEY", "keep this tag of the bill too; policies' own are kept in any case", repeats: true)

    private static let status = Option<Bool>.flag(
        "--status", help: "observe nothing: say of each source who is asked for it, and how that went last")

    static let observe = Command(
        "observe", "writes a snapshot of what is observed, for checks where the bill is not at hand",
        discussion: """
            The snapshot holds the cost of each resource and day, percentiles of utilisation, and what states say is deployed: no rows of \
            the bill, no samples, no other attributes. 'check --observations FILE' gives the findings that the sources give.

            What is missing, stale or torn ends it with 3, and is in the snapshot too: judged by it, the result is partial.

            --status lists the sources: files, and the commands, engines and servers of '--clients' with their last success, failures in \
            a row, and what a person must mend. It ends with 3 where something has to be looked at.
            """,
        options: [out.description, tagKey.description, status.description, CommonOptions.state.description],
        common: [
            CommonOptions.clients.description, CommonOptions.directory.description, CommonOptions.revision.description,
            CommonOptions.now.description, CommonOptions.noCache.description,
        ] + CommonOptions.writing(),
        examples: [
            .init("bursar observe --out observations.json.gz", "each night, where the bill is"),
            .init("bursar check --observations observations.json.gz", "on each pull request, where it is not"),
            .init("bursar observe --status", "which source answered when, and which does not"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        if invocation.has(status) {
            guard invocation[out] == nil else { throw .usage("'--status' writes no snapshot: leave '--out' out", of: "observe") }
            return try session.writeSourceStatus()
        }
        guard let path = invocation[out] else { throw .usage("'--out FILE' is missing", of: "observe") }
        let workspace = try session.open()
        session.showProgress("observing…")
        let snapshot = SourceMemories.$current.withValue(session.sourceMemory(of: workspace)) {
            Snapshot.take(workspace, tagKeys: Set(invocation.all(tagKey)), now: session.now)
        }
        let bytes: [UInt8]
        do throws(SnapshotError) {
            bytes = try SnapshotWriter.bytes(of: snapshot, version: Version.current, isPacked: path.hasSuffix(".gz"))
        } catch { throw CommandFailure("no snapshot: \(error)", .partial) }
        session.showProgress(nil)
        do throws(FileError) { try Files.deliver(bytes, to: path) } catch {
            throw CommandFailure("the snapshot cannot be written: \(error)", .invalid)
        }
        try console.print("wrote \(path.printable): \(snapshot.summary), \(bytes.count) bytes\n")
        let problems = snapshot.problems + snapshot.bill.ages.compactMap { $0.problem(now: session.now) }
        for problem in problems where problem.severity == .partial { session.say("\(problem.place): \(problem.message)") }
        let partial = problems.count { $0.severity == .partial }
        session.sayPartial(partial)
        return partial > 0 ? .partial : .clean
    }
}

extension Snapshot {
    /// How much is in it, for a person.
    fileprivate var summary: String {
        let deployed = states.states.reduce(0) { $0 + $1.state.resources.count }
        let days = bill.table.days.map { "\($0.lowerBound) to \($0.upperBound)" } ?? "no day"
        let charges = "\(bill.table.rowCount) \(bill.table.rowCount == 1 ? "charge" : "charges")"
        let resources = "\(deployed) deployed \(deployed == 1 ? "resource" : "resources")"
        return "\(charges) of \(days), \(resources), \(utilization.summaries.count) measured"
    }
}
