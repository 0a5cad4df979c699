import Git
import TestSupport
import Testing

/// An address of `file` runs `git` at the other end as us, with the configuration of the repository there.
@Suite("the other side of a file address")
struct OtherSideTests {
    private let world: MirroredRepository
    private let base: ObjectID

    init() throws {
        world = try MirroredRepository()
        base = try #require(ObjectID(try world.origin.commit("base")))
    }

    private func push() throws {
        let mirror = try world.mirror()
        _ = try mirror.fetch()
        let commit = try mirror.commit("one", on: base)
        #expect(try mirror.push([RefUpdate(branch: "bursar/fix", expected: nil, new: commit)]) == ["bursar/fix": .done])
        #expect(try world.origin.git(["rev-parse", "bursar/fix"]) == commit.description)
        _ = try mirror.fetch()
    }

    private var ran: Bool { FileSystem.exists(world.scratch.path + "/ran") }
    private var script: String { "#!/bin/sh\ntouch '\(world.scratch.path)/ran'\ncat >/dev/null\nexit 1\n" }

    @Test(
        "runs none of its hooks",
        arguments: [
            "pre-receive", "update", "post-receive", "post-update", "reference-transaction", "proc-receive", "push-to-checkout",
            "pre-auto-gc", "post-index-change",
        ])
    func hooks(name: String) throws {
        try world.origin.directory.writeProgram(script, to: ".git/hooks/" + name)
        if name == "push-to-checkout" { try world.origin.git(["config", "receive.denyCurrentBranch", "updateInstead"]) }
        if name == "proc-receive" { try world.origin.git(["config", "receive.procReceiveRefs", "refs/for"]) }
        if name == "pre-auto-gc" { try world.origin.git(["config", "gc.auto", "1"]) }
        try push()
        #expect(!ran)
    }

    @Test(
        "runs no command that its configuration names",
        arguments: ["core.fsmonitor", "core.alternateRefsCommand", "uploadpack.packObjectsHook"])
    func commands(key: String) throws {
        try world.origin.directory.writeProgram(script, to: "command")
        try world.origin.git(["config", key, world.origin.path + "/command"])
        let other = try TemporaryRepository()
        try other.commit()
        try world.origin.write(other.path + "/.git/objects\n", to: ".git/objects/info/alternates")
        try push()
        #expect(!ran)
    }

    @Test("finds no hooks elsewhere either")
    func path() throws {
        try world.origin.directory.writeProgram(script, to: "mine/pre-receive")
        try world.origin.git(["config", "core.hooksPath", world.origin.path + "/mine"])
        try push()
        #expect(!ran)
    }
}
