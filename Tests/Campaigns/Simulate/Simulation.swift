import CostModel
import Forge
import ForgeDouble
import Reconciliation
import Store
import Synchronization
import TestSupport

/// Many days of many teams, driven by a clock: people merge, close, edit, rewrite, mend by hand and undo; bills arrive late or torn;
/// policies break; the host fails; runs are killed. After every run the invariants hold.
final class Simulation {
    struct Figures {
        var days = 0
        var runs = 0
        var kills = 0
        var opened = 0
        var merged = 0
        var conflicts = 0
        var dismissed = 0
        var edited = 0
    }

    private let estate: SimulatedEstate
    private let host: ForgeDouble
    private let forge: any Forge
    private let state = TemporaryDirectory()
    private let secrets = TemporaryDirectory()
    private let clock: Clock
    private let board = StatusBoard(workspaces: ["simulated"])
    private var random: SeededGenerator
    private var invariants: Invariants
    private var policiesAreBroken = false
    private var queues = 0
    private(set) var figures = Figures()

    final class Clock: Sendable {
        private let time: Mutex<Instant>
        private let steps = Mutex<Int?>(nil)

        init(_ now: Instant) { time = Mutex(now) }
        var now: Instant { time.withLock { $0 } }
        func advance(_ span: TimeSpan) { time.withLock { $0 = $0.adding(span) } }

        /// Kills the run after so many steps that write; nil: not at all.
        func kill(afterSteps count: Int?) { steps.withLock { $0 = count } }

        func isKilled() -> Bool {
            steps.withLock { steps in
                steps = steps.map { $0 - 1 }
                return steps == 0
            }
        }
    }

    init(seed: UInt64, teams: Int, kind: ForgeKind) throws {
        let clock = Clock(Day(year: 2026, month: 3, day: 2).start.adding(.hours(8)))
        self.clock = clock
        random = SeededGenerator(seed: seed)
        estate = try SimulatedEstate(teams: teams, start: clock.now.day)
        host = ForgeDouble(kind, repository: estate.bare.path, clock: { clock.now.seconds })
        try secrets.write(host.token + "\n", to: "token")
        try secrets.setMode(0o600, of: "token")
        let token = TokenFile(path: secrets.path + "/token")
        forge =
            switch kind {
            case .gitlab: try GitLabForge(api: host.api, project: "acme/infra", token: token, sender: host)
            case .gitea: try GiteaForge(api: host.api, repository: "acme/infra", token: token, sender: host)
            default: try GitHubForge(api: host.api, repository: "acme/infra", token: token, sender: host)
            }
        invariants = Invariants(estate: estate, host: host)
    }

    func run(days: Int) throws {
        for day in 1...days {
            try live()
            try estate.writeBill(today: clock.now.day, late: random.percent(15) ? 2 : 0)
            if random.percent(5) { try estate.tearBill() }
            for _ in 0..<2 {
                try reconcile()
                clock.advance(.hours(3))
            }
            clock.advance(.hours(18))
            figures.days = day
            if day % 20 == 0 { try estate.bare.git(["fsck", "--strict"]) }
        }
    }

    // MARK: A day of people

    private func live() throws {
        for request in host.requests.filter(\.isOpen) {
            // Whoever worked on a branch brings it to an end sooner or later.
            let isTheirs = invariants.edits[request.head] != nil
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<(isTheirs ? 40 : 25):
                let method = ForgeDouble.MergeMethod.allCases.randomElement(using: &random) ?? .merge
                do {
                    try host.merge(request.number, method: method)
                    // A squash or a rebase takes what people wrote along under another name.
                    invariants.edits[request.head] = nil
                    figures.merged += 1
                } catch {
                    // It does not merge any more: somebody else changed the same lines.
                    figures.conflicts += 1
                }
            case 40..<(isTheirs ? 60 : 45):
                try host.close(request.number)
                figures.dismissed += 1
            case 60..<64 where !isTheirs:
                invariants.edits[request.head] = try host.pushCommit(on: request.head, file: "notes/\(request.number)", text: "mine\n")
                figures.edited += 1
            case 64..<66 where !isTheirs:
                invariants.edits[request.head] = try host.forcePush(
                    request.head, onto: "main", file: "notes/\(request.number)", text: "rewritten\n")
                figures.edited += 1
            default: break
            }
        }
        let team = estate.teams.randomElement(using: &random) ?? estate.teams[0]
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<10: try estate.mend(team)
        case 10..<60: try estate.undo(team)
        case 60..<70:
            queues += 1
            try estate.addQueue("more-\(queues)", to: team)
        case 70..<73 where !policiesAreBroken:
            try estate.breakPolicies()
            policiesAreBroken = true
        default:
            if policiesAreBroken {
                try estate.mendPolicies()
                policiesAreBroken = false
            }
        }
    }

    // MARK: The loop

    private func reconcile() throws {
        if random.percent(10) {
            host.fail([.status(500), .timeOutAfter, .connectionReset, .truncated].randomElement(using: &random) ?? .status(500))
        }
        clock.kill(afterSteps: random.percent(25) ? Int.random(in: 1...4, using: &random) : nil)
        try invariants.remember()
        let before = host.requests.count
        let result = try perform()
        figures.runs += 1
        figures.opened += host.requests.count - before
        let isKilled = result.run.stages.last?.reason == .interrupted
        if isKilled { figures.kills += 1 }
        try invariants.check(isKilled ? nil : result, ledger(), settings: RequestSettings(), now: clock.now)
        clock.kill(afterSteps: nil)
    }

    private func perform() throws -> RunResult {
        let clock = clock
        let watched = WatchedWorkspace(
            name: "simulated", repository: estate.bare.path, observedFolder: estate.observed.path, protocols: [.file],
            forge: ForgeSettings(kind: .github))
        let environment = LoopEnvironment(
            now: { clock.now }, isDryRun: false, toolVersion: "1", isKilled: { _ in clock.isKilled() })
        return WorkspaceRun(
            watched, origin: try MirrorOrigin(at: state.path + "/mirror.git", watched, isCancelled: { false }), forge: forge,
            ledger: try ledger(), board: board, environment: environment
        ).perform(.interval, cause: "simulation")
    }

    private func ledger() throws -> Ledger { try Ledger.open(at: state.path + "/ledger.sqlite", mode: .readWrite) }
}
