import CostModel
import Forge
import ForgeDouble
import Foundation
import Store
import TestSupport
import Testing

@testable import Reconciliation

/// Changes that reach the watched branch, or leave it again, without the host being told.
@Suite("merges that people make and undo by Git")
struct HostedMergeTests {
    static let kinds = HostedRunTests.kinds

    /// A request, and the commands of somebody who takes its branch into their main branch.
    private func squash(_ loop: HostedLoop, trailers: Bool = true) throws {
        let branch = try #require(loop.host.requests.first?.head)
        let repository = loop.estate.repository
        try repository.git(["pull", "--quiet", "--rebase", loop.bare.path, "main"])
        try repository.git(["fetch", "--quiet", loop.bare.path, branch])
        let message = try repository.git(["log", "-1", "--format=%B", "FETCH_HEAD"])
        try repository.git(["merge", "--quiet", "--squash", "FETCH_HEAD"])
        try repository.git(["commit", "--quiet", "-m", trailers ? message : "by hand"])
        try repository.git(["push", "--quiet", loop.bare.path, "main:main"])
    }

    private func go(_ loop: HostedLoop, days: Int = 1) throws {
        for _ in 0..<days {
            loop.clock.advance(.days(1))
            try loop.run()
        }
    }

    @Test("a request whose commit was squashed by hand is closed, and measured as merged", arguments: kinds)
    func byHand(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        try squash(loop)
        try go(loop, days: 2)
        #expect(loop.host.requests.map(\.isOpen) == [false])
        #expect(try loop.ledger().requests().map(\.state) == [.merged])
        #expect(try loop.ledger().savings().count == 1)
        #expect(try loop.bare.git(["for-each-ref", "refs/heads/bursar"]).isEmpty)
        #expect(try loop.run().run.outcome == .unchanged)
    }

