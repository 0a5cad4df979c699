import CostModel
import Foundation
import Git
import TestSupport
import Testing

@testable import Reconciliation
@testable import Store

@Suite("opening a workspace")
struct OpenerTests {
    private let estate: SmallEstate
    private let folder = TemporaryDirectory()
    private let watched: WatchedWorkspace

    init() throws {
        estate = try SmallEstate()
        watched = WatchedWorkspace(name: "small", repository: estate.path)
    }

    private var state: StateFolder { StateFolder(folder.path + "/state") }

    /// A process of its own: its board knows nothing yet.
    private func process(_ observers: [any LoopObserver] = []) -> (board: StatusBoard, opener: WorkspaceOpener) {
        let board = StatusBoard(workspaces: ["small"])
        let environment = LoopEnvironment(
            now: { SmallEstate.now }, isDryRun: false, toolVersion: "1", events: LoopEvents(observers))
        let state = state
        return (board, WorkspaceOpener(state: { _ in state }, board: board, environment: environment, makeForge: { _, _ in nil }))
    }

    @Test("one run at a time: the second is told who has the lock, and comes through later")
    func lock() throws {
        let (board, opener) = process()
        #expect(opener.run(watched, .commandLine(user: "test")).run.outcome == .succeeded)
        let applied = board.status(of: "small")?.appliedRevision
        #expect(applied != nil)

        let lock = try ProcessLock(at: state.lock, now: SmallEstate.now.seconds)
        let (second, other) = process()
        let held = other.run(watched, .commandLine(user: "test"))
        #expect(held.run.outcome == .failed)
        #expect(held.run.stages.first?.reason == .locked)
        lock.release()
        #expect(other.run(watched, .commandLine(user: "test")).run.outcome == .unchanged)
        // What was remembered is not forgotten over a failed attempt.
        #expect(second.status(of: "small")?.appliedRevision == applied)
    }

    @Test("a run begins and ends once for observers, whether it came to pass, failed before its first stage, or was suspended")
    func events() throws {
        let recorder = EventRecorder()
        let (board, opener) = process([recorder])
        let result = opener.run(watched, .webhook(.github, event: "push"))
        #expect(recorder.events.map(\.run) == [nil] + Array(repeating: result.run.id, count: recorder.events.count - 1))
        let told = recorder.take()
        #expect(told.first == "began by webhook github push" && told.last == "ended succeeded by webhook github push")

        let lock = try ProcessLock(at: state.lock, now: SmallEstate.now.seconds)
        _ = opener.run(watched, .retry)
        let held = recorder.take()
        #expect(held.count == 3 && held[0] == "began by retry" && held[2] == "ended failed by retry", "\(held)")
        #expect(held[1].hasPrefix("error "))
        lock.release()

        board.setSuspended("small", true)
        _ = opener.run(watched, .api(caller: "ada"))
        #expect(recorder.take() == ["began by user ada", "suspended by user ada", "ended unchanged by user ada"])
        board.setSuspended("small", false)
        _ = opener.run(watched, .api(caller: "ada"))
        #expect(recorder.take().prefix(2) == ["began by user ada", "resumed by user ada"])
    }

    @Test("a remote that never answers ends by the deadline of fetch, and may be tried again")
    func silent() throws {
        let socket = try LoopbackSocket()
        let silent = WatchedWorkspace(
            name: "small", repository: "git://127.0.0.1:\(socket.port)/a.git", protocols: [.git],
            deadlines: StageDeadlines(limits: [.fetch: TimeSpan(seconds: 1)]))
        let result = process().opener.run(silent, .commandLine(user: "test"))
        #expect(result.run.outcome == .failed)
        #expect(result.run.stages.map(\.reason) == [.deadlineExceeded])
        #expect(result.run.stages.map(\.condition) == [.reconciling])
    }

    @Test(
        "a protocol that is not among those of the settings is not spoken",
        arguments: ["https://127.0.0.1:1", "ssh://127.0.0.1:1", "https://git.example.com", "git://127.0.0.1:1"])
    func protocols(address: String) {
        let socketless = WatchedWorkspace(name: "small", repository: "\(address)/a.git", protocols: [.file])
        let result = process().opener.run(socketless, .commandLine(user: "test"))
        #expect(result.run.outcome == .stalled)
        let message = result.run.stages.last?.message ?? ""
        #expect(message.contains("not among 'protocols'") || message.contains("is not allowed"), "\(message)")
    }

    @Test(
        "http to this machine is spoken whatever the settings name, and to no other",
        arguments: [[.https, .ssh], [.https], [.file]] as [Set<WatchedWorkspace.TransportProtocol>])
    func loopback(protocols: Set<WatchedWorkspace.TransportProtocol>) throws {
        // Nobody listens there any more: the connection is tried, and fails.
        let port = try LoopbackSocket().port
        for host in ["127.0.0.1", "localhost"] {
            let watched = WatchedWorkspace(name: "small", repository: "http://\(host):\(port)/a.git", protocols: protocols)
            let result = process().opener.run(watched, .commandLine(user: "test"))
            #expect(result.run.outcome == .failed && result.run.stages.map(\.reason) == [.fetchFailed], "\(result.run.stages)")
            #expect(result.run.stages.last?.message.contains("protocol") == false, "\(result.run.stages)")
            folder.remove("state")
        }
        let other = WatchedWorkspace(name: "small", repository: "http://git.example.com/a.git", protocols: protocols)
        #expect(process().opener.run(other, .commandLine(user: "test")).run.outcome == .stalled)
    }

