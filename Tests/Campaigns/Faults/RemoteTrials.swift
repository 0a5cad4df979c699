import CostModel
import ForgeDouble
import Foundation
import TestSupport

/// Remotes that refuse, break off or never answer.
enum RemoteTrials {
    static let all = [
        Faults.Trial(name: "push-rejected", run: pushRejected), Faults.Trial(name: "one-branch-rejected", run: oneBranchRejected),
        Faults.Trial(name: "remote-gone", run: remoteGone),
        Faults.Trial(name: "remote-silent", isSlow: true, run: remoteSilent),
        Faults.Trial(name: "push-silent", isSlow: true, run: pushSilent),
    ]

    private static func pushRejected(_ bursar: String) throws {
        let world = try FaultWorld(bursar, isServed: true)
        try world.hook("pre-receive", "echo 'not on a Friday' >&2; exit 1")
        for when in ["at first", "again"] {
            try world.expect(3, saying: ["is refused: [remote rejected] (pre-receive hook declined)"], when)
            try require(try world.estate.remote.branches().isEmpty, "\(when): a branch was written")
        }
        world.removeHook("pre-receive")
        try world.expectRecovery("a hook that rejects")
        try world.hook("pre-receive", "exit 1")
        try world.change()
        try world.expect(3, saying: ["hook declined"], "an update and an end")
        world.removeHook("pre-receive")
        try world.expectRecovery("an update and an end", open: 1)
    }

    /// What is refused to one request does not keep the other.
    private static func oneBranchRejected(_ bursar: String) throws {
        let world = try FaultWorld(bursar, isServed: true)
        try world.hook("update", "case $1 in *team-1*) exit 1;; esac")
        try world.expect(3, saying: ["hook declined"], "one of two")
        try require(try world.estate.remote.branches().keys.allSatisfy { $0.contains("team-2") }, "the rejected branch is there")
        try require(try world.estate.remote.branches().count == 1, "the other branch is not there")
        world.removeHook("update")
        try world.expectRecovery("one of two")
    }

    /// The remote is not there for a while: nothing is taken for gone.
    private static func remoteGone(_ bursar: String) throws {
        let world = try FaultWorld(bursar)
        try world.expectRecovery("before")
        let path = world.estate.remote.bare.path
        try FileManager.default.moveItem(atPath: path, toPath: path + "-away")
        let ended = try world.installation.run(now: world.now)
        try FileManager.default.moveItem(atPath: path + "-away", toPath: path)
        try require(ended.code == 3, "without its remote a run ends with \(ended.code): \(ended.said)")
        try world.expectRecovery("a remote that was away")
    }

    /// A server that takes the connection and says nothing is given up after the deadline.
    private static func remoteSilent(_ bursar: String) throws {
        let world = try FaultWorld(bursar)
        let listener = try HTTPListener(.silent)
        listener.start()
        let name = String(world.estate.remote.bare.path.split(separator: "/").last ?? "")
        let folder = String(world.estate.remote.bare.path.dropLast(name.count + 1))
        let port = listener.port
        let installation = try world.installation(watching: "git://127.0.0.1:\(port)/\(name)", more: ["deadlines: {fetch: 1m}"])
        let begin = Date()
        let ended = try installation.run(now: world.now)
        try require(ended.code == 3 && ended.said.contains("did not end within 60000 ms"), "a silent remote: \(ended.code): \(ended.said)")
        try require(Date().timeIntervalSince(begin) < 90, "a silent remote is waited for too long")
        listener.stop()
        guard let git = Program.named("git") else { throw Skipped(reason: "git is not installed") }
        let daemon = try BackgroundProgram(
            git,
            [
                "daemon", "--reuseaddr", "--listen=127.0.0.1", "--port=\(port)", "--base-path=\(folder)", "--export-all",
                "--enable=receive-pack", folder,
            ])
        try daemon.wait { (try? git.run("ls-remote", "git://127.0.0.1:\(port)/\(name)").code) == 0 }
        let again = try installation.run(now: world.now)
        try require(again.code == 0, "a remote that answers again: \(again.code): \(again.said)")
        try Soundness.check(world.estate.remote, "a remote that answers again")
        daemon.end()
    }

    /// A server that takes everything and never says whether it has it.
    private static func pushSilent(_ bursar: String) throws {
        let world = try FaultWorld(bursar, more: ["deadlines: {fetch: 1m}"], isServed: true)
        // A length of time that nobody else sleeps, to find it again by.
        let length = "86\(Int.random(in: 1_000...9_999))"
        try world.hook("pre-receive", "exec sleep \(length)")
        try world.expect(3, saying: ["did not end within 60000 ms"], "a push that nobody answers")
        // The server's own end goes on: that is for whoever looks after it.
        for process in processes("sleep", length) { kill(process, SIGKILL) }
        world.removeHook("pre-receive")
        try world.expectRecovery("a push that nobody answers")
    }

    private static func processes(_ program: String, _ argument: String) -> [Int32] {
        // A process that has ended meanwhile has no command line.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.filter { name in
            let line = (try? String(contentsOfFile: "/proc/\(name)/cmdline", encoding: .utf8)) ?? ""
            return line.split(separator: "\0").map(String.init) == [program, argument]
        }
    }
}
