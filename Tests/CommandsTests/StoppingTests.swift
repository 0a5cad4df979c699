import Foundation
import Glibc
import TestSupport
import Testing

@testable import Commands

/// The real program, asked to end while it computes what would take it minutes.
@Suite("work without an end")
struct StoppingTests {
    /// Many roots, each of which uses up all of its steps.
    private static func heavy(_ estate: HookEstate) throws {
        let loop = "length([for a in range(1000) : length([for b in range(1000) : length([for c in range(100) : a + b * c])])])"
        for root in 0..<40 {
            try estate.repository.write(
                (0..<20).map { "resource \"aws_ebs_volume\" \"v\($0)\" {\n  size = \(loop)\n  tags = { team = \"x\", n = \(loop) }\n}\n" }
                    .joined(),
                to: "infra/heavy\(root)/main.tf")
        }
        try estate.repository.commit()
    }

    private func estate() throws -> HookEstate {
        let estate = try HookEstate(hooks: false)
        try Self.heavy(estate)
        return estate
    }

    @Test("a server that is told to end by a signal ends with 0", arguments: [SIGTERM, SIGINT])
    func serve(signal: Int32) throws {
        let estate = try estate()
        let folder = TemporaryDirectory()
        for words in [["serve", "--listen", "127.0.0.1:0"], ["reconcile", "--every", "10m"]] {
            let process = try ChildProcess(
                Program.bursar.path, words + ["-C", estate.repository.path, "--state", folder.path + "/state", "--log", "text"],
                environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path],
                streams: .init(output: folder.path + "/out", errors: folder.path + "/err"))
            // It is at work once it has a ledger.
            while !FileSystem.exists(folder.path + "/state/ledger.sqlite"), process.isRunning { usleep(10_000) }
            usleep(300_000)
            process.signal(signal)
            let code = process.wait()
            let said = String(decoding: try folder.read("err"), as: UTF8.self)
            #expect(code == 0, "\(words): \(said)")
            try FileManager.default.removeItem(atPath: folder.path + "/state")
        }
    }

    @Test("a check with a limit of time gives up, says so, and is not clean")
    func limit() throws {
        let estate = try estate()
        let result = try Program.bursar.run([
            "check", "-C", estate.repository.path, "--time-limit", "1s", "--output", estate.outside.path + "/report",
        ])
        #expect(result.code == 3)
        #expect(result.error.contains("not done within 1 seconds"))
        #expect(!FileSystem.exists(estate.outside.path + "/report"))
        for text in ["0s", "1", "x", "-1s", "2d"] {
            let said = Said("check", "-C", estate.repository.path, "--time-limit", text)
            #expect(said.code == 2 && said.error.contains("a time such as 60s or 5m"), "\(said.error)")
        }
    }
}
