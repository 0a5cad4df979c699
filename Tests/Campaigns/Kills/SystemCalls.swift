import CostModel
import Foundation
import Git
import Store
import TestSupport

/// Kills the real program at each of the system calls by which a run writes, one after the other, by injection with `strace`.
struct SystemCalls {
    /// Calls that change something on the disk; those that a machine does not have are left out.
    private static let calls = [
        "write", "pwrite64", "writev", "fsync", "fdatasync", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat",
        "rmdir", "ftruncate", "link", "linkat", "openat",
    ]

    private let bursar: String
    /// Whether the repository is one of this machine, into which we write ourselves.
    private let isLocal: Bool
    private let strace: Program
    private let now = Day(year: 2026, month: 3, day: 2).start.adding(.hours(8))
    private let teams = 2

    /// Nil, said, where the machine does not let anybody trace.
    init?(bursar: String, isLocal: Bool = false) throws {
        guard let strace = Program.named("strace") else {
            print("kills at system calls: skipped, strace is not installed")
            return nil
        }
        let trial = try strace.run("-f", "-b", "execve", "-o", "/dev/null", "/bin/true")
        guard trial.code == 0 else {
            print("kills at system calls: skipped, strace may not trace here: \(trial.error.prefix(200))")
            return nil
        }
        self.bursar = bursar
        self.isLocal = isLocal
        self.strace = strace
    }

    /// Those by which files get and lose their names, in a repository of this machine lock files among them: few, and all of them are tried.
    private static let naming: Set = ["rename", "renameat", "renameat2", "unlink", "unlinkat", "link", "linkat"]

    private func step(_ call: String, _ step: Int) -> Int { isLocal && Self.naming.contains(call) ? 1 : step }

    /// - Parameter every: of the calls of each kind only each so many-th is tried, where they are many.
    func run(every step: Int) throws {
        let begin = Date()
        var killed: [(call: String, count: Int)] = []
        for change in Change.allCases {
            for call in Self.calls {
                let count = try killEach(call, change, every: self.step(call, step))
                if count > 0 { killed.append((call, count)) }
            }
        }
        if isLocal { killed += try killApply(every: step) }
        let counts = Dictionary(killed.map { ($0.call, $0.count) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
        print(
            "kills at system calls: \(killed.reduce(0) { $0 + $1.count }) runs killed in \(Int(Date().timeIntervalSince(begin))) s, at "
                + counts.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
                + "; repository and ledger were sound after each, the next run completed, nothing was written twice")
    }

    /// What the killed run has to do.
    private enum Change: CaseIterable {
        /// Everything is new: mirror, ledger, branches.
        case first
        /// One request is updated, one closed.
        case update
    }

    /// - Returns: how many runs were killed at a call of this name.
    private func killEach(_ call: String, _ change: Change, every step: Int) throws -> Int {
        var killed = 0
        var world = try World(bursar, teams, now, isLocal)
        var number = 1
        while true {
            try world.prepare(change, now)
            let process = try world.installation.start(
                now: now,
                under: [
                    strace.path, "-f", "-b", "execve", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
                    "inject=\(call):signal=KILL:when=\(number)",
                ])
            let code = process.wait()
            // Calls are counted in each thread; one that nobody makes so often kills nobody any more.
            if code == 0 { return killed }
            try require(code == 128 + SIGKILL, "\(call) \(number): the run ends with \(code)")
            killed += 1
            try world.check("\(call) \(number)", change, now)
            number += step
            if killed % 50 == 0 { world = try World(bursar, teams, now, isLocal) }
        }
    }

    /// The same for `apply`, at the calls that have to do with files of Git.
    private func killApply(every step: Int) throws -> [(call: String, count: Int)] {
        let world = try World(bursar, teams, now, isLocal)
        let clone = try LocalClone(bursar, of: world.estate, now)
        var killed: [(call: String, count: Int)] = []
        for call in Self.calls {
            var count = 0
            for number in sequence(first: 1, next: { $0 + self.step(call, step) }) {
                try clone.forget()
                let process = try clone.start(under: [
                    strace.path, "-f", "-b", "execve", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
                    "inject=\(call):signal=KILL:when=\(number)",
                ])
                let code = process.wait()
                if code == 0 { break }
                try require(code == 128 + SIGKILL, "apply, \(call) \(number): it ends with \(code)")
                count += 1
                try clone.complete("apply, \(call) \(number)")
                try require(LocalKills.locks(in: clone.gitFolder).isEmpty, "apply, \(call) \(number): locks are left")
            }
            if count > 0 { killed.append((call, count)) }
        }
        return killed
    }

    private struct World {
        let estate: SimulatedEstate
        let installation: Installation

        init(_ bursar: String, _ teams: Int, _ now: Instant, _ isLocal: Bool) throws {
            estate = try SimulatedEstate(teams: teams, start: now.day, requests: "{maxNewPerHour: 100}")
            installation = try Installation(
                bursar, watching: isLocal ? estate.remote.path : estate.remote.url, observed: estate.observed.path)
        }

        func prepare(_ change: Change, _ now: Instant) throws {
            switch change {
            case .first:
                for (branch, tip) in try estate.remote.branches() { try estate.remote.repository.deleteBranch(branch, expecting: tip) }
                try installation.forget()
            case .update:
                try estate.undo(estate.teams[1])
                try complete("before", open: estate.teams.count, now)
                try estate.undo(estate.teams[0])
                try estate.fix(estate.teams[1])
            }
        }

        func check(_ when: String, _ change: Change, _ now: Instant) throws {
            try Soundness.check(estate.remote, when)
            if let ledger = try installation.ledger() { try Soundness.check(ledger, when) }
            try complete(when, open: change == .first ? estate.teams.count : estate.teams.count - 1, now)
            let locks = LocalKills.locks(in: estate.remote.path)
            try require(locks.isEmpty, "\(when): \(locks) are left after a whole run")
        }

        private func complete(_ when: String, open count: Int, _ now: Instant) throws {
            let ended = try installation.run(now: now)
            try require(ended.code == 0, "\(when): the next run ends with \(ended.code): \(ended.said)")
            try Soundness.check(estate.remote, when)
            guard let ledger = try installation.ledger() else { throw Broken("\(when): a whole run left no ledger") }
            try Soundness.checkSettled(ledger, estate.remote, open: count, when)
        }
    }
}
