import CostModel
import Foundation
import Store
import TestSupport

/// What each trial breaks and fixes again: a remote, an installation that watches it, and a day.
final class FaultWorld {
    let now = Day(year: 2026, month: 3, day: 2).start.adding(.hours(8))
    let estate: SimulatedEstate
    let installation: Installation
    private let bursar: String
    /// Nil: it is reached by `file://`, which runs no hooks.
    private let daemon: GitDaemonServer?

    /// - Parameters:
    ///   - repository: nil: that of the estate, by `file://`.
    ///   - isServed: it is reached by `git://`, and runs its hooks.
    ///   - state: nil: a folder of its own.
    init(_ bursar: String, repository: String? = nil, more: [String] = [], state: String? = nil, isServed: Bool = false) throws {
        self.bursar = bursar
        estate = try SimulatedEstate(teams: 2, start: now.day, requests: "{maxNewPerHour: 100}")
        let parts = estate.remote.path.split(separator: "/")
        daemon = isServed ? try GitDaemonServer(of: "/" + parts.dropLast().joined(separator: "/")) : nil
        let served = daemon.map { $0.url(String(parts[parts.count - 1])) }
        installation = try Installation(
            bursar, watching: repository ?? served ?? estate.remote.url, observed: estate.observed.path, more: more, state: state)
    }

    /// Another installation that watches the same remote in another way.
    func installation(watching repository: String, more: [String]) throws -> Installation {
        try Installation(bursar, watching: repository, observed: estate.observed.path, more: more)
    }

    /// A run ends with a code, says one of some sentences, and leaves nothing half done.
    @discardableResult
    func expect(_ code: Int32, saying texts: [String], _ when: String, now time: Instant? = nil) throws -> String {
        let ended = try installation.run(now: time ?? now)
        try require(ended.code == code, "\(when): the run ends with \(ended.code) instead of \(code): \(ended.said)")
        let said = ended.said.lowercased()
        try require(texts.isEmpty || texts.contains { said.contains($0) }, "\(when): none of \(texts) is said: \(ended.said)")
        try check(when)
        return ended.said
    }

    func check(_ when: String) throws {
        try Soundness.check(estate.remote, when)
        if let ledger = try installation.ledger() { try Soundness.check(ledger, when) }
    }

    /// After the fault is gone the next run comes through.
    func expectRecovery(_ when: String, open count: Int = 2, now time: Instant? = nil) throws {
        try expect(0, saying: [], "\(when), and fixed", now: time)
        guard let ledger = try installation.ledger() else { throw Broken("\(when), and fixed: a whole run left no ledger") }
        try Soundness.checkSettled(ledger, estate.remote, open: count, "\(when), and fixed")
    }

    /// New work for the next run: a request is to be updated, and one closed.
    func change() throws {
        try estate.undo(estate.teams[0])
        try estate.fix(estate.teams[1])
    }

    func hook(_ name: String, _ script: String) throws {
        try estate.remote.bare.write("#!/bin/sh\n\(script)\n", to: "hooks/\(name)")
        try FileSystem.setMode(0o755, of: "\(estate.remote.bare.path)/hooks/\(name)")
    }

    func removeHook(_ name: String) { estate.remote.bare.directory.remove("hooks/\(name)") }
}
