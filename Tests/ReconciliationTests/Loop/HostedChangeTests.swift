import CostModel
import Forge
import ForgeDouble
import Foundation
import Store
import TestSupport
import Testing

@testable import Reconciliation

/// What changes around open requests: the host, settings, people's acts between two looks.
@Suite("requests on a code host, when something around them changes")
struct HostedChangeTests {
    static let kinds = HostedRunTests.kinds

    @Test("after a move to another host what is open is opened there, and no stranger's request of the same number is touched")
    func moves() throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        let branch = try #require(loop.host.requests.first?.head)
        try loop.move(to: .gitea)
        // Somebody else's request has the number there that ours had here.
        _ = try loop.host.forcePush("theirs", onto: "main", file: "theirs", text: "x")
        let theirs = try loop.forge.open(RequestDraft(branch: "theirs", base: "main", title: "theirs", body: "", commit: ""))
        #expect(theirs.number == 1)
        loop.clock.advance(.hours(2))
        for _ in 1...2 { try loop.run() }
        #expect(loop.host.requests.map(\.head) == ["theirs", branch])
        #expect(loop.host.requests[0].title == "theirs" && loop.host.requests[0].isOpen)
        let record = try #require(try loop.ledger().requests().first)
        #expect(record.state == .open && record.number == 2 && record.branch == branch)
        #expect(try loop.run().run.outcome == .unchanged)
    }

    @Test("the same host under another spelling of its address makes nothing twice, and loses no dismissal and no merge")
    func respelled() throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        _ = try loop.host.merge(1, method: .squash)
        loop.clock.advance(.days(1))
        try loop.run()
        try loop.commit(SmallEstate.queue.replacing("jobs", with: "mail"), to: "infra/app/mail.tf")
        loop.clock.advance(.days(1))
        try loop.run()
        try loop.host.close(2)
        loop.clock.advance(.days(1))
        try loop.run()
        let before = try loop.ledger().requestHistory().map(\.state)
        #expect(before == [.dismissed, .merged])
        try loop.ledger().setValue(RunCheckpoint.Key.host, "github https://elsewhere.example acme/infra")
        for _ in 1...2 {
            loop.clock.advance(.days(1))
            try loop.run()
        }
        #expect(try loop.ledger().requestHistory().map(\.state) == before)
        #expect(try loop.ledger().savings().count == 1)
        #expect(loop.host.requests.count == 2)
    }

    @Test("after the project got another name what people turned down stays so, and what is open goes on")
    func renamed() throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        try loop.host.close(1)
        loop.clock.advance(.days(1))
        try loop.run()
        try loop.commit(SmallEstate.queue.replacing("jobs", with: "mail"), to: "infra/app/mail.tf")
        loop.clock.advance(.days(1))
        try loop.run()
        #expect(loop.host.requests.map(\.isOpen) == [false, true])
        try loop.rename(to: "estate")
        for _ in 1...2 {
            loop.clock.advance(.days(1))
            try loop.run()
        }
        #expect(loop.host.requests.map(\.isOpen) == [false, true])
        #expect(try loop.ledger().requests().map(\.state).filter { $0 == .open }.count == 1)
    }

    @Test("a request that another repository of the same name has under our number is not ours")
    func replacedRepository() throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        try loop.move(to: .github)
        _ = try loop.host.forcePush("theirs", onto: "main", file: "theirs", text: "x")
        _ = try loop.forge.open(RequestDraft(branch: "theirs", base: "main", title: "theirs", body: "", commit: ""))
        loop.clock.advance(.days(1))
        try loop.run()
        #expect(loop.host.requests.map(\.title)[0] == "theirs")
        #expect(loop.host.requests.count == 2)
        #expect(try loop.ledger().requests().map(\.number) == [2])
    }

    @Test("closed by us and then the ledger lost: it does not count as turned down", arguments: kinds)
    func ownClose(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        try loop.mendByHand()
        try loop.run()
        #expect(try loop.ledger().requests().map(\.state) == [.obsolete])
        loop.loseLedger()
        loop.clock.advance(.days(1))
        // The same finding is back: people did not turn it down.
        try loop.commit(SmallEstate.queue, to: "infra/app/main.tf")
        try loop.run()
        #expect(loop.host.requests.filter(\.isOpen).count == 1)
        #expect(loop.host.requests.count == 2)
    }

    @Test(
        "killed after any step of closing, the next run closes it to its end, with one comment and no branch", arguments: kinds,
        [WriteStep.update, .comment, .deleteBranch, .close])
    func killedClose(kind: CodeHost, step: WriteStep) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        try loop.mendByHand()
        loop.kill(after: step)
        #expect(try loop.run().run.outcome == .failed)
        loop.kill(after: nil)
        try loop.run(.retry)
        let request = loop.host.requests[0]
        #expect(!request.isOpen && request.comments.count == 1)
        #expect(try loop.bare.git(["for-each-ref", "refs/heads/bursar"]).isEmpty)
        #expect(try loop.ledger().requests().map(\.state) == [.obsolete])
    }

    @Test("where branches may not be deleted, a request is closed all the same", arguments: kinds)
    func undeletable(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        try loop.bare.git(["config", "receive.denyDeletes", "true"])
        try loop.mendByHand()
        for _ in 1...2 {
            #expect(try loop.run().run.outcome == .succeeded)
            loop.clock.advance(.days(1))
        }
        #expect(!loop.host.requests[0].isOpen)
        #expect(try loop.ledger().requests().map(\.state) == [.obsolete])
        #expect(try !loop.bare.git(["for-each-ref", "refs/heads/bursar"]).isEmpty)
    }

    @Test("a push between the fetch and the closing keeps branch and request", arguments: kinds)
    func pushWhileClosing(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        let branch = loop.host.requests[0].head
        try loop.mendByHand()
        loop.meanwhile(.comment) { _ = try loop.host.pushCommit(on: branch, file: "mine", text: "mine") }
        try loop.run()
        #expect(loop.host.requests[0].isOpen)
        try loop.run(.retry)
        #expect(loop.host.requests[0].isOpen)
        #expect(try loop.bare.git(["show", "\(branch):mine"]) == "mine")
        #expect(try loop.ledger().requests().map(\.state) == [.abandoned])
    }

    @Test("a merge between the fetch and the look at the host opens no twin", arguments: kinds)
    func mergeWhileLooking(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        let host = loop.host
        loop.clock.advance(.days(1))
        // The run has fetched when it first asks the host.
        let forge = MeanwhileForge(loop.forge) { _ = try host.merge(1, method: .squash) }
        try loop.run(forge: forge)
        #expect(host.requests.count == 1)
        #expect(try loop.ledger().requests().map(\.state) == [.merged])
        try loop.run()
        #expect(host.requests.count == 1)
        #expect(try loop.bare.git(["for-each-ref", "refs/heads/bursar"]).isEmpty, "the merged branch is deleted")
    }

    @Test("a request that a person closed and opened again is kept true again", arguments: kinds)
    func reopened(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        try loop.host.close(1)
        loop.clock.advance(.days(1))
        try loop.run()
        #expect(try loop.ledger().requests().map(\.state) == [.dismissed])
        try loop.host.reopen(1)
        loop.clock.advance(.days(1))
        try loop.run()
        #expect(try loop.ledger().requests().map(\.state) == [.open])
        #expect(loop.host.requests.count == 1)
    }

    @Test("what a host says by webhook is looked at, though nothing changed in Git")
    func webhook() throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        try loop.host.close(1)
        #expect(try loop.run().run.outcome == .unchanged)
        #expect(try loop.run(.webhook(.github, event: "push")).run.outcome == .succeeded)
        #expect(try loop.ledger().requests().map(\.state) == [.dismissed])
    }

    @Test("a run that somebody asked for and that failed is tried again, though nothing changed")
    func failedWebhook() throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        try loop.host.close(1)
        loop.host.fail(.status(502))
        #expect(try loop.run(.webhook(.github, event: "push")).run.outcome == .failed)
        #expect(try loop.run(.retry).run.outcome == .succeeded)
        #expect(try loop.ledger().requests().map(\.state) == [.dismissed])
    }

    @Test("one request that the host does not take stops no other, and a person hears of it")
    func refusedOne() throws {
        let loop = try HostedLoop(.github)
        // The label's call, after the request was opened.
        loop.host.fail(.status(403), whenPathEndsIn: "/labels")
        let result = try loop.run()
        #expect(result.run.outcome == .stalled)
        #expect(result.run.stages.last?.reason == .forgeFailed)
        #expect(loop.host.statuses.count == 1, "the commit's status is set all the same")
        try loop.run(.api(caller: "test"))
        #expect(loop.host.requests.count == 1)
        #expect(try loop.ledger().requests().map(\.state) == [.open])
    }

    @Test("what was merged before the ledger was lost is measured all the same, and once", arguments: [kinds[0]] + [nil])
    func lostMerges(kind: CodeHost?) throws {
        let loop = try HostedLoop(kind ?? .github)
        try loop.run()
        _ = try loop.host.merge(1, method: .merge)
        loop.clock.advance(.days(1))
        try loop.run()
        let before = try loop.ledger().savings()
        #expect(before.count == 1)
        loop.loseLedger()
        // Where the host has forgotten it too, Git still tells.
        if kind == nil { try loop.move(to: .github) }
        loop.clock.advance(.days(1))
        for _ in 1...2 { try loop.run(.api(caller: "test")) }
        let after = try loop.ledger().savings()
        #expect(after.map(\.change.plan) == before.map(\.change.plan))
        // Git alone names the plan's own commit, the host the one by which it was merged.
        #expect(kind == nil || after.map(\.change.commit) == before.map(\.change.commit))
        #expect(after.flatMap(\.change.change.resources) == before.flatMap(\.change.change.resources))
        #expect(after.map(\.change.change.team) == ["payments"])
        #expect(loop.host.requests.filter(\.isOpen).isEmpty)
    }

    @Test("savings keep their team when the ledger was lost and their resource has left the code since", arguments: [true, false])
    func lostTeam(isOnHost: Bool) throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        _ = try loop.host.merge(1, method: .merge)
        loop.clock.advance(.days(1))
        try loop.run()
        try loop.commit("# nothing is left\n", to: "infra/app/main.tf")
        loop.loseLedger()
        // Where the host has forgotten it too, the commits tell.
        if !isOnHost { try loop.move(to: .github) }
        loop.clock.advance(.days(1))
        for _ in 1...2 { try loop.run(.api(caller: "test")) }
        #expect(try loop.ledger().savings().map(\.change.change.team) == ["payments"])
    }

    @Test("a merge that people undo by Git is not proposed again")
    func reverted() throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        _ = try loop.host.merge(1, method: .squash)
        try loop.estate.repository.git(["pull", "--quiet", "--rebase", loop.bare.path, "main"])
        try loop.estate.repository.git(["revert", "--no-edit", "HEAD"])
        try loop.estate.repository.git(["push", "--quiet", loop.bare.path, "main:main"])
        loop.clock.advance(.days(1))
        for _ in 1...2 { try loop.run() }
        #expect(loop.host.requests.count == 1)
        #expect(try loop.ledger().requests().map(\.state) == [.dismissed])
    }
}

