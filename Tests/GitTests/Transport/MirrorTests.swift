import Git
import TestSupport
import Testing

@Suite("a mirror")
struct MirrorTests {
    @Test("fetches the default branch, named ones and all under the prefix, and nothing else")
    func fetch() throws {
        let world = try MirroredRepository()
        let tip = try #require(ObjectID(try world.origin.commit("base")))
        for name in ["bursar/a", "bursar/b/c", "release", "other"] { try world.origin.git(["branch", name]) }
        try world.origin.git(["tag", "v1"])
        let mirror = try world.mirror()
        let fetched = try mirror.fetch(branches: ["release", "missing"])
        #expect(fetched.branches == ["main": tip, "bursar/a": tip, "bursar/b/c": tip, "release": tip])
        #expect(fetched.defaultBranch == "main")
        #expect(fetched.defaultTip == tip)
        #expect(fetched.hasChanged)
        #expect(try mirror.repository.revisionNames() == ["origin/bursar/a", "origin/bursar/b/c", "origin/main", "origin/release"])
        #expect(try !mirror.fetch(branches: ["release"]).hasChanged, "nothing is new")
        #expect(try mirror.known() == fetched.branches)
    }

    @Test("follows branches that move, are forced, vanish, and make way for others")
    func follow() throws {
        let world = try MirroredRepository()
        try world.origin.commit("base")
        try world.origin.git(["branch", "bursar/a"])
        let mirror = try world.mirror()
        _ = try mirror.fetch()
        try world.origin.git(["branch", "-D", "bursar/a"])
        try world.origin.git(["branch", "bursar/a/b"])
        let amended = try {
            try world.origin.git(["commit", "--amend", "--allow-empty", "-m", "forced"]); return try world.origin.head()
        }()
        let fetched = try mirror.fetch()
        #expect(fetched.branches["main"] == amended)
        #expect(fetched.branches.keys.sorted() == ["bursar/a/b", "main"])
        #expect(try mirror.known() == fetched.branches)
    }

    @Test("pushes with a lease, deletes, and tells branch by branch what became of them")
    func push() throws {
        let world = try MirroredRepository()
        let base = try #require(ObjectID(try world.origin.commit("base")))
        let mirror = try world.mirror()
        _ = try mirror.fetch()
        let first = try mirror.commit("one", on: base)
        #expect(try mirror.push([RefUpdate(branch: "bursar/a", expected: nil, new: first)]) == ["bursar/a": .done])
        #expect(try mirror.known()["bursar/a"] == first)
        #expect(try mirror.push([RefUpdate(branch: "bursar/a", expected: first, new: first)]) == ["bursar/a": .upToDate])
        let second = try mirror.commit("two", on: base)
        let results = try mirror.push([
            RefUpdate(branch: "bursar/a", expected: nil, new: second), RefUpdate(branch: "bursar/b", expected: nil, new: second),
            RefUpdate(branch: "main", expected: second, new: first),
        ])
        #expect(results["bursar/b"] == .done)
        for name in ["bursar/a", "main"] {
            guard case .rejected(.stale, _)? = results[name] else {
                Issue.record("\(name): \(String(describing: results[name]))")
                continue
            }
        }
        #expect(try world.origin.git(["rev-parse", "main"]) == base.description)
        #expect(try mirror.push([RefUpdate(branch: "bursar/a", expected: first, new: nil)]) == ["bursar/a": .done])
        #expect(try mirror.known().keys.sorted() == ["bursar/b", "main"])
    }

    @Test("keeps few packs after many fetches, and all objects, also those that no branch leads to")
    func upkeep() throws {
        let world = try MirroredRepository()
        let mirror = try world.mirror(settings: TransportSettings(allowed: [.file], packLimit: 3))
        var commits: [ObjectID] = []
        for number in 0..<8 {
            try world.origin.write("\(number)\n", to: "\(number).txt")
            commits.append(try #require(ObjectID(try world.origin.commit("\(number)"))))
            #expect(try mirror.fetch().defaultTip == commits.last)
            if number == 1 { commits.append(try mirror.commit("ours", on: commits[0])) }
            let packs = try Program(path: "git").run("count-objects", "-v", in: mirror.folder).output
            #expect((0...3).contains { packs.contains("packs: \($0)\n") }, "\(packs)")
        }
        for reader in [mirror, try world.mirror()] {
            for id in commits { #expect(try reader.repository.commit(id).id == id) }
        }
        let check = try Program(path: "git").run("fsck", "--full", "--strict", in: mirror.folder)
        #expect(check.code == 0, "\(check.error)")
    }
}
