import CostModel
import Forge
import Foundation
import Store
import Synchronization
import TestSupport
import Testing

@testable import Reconciliation

/// A workspace in a repository of this machine, reconciled by a clock of the test's own.
final class LocalLoop {
    let estate: SmallEstate
    let state = TemporaryDirectory()
    let board = StatusBoard(workspaces: ["small"])
    let ledger: Ledger
    private let time: Mutex<Instant>
    private let killedAfter = Mutex<WriteStep?>(nil)
    /// What somebody else does while a run writes.
    let meanwhile = Mutex<(@Sendable () -> Void)?>(nil)
    private let writesPatches: Bool
    private let events: LoopEvents
    private let channels: [MessageChannel]

    /// - Parameter patches: into the folder `requests`; else branches are written.
    init(
        _ estate: SmallEstate, patches: Bool = false, observers: [any LoopObserver] = [], channels: [MessageChannel] = []
    ) throws {
        self.estate = estate
        self.channels = channels
        writesPatches = patches
        events = LoopEvents(observers)
        ledger = try Ledger.open(at: state.path + "/ledger.sqlite", mode: .readWrite)
        time = Mutex(SmallEstate.now)
    }

    var now: Instant { time.withLock { $0 } }
    func advance(_ span: TimeSpan) { time.withLock { $0 = $0.adding(span) } }
    func kill(after step: WriteStep?) { killedAfter.withLock { $0 = step } }

    @discardableResult
    func run(_ cause: RunCause = .interval, isDryRun: Bool = false) throws -> RunResult {
        try context(isDryRun: isDryRun).perform(cause)
    }

    func reverter() throws -> Reverter { Reverter(try context(isDryRun: false), cause: .commandLine(user: "test")) }

    private func context(isDryRun: Bool) throws -> WorkspaceRun {
        let environment = LoopEnvironment(
            now: { [self] in time.withLock { $0 } }, isDryRun: isDryRun, toolVersion: "1",
            clients: EngineClients([], channels: channels, environment: [:]), events: events,
            isKilled: { [self] step in
                meanwhile.withLock { $0 }?()
                return killedAfter.withLock { $0 == step }
            })
        let watched = WatchedWorkspace(name: "small", repository: estate.path)
        return WorkspaceRun(
            watched, origin: try LocalOrigin(estate.path), forge: writesPatches ? patchForge : nil, ledger: ledger, board: board,
            environment: environment)
    }

    var patchFolder: String { state.path + "/requests" }

    private var patchForge: PatchForge {
        PatchForge(
            folder: patchFolder, patches: { [path = estate.path] in try CommitPatches.files(of: $0.commit, in: path) },
            clock: { [self] in time.withLock { $0.seconds } })
    }

    var branches: [String] {
        get throws {
            try estate.repository.git(["for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads/bursar"])
                .split(separator: "\n").map(String.init)
        }
    }
}

extension LocalLoop: @unchecked Sendable {}  // Each test uses its loop on one thread; the clock is behind a lock.
