package import CostModel
internal import Synchronization

/// How long reconciliations took since the process began, by workspace.
package final class RunMeter: LoopObserver {
    package let name = "metrics"

    /// Ten buckets up to half an hour.
    private static let bounds = [10, 50, 200, 1_000, 5_000, 20_000, 60_000, 300_000, 900_000, 1_800_000]

    private struct State {
        var durations: [String: Histogram] = [:]
        /// By workspace, the newest run that was read from its ledger.
        var followed: [String: String] = [:]

        mutating func add(_ run: Run, _ workspace: String) {
            let spent = run.stages.reduce(0) { $0 + $1.milliseconds }
            durations[workspace, default: Histogram(bounds: RunMeter.bounds)].add(milliseconds: spent)
        }
    }

    private let state = Mutex(State())

    package init() {}

    package func observe(_ event: LoopEvent) {
        guard case .runEnded(let run, _) = event.kind else { return }
        state.withLock { $0.add(run, event.workspace) }
    }

    /// Sorted by workspace; those without a run too.
    func durations(of workspaces: [String]) -> [(workspace: String, value: Histogram)] {
        state.withLock { state in workspaces.map { ($0, state.durations[$0] ?? Histogram(bounds: Self.bounds)) } }
    }

    /// Counts runs that other processes wrote into a ledger since it was last followed. What was there before is not counted: a counter begins
    /// with its process.
    ///
    /// - Parameter newest: the newest first; more than fit here between two looks are not all counted.
    func follow(_ newest: [Run], of workspace: String) {
        let ended = newest.filter { $0.finished != nil }
        state.withLock { state in
            // A ledger that was empty has an empty name for its newest run.
            defer { state.followed[workspace] = ended.first?.id ?? "" }
            guard let last = state.followed[workspace] else { return }
            for run in ended.prefix(while: { $0.id != last }) { state.add(run, workspace) }
        }
    }
}
