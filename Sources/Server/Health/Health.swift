internal import CostModel
internal import JSON
internal import Reporting

/// What a supervisor asks: does the process still get somewhere, and may it be asked for results.
///
/// Both can be asked without a token, so they say how many, and never which.
struct Health: Sendable {
    let context: ServerContext
    /// How long a start waits for the first look at each workspace, in milliseconds: a workspace that takes longer, such as one whose
    /// repository is made to, does not keep the results of the others from anybody.
    static let longestStart: Int64 = 60_000

    var routes: [Route] {
        [
            Route("GET", "/healthz", needs: .nothing) { _ in alive() },
            Route("GET", "/readyz", needs: .nothing) { _ in ready() },
        ]
    }

    /// Not alive is a stage that has been at work for more than twice its deadline: what is stuck does not end by itself.
    private func alive() -> Response {
        // Without a loop nothing can be stuck here: a stage that another process is at is that one's.
        let stuck = (context.source?.statuses() ?? []).reduce(0) { count, status in
            let deadlines = context.workspaces.first { $0.name == status.name }?.deadlines ?? StageDeadlines()
            return count + status.stages.count { $0.isStuck(deadlines, now: context.clock()) }
        }
        let document: JSONValue = ["status": stuck == 0 ? "ok" : "stuck", "stuckStages": JSONValue(stuck)]
        return .json(document, status: stuck == 0 ? 200 : 503)
    }

    /// Ready is a server whose ledgers can be read, and whose workspaces have all been looked at once, or had the time of a start for it. A
    /// workspace that a person must fix has been looked at.
    private func ready() -> Response {
        let waiting: Int
        do throws(ServerError) {
            for name in context.names { _ = try context.archive.status(of: name) }
            waiting = try context.statuses().count { !$0.wasLookedAt }
        } catch {
            return .json(["status": "unreadable", "waitingWorkspaces": nil], status: 503)
        }
        let isReady = waiting == 0 || context.uptime() - context.started >= Self.longestStart
        let document: JSONValue = ["status": isReady ? "ready" : "waiting", "waitingWorkspaces": JSONValue(waiting)]
        return .json(document, status: isReady ? 200 : 503)
    }
}

extension StageStatus {
    fileprivate func isStuck(_ deadlines: StageDeadlines, now: Instant) -> Bool {
        reason == .progressing && now.seconds - started.seconds > 2 * deadlines[stage].seconds
    }
}

extension WorkspaceStatus {
    fileprivate var wasLookedAt: Bool {
        isSuspended || lastSuccess != nil || failures > 0
            || stages.contains { $0.condition == .stalled || ($0.stage == .evaluate && $0.reason != .progressing) }
    }
}
