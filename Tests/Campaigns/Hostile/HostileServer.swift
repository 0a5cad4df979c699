import Foundation
import TestSupport

/// Serves ten hostile repositories at once for a while, asks all the time whether it is well, and then asks it to end.
struct HostileServer {
    let bursar: String
    let seed: UInt64
    /// From SIGTERM to its end.
    private static let mostSeconds = 2.0

    /// - Parameter names: parts of the names of those that are served, with `|` between them; nil: any. Of more than ten chance takes ten.
    func run(seconds: Int, only names: String?) throws {
        let names = names.map { $0.split(separator: "|").map(String.init) }
        var random = SeededGenerator(seed: seed)
        let cases = HostileWorkspace.all.filter { hostile in names?.contains { hostile.name.contains($0) } ?? true }.shuffled(
            using: &random
        ).prefix(10)
        let repositories = try cases.map { hostile in
            let repository = try hostile.repository()
            try repository.commit()
            return repository
        }
        let scratch = TemporaryDirectory()
        let workspaces = repositories.enumerated().map { "    - {name: w\($0), repository: \"\($1.path)\", interval: 1m}\n" }.joined()
        try scratch.write(
            "apiVersion: bursar/v1\nkind: Reconciler\nmetadata: {name: hostile}\nspec:\n  workspaces:\n" + workspaces, to: "reconciler.yaml"
        )
        let log = scratch.path + "/log"
        let process = try ChildProcess(
            bursar,
            ["serve", "--config", scratch.path + "/reconciler.yaml", "--state", scratch.path + "/state", "--listen", "127.0.0.1:0"],
            environment: ["PATH": "/usr/bin:/bin", "HOME": scratch.path], streams: .init(output: log, errors: log))
        defer {
            process.signal(SIGKILL)
            process.wait()
        }
        let slowest = try watch(process, for: seconds) { String(decoding: try scratch.read("log"), as: UTF8.self) }
        let memory = Self.memory(of: process.identifier)
        let began = ContinuousClock.now
        process.signal(SIGTERM)
        let code = process.wait()
        let spent = began.duration(to: .now)
        let ending = Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18
        print(
            "served \(cases.count) hostile repositories for \(seconds) s: slowest answer \(String(format: "%.2f", slowest)) s, "
                + "\(memory) MB, then \(process.peakMemory >> 20) MB at most; after SIGTERM exit \(code) in \(String(format: "%.2f", ending)) s"
        )
        for hostile in cases { print("  \(hostile)") }
        guard code == 0, ending <= Self.mostSeconds else { throw Broken("it did not end with 0 within \(Self.mostSeconds) s") }
    }

    /// Asks for its health again and again; says how long the slowest answer took, in seconds.
    private func watch(_ process: ChildProcess, for seconds: Int, log: () throws -> String) throws -> Double {
        let end = ContinuousClock.now.advanced(by: .seconds(seconds))
        var address: String?
        var slowest = 0.0
        while ContinuousClock.now < end {
            guard process.isRunning else { throw Broken("it ended by itself: \(try log().suffix(2_000))") }
            if address == nil, let line = try log().split(separator: "\n").first(where: { $0.contains("listening on http://") }) {
                address = line.components(separatedBy: "listening on ").last.map { String($0.prefix { $0 != " " && $0 != "\"" }) }
            }
            if let address {
                let asked = ContinuousClock.now
                let answer = try Program(path: "/usr/bin/env").run(["curl", "--silent", "--max-time", "30", address + "/healthz"])
                guard answer.code == 0 else { throw Broken("it does not answer: \(try log().suffix(2_000))") }
                let spent = asked.duration(to: .now)
                slowest = max(slowest, Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18)
            }
            usleep(500_000)
        }
        return slowest
    }

    private static func memory(of process: Int32) -> Int {
        // A process that has ended has none.
        let text = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) >> 10
    }
}
