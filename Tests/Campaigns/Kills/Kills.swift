import CostModel
import Forge
import ForgeDouble
import Foundation
import Git
import Store
import TestSupport

/// Kills the real program, or what it started, at random moments of a run that writes, and looks at what is left.
struct Kills {
    /// Who is killed.
    private enum Victim: CaseIterable {
        /// The program alone: a `git` that it started outlives it.
        case program
        /// With everything that it started, as when a machine dies.
        case everything
        /// Only what it started, all or one of it: the program itself goes on.
        case children, child
    }

    /// What a killed program had started.
    private struct Outliving {
        /// In which it, and what it starts, may still be at work.
        var sessions: Set<Int32> = []
        /// Stopped, as if it waited for a slow remote.
        var asleep: [Int32] = []

        var isAtWork: Bool { ProcessTree.isAtWork(sessions) }

        func wake() { for process in asleep { kill(process, SIGCONT) } }

        func awaitEnd() {
            wake()
            ProcessTree.waitForEnd(of: sessions)
        }
    }

    private struct Figures {
        var killed: [Victim: Int] = [:]
        /// Runs that began while a `git` of a killed one was still at work, and those of them that failed because of it.
        var besideOutliving = 0
        var disturbed = 0
        /// Lock files that killed parts of the remote's `git` left in it.
        var locks = 0
        var whole = 0
        /// What these said, apart from names.
        var complaints: Set<String> = []
    }

    private var random: SeededGenerator
    private let bursar: String
    private let kind: CodeHost?
    private let isTraced: Bool
    private var world: World
    private var estate: SimulatedEstate { world.estate }
    private var installation: Installation { world.installation }
    private var now: Instant { world.clock.now }
    /// Seconds after the start within which somebody is killed: about those of a run.
    private var span = 0.3
    /// After so many rounds everything begins anew: a repository of a thousand revisions takes long to look through.
    private static let age = 100
    /// From run to run.
    private static let pace = TimeSpan(seconds: 60)
    /// Teams that have nothing to fix.
    private var fixed: Set<String> = []
    private var figures = Figures()

    /// - Parameters:
    ///   - kind: a code host, behind which the double stands; nil: branches only.
    ///   - isTraced: whether each round is told of.
    init(seed: UInt64, bursar: String, kind: CodeHost?, isTraced: Bool = false) throws {
        self.isTraced = isTraced
        random = SeededGenerator(seed: seed)
        self.bursar = bursar
        self.kind = kind
        world = try World(bursar, kind)
    }

    private struct World {
        let estate: SimulatedEstate
        let server: HostServer?
        let installation: Installation
        let clock: SimulatedClock
        /// How many requests each team may have had by now: one, and one more each time its tags were taken away again.
        var most: [String: Int]

        init(_ bursar: String, _ kind: CodeHost?) throws {
            let clock = SimulatedClock(Day(year: 2026, month: 3, day: 2).start.adding(.hours(8)))
            let estate = try SimulatedEstate(teams: 3, start: clock.now.day, requests: "{maxNewPerHour: 100}")
            (self.clock, self.estate) = (clock, estate)
            server = try kind.map { try HostServer($0, of: estate.remote, clock: clock) }
            installation = try Installation(
                bursar, watching: estate.remote.url, observed: estate.observed.path,
                more: server.map { [$0.configuration] } ?? [])
            most = Dictionary(uniqueKeysWithValues: estate.teams.map { ($0, 1) })
        }
    }

    mutating func run(count: Int) throws {
        let begin = Date()
        try complete(0, beside: Outliving())
        for round in 1...count {
            try prepare(round)
            world.clock.advance(Self.pace)
            let process = try installation.start(now: now)
            usleep(UInt32.random(in: 0...UInt32(span * 1_000_000), using: &random))
            let outliving = try strike(process, round)
            // Most of the next runs begin at once, the others when what outlived is over; some runs are killed before a whole one.
            if random.percent(30) { outliving.awaitEnd() }
            if !outliving.isAtWork { figures.locks += estate.remote.removeLocks() }
            if random.percent(70) {
                try complete(round, beside: outliving)
            } else {
                outliving.awaitEnd()
                figures.locks += estate.remote.removeLocks()
                try look("round \(round)")
            }
        }
        try complete(count, beside: Outliving())
        report(count, Date().timeIntervalSince(begin))
    }

    private func report(_ count: Int, _ seconds: Double) {
        let killed = figures.killed.mapValues { "\($0)" }
        print(
            "kills (\(kind?.rawValue ?? "branches only")): \(count) rounds in \(Int(seconds)) s; killed in the middle: the program \(killed[.program] ?? "0") times, with all it started "
                + "\(killed[.everything] ?? "0"), all or one that it started \(killed[.children] ?? "0") and \(killed[.child] ?? "0"); "
                + "\(figures.whole) runs afterwards were whole; \(figures.besideOutliving) of them began beside a git that outlived its run, "
                + "\(figures.disturbed) failed once because of it; \(figures.locks) locks were left in the remote; repository and ledger were sound each time, nothing was written twice"
        )
        for complaint in figures.complaints.sorted().prefix(10) { print("  disturbed: \(complaint)") }
    }