    @Test("another address of the repository is said as such, with the way out, and after it the mirror is made anew")
    func otherAddress() throws {
        let bares = [try TemporaryRepository(bare: true), try TemporaryRepository(bare: true)]
        for bare in bares { try estate.repository.git(["push", "--quiet", bare.path, "main:main"]) }
        func run(_ bare: TemporaryRepository) -> RunResult {
            let watched = WatchedWorkspace(
                name: "small", repository: "file://\(bare.path)", observedFolder: estate.path, protocols: [.file])
            return process().opener.run(watched, .commandLine(user: "test"))
        }
        #expect(run(bares[0]).run.outcome == .succeeded)
        let refused = run(bares[1])
        #expect(refused.run.outcome == .stalled && refused.run.stages.map(\.reason) == [.invalidConfiguration])
        #expect(refused.run.stages.last?.message.contains("'bursar state rebind'") ?? false, "\(refused.run.stages)")
    }

    @Test("what another process suspended is not looked at, until a third resumes it")
    func suspended() throws {
        let (_, opener) = process()
        #expect(opener.run(watched, .commandLine(user: "test")).run.outcome == .succeeded)
        let (board, other) = process()
        board.setSuspended("small", true)
        #expect(other.run(watched, .commandLine(user: "ada")).run.stages.map(\.reason) == [.suspended])
        #expect(opener.run(watched, .api(caller: "test")).run.stages.map(\.reason) == [.suspended])
        let (third, last) = process()
        third.setSuspended("small", false)
        #expect(last.run(watched, .api(caller: "grace")).run.outcome == .succeeded)
        #expect(opener.run(watched, .api(caller: "test")).run.outcome == .succeeded)
        let ledger = try Ledger.open(at: state.ledger, mode: .readOnly)
        #expect(try ledger.audits().map(\.action).filter { [.suspended, .resumed].contains($0) }.count == 2)
    }

    @Test("a damaged ledger is moved aside, said, and does not stop the run or open a second branch")
    func damaged() throws {
        let (_, opener) = process()
        #expect(opener.run(watched, .commandLine(user: "test")).run.outcome == .succeeded)
        for name in ["state/ledger.sqlite-wal", "state/ledger.sqlite-shm"] { folder.remove(name) }
        try folder.write("this is no database, and long enough to be looked at", to: "state/ledger.sqlite")
        let (_, other) = process()
        #expect(other.run(watched, .commandLine(user: "test")).run.outcome == .succeeded)
        let branches = try estate.repository.git(["for-each-ref", "--format=%(refname)", "refs/heads/bursar"]).split(separator: "\n")
        #expect(branches.count == 1)
        let ledger = try Ledger.open(at: state.ledger, mode: .readOnly)
        #expect(try ledger.audits().contains { $0.action == .ledgerRebuilt })
    }

    /// Overwrites the first page of a table or index, as a disk may.
    private func damage(_ name: String) throws {
        let page: Int64
        do {
            let ledger = try Ledger.open(at: state.ledger, mode: .readOnly)
            page = try #require(try ledger.database.value("SELECT rootpage FROM sqlite_schema WHERE name = ?", [name]))
        }
        for name in ["state/ledger.sqlite-wal", "state/ledger.sqlite-shm"] { folder.remove(name) }
        var bytes = try folder.read("state/ledger.sqlite")
        for at in Int(page - 1) * 4_096..<Int(page) * 4_096 { bytes[at] = UInt8(truncatingIfNeeded: at &* 31) }
        try folder.write(bytes, to: "state/ledger.sqlite")
    }

    @Test(
        "whatever part of the ledger is damaged, the run that finds it moves it aside and comes through, in a new process and in the same one",
        arguments: ["settings", "status", "status_stages", "runs", "run_stages", "lives", "audit", "requests", "scores", "costs"].map {
            ($0, false)
        }
            // A process that has looked at every page before does not do so again.
            + ["settings", "status", "status_stages", "lives"].map { ($0, true) })
    func damagedPage(table: String, isSameProcess: Bool) throws {
        let first = process()
        #expect(first.opener.run(watched, .commandLine(user: "test")).run.outcome == .succeeded)
        try damage(table)
        let recorder = EventRecorder()
        let opener = isSameProcess ? first.opener : process([recorder]).opener
        #expect(opener.run(watched, .api(caller: "test")).run.outcome == .succeeded)
        let ledger = try Ledger.open(at: state.ledger, mode: .readOnly)
        #expect(try ledger.audits().contains { $0.action == .ledgerRebuilt } && ledger.verify() == [])
        #expect(try FileManager.default.contentsOfDirectory(atPath: state.path).contains { $0.hasPrefix("ledger.sqlite.corrupt-") })
        if !isSameProcess { #expect(recorder.take().count { $0.contains("the ledger was damaged") } == 1) }
        let branches = try estate.repository.git(["for-each-ref", "--format=%(refname)", "refs/heads/bursar"]).split(separator: "\n")
        #expect(branches.count == 1)
    }
}
