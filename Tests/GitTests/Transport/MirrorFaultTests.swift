import Git
import TestSupport
import Testing

@Suite("a mirror in trouble")
struct MirrorFaultTests {
    private let world: MirroredRepository
    private let base: ObjectID

    init() throws {
        world = try MirroredRepository()
        base = try #require(ObjectID(try world.origin.commit("base")))
    }

    @Test("does not take a remote without branches, or no remote, for one where everything is gone")
    func emptied() throws {
        let mirror = try world.mirror()
        _ = try mirror.fetch()
        try world.origin.git(["update-ref", "-d", "refs/heads/main"])
        #expect(try transportError { _ = try mirror.fetch() }?.code == .emptied)
        #expect(try mirror.known() == ["main": base])
        try world.origin.git(["config", "--local", "core.repositoryFormatVersion", "99"])
        #expect(try transportError { _ = try mirror.fetch() } != nil)
        #expect(try mirror.known() == ["main": base])
    }

    @Test("of an empty repository is empty")
    func empty() throws {
        let empty = try MirroredRepository()
        let fetched = try empty.mirror().fetch(branches: ["main"])
        #expect(fetched.branches.isEmpty)
        #expect(fetched.defaultBranch == nil)
    }

    @Test("receives no more than it may, and forgets nothing over it")
    func tooLarge() throws {
        _ = try world.mirror().fetch()
        // What does not compress.
        let noise = (0..<400_000).map { _ in UInt8.random(in: 0...255) }
        try world.origin.directory.write(noise, to: "noise")
        try world.origin.commit("noise")
        let limited = try world.mirror(settings: TransportSettings(allowed: [.file], fetchLimit: 100_000))
        #expect(try transportError { _ = try limited.fetch() }?.code == .tooLarge)
        #expect(try limited.known() == ["main": base])
        #expect(try world.mirror().fetch().hasChanged)
    }

    @Test("refuses a folder of another remote and one that holds something else")
    func foreignFolder() throws {
        _ = try world.mirror("a")
        let other = try MirroredRepository()
        #expect(
            try transportError {
                _ = try Mirror(
                    at: world.scratch.path + "/a", remote: RemoteURL(other.origin.path, allowing: [.file]),
                    settings: TransportSettings(allowed: [.file]))
            }?.code == .refused)
        try world.scratch.write("a person's", to: "b/notes.txt")
        #expect(try transportError { _ = try world.mirror("b") }?.code == .refused)
        #expect(text(try world.scratch.read("b/notes.txt")) == "a person's")
    }

    @Test("that was half made, and one whose git was killed, works again")
    func recovered() throws {
        try world.scratch.write("rubbish", to: "mirror.half-999999999/HEAD")
        let mirror = try world.mirror()
        #expect(!FileSystem.exists(world.scratch.path + "/mirror.half-999999999"))
        _ = try mirror.fetch()
        for name in ["refs/remotes/origin/main.lock", "packed-refs.lock", "HEAD.lock", "objects/pack/tmp_pack_x"] {
            try world.scratch.write("", to: "mirror/\(name)")
        }
        try mirror.repository.updateBranch("left", to: base, expecting: nil, reflog: "")
        try world.scratch.write(base.description + "\n", to: "mirror/refs/bursar/incoming/7")
        let next = try #require(ObjectID(try world.origin.commit("next")))
        #expect(try mirror.fetch().branches == ["main": next])
        #expect(!FileSystem.exists(world.scratch.path + "/mirror/objects/pack/tmp_pack_x"))
        #expect(!FileSystem.exists(world.scratch.path + "/mirror/refs/bursar/incoming/7"))
    }

    @Test("is worked in by one at a time")
    func locked() throws {
        let mirror = try world.mirror()
        let lock = try ProcessLock(at: world.scratch.path + "/mirror/bursar-lock", now: 5)
        let error = try #require(try transportError { _ = try mirror.fetch() })
        #expect(error.code == .locked)
        #expect(error.mayPass)
        lock.release()
        _ = try mirror.fetch()
    }

    @Test("is refused for good where another branch is in the way, in the remote's own words, and not told that somebody was faster")
    func inTheWay() throws {
        let mirror = try world.mirror()
        _ = try mirror.fetch()
        let commit = try mirror.commit("one", on: base)
        try world.origin.git(["branch", "bursar"])
        try world.origin.git(["branch", "deep/er/still"])
        for name in ["bursar/fix", "deep/er"] {
            guard case .rejected(.other, let message)? = try mirror.push([RefUpdate(branch: name, expected: nil, new: commit)])[name] else {
                Issue.record("\(name)")
                continue
            }
            #expect(message.contains("cannot lock ref 'refs/heads/\(name)'") && message.contains("exists; cannot create"), "\(message)")
        }
    }

    @Test("a lock that somebody left behind at the remote is a refusal; once it is gone, the push goes through")
    func leftLock() throws {
        let mirror = try world.mirror()
        _ = try mirror.fetch()
        let commit = try mirror.commit("one", on: base)
        try world.origin.git(["branch", "bursar/fix"])
        try world.origin.directory.write("", to: ".git/refs/heads/bursar/fix.lock")
        let update = RefUpdate(branch: "bursar/fix", expected: base, new: commit)
        guard case .rejected(.other, let message)? = try mirror.push([update])["bursar/fix"] else {
            Issue.record("not refused")
            return
        }
        #expect(message.contains("File exists"), "\(message)")
        world.origin.directory.remove(".git/refs/heads/bursar/fix.lock")
        #expect(try mirror.push([update]) == ["bursar/fix": .done])
    }

    @Test("takes no branch name for an option", arguments: ["-x", "--upload-pack=touch x", "a..b", "", "a\nb", "refs/../x"])
    func names(name: String) throws {
        let mirror = try world.mirror()
        #expect(try transportError { _ = try mirror.fetch(branches: [name]) }?.code == .refused)
        #expect(try transportError { _ = try mirror.push([RefUpdate(branch: name, expected: nil, new: base)]) }?.code == .refused)
    }

    @Test("loses no push when two race for a branch: each time one wins, and the other is told")
    func race() async throws {
        let (first, second) = (try world.mirror("a"), try world.mirror("b"))
        try world.origin.git(["branch", "bursar/race"])
        var tip = base
        for round in 0..<20 {
            for mirror in [first, second] { _ = try mirror.fetch() }
            let folder = world.scratch.path
            let path = world.origin.path
            let expected = tip
            // Each opens its own: mirrors stay in one task.
            let racer: @Sendable (String) async throws -> (ObjectID, PushResult?) = { name in
                let mirror = try Mirror(
                    at: "\(folder)/\(name)", remote: RemoteURL(path, allowing: [.file]), settings: TransportSettings(allowed: [.file]))
                let commit = try mirror.commit("round-\(round)-\(name)", on: expected)
                return (commit, try mirror.push([RefUpdate(branch: "bursar/race", expected: expected, new: commit)])["bursar/race"])
            }
            async let a = racer("a")
            async let b = racer("b")
            let results = [try await a, try await b]
            let winners = results.filter { $0.1 == .done }
            #expect(winners.count == 1, "\(results)")
            for (_, result) in results where result != .done {
                guard case .rejected(.stale, _)? = result else {
                    Issue.record("\(String(describing: result))")
                    continue
                }
            }
            tip = try #require(winners.first).0
            #expect(try world.origin.git(["rev-parse", "bursar/race"]) == tip.description)
        }
        #expect(try world.origin.git(["rev-list", "--count", "bursar/race"]) == "21")
    }
}