    @Test("a dismissed change that somebody pushes later is merged, and measured once")
    func dismissedFirst() throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        try loop.host.close(1)
        try go(loop)
        #expect(try loop.ledger().requests().map(\.state) == [.dismissed])
        try squash(loop)
        try go(loop, days: 2)
        #expect(try loop.ledger().requests().map(\.state) == [.merged])
        #expect(try loop.ledger().savings().count == 1)
    }

    @Test("merged, undone and done again, one look at a time: it ends as merged, and nothing is proposed again")
    func redone() throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        _ = try loop.host.merge(1, method: .squash)
        try go(loop)
        let repository = loop.estate.repository
        for state in [RequestRecord.State.dismissed, .merged] {
            try repository.git(["pull", "--quiet", "--rebase", loop.bare.path, "main"])
            try repository.git(["revert", "--no-edit", "HEAD"])
            try repository.git(["push", "--quiet", loop.bare.path, "main:main"])
            try go(loop)
            #expect(try loop.ledger().requests().map(\.state) == [state])
        }
        #expect(loop.host.requests.count == 1)
    }

    @Test("an edited request that was left to people is taken up again with its finding", arguments: kinds)
    func abandoned(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        let branch = loop.host.requests[0].head
        _ = try loop.host.pushCommit(on: branch, file: "mine", text: "mine")
        try go(loop)
        try loop.mendByHand()
        try go(loop)
        #expect(try loop.ledger().requests().map(\.state) == [.abandoned])
        try loop.commit(SmallEstate.queue, to: "infra/app/main.tf")
        try go(loop, days: 2)
        #expect(loop.host.requests.map(\.isOpen) == [true])
        let record = try #require(try loop.ledger().requests().first)
        #expect(record.state == .open && record.isEdited)
    }

    @Test("what we closed and somebody opened again keeps its branch, and goes on when its finding is back")
    func reopened() throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        let branch = loop.host.requests[0].head
        let tip = try loop.bare.git(["rev-parse", branch])
        try loop.mendByHand()
        try go(loop)
        #expect(try loop.ledger().requests().map(\.state) == [.obsolete])
        try loop.bare.git(["branch", branch, tip])
        try loop.host.reopen(1)
        try go(loop)
        #expect(try loop.bare.git(["rev-parse", branch]) == tip)
        try loop.commit(SmallEstate.queue, to: "infra/app/main.tf")
        try go(loop)
        #expect(loop.host.requests.map(\.isOpen) == [true])
        #expect(try loop.ledger().requests().map(\.state) == [.open])
    }

    @Test("a request that was merged into another branch is not merged here, and holds nothing up", arguments: kinds)
    func otherBase(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        try loop.bare.git(["branch", "next", "main"])
        try loop.host.retarget(1, to: "next")
        _ = try loop.host.merge(1, method: .merge)
        try go(loop, days: 2)
        #expect(try loop.ledger().requests().map(\.state) == [.dismissed])
        #expect(try loop.ledger().savings().isEmpty)
        #expect(try loop.run().run.outcome == .unchanged)
        // From there it comes here.
        let repository = loop.estate.repository
        try repository.git(["pull", "--quiet", "--rebase", loop.bare.path, "main"])
        try repository.git(["pull", "--quiet", "--no-rebase", "--no-ff", "--no-edit", loop.bare.path, "next"])
        try repository.git(["push", "--quiet", loop.bare.path, "main:main"])
        try go(loop)
        #expect(try loop.ledger().requests().map(\.state) == [.merged])
        // The commit has the time of the one below it, from before there was any request.
        #expect(try loop.ledger().savings().map(\.change.merged) == [loop.clock.now])
    }

    @Test("closed, opened again and merged between two looks: merged, whatever the message kept", arguments: kinds)
    func reopenedAndMerged(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        try loop.host.close(1)
        try go(loop)
        #expect(try loop.ledger().requests().map(\.state) == [.dismissed])
        loop.clock.advance(.hours(1))
        try loop.host.reopen(1)
        _ = try loop.host.merge(1, method: .squash)
        try go(loop)
        #expect(try loop.ledger().requests().map(\.state) == [.merged])
        #expect(try loop.ledger().savings().count == 1)
    }

    @Test(
        "an update that was pushed but not written down, and merged at once, is measured once", arguments: ForgeDouble.MergeMethod.allCases)
    func mergedUnwritten(method: ForgeDouble.MergeMethod) throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        try loop.commit("# a note\n" + SmallEstate.queue, to: "infra/app/main.tf")
        loop.kill(after: .push)
        loop.clock.advance(.days(1))
        #expect(try loop.run().run.outcome == .failed)
        loop.kill(after: nil)
        _ = try loop.host.merge(1, method: method)
        try go(loop, days: 2)
        #expect(try loop.ledger().requestHistory().map(\.state) == [.merged])
        #expect(try loop.ledger().savings().count == 1)
        #expect(loop.host.requests.count == 1)
    }

    @Test("a merge that was undone before anybody remembered it saves nothing")
    func adoptedUndone() throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        try squash(loop)
        try loop.estate.repository.git(["revert", "--no-edit", "HEAD"])
        try loop.estate.repository.git(["push", "--quiet", loop.bare.path, "main:main"])
        loop.loseLedger()
        try loop.move(to: .github)
        try go(loop, days: 2)
        #expect(try loop.ledger().requestHistory().last?.state == .dismissed)
        #expect(try loop.ledger().savings().isEmpty)
    }

    // MARK: Without a host

    @Test("patches that somebody applies without their trailers are merged, measured, and put away")
    func patches() throws {
        let loop = try LocalLoop(try SmallEstate(), patches: true)
        try loop.run()
        let record = try #require(try loop.ledger.requests().first)
        let folder = try #require(record.url?.dropFirst("file://".count))
        for patch in try FileManager.default.contentsOfDirectory(atPath: String(folder)) where patch.hasSuffix(".patch") {
            try loop.estate.repository.git(["apply", "\(folder)/\(patch)"])
        }
        try loop.estate.repository.commit("what the patch says")
        loop.advance(.days(1))
        for _ in 1...2 { try loop.run() }
        #expect(try loop.ledger.requests().map(\.state) == [.merged])
        #expect(try loop.ledger.savings().count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: loop.patchFolder).isEmpty)
    }

    @Test(
        "a folder whose closing was cut off counts as closed by us, and what is left of it stands in nobody's way",
        arguments: [true, false])
    func cutOffClosing(isOurs: Bool) throws {
        let loop = try LocalLoop(try SmallEstate(), patches: true)
        try loop.run()
        var record = try #require(try loop.ledger.requests().first)
        let folder = try #require(record.url).dropFirst("file://".count)
        for name in try FileManager.default.contentsOfDirectory(atPath: String(folder)) {
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
        if isOurs {
            record.ended = SmallEstate.now
            try loop.ledger.put(record)
        }
        loop.advance(.days(1))
        for _ in 1...2 { try loop.run() }
        #expect(try loop.ledger.requestHistory().map(\.state) == (isOurs ? [.open, .obsolete] : [.dismissed]))
        #expect(try FileManager.default.contentsOfDirectory(atPath: String(folder)).isEmpty == !isOurs)
    }

    @Test("without a code host an edited branch that was left to people is the request again once its finding is back")
    func abandonedBranch() throws {
        let loop = try LocalLoop(try SmallEstate())
        try loop.run()
        let repository = loop.estate.repository
        let branch = try #require(try loop.ledger.requests().first).branch
        try repository.git(["checkout", "--quiet", branch])
        try repository.write("mine", to: "mine")
        try repository.commit("mine")
        try repository.git(["checkout", "--quiet", "main"])
        let branches = try loop.branches
        let fixed = SmallEstate.queue.replacing("team = \"payments\"", with: "team = \"payments\"\n    cost-center = \"CC-9999\"")
        for (text, state) in [(fixed, RequestRecord.State.abandoned), (SmallEstate.queue, .open)] {
            try repository.write(text, to: "infra/app/main.tf")
            try repository.commit()
            loop.advance(.days(1))
            try loop.run()
            #expect(try loop.ledger.requests().map(\.state) == [state])
            #expect(try loop.branches == branches)
        }
    }
}
