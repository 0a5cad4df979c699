import CostModel
import Dispatch
import Glibc
import Reconciliation
import Reporting
import Synchronization

/// Waits for what is asynchronous, on a thread that may wait: the main one.
enum Blocking {
    static func run(_ body: @escaping @Sendable () async -> Void) {
        let done = DispatchSemaphore(value: 0)
        // Before all else: who waits here may hold a thread that others would run on, and must not queue behind them.
        Task.detached(priority: .high) {
            await body()
            done.signal()
        }
        done.wait()
    }
}

/// Ends a loop gracefully on SIGTERM and SIGINT: what is at work ends at its next step. A second signal ends the process at once.
struct Stopper {
    /// Milliseconds after which what is still at work is broken off: whoever stops a service waits for two seconds, of which a busy machine
    /// takes its part, and a computation has no step at which it ends. What is written bears being killed.
    private static let grace = 1_000

    private let sources: [any DispatchSourceSignal]
    private let code: ExitCode?
    private let signals = Signals()

    private final class Signals: Sendable {
        let cameOne = Atomic(false)
    }

    /// - Parameter breaksOff: whether the process ends with this code after the grace, whatever is still at work; nil: it is waited for.
    init(_ board: StatusBoard, breaksOff code: ExitCode? = nil) {
        // Of its own: a run that uses all cores does not keep it waiting.
        let breakOff = code.map { code in DispatchWorkItem { _exit(code.rawValue) } }
        self.code = code
        let signals = signals
        let queue = DispatchQueue(label: "bursar.stopper", qos: .userInteractive)
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if board.isStopping { _exit(128 + number) }
                signals.cameOne.store(true, ordering: .relaxed)
                // Before anything that might wait for whoever is at work.
                if let breakOff { queue.asyncAfter(deadline: .now() + .milliseconds(Self.grace), execute: breakOff) }
                board.stop()
            }
            source.resume()
            return source
        }
    }

    /// Ends the process too, where a signal asked for it and everything is said: freeing what a long run remembers takes seconds.
    func end() {
        if let code, signals.cameOne.load(ordering: .relaxed) { _exit(code.rawValue) }
        for source in sources { source.cancel() }
        for number in [SIGTERM, SIGINT] { signal(number, SIG_DFL) }
    }
}

extension ReconcileReport.Request {
    init(_ outcome: RequestOutcome) {
        let group: RequestGroup?
        let record: RequestRecord?
        var reason: String?
        let action: Action
        switch outcome.action {
        case .settle(let settled):
            let actions: [RequestRecord.State: Action] = [
                .merged: .merged, .open: settled.mergeCommit == nil ? .open : .merged, .obsolete: .close,
            ]
            (group, record, action) = (nil, settled, actions[settled.state] ?? .dismissed)
        case .open(let opened, _, _, let resumed): (group, record, action) = (opened, outcome.record ?? resumed, .open)
        case .update(let updated, let content, _): (group, record, action) = (content, outcome.record ?? updated, .update)
        case .describe(let kept, let content, _): (group, record, action) = (content, outcome.record ?? kept, .keep)
        case .handOver(let edited): (group, record, action) = (nil, edited, .handOver)
        case .close(let closed, .takenOver(let other)):
            (group, record, action) = (nil, closed, .close)
            reason = "taken over by \(other)"
        case .close(let closed, .fixed), .close(let closed, .merged): (group, record, action) = (nil, closed, .close)
        case .dismiss(let offered, let closed): (group, record, action) = (offered, outcome.record ?? closed, .dismissed)
        case .abandon(let left): (group, record, action) = (nil, left, .abandon)
        case .prune(let ended, _): (group, record, action) = (nil, ended, .prune)
        case .wait(let waiting, let why):
            (group, record, action) = (waiting, nil, .wait)
            reason = why.description
        }
        self.init(
            action: outcome.failure == nil ? action : .fail, group: record?.group ?? group?.identity ?? "",
            team: record?.team ?? group?.subject.team, branch: record?.branch, title: outcome.title ?? record?.title ?? "",
            url: record?.url, findings: group?.findings ?? record?.findings ?? [],
            monthlySavings: group?.monthlySavings, reason: outcome.failure ?? reason)
    }
}
