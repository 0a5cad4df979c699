package import CostModel

/// Told of each run when it has ended, also of one in which nothing had changed: metrics and traces.
///
/// The call returns at once and never fails: what happens to a run's trace never happens to the run.
package protocol RunObserver: Sendable {
    func ended(_ run: Run, workspace: String)
}
