import Foundation
import TestSupport

/// Checks repositories whose files were written to stall or fill the machine, each in a process of its own, and measures what it takes: the
/// processor's time, so that it does not matter what else the machine does, and the largest resident memory.
struct HostileWorkspaces {
    let bursar: String
    /// Of one of them.
    private static let mostSeconds = 1.0
    private static let mostMegabytes = 200

    func run(only name: String?, isTold: Bool) throws {
        var (slow, large, wrong) = ([String](), [String](), [String]())
        let cases = HostileWorkspace.all.filter { name.map($0.name.contains) ?? true }
        var worst = (seconds: 0.0, megabytes: 0)
        for hostile in cases {
            let folder = try hostile.repository()
            let (code, output, seconds, megabytes) = try check(folder.path)
            let line = "\(hostile): exit \(code), \(String(format: "%.2f", seconds)) s, \(megabytes) MB"
            if isTold { print(line) }
            worst = (max(worst.seconds, seconds), max(worst.megabytes, megabytes))
            if !hostile.outcome.holds(code, output) { wrong.append("\(line), expected \(hostile.outcome): \(output.suffix(400))") }
            if hostile.isRead {
                if seconds > Self.mostSeconds { slow.append(line) }
                if megabytes > Self.mostMegabytes { large.append(line) }
            }
        }
        print(
            "hostile workspaces: \(cases.count), at most \(String(format: "%.2f", worst.seconds)) s and \(worst.megabytes) MB; "
                + "read whole and above \(Self.mostSeconds) s: \(slow.count), above \(Self.mostMegabytes) MB: \(large.count)")
        for line in slow + large { print("  " + line) }
        if !wrong.isEmpty { throw Broken("another outcome than was promised:\n" + wrong.joined(separator: "\n")) }
    }

    private func check(_ folder: String) throws -> (code: Int32, output: String, seconds: Double, megabytes: Int) {
        let scratch = TemporaryDirectory()
        let output = scratch.path + "/output"
        let process = try ChildProcess(
            bursar,
            ["check", "-C", folder, "--now", "2026-11-01T00:00:00Z", "--fail-on", "never", "--no-cache", "--time-limit", "60s"],
            environment: ["PATH": "/usr/bin:/bin"], streams: .init(output: output, errors: output))
        let code = process.wait()
        return (
            code, String(decoding: try scratch.read("output"), as: UTF8.self), process.processorSeconds, process.peakMemory >> 20
        )
    }
}
