import CostModel
import Reconciliation
import Server
import Synchronization
import TestSupport
import Testing

@testable import Commands

/// Who watches the loop sees the same, whichever command runs it.
@Suite("an observer of the loop")
struct LoopObserverTests {
    private let estate: TemporaryRepository
    private let state = TemporaryDirectory()

    init() throws {
        estate = try UntaggedQueue.repository(bill: "bill.csv")
        try estate.write(Self.bill, to: "bill.csv")
    }

    private static let bill =
        "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
        + "ChargePeriodEnd,ChargeCategory,ChargeClass,ChargeDescription,ProviderName,RegionId,ResourceId,ResourceType,ServiceName,"
        + "SubAccountId,Tags,BillingAccountId\n"
        + "1,1,1,1,USD,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,2026-10-31T00:00:00Z,2026-11-01T00:00:00Z,Usage,,messages,AWS,us-east-1,"
        + "arn:aws:sqs:us-east-1:111122223333:jobs,queue,Amazon Simple Queue Service,111122223333,,999900001111\n"

    /// Keeps the events of one run, and ends the loop behind it.
    private final class Watcher: LoopObserver {
        let name = "watcher"
        private let state = Mutex<(events: [LoopEvent], stop: (@Sendable () -> Void)?)>(([], nil))
        var events: [LoopEvent] { state.withLock { $0.events } }

        func stop(by body: @escaping @Sendable () -> Void) { state.withLock { $0.stop = body } }

        func observe(_ event: LoopEvent) {
            let stop = state.withLock { state in
                state.events.append(event.untimed)
                if case .runEnded = event.kind { return state.stop }
                return nil
            }
            stop?()
        }
    }

    private func session(_ words: [String], of command: Command) throws -> Session {
        let console = Console(writeOutput: { _ in }, writeError: { _ in }, clock: { Instant(seconds: 1_793_491_200) })
        let state = "\(state.path)/\(command.name)"
        return Session(try CommandLineParser.parse(["-C", estate.path, "--state", state] + words, for: command), console)
    }

    @Test("is told the same of a run in 'reconcile' and in 'serve'")
    func alike() throws {
        let loops = Watcher()
        let loop = try session(["--every", "10m", "--apply"], of: .reconcile)
        let setup = try LoopSetup(loop, observers: [loops])
        loops.stop { [board = setup.board] in board.stop() }
        setup.runLoop(every: TimeSpan(seconds: 600), clock: loop.console.clock)
        // The same is to be written once more.
        for branch in try estate.git(["for-each-ref", "--format=%(refname:short)", "refs/heads/bursar"]).split(separator: "\n") {
            try estate.git(["branch", "-D", String(branch)])
        }

        let serves = Watcher()
        let serve = try session(["--listen", "127.0.0.1:0", "--apply"], of: .serve)
        let served = try LoopSetup(serve, observers: [serves])
        serves.stop { [board = served.board] in board.stop() }
        try ServeSession(serve, served, RunMeter()).run()

        #expect(serves.events == loops.events)
        guard case .runBegan(.interval) = loops.events.first?.kind, case .runEnded(let run, .interval) = loops.events.last?.kind else {
            Issue.record("a run begins and ends: \(loops.events)")
            return
        }
        #expect(run.stages.map(\.stage) == Stage.allCases)
        #expect(loops.events.contains { if case .scored = $0.kind { true } else { false } })
    }

    @Test("'reconcile' sends traces as 'serve' does, and refuses the same addresses")
    func traces() throws {
        for command in [Command.reconcile, .serve] {
            let session = try session(["--otlp-endpoint", "ftp://h"], of: command)
            #expect(throws: CommandFailure.self) { try LoopSetup(session) }
        }
        #expect(
            try LoopObservers.all(session(["--otlp-endpoint", "http://h"], of: .reconcile), log: log).map(\.name) == ["log", "traces"])
        #expect(try LoopObservers.all(session([], of: .reconcile), log: log).map(\.name) == ["log"])
    }

    private var log: LoopLog {
        LoopLog(
            console: Console(writeOutput: { _ in }, writeError: { _ in }, clock: { Instant(seconds: 0) }), format: .text, isQuiet: true)
    }
}

extension LoopEvent {
    /// Without what a clock of its own measured.
    fileprivate var untimed: LoopEvent {
        var event = self
        switch kind {
        case .stageEnded(var status):
            status.milliseconds = 0
            event.kind = .stageEnded(status)
        case .runEnded(var run, let cause):
            for index in run.stages.indices { run.stages[index].milliseconds = 0 }
            event.kind = .runEnded(run, cause)
        default: break
        }
        return event
    }
}