/// A host to which something happens before it is first asked.
final class MeanwhileForge: Forge, @unchecked Sendable {  // One test uses it, on one thread.
    private let inner: any Forge
    private var act: (() throws -> Void)?

    init(_ inner: any Forge, act: @escaping () throws -> Void) {
        self.inner = inner
        self.act = act
    }

    var hasBranches: Bool { inner.hasBranches }

    func requests(branchPrefixes: [String], since: Int64?) throws(ForgeError) -> [ForgeRequest] {
        do { try act?() } catch { throw ForgeError(.invalid, "\(error)") }
        act = nil
        return try inner.requests(branchPrefixes: branchPrefixes, since: since)
    }

    func request(_ number: Int) throws(ForgeError) -> ForgeRequest { try inner.request(number) }
    func open(_ draft: RequestDraft) throws(ForgeError) -> ForgeRequest { try inner.open(draft) }
    func update(_ number: Int, to draft: RequestDraft) throws(ForgeError) { try inner.update(number, to: draft) }
    func close(_ number: Int) throws(ForgeError) { try inner.close(number) }
    func comment(_ number: Int, marker: String, body: String) throws(ForgeError) -> Bool {
        try inner.comment(number, marker: marker, body: body)
    }
    func setStatus(_ status: CommitStatus, of commit: String) throws(ForgeError) { try inner.setStatus(status, of: commit) }
}
