import CostModel
import Forge
import ForgeDouble
import Foundation
import Reconciliation
import Store
import TestSupport

/// Many days of many teams, driven by a clock, against a double of the code host. After every run the invariants hold.
///
/// People merge, close, open again, edit, rewrite, revert, fix by hand, undo, resize and tidy branches away; policies change and break; bills
/// arrive late, torn, twice and packed, and follow what was merged; samples and states are missing for a day; the host fails and closes by
/// itself, the ledger is lost, the clock jumps, runs are killed.
final class Simulation {
    private static let start = Day(year: 2026, month: 3, day: 2)

    let company: Company
    let host: ForgeDouble
    var random: SeededGenerator
    var invariants: Invariants
    /// How often what happened.
    var events: [String: Int] = [:]
    let clock: SimulatedClock
    private var sensors: Sensors
    private let forge: any Forge
    private let state = TemporaryDirectory()
    private let secrets = TemporaryDirectory()
    private var board = StatusBoard(workspaces: ["simulated"])
    private(set) var days = 0
    private(set) var runs = 0
    private var seconds: [String: Double] = [:]
    private let isTraced: Bool

    /// - Parameter isTraced: whether the log of every run is shown.
    init(seed: UInt64, teams: Int, kind: CodeHost, isTraced: Bool = false) throws {
        self.isTraced = isTraced
        let clock = SimulatedClock(Self.start.start.adding(.hours(8)))
        self.clock = clock
        random = SeededGenerator(seed: seed)
        company = try Company(teams: teams, start: Self.start)
        sensors = try Sensors(company, start: Self.start)
        host = ForgeDouble(kind, repository: company.remote.path, clock: { clock.now.seconds })
        try secrets.write(host.token + "\n", to: "token")
        try secrets.setMode(0o600, of: "token")
        forge = try host.client(token: secrets.path + "/token")
        invariants = Invariants(company: company, host: host)
    }

    func run(days count: Int) throws {
        for day in 1...count {
            try timed("people") { try live() }
            try timed("world") { try turn() }
            for _ in 0..<2 {
                try reconcile()
                clock.advance(.hours(3))
            }
            clock.advance(.hours(18))
            days = day
            if day % 20 == 0 { try Soundness.check(company.remote, "day \(day)") }
        }
        let savings = try ledger().savings()
        for (standing, records) in Dictionary(grouping: savings, by: \.standing) { events["savings \(standing.rawValue)"] = records.count }
        if isTraced { for record in savings { print(record.change.change.title, record.standing.rawValue, record.method) } }
        try timed("invariants") { try invariants.checkSavings(savings, until: clock.now.day) }
    }

    /// What happened, and where the time went.
    var summary: String {
        let happened = events.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        let spent = seconds.sorted { $0.value > $1.value }.map { "\($0.key) \(Int($0.value)) s" }
        return "\(days) days, \(company.teams.count) teams, \(runs) runs: \(happened.joined(separator: ", ")); "
            + "\(invariants.measured) savings as the bills have it; time: \(spent.joined(separator: ", "))"
    }

    func note(_ event: String) { events[event, default: 0] += 1 }

    func timed<Result>(_ name: String, _ body: () throws -> Result) rethrows -> Result {
        let begin = Date()
        defer { seconds[name, default: 0] += Date().timeIntervalSince(begin) }
        return try body()
    }

    // MARK: The world

    /// What is applied, billed and measured this morning.
    private func turn() throws {
        let today = clock.now.day
        for team in company.teams where random.percent(50) { try company.deploy(team, on: today) }
        let gap = random.percent(15) ? Sensors.Gap.allCases.randomElement(using: &random) : nil
        if let gap { note("days without \(gap)") }
        try sensors.observe(onMorningOf: today, without: gap, of: company.teams.randomElement(using: &random) ?? company.teams[0])
        let delivery: Sensors.Delivery =
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<10: .packed
            case 10..<20: .twice
            case 20..<25: .torn
            // Once late it stays so for a while: after three days a bill is stale.
            case 25..<(sensors.missingDays > 0 ? 70 : 35): .late
            default: .plain
            }
        if delivery != .plain { note("bills \(delivery)") }
        try sensors.deliver(onMorningOf: today, delivery)
        if random.percent(2) {
            for name in ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"] { state.remove(name) }
            board = StatusBoard(workspaces: ["simulated"])
            invariants.ledgerIsLost()
            note("ledgers lost")
        }
        if random.percent(4) {
            clock.advance([.hours(-7), .hours(-1), .hours(5)].randomElement(using: &random) ?? .hours(5))
            note("clock jumps")
        }
    }

    // MARK: The loop

    private func reconcile() throws {
        if random.percent(10) {
            host.fail(
                [.status(500), .timeOutAfter, .timeOutBefore, .connectionReset, .truncated].randomElement(using: &random) ?? .status(500),
                atRequest: Int.random(in: 1...4, using: &random))
            note("faults of the host")
        }
        clock.kill(afterSteps: random.percent(25) ? Int.random(in: 1...3, using: &random) : nil)
        try timed("invariants") { try invariants.remember() }
        let before = host.requests.count
        let result = try timed("runs") { try perform() }
        runs += 1
        events["requests opened", default: 0] += host.requests.count - before
        let isKilled = result.run.stages.last?.reason == .interrupted
        if isKilled { note("runs killed") }
        note("runs \(result.run.isPartial ? "in part" : result.run.outcome.rawValue)")
        clock.kill(afterSteps: nil)
        try timed("invariants") {
            if !isKilled { try invariants.checkUnseen(ledger()) }
            try invariants.check(isKilled ? nil : result, ledger(), settings: RequestSettings(), now: clock.now, isThorough: runs % 10 == 0)
        }
    }

    private func perform() throws -> RunResult {
        let clock = clock
        let watched = WatchedWorkspace(
            name: "simulated", repository: company.remote.path, observedFolder: sensors.folder.path, protocols: [.file],
            forge: ForgeSettings(kind: .host(.github)))
        let environment = LoopEnvironment(
            now: { clock.now }, isDryRun: false, toolVersion: "1",
            events: LoopEvents(isTraced ? [Tracer()] : []),
            isKilled: { _ in clock.isKilled() })
        return WorkspaceRun(
            watched, origin: try MirrorOrigin(at: state.path + "/mirror.git", watched, isCancelled: { false }), forge: forge,
            ledger: try ledger(), board: board, environment: environment
        ).perform(.interval)
    }

    private func ledger() throws -> Ledger { try Ledger.open(at: state.path + "/ledger.sqlite", mode: .readWrite) }
}

/// Prints what went wrong in runs.
private struct Tracer: LoopObserver {
    let name = "tracer"

    func observe(_ event: LoopEvent) {
        guard case .problem(let problem) = event.kind else { return }
        print("\(event.time) \(problem.severity) \(problem.message)")
    }
}

extension TimeSpan {
    /// Back in time where negative.
    fileprivate static func hours(_ count: Int64) -> TimeSpan { TimeSpan(seconds: count * 3_600) }
}
