import Git
import TestSupport
import Testing

@Suite("a lock between processes")
struct ProcessLockTests {
    private let folder = TemporaryDirectory()
    private var path: String { folder.path + "/lock" }

    private func failure(_ call: () throws -> Void) throws -> ProcessLock.Failure? {
        do {
            try call()
            return nil
        } catch let failure as ProcessLock.Failure {
            return failure
        }
    }

    @Test("is had by one at a time, and tells who has it and since when")
    func exclusive() throws {
        let lock = try ProcessLock(at: path, now: 1_000)
        guard case .heldBy(let owner?)? = try failure({ _ = try ProcessLock(at: path, now: 2_000) }) else {
            Issue.record("two have the lock")
            return
        }
        #expect(owner.since == 1_000)
        #expect(owner.process > 0)
        lock.release()
        lock.release()
        #expect(try ProcessLock(at: path, now: 3_000).deadOwner == nil, "it was let go of, and again with the last reference")
        #expect(try failure { _ = try ProcessLock(at: path, now: 4_000) } == nil)
    }

    @Test("of a process that was killed is taken over, and says whose it was")
    func takeover() throws {
        try folder.write(#"{"pid":4242,"host":"there","since":77}"# + "\n", to: "lock")
        let lock = try ProcessLock(at: path, now: 1_000)
        #expect(lock.deadOwner == ProcessLock.Owner(process: 4242, host: "there", since: 77))
    }

    @Test("holds against another process, and not beyond its death", .enabled(if: Program.named("flock") != nil, "flock is not installed"))
    func otherProcess() throws {
        let ready = folder.path + "/ready"
        let flock = try #require(Program.named("flock"))
        let other = try BackgroundProgram(flock, ["-F", "-x", path, "sh", "-c", "touch \(ready); exec sleep 60"])
        defer { other.end() }
        try other.wait { FileSystem.exists(ready) }
        #expect(try failure { _ = try ProcessLock(at: path, now: 1_000) } == .heldBy(nil))
        let mine = TemporaryDirectory()
        let lock = try ProcessLock(at: mine.path + "/lock", now: 1_000)
        #expect(try flock.run("-n", mine.path + "/lock", "true").code == 1)
        lock.release()
        #expect(try flock.run("-n", mine.path + "/lock", "true").code == 0)
        other.end()
        try other.wait { (try? ProcessLock(at: path, now: 2_000)) != nil }
    }

    @Test("is refused through a link, and a file of something else is no owner")
    func unusable() throws {
        try FileSystem.link(folder.path + "/elsewhere", at: path)
        guard case .unusable? = try failure({ _ = try ProcessLock(at: path, now: 1) }) else {
            Issue.record("a link was followed")
            return
        }
        try folder.write("anything {at: all}", to: "other")
        #expect(try ProcessLock(at: folder.path + "/other", now: 1).deadOwner == nil)
    }
}
