import CostModel
import Foundation
import Git
import Store
import TestSupport

/// Kills the real program at random moments of a run that writes, and looks at what is left.
struct Kills {
    struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    private var random: SeededGenerator
    private let bursar: String
    private let estate: SimulatedEstate
    private let folder = TemporaryDirectory()
    private let now = Day(year: 2026, month: 3, day: 2).start.adding(.hours(8))

    init(seed: UInt64, bursar: String) throws {
        random = SeededGenerator(seed: seed)
        self.bursar = bursar
        estate = try SimulatedEstate(teams: 3, start: now.day)
        try folder.write(
            """
            apiVersion: bursar/v1
            kind: Reconciler
            metadata: {name: kills}
            spec:
              workspaces:
                - {name: simulated, repository: "file://\(estate.bare.path)", observed: "\(estate.observed.path)", protocols: [file]}

            """, to: "reconciler.yaml")
    }

    mutating func run(count: Int) throws {
        let whole = try measure()
        var killed = 0
        for round in 1...count {
            // Something to write each time: the branches and what is remembered begin anew, or the code moved.
            if round % 3 == 0 { try forget() } else { try estate.undo(estate.teams.randomElement(using: &random) ?? "team-1") }
            let process = try start()
            usleep(UInt32.random(in: 0...UInt32(whole * 1_200_000), using: &random))
            if process.isRunning {
                kill(process.processIdentifier, SIGKILL)
                killed += 1
            }
            process.waitUntilExit()
            try look(after: round)
            if round % 10 == 0 { try complete(round) }
        }
        try complete(count)
        print(
            "kills: \(count) runs, \(killed) of them killed in the middle; repository and ledger were sound after each, every tenth run completed"
        )
    }

    /// Seconds of a whole run.
    private func measure() throws -> Double {
        let begin = Date()
        let process = try start()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Broken(description: "a run that nobody kills ends with \(process.terminationStatus)")
        }
        return Date().timeIntervalSince(begin)
    }

    private func start() throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: bursar)
        process.arguments = [
            "reconcile", "--config", folder.path + "/reconciler.yaml", "--state", folder.path + "/state", "--apply", "--quiet",
            "--now", now.description,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private func forget() throws {
        for branch in try branches().keys { try estate.bare.git(["update-ref", "-d", "refs/heads/\(branch)"]) }
        folder.remove("state")
    }

    private func look(after round: Int) throws {
        try estate.bare.git(["fsck", "--strict"])
        let path = folder.path + "/state/simulated/ledger.sqlite"
        guard FileManager.default.fileExists(atPath: path) else { return }
        let problems = try Ledger.open(at: path, mode: .readWrite).verify()
        guard problems.isEmpty else { throw Broken(description: "round \(round): the ledger does not verify: \(problems)") }
    }

    /// A whole run comes through and leaves one branch a request, each as the ledger says.
    private func complete(_ round: Int) throws {
        let process = try start()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Broken(description: "round \(round): the run after the kill ends with \(process.terminationStatus)")
        }
        let ledger = try Ledger.open(at: folder.path + "/state/simulated/ledger.sqlite", mode: .readWrite)
        let open = try ledger.requests(states: [.open])
        let branches = try branches()
        guard Set(open.map(\.branch)) == Set(branches.keys), open.allSatisfy({ branches[$0.branch] == $0.commit }) else {
            throw Broken(description: "round \(round): the ledger has \(open.map(\.branch).sorted()), the remote \(branches.keys.sorted())")
        }
        // Every team has something to mend, and no more may be opened within an hour.
        guard open.count == RequestSettings().maxNewPerHour else {
            throw Broken(description: "round \(round): \(open.count) requests are open")
        }
        guard try ledger.requests(states: [.writing]).isEmpty else {
            throw Broken(description: "round \(round): a request is still being written")
        }
    }

    private func branches() throws -> [String: String] {
        let lines = try estate.bare.git(["for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", "refs/heads/bursar"])
        return Dictionary(
            uniqueKeysWithValues: lines.split(separator: "\n").map { line in
                let parts = line.split(separator: " ")
                return (String(parts[0]), String(parts[1]))
            })
    }
}
