import CostModel
import Forge
import ForgeDouble
import Store
import Synchronization
import TestSupport
import Testing
import WebClient

@testable import Reconciliation

/// A workspace on a code host: a bare repository behind a mirror, and requests on a double.
final class HostedLoop {
    let estate: SmallEstate
    let bare: TemporaryRepository
    private(set) var host: ForgeDouble
    let state = TemporaryDirectory()
    let board = StatusBoard(workspaces: ["small"])
    private let token = TemporaryDirectory()
    private let killedAfter = Mutex<WriteStep?>(nil)
    private var acts: [WriteStep: () throws -> Void] = [:]
    private(set) var forge: any Forge
    private var kind: CodeHost
    private var watchedBranch: String?
    /// Else branches are all there is.
    var hasHost = true
    /// Whose repository and host it shares.
    private var other: HostedLoop?

    /// Another entry for the same repository and host, with a ledger of its own.
    init(beside other: HostedLoop, branch: String?) {
        (kind, estate, bare, host, clock, forge) = (other.kind, other.estate, other.bare, other.host, other.clock, other.forge)
        (self.other, watchedBranch, hasHost) = (other, branch, other.hasHost)
    }

    init(_ kind: CodeHost, requests: String = "") throws {
        self.kind = kind
        estate = try SmallEstate()
        if !requests.isEmpty {
            try estate.repository.write(Self.workspace(requests), to: "bursar.yaml")
            try estate.repository.commit()
        }
        bare = try TemporaryRepository(bare: true)
        try estate.repository.git(["push", "--quiet", bare.path, "main:main"])
        let clock = Clock(SmallEstate.now)
        self.clock = clock
        let host = ForgeDouble(kind, repository: bare.path, clock: { clock.now.seconds })
        self.host = host
        try token.write(host.token + "\n", to: "token")
        try token.setMode(0o600, of: "token")
        forge = try host.client(token: token.path + "/token")
    }

    static func workspace(_ requests: String, prefix: String = "bursar/") -> String {
        SmallEstate.workspace(more: "  remediation:\n    branchPrefix: \(prefix)\n    requests: \(requests)\n")
    }

    /// From now on requests are on another host, which follows the same repository.
    func move(to kind: CodeHost) throws {
        let clock = clock
        self.kind = kind
        host = ForgeDouble(kind, repository: bare.path, clock: { clock.now.seconds })
        forge = try host.client(token: token.path + "/token")
    }

    /// The project has another name from now on.
    func rename(to name: String) throws {
        host = host.renamed(to: name)
        forge = try host.client(token: token.path + "/token")
        project = name
    }

    private var project = "infra"
    let clock: Clock

    final class Clock: Sendable {
        private let time: Mutex<Instant>

        init(_ now: Instant) { time = Mutex(now) }
        var now: Instant { time.withLock { $0 } }
        func advance(_ span: TimeSpan) { time.withLock { $0 = $0.adding(span) } }
    }

    func kill(after step: WriteStep?) { killedAfter.withLock { $0 = step } }

    /// What somebody else does after a step, once.
    func meanwhile(_ step: WriteStep, _ act: @escaping () throws -> Void) { acts[step] = act }

    @discardableResult
    func run(_ cause: RunCause = .interval, forge: (any Forge)? = nil, isDryRun: Bool = false) throws -> RunResult {
        let environment = LoopEnvironment(
            now: { [clock] in clock.now }, isDryRun: isDryRun, toolVersion: "1",
            isKilled: { [self] step in
                do { try acts.removeValue(forKey: step)?() } catch { Issue.record(error) }
                return killedAfter.withLock { $0 == step }
            })
        let watched = WatchedWorkspace(
            name: "small", repository: bare.path, branch: watchedBranch, observedFolder: estate.path, protocols: [.file],
            forge: ForgeSettings(kind: hasHost ? .host(kind) : .branches, project: "acme/\(project)"))
        let origin = try MirrorOrigin(at: state.path + "/mirror.git", watched, isCancelled: { false })
        var run = WorkspaceRun(
            watched, origin: origin, forge: hasHost ? forge ?? self.forge : nil, ledger: try ledger(), board: board,
            environment: environment)
        run.orders = OrderFolder(state.path + "/orders")
        let result = run.perform(cause)
        run.rollBack()
        return result
    }

    func ledger() throws -> Ledger { try Ledger.open(at: state.path + "/ledger.sqlite", mode: .readWrite) }

    func loseLedger() {
        for name in ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"] { state.remove(name) }
    }

    /// Somebody sets the missing tag, without the request.
    func mendByHand() throws {
        let fixed = SmallEstate.queue.replacing("team = \"payments\"", with: "team = \"payments\"\n    cost-center = \"CC-9999\"")
        try commit(fixed, to: "infra/app/main.tf")
    }

    /// People's commits on the main branch.
    func commit(_ text: String, to file: String) throws {
        try estate.repository.git(["pull", "--quiet", "--rebase", bare.path, "main"])
        try estate.repository.write(text, to: file)
        try estate.repository.commit()
        try estate.repository.git(["push", "--quiet", bare.path, "main:main"])
    }
}

extension HostedLoop: @unchecked Sendable {}  // Each test uses its loop on one thread; clock and kill are behind locks.

@Suite("a run over a code host")
struct HostedRunTests {
    static let kinds = CodeHost.allCases