    /// Something to write each time: everything is forgotten, or code moves so that requests are opened, updated or closed.
    private mutating func prepare(_ round: Int) throws {
        if round % Self.age == 0 {
            world = try World(bursar, kind)
            fixed = []
        }
        let team = estate.teams.randomElement(using: &random) ?? "team-1"
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<3:
            // A branch that is gone is a request that was closed where a host knows it: there only the state is lost.
            if kind == nil {
                for (branch, tip) in try estate.remote.branches() { try estate.remote.repository.deleteBranch(branch, expecting: tip) }
            }
            try installation.forget()
        case 3..<6 where fixed.count < 2:
            try estate.fix(team)
            fixed.insert(team)
        default:
            try estate.undo(team)
            if fixed.remove(team) != nil { world.most[team, default: 1] += 1 }
        }
    }

    // MARK: Killing

    private mutating func strike(_ process: ChildProcess, _ round: Int) throws -> Outliving {
        let victim = random.percent(50) ? .program : Victim.allCases.randomElement(using: &random) ?? .program
        ProcessTree.stop(process.identifier)
        let children = ProcessTree.descendants(of: process.identifier).filter(ProcessTree.isAlive)
        if isTraced {
            print(
                "round \(round): \(victim) is killed \(process.isRunning ? "" : "too late "), \(children.count) children; \(fixed.sorted()) are mended"
            )
        }
        var outliving = Outliving(sessions: ProcessTree.sessions(of: children))
        let isRunning = process.isRunning
        // So that about one of six comes too late, however fast the machine is: then every moment has its chance.
        span *= isRunning ? 1.01 : 0.95
        switch victim {
        case .program:
            process.signal(SIGKILL)
            if random.percent(60) { outliving.asleep = children }
            for child in outliving.asleep { kill(child, SIGSTOP) }
        case .everything:
            for child in children { kill(child, SIGKILL) }
            process.signal(SIGKILL)
        case .children: for child in children { kill(child, SIGKILL) }
        case .child: if let child = children.randomElement(using: &random) { kill(child, SIGKILL) }
        }
        process.signal(SIGCONT)
        let code = process.wait()
        let hasStruck = victim == .program || victim == .everything ? isRunning : !children.isEmpty
        if hasStruck { figures.killed[victim, default: 0] += 1 }
        if victim == .child || victim == .children {
            try require(code == 0 || code == 3, "round \(round): a run whose git was killed ends with \(code)")
        }
        return outliving
    }

    // MARK: Looking

    private func look(_ when: String) throws {
        try Soundness.check(estate.remote, when)
        if let ledger = try installation.ledger() { try Soundness.check(ledger, when) }
        guard let host = world.server?.host else { return }
        for team in estate.teams {
            let requests = host.requests.filter { $0.title.hasPrefix("\(team):") }
            try require(
                requests.count <= world.most[team] ?? 0, "\(when): \(team) has had \(requests.count) requests: \(requests.map(\.title))")
        }
    }

    /// The next run comes through. What is still at work of the one before may only disturb it so that it says so, and is right the next
    /// time.
    private mutating func complete(_ round: Int, beside outliving: Outliving) throws {
        world.clock.advance(Self.pace)
        let isBeside = outliving.isAtWork
        if isBeside { figures.besideOutliving += 1 }
        let delay = UInt32.random(in: 0...UInt32(span * 1_000_000), using: &random)
        var ended = try Installation.run([installation], now: now) {
            if !outliving.asleep.isEmpty { usleep(delay) }
            outliving.wake()
        }[0]
        outliving.awaitEnd()
        if isTraced {
            print(
                "round \(round): next: \(ended.code): \(ended.said)\(world.server?.host.requests.map { "  #\($0.number) \($0.isOpen ? "open" : "closed by \($0.closedBy ?? "nobody")") \($0.head)\n" }.joined() ?? "")"
            )
        }
        figures.locks += estate.remote.removeLocks()
        if isBeside, ended.code == 3 {
            figures.disturbed += 1
            figures.complaints.insert(ended.said.split(separator: "\n").first { $0.contains("error:") }.map(String.init) ?? ended.said)
            ended = try installation.run(now: now)
        }
        try require(ended.code == 0, "round \(round): the run after the kill ends with \(ended.code): \(ended.said)")
        figures.whole += 1
        try look("round \(round)")
        guard let ledger = try installation.ledger() else { throw Broken("round \(round): a whole run left no ledger") }
        try Soundness.checkSettled(ledger, estate.remote, open: estate.teams.count - fixed.count, "round \(round)")
        try world.server?.check(open: Set(ledger.requests(states: [.open]).compactMap(\.number)), "round \(round)")
    }
}
