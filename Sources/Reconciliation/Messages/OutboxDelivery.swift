package import CostModel
internal import Dispatch
internal import Glibc
import Notifications
package import Store
internal import Synchronization

/// Sends what waits in the outboxes of a process's workspaces, after each run and when something may be tried again.
///
/// It never holds a run: each channel has a queue of its own, so that one that hangs delays nobody but itself, and a ledger is opened anew for
/// each round.
package final class OutboxDelivery: LoopObserver {
    package let name = "messages"

    private struct Lane: Hashable {
        var workspace: String
        var channel: String
    }

    private struct State {
        var busy: Set<Lane> = []
        /// Workspaces that were looked at, and when they are looked at again.
        var timers: [String: Instant] = [:]
        var queues: [String: DispatchQueue] = [:]
        var looking = 0
    }

    private let folder: @Sendable (String) -> StateFolder?
    private let channels: [MessageChannel]
    private let version: String
    private let environment: [String: String]
    private let now: @Sendable () -> Instant
    private let clock: @Sendable () -> Instant
    private let warn: @Sendable (_ workspace: String, _ message: String) -> Void
    private let queue = DispatchQueue(label: "bursar.messages")
    private let state = Mutex(State())

    /// - Parameters:
    ///   - folder: where a workspace's ledger is.
    ///   - environment: of this process, of which programs of channels are given what these name.
    ///   - now: by which it is told what is due.
    ///   - clock: the real time, which the other side compares with its own.
    ///   - warn: is told what could not be sent.
    package init(
        folder: @escaping @Sendable (String) -> StateFolder?, channels: [MessageChannel], version: String, environment: [String: String],
        now: @escaping @Sendable () -> Instant, clock: @escaping @Sendable () -> Instant,
        warn: @escaping @Sendable (String, String) -> Void
    ) {
        self.folder = folder
        self.channels = channels
        self.version = version
        self.environment = environment
        self.now = now
        self.clock = clock
        self.warn = warn
    }

    package func observe(_ event: LoopEvent) {
        // A dry run says what would be; nothing leaves.
        guard case .runEnded(let run, _) = event.kind, !run.isDryRun else { return }
        look(at: event.workspace)
    }

    /// Waits until nothing is on its way, or as long as is given: what is left is sent by the next process.
    package func finish(milliseconds: Int) {
        for _ in 0..<max(1, milliseconds / 10) {
            if state.withLock({ $0.looking == 0 && $0.busy.isEmpty }) { return }
            usleep(10_000)
        }
    }

    private func look(at workspace: String) {
        state.withLock { $0.looking += 1 }
        queue.async {
            defer { self.state.withLock { $0.looking -= 1 } }
            self.start(workspace)
        }
    }

    /// Starts a lane for each channel that something waits for.
    private func start(_ workspace: String) {
        guard let folder = folder(workspace) else { return }
        do throws(LedgerError) {
            let ledger = try Ledger.open(at: folder.ledger, mode: .readWrite)
            let names = Set(try ledger.dueMessages(at: now()).map(\.channel))
            for name in names.sorted() { begin(Lane(workspace: workspace, channel: name), folder) }
            if let next = try ledger.nextMessageTime() { wake(workspace, at: next) }
        } catch {
            // Before its first run there is none.
            if error.code != .missing { warn(workspace, "messages wait: \(error)") }
        }
    }

    private func begin(_ lane: Lane, _ folder: StateFolder) {
        let queue: DispatchQueue? = state.withLock { state in
            guard state.busy.insert(lane).inserted else { return nil }
            if let queue = state.queues[lane.channel] { return queue }
            let queue = DispatchQueue(label: "bursar.messages.\(lane.channel)")
            state.queues[lane.channel] = queue
            return queue
        }
        queue?.async {
            self.run(lane, folder)
            _ = self.state.withLock { $0.busy.remove(lane) }
            // What came up meanwhile, and when to try again what failed.
            self.look(at: lane.workspace)
        }
    }

    private func run(_ lane: Lane, _ folder: StateFolder) {
        do throws(LedgerError) {
            let channel = channels.first { $0.name == lane.channel }
            let sender = channel.map { MessageSender($0, version: version, environment: environment) }
            let outcome = try OutboxSender(try Ledger.open(at: folder.ledger, mode: .readWrite), workspace: lane.workspace, now: now)
                .deliver(to: lane.channel, channel) { delivery in
                    sender?.send(delivery, at: clock()) ?? .refused("there is no such channel")
                }
            if let problem = outcome.problem {
                let count = outcome.failed + outcome.dead
                let left = outcome.dead == 0 ? "sent again later" : outcome.failed == 0 ? "given up" : "sent again later or given up"
                warn(lane.workspace, "\(count) of the messages to '\(lane.channel)' did not arrive, and are \(left): \(problem)")
            }
        } catch { warn(lane.workspace, "messages to '\(lane.channel)' wait: \(error)") }
    }

    /// Looks again when something may be tried; at the latest after an hour, because clocks jump.
    private func wake(_ workspace: String, at time: Instant) {
        let wait = min(3_600, max(1, time.seconds - now().seconds))
        let planned = now().adding(TimeSpan(seconds: wait))
        let isNew = state.withLock { state in
            if let earlier = state.timers[workspace], earlier <= planned, earlier > now() { return false }
            state.timers[workspace] = planned
            return true
        }
        guard isNew else { return }
        queue.asyncAfter(deadline: .now() + .seconds(Int(wait))) { [weak self] in self?.look(at: workspace) }
    }
}