    @Test("opens one request with dollars, findings, proof and labels, and a status beside the commit", arguments: kinds)
    func opens(kind: CodeHost) throws {
        let loop = try HostedLoop(kind, requests: "{reviewers: [ada]}")
        let result = try loop.run()
        #expect(result.run.outcome == .succeeded, "\(result.run.stages.map(\.message))")
        let request = try #require(loop.host.requests.first)
        #expect(loop.host.requests.count == 1)
        #expect(request.title.contains("payments: 1 finding of cost-allocation"))
        #expect(request.body.contains("infra/app/main.tf"))
        #expect(request.labels == ["bursar"])
        #expect(request.reviewers == ["ada"])
        #expect(loop.host.statuses.map(\.state).count == 1)
        let record = try #require(try loop.ledger().requests().first)
        #expect(record.number == request.number && record.state == .open)
        #expect(try loop.run().run.outcome == .unchanged)
        // A new day looks at everything again, and writes nothing.
        loop.clock.advance(.days(1))
        let exchanges = loop.host.exchanges.count
        #expect(try loop.run().run.outcome != .unchanged)
        #expect(loop.host.exchanges[exchanges...].allSatisfy { $0.request.method == .get })
        #expect(loop.host.requests.count == 1)
    }

    @Test("a merge by any method is seen, also when the branch is gone", arguments: kinds, ForgeDouble.MergeMethod.allCases)
    func merges(kind: CodeHost, method: ForgeDouble.MergeMethod) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        let number = try #require(loop.host.requests.first?.number)
        _ = try loop.host.merge(number, method: method)
        try loop.run()
        let record = try #require(try loop.ledger().requests().first)
        #expect(record.state == .merged)
        #expect(record.mergeCommit != nil)
        #expect(loop.host.requests.count == 1)
    }

    @Test("closed by a person stays closed, also when the ledger is lost", arguments: kinds)
    func dismissed(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        try loop.host.close(try #require(loop.host.requests.first?.number))
        loop.clock.advance(.days(1))
        try loop.commit("x", to: "README")
        try loop.run()
        #expect(try loop.ledger().requests().map(\.state) == [.dismissed])
        loop.loseLedger()
        try loop.commit("y", to: "README")
        loop.clock.advance(.days(1))
        try loop.run()
        #expect(loop.host.requests.count == 1)
        #expect(try loop.ledger().requests().map(\.state) == [.dismissed])
    }

    @Test("an open request is found again when the ledger is lost", arguments: kinds)
    func adopted(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        loop.loseLedger()
        loop.clock.advance(.days(1))
        try loop.run()
        #expect(loop.host.requests.count == 1)
        #expect(try loop.ledger().requests().map(\.state) == [.open])
    }

    @Test("fixed elsewhere: the request is closed with a word, and its branch deleted", arguments: kinds)
    func fixed(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        try loop.mendByHand()
        try loop.run()
        let request = try #require(loop.host.requests.first)
        #expect(!request.isOpen)
        #expect(request.comments.count == 1)
        #expect(try loop.bare.git(["for-each-ref", "refs/heads/bursar"]).isEmpty)
        #expect(try loop.ledger().requests().map(\.state) == [.obsolete])
    }

    @Test("an edited branch is told about once, and never overwritten", arguments: kinds)
    func edited(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        let branch = try #require(loop.host.requests.first?.head)
        _ = try loop.host.pushCommit(on: branch, file: "mine", text: "mine")
        let tip = try loop.bare.git(["rev-parse", branch])
        try loop.commit("# ours\n" + SmallEstate.queue, to: "infra/app/main.tf")
        for _ in 1...3 {
            loop.clock.advance(.days(1))
            try loop.run()
        }
        #expect(try loop.bare.git(["rev-parse", branch]) == tip)
        #expect(loop.host.requests[0].comments.count == 1)
        #expect(loop.host.requests.count == 1)
    }

    @Test("killed after any step, the next run completes it and nothing is there twice", arguments: kinds, WriteStep.allCases)
    func killed(kind: CodeHost, step: WriteStep) throws {
        let loop = try HostedLoop(kind)
        loop.kill(after: step)
        try loop.run()
        loop.kill(after: nil)
        try loop.run(.retry)
        #expect(loop.host.requests.count == 1)
        #expect(loop.host.requests[0].isOpen)
        #expect(try loop.ledger().requests().map(\.state) == [.open])
        #expect(try loop.run().run.outcome == .unchanged)
        try loop.bare.git(["fsck", "--strict"])
    }

    @Test("faults of the host fail the run, close nothing, and pass", arguments: kinds)
    func faults(kind: CodeHost) throws {
        for fault in [
            Fault.status(500), .timeOutBefore, .timeOutAfter, .connectionReset, .garbage, .truncated, .redirect("https://evil.example/"),
        ] {
            for request in 1...4 {
                let loop = try HostedLoop(kind)
                loop.host.fail(fault, atRequest: request)
                try loop.run()
                try loop.run(.retry)
                try loop.run(.retry)
                #expect(loop.host.requests.filter(\.isOpen).count == 1, "\(fault) at \(request)")
                #expect(loop.host.requests.count == 1, "\(fault) at \(request)")
            }
        }
    }

    @Test("a host that asks to wait is waited for", arguments: kinds)
    func rateLimit(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        loop.host.fail(.tooManyRequests(retryAfter: 77))
        let result = try loop.run()
        #expect(result.run.outcome == .failed)
        #expect(result.retryAfter == 77)
        #expect(result.run.stages.last?.reason == .forgeFailed)
    }
}
