import CostModel
import Foundation
import TestSupport

/// Disks that are full or may not be written.
enum DiskTrials {
    static let all = [
        Faults.Trial(name: "full-state", run: fullState), Faults.Trial(name: "full-state-later", run: fullStateLater),
        Faults.Trial(name: "full-remote", run: fullRemote), Faults.Trial(name: "read-only-state", run: readOnlyState),
        Faults.Trial(name: "read-only-remote", run: readOnlyRemote),
    ]

    private static let full = ["no space left", "disk is full", "disk i/o error", "unable to write", "file write error", "cannot write"]
    private static let readOnly = ["read-only", "readonly", "permission denied"]

    /// From the first byte on, at each size that is too small for a first run.
    private static func fullState(_ bursar: String) throws {
        var size = 4
        while true {
            let disk = try Mounted(size: size)
            let world = try FaultWorld(bursar, state: disk.path + "/state")
            let ended = try world.installation.run(now: world.now)
            if ended.code == 0 { return }
            let when = "a disk of \(size) KiB"
            try require(ended.code == 3, "\(when): the run ends with \(ended.code): \(ended.said)")
            try require(full.contains { ended.said.lowercased().contains($0) }, "\(when): it is not said that it is full: \(ended.said)")
            try Soundness.check(world.estate.remote, when)
            try disk.grow(to: 65_536)
            try world.expectRecovery(when)
            size += size < 64 ? 12 : 60
        }
    }

    private static func fullStateLater(_ bursar: String) throws {
        let disk = try Mounted(size: 16_384)
        let world = try FaultWorld(bursar, state: disk.path + "/state")
        try world.expectRecovery("before")
        for free in [0, 8, 24, 48, 96] {
            let when = "\(free) KiB left"
            try world.estate.undo(world.estate.teams[0])
            let filler = try Filler(disk.path, leaving: free)
            let ended = try world.installation.run(now: world.now)
            filler.remove()
            if ended.code != 0 {
                try require(ended.code == 3, "\(when): the run ends with \(ended.code): \(ended.said)")
                try require(
                    full.contains { ended.said.lowercased().contains($0) }, "\(when): it is not said that it is full: \(ended.said)")
            }
            try world.check(when)
            try world.expectRecovery(when)
        }
    }

    private static func fullRemote(_ bursar: String) throws {
        let world = try FaultWorld(bursar)
        let disk = try Mounted(size: 16_384)
        try world.move(toDisk: disk)
        let mounted = try Mounted(disk.path + "/bare", at: world.estate.remote.bare.path)
        defer { withExtendedLifetime(mounted) {} }
        for free in [0, 4, 12, 40] {
            let when = "\(free) KiB left"
            let filler = try Filler(disk.path, leaving: free)
            let ended = try world.installation.run(now: world.now)
            filler.remove()
            try require(ended.code == 0 || ended.code == 3, "\(when): the run ends with \(ended.code): \(ended.said)")
            if free == 0 { try require(ended.code == 3, "\(when): the run comes through") }
            try world.check(when)
            try world.expectRecovery(when)
            try world.estate.undo(world.estate.teams[free % 2])
        }
    }

    private static func readOnlyState(_ bursar: String) throws {
        let disk = try Mounted(size: 16_384)
        let world = try FaultWorld(bursar, state: disk.path + "/state")
        let mounted = try Mounted(disk.path, at: disk.path)
        try mounted.set(readOnly: true)
        try world.fails(readOnly, "at first")
        try mounted.set(readOnly: false)
        try world.expectRecovery("at first")
        try world.change()
        try mounted.set(readOnly: true)
        try world.fails(readOnly, "later")
        try mounted.set(readOnly: false)
        try world.check("later")
        try world.expectRecovery("later", open: 1)
    }

    private static func readOnlyRemote(_ bursar: String) throws {
        let world = try FaultWorld(bursar)
        let mounted = try Mounted(world.estate.remote.bare.path, at: world.estate.remote.bare.path)
        try mounted.set(readOnly: true)
        try world.expect(3, saying: readOnly + ["unpacker error", "unable to create"], "at first")
        try mounted.set(readOnly: false)
        try world.expectRecovery("at first")
    }
}

/// A file that leaves so much of a disk free.
private struct Filler {
    private let path: String

    init(_ disk: String, leaving free: Int) throws {
        path = disk + "/filler"
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard file >= 0 else { throw Skipped(reason: "the disk cannot be filled") }
        defer { close(file) }
        let chunk = [UInt8](repeating: 1, count: 4_096)
        var size = 0
        while write(file, chunk, chunk.count) == chunk.count { size += chunk.count }
        ftruncate(file, max(0, size - free * 1_024))
    }

    func remove() { unlink(path) }
}

extension FaultWorld {
    /// A run that cannot write what it remembers; the ledger cannot be looked at meanwhile.
    fileprivate func fails(_ texts: [String], _ when: String) throws {
        let ended = try installation.run(now: now)
        try require(ended.code == 3, "\(when): the run ends with \(ended.code): \(ended.said)")
        try require(texts.contains { ended.said.lowercased().contains($0) }, "\(when): none of \(texts) is said: \(ended.said)")
        try Soundness.check(estate.remote, when)
    }

    fileprivate func move(toDisk disk: Mounted) throws {
        try FileManager.default.copyItem(atPath: estate.remote.bare.path, toPath: disk.path + "/bare")
    }
}
