import CostModel
import Foundation
import TestSupport

/// Clocks, other processes and files of this machine.
enum LocalTrials {
    static let all = [
        Faults.Trial(name: "clock-jumps-back", run: clockJumpsBack), Faults.Trial(name: "two-at-once", run: twoAtOnce),
        Faults.Trial(name: "damaged-ledger", run: damagedLedger), Faults.Trial(name: "bill-gone", run: billGone),
    ]

    private static func clockJumpsBack(_ bursar: String) throws {
        let world = try FaultWorld(bursar)
        try world.expectRecovery("before")
        for span in [TimeSpan.hours(2), .days(2), .days(1)] {
            try world.estate.undo(world.estate.teams[0])
            let then = world.now.subtracting(span)
            try world.expect(0, saying: [], "\(span) earlier", now: then)
            try world.expectRecovery("\(span) earlier", now: then)
        }
        try world.change()
        try world.expectRecovery("the right time again", open: 1)
    }

    /// The first holds the lock as long as the remote keeps it waiting.
    private static func twoAtOnce(_ bursar: String) throws {
        let world = try FaultWorld(bursar, isServed: true)
        let folder = TemporaryDirectory()
        try world.hook("pre-receive", "touch '\(folder.path)/waiting'; while [ ! -e '\(folder.path)/go' ]; do sleep 0.02; done")
        let first = try world.installation.start(now: world.now)
        while first.isRunning, !FileSystem.exists(folder.path + "/waiting") { usleep(5_000) }
        let second = try world.installation.run(now: world.now)
        try folder.write("", to: "go")
        let code = first.wait()
        try require(
            second.code == 3 && second.said.contains("process \(first.identifier) on "), "the second: \(second.code): \(second.said)")
        try require(second.said.contains("has the lock"), "the second does not say why: \(second.said)")
        try require(code == 0, "the first ends with \(code)")
        world.removeHook("pre-receive")
        try world.check("two at once")
        try world.expectRecovery("two at once")
    }

    private static func damagedLedger(_ bursar: String) throws {
        let world = try FaultWorld(bursar)
        try world.expectRecovery("before")
        let path = world.installation.ledgerPath
        var bytes = try Data(contentsOf: URL(filePath: path))
        for offset in stride(from: 4_096, to: bytes.count, by: 97) { bytes[offset] = 0x5A }
        try bytes.write(to: URL(filePath: path))
        try world.expect(0, saying: ["the ledger was damaged: it lies at"], "a damaged ledger")
        try world.expectRecovery("a damaged ledger")
    }

    /// Without a bill nothing is opened or closed.
    private static func billGone(_ bursar: String) throws {
        let world = try FaultWorld(bursar)
        try world.expectRecovery("before")
        try world.change()
        let before = try world.estate.remote.branches()
        world.estate.observed.remove("bill.csv")
        try world.expect(3, saying: ["judged in part"], "without a bill")
        try require(try world.estate.remote.branches() == before, "without a bill branches moved")
        try world.estate.writeBill(today: world.now.day)
        try world.expectRecovery("without a bill", open: 1)
    }
}
