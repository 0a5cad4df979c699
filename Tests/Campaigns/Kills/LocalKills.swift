import CostModel
import Foundation
import Git
import Store
import TestSupport

/// Kills `reconcile --apply` and `apply` where they write into a repository of this machine, at random moments, and then runs them once more:
/// whatever lock they left, both must work.
struct LocalKills {
    /// What is killed.
    private enum Command: CaseIterable { case reconcile, apply }

    private struct World {
        let estate: SimulatedEstate
        let installation: Installation
        let clone: LocalClone

        init(_ bursar: String, _ now: Instant) throws {
            estate = try SimulatedEstate(teams: 2, start: now.day, requests: "{maxNewPerHour: 100}")
            // A path: its branches are written by us, not by a 'git' at its other end.
            installation = try Installation(bursar, watching: estate.remote.path, observed: estate.observed.path)
            clone = try LocalClone(bursar, of: estate, now)
        }
    }

    private let bursar: String
    private let now = Day(year: 2026, month: 3, day: 2).start.adding(.hours(8))
    private var random: SeededGenerator
    /// Seconds after the start within which it is killed: about those of a run.
    private var spans: [Command: Double] = [.reconcile: 0.3, .apply: 0.1]
    private var killed: [Command: Int] = [:]
    private var locks = 0
    /// After so many rounds everything begins anew.
    private static let age = 100

    init(seed: UInt64, bursar: String) {
        random = SeededGenerator(seed: seed)
        self.bursar = bursar
    }

    mutating func run(count: Int) throws {
        let begin = Date()
        var world = try World(bursar, now)
        for round in 1...count {
            if round % Self.age == 0 { world = try World(bursar, now) }
            let command = Command.allCases[round % 2]
            let process = try start(command, in: world)
            let span = spans[command, default: 0.3]
            usleep(UInt32.random(in: 0...UInt32(span * 1_000_000), using: &random))
            let isRunning = process.isRunning
            process.signal(SIGKILL)
            _ = process.wait()
            // So that about one of six comes too late, however fast the machine is.
            spans[command] = max(0.01, span * (isRunning ? 1.01 : 0.95))
            if isRunning { killed[command, default: 0] += 1 }
            locks += Self.locks(in: world.estate.remote.path).count + Self.locks(in: world.clone.gitFolder).count
            try complete(command, in: world, "round \(round)")
        }
        print(
            "kills (a repository of this machine): \(count) rounds in \(Int(Date().timeIntervalSince(begin))) s; killed in the middle: reconcile "
                + "\(killed[.reconcile] ?? 0) times, apply \(killed[.apply] ?? 0); they left \(locks) lock files; each was run once more and came "
                + "through, nothing was locked afterwards, nothing was written twice")
    }

    private func start(_ command: Command, in world: World) throws -> ChildProcess {
        switch command {
        case .reconcile:
            for (branch, tip) in try world.estate.remote.branches() {
                try world.estate.remote.bare.git(["update-ref", "-d", "refs/heads/" + branch, "\(tip)"])
            }
            try world.installation.forget()
            return try world.installation.start(now: now)
        case .apply:
            try world.clone.forget()
            return try world.clone.start()
        }
    }

    private func complete(_ command: Command, in world: World, _ when: String) throws {
        let folder: String
        switch command {
        case .reconcile:
            let ended = try world.installation.run(now: now)
            try require(ended.code == 0, "\(when): reconcile after the kill ends with \(ended.code): \(ended.said)")
            guard let ledger = try world.installation.ledger() else { throw Broken("\(when): a whole run left no ledger") }
            try Soundness.check(world.estate.remote, when)
            try Soundness.checkSettled(ledger, world.estate.remote, open: world.estate.teams.count, when)
            folder = world.estate.remote.path
        case .apply:
            try world.clone.complete(when)
            folder = world.clone.gitFolder
        }
        try require(Self.locks(in: folder).isEmpty, "\(when): \(Self.locks(in: folder)) are left after a whole run")
    }

    /// Not claims: one of a run that died behind its last lock stands in nobody's way, and goes with the next write.
    static func locks(in folder: String) -> [String] {
        let items = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return items.filter { $0.hasSuffix(".lock") }.sorted()
    }
}

/// A clone with a work tree, what is observed beside it, and a plan that is applied to a branch in it.
struct LocalClone {
    private let bursar: String
    private let repository: TemporaryRepository
    private let plan = TemporaryDirectory()
    private static let branch = "bursar/plan"

    var gitFolder: String { repository.path + "/.git" }

    init(_ bursar: String, of estate: SimulatedEstate, _ now: Instant) throws {
        self.bursar = bursar
        repository = try TemporaryRepository()
        try repository.git(["pull", "--quiet", estate.remote.path, "main"])
        for name in try FileManager.default.contentsOfDirectory(atPath: estate.observed.path) {
            try FileManager.default.copyItem(atPath: "\(estate.observed.path)/\(name)", toPath: "\(repository.path)/\(name)")
        }
        let said = try Program(path: bursar).run(
            "plan", "-C", repository.path, "--out", plan.path + "/plan", "--now", now.description, "--quiet")
        try require(said.code == 0, "there is no plan: \(said.error)")
    }

    private var arguments: [String] { ["apply", plan.path + "/plan", "-C", repository.path, "--branch", Self.branch, "--quiet"] }

    func start(under wrapper: [String] = []) throws -> ChildProcess {
        let words = wrapper + [bursar] + arguments
        return try ChildProcess(
            words[0], Array(words.dropFirst()),
            environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": plan.path],
            streams: .init(output: "/dev/null", errors: "/dev/null"), isGroup: true)
    }

    func forget() throws {
        guard try repository.attempt(["rev-parse", "--verify", "--quiet", Self.branch]).code == 0 else { return }
        try repository.git(["update-ref", "-d", "refs/heads/" + Self.branch])
    }

    /// Applies it once more: it is written, or was.
    func complete(_ when: String) throws {
        let said = try Program(path: bursar).run(arguments)
        try require(said.code == 0, "\(when): apply after the kill ends with \(said.code): \(said.error)")
        let fsck = try repository.attempt(["fsck", "--strict", "--no-dangling"])
        try require(fsck.code == 0, "\(when): git fsck finds \(fsck.error)\(fsck.output)")
        let count = try repository.git(["rev-list", "--count", "main..\(Self.branch)"])
        try require(count == "1", "\(when): \(count) commits were written")
    }
}
