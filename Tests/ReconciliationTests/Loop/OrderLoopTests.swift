import CostModel
import Forge
import ForgeDouble
import JSON
import Reporting
import Store
import TestSupport
import Testing

@testable import Reconciliation

/// What clients of the API ask for, done by the loop over real Git and the double of a code host.
@Suite("what clients of the API ask the loop for")
struct OrderLoopTests {
    /// Open on no day that the tests live through.
    private static let closed = #"{schedule: [{days: [wed], from: "08:00", to: "09:00"}]}"#

    private func offers(_ loop: HostedLoop) throws -> [RequestOffer] {
        let text = try #require(try loop.ledger().value(RequestOffers.key))
        return try #require(RequestOffers(text: text)).offers
    }

    private func audit(_ loop: HostedLoop, _ action: AuditEntry.Action) throws -> [AuditEntry] {
        try loop.ledger().audits(action: action)
    }

    @Test("what is offered is kept with its patch, and how it stands", arguments: CodeHost.allCases)
    func offered(kind: CodeHost) throws {
        let loop = try HostedLoop(kind, requests: Self.closed)
        try loop.run()
        let waiting = try #require(try offers(loop).first)
        #expect(waiting.standing == .waiting && waiting.reason == "outside of the times of 'schedule'")
        #expect(waiting.team == "payments" && waiting.findings.count == 1)
        #expect(waiting.changes.first?.patch?.contains("+    cost-center = \"CC-1010\"") == true)
        try loop.commit(HostedLoop.workspace("{}"), to: "bursar.yaml")
        try loop.run()
        let open = try #require(try offers(loop).first)
        #expect(try open.standing == .open && open.request == loop.ledger().requests().first?.url)
        #expect(open.id == waiting.id)
    }

    @Test("to apply what a limit holds back is refused with the limit's words; later it is done, and again it is open already")
    func apply() throws {
        let loop = try HostedLoop(.github, requests: Self.closed)
        try loop.run()
        let id = try #require(try offers(loop).first?.id)
        let refused = try loop.order(.apply, id)
        try loop.run()
        #expect(try loop.orders.order(refused)?.state == .refused)
        #expect(try loop.orders.order(refused)?.detail == "outside of the times of 'schedule'")
        #expect(loop.host.requests.isEmpty)

        try loop.commit(HostedLoop.workspace("{}"), to: "bursar.yaml")
        let done = try loop.order(.apply, id)
        try loop.run()
        let order = try #require(try loop.orders.order(done))
        #expect(order.state == .done && order.detail == "opened" && order.url != nil)
        #expect(try order.url == loop.ledger().requests().first?.url)
        let again = try loop.order(.apply, id)
        try loop.run()
        #expect(try loop.orders.order(again)?.detail == "it is open already")
        #expect(try loop.orders.order(again)?.url == order.url)
        #expect(loop.host.requests.count == 1 && loop.orders.waiting().isEmpty)

        let lines = try audit(loop, .applyAsked)
        #expect(lines.map(\.cause) == ["user ops", "user ops", "user ops"])
        #expect(lines.map(\.object) == [id, id, id])
        #expect(lines.last?.detail == "refused: outside of the times of 'schedule' (\(refused))")
    }

    @Test("an order that waited when a process died is done by the next run, though nothing has changed")
    func waits() throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        #expect(try loop.run().run.outcome == .unchanged)
        let id = try #require(try offers(loop).first?.id)
        let order = try loop.order(.dismiss, id, reason: "later")
        #expect(try loop.run(.interval).run.outcome == .succeeded)
        #expect(try loop.orders.order(order)?.state == .done)
        #expect(try loop.run(.interval).run.outcome == .unchanged)
    }

    @Test("dismissed, an open request is closed with the reason and stays so as if a person had closed it", arguments: CodeHost.allCases)
    func dismiss(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        let id = try #require(try offers(loop).first?.id)
        let reason = "@ada <!-- bursar:closed --> https://evil.example *later*"
        let first = try loop.order(.dismiss, id, reason: reason)
        try loop.run()
        #expect(try loop.orders.order(first)?.state == .done)
        let request = try #require(loop.host.requests.first)
        #expect(!request.isOpen && request.comments.count == 1)
        let text = try #require(request.comments.first?.body)
        #expect(
            text.contains("by ops") && text.contains("@&#8203;ada &lt;\\!-- bursar:closed --&gt; https:&#8203;//evil.example \\*later\\*"))
        let record = try #require(try loop.ledger().requests().first)
        #expect(record.state == .dismissed && record.ended == loop.clock.now)
        #expect(try offers(loop).first?.standing == .waiting)

        // Dismissed twice: it is, and nothing is written anew.
        let second = try loop.order(.dismiss, id, reason: "again")
        loop.clock.advance(.days(1))
        try loop.run()
        #expect(try loop.orders.order(second)?.state == .done)
        #expect(try loop.ledger().requestHistory().count == 1)
        // Who applies it hears that it is turned down.
        let third = try loop.order(.apply, id)
        try loop.run()
        #expect(try loop.orders.order(third)?.state == .refused)
        #expect(try loop.orders.order(third)?.detail?.hasPrefix("closed by a person") == true)
        #expect(loop.host.requests.filter(\.isOpen).isEmpty)
        // Without its ledger the loop finds what a person would have left.
        loop.loseLedger()
        loop.clock.advance(.days(1))
        try loop.run()
        #expect(loop.host.requests.filter(\.isOpen).isEmpty)
    }

    @Test("what nobody opened yet can be turned down too, and takes no place among what is opened within an hour")
    func dismissUnopened() throws {
        let loop = try HostedLoop(.github, requests: Self.closed)
        try loop.run()
        let id = try #require(try offers(loop).first?.id)
        let order = try loop.order(.dismiss, id, reason: "we move away")
        try loop.run()
        #expect(try loop.orders.order(order)?.state == .done)
        let record = try #require(try loop.ledger().requests().first)
        #expect(record.state == .dismissed && record.branch.isEmpty && !record.wasOpened)
        try loop.commit(HostedLoop.workspace("{maxNewPerHour: 1}"), to: "bursar.yaml")
        try loop.run()
        #expect(loop.host.requests.isEmpty)
        let line = try #require(try audit(loop, .dismissAsked).first?.detail)
        #expect(line.hasPrefix("done: turned down, until 2027-") && line.hasSuffix("; reason: we move away (\(order))"))
    }

    @Test("without a code host the branch goes, and does not come back")
    func branches() throws {
        let loop = try HostedLoop(.github)
        loop.hasHost = false
        try loop.run()
        let id = try #require(try offers(loop).first?.id)
        let order = try loop.order(.dismiss, id, reason: "no")
        try loop.run()
        #expect(try loop.orders.order(order)?.state == .done)
        loop.clock.advance(.days(1))
        try loop.run()
        #expect(try loop.bare.git(["for-each-ref", "refs/heads/bursar"]).isEmpty)
        #expect(try loop.ledger().requests().map(\.state) == [.dismissed])
    }

    @Test("a branch that a person edited is theirs: it is not closed for anybody")
    func edited() throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        let id = try #require(try offers(loop).first?.id)
        let branch = try #require(loop.host.requests.first?.head)
        _ = try loop.host.pushCommit(on: branch, file: "README", text: "mine")
        let order = try loop.order(.dismiss, id, reason: "no")
        try loop.run()
        #expect(try loop.orders.order(order)?.state == .refused)
        #expect(try loop.orders.order(order)?.detail == "somebody works on its branch: close the request there")
        #expect(loop.host.requests.first?.isOpen == true)
    }

    @Test("killed after any step, the next run comes to the same, once", arguments: [WriteStep.push, .open, .close, .comment, .remember])
    func killed(step: WriteStep) throws {
        let loop = try HostedLoop(.github, requests: Self.closed)
        try loop.run()
        let id = try #require(try offers(loop).first?.id)
        try loop.commit(HostedLoop.workspace("{}"), to: "bursar.yaml")
        let opened = try loop.order(.apply, id)
        loop.kill(after: step)
        try loop.run()
        loop.kill(after: nil)
        try loop.run(.retry)
        #expect(try loop.orders.order(opened)?.state == .done)
        #expect(loop.host.requests.count == 1)
        let turned = try loop.order(.dismiss, id, reason: "no")
        loop.kill(after: step)
        try loop.run()
        loop.kill(after: nil)
        try loop.run(.retry)
        #expect(try loop.orders.order(turned)?.state == .done)
        #expect(loop.host.requests.map(\.isOpen) == [false])
        #expect(loop.host.requests.first?.comments.count == 1)
        #expect(try loop.ledger().requests().map(\.state) == [.dismissed])
        #expect(try audit(loop, .applyAsked).count == 1 && audit(loop, .dismissAsked).count == 1)
    }

    @Test("a merged plan is rolled back by a request, once; merged, its findings count as turned down", arguments: CodeHost.allCases)
    func rollBack(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        let plan = try #require(try loop.ledger().requests().first?.plan.digest)
        let early = try loop.order(.rollback, plan)
        try loop.run()
        #expect(try loop.orders.order(early)?.detail == "its request is open, not merged")
        _ = try loop.host.merge(1, method: .merge)
        try loop.run()
        let merged = try #require(try loop.ledger().requests().first { $0.state == .merged }?.plan.digest)
        let orders = try [loop.order(.rollback, merged), loop.order(.rollback, merged)]
        try loop.run()
        let ended = try orders.map { try #require(try loop.orders.order($0)) }
        #expect(ended.map(\.state) == [.done, .done], "\(ended)")
        #expect(Set(ended.map(\.url)).count == 1 && ended[0].url != nil)
        #expect(loop.host.requests.count == 2)
        let revert = try #require(loop.host.requests.last)
        #expect(revert.head.hasPrefix("bursar/revert-"))
        #expect(try audit(loop, .rollbackAsked).count == 3)
        _ = try loop.host.merge(revert.number, method: .merge)
        loop.clock.advance(.days(1))
        try loop.run()
        #expect(try loop.ledger().requests().map(\.state) == [.dismissed])
        let late = try loop.order(.rollback, merged)
        try loop.run()
        #expect(try loop.orders.order(late)?.state == .refused)
    }

    @Test("lines that were changed since stand against a roll-back, and nothing is opened")
    func editedSince() throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        _ = try loop.host.merge(1, method: .merge)
        try loop.run()
        let plan = try #require(try loop.ledger().requests().first?.plan.digest)
        try loop.estate.repository.git(["pull", "--quiet", "--rebase", loop.bare.path, "main"])
        let text = String(decoding: try loop.estate.repository.directory.read("infra/app/main.tf"), as: UTF8.self)
        try loop.commit(text.replacing("CC-1010", with: "CC-2020"), to: "infra/app/main.tf")
        let order = try loop.order(.rollback, plan)
        try loop.run()
        #expect(try loop.orders.order(order)?.state == .refused)
        #expect(try loop.orders.order(order)?.detail?.contains("were changed again since") == true)
        #expect(loop.host.requests.count == 1)
    }

    @Test("a dry run writes nothing and says so; what waited for a day is not done any more")
    func notDone() throws {
        let loop = try HostedLoop(.github, requests: Self.closed)
        try loop.run()
        let id = try #require(try offers(loop).first?.id)
        let dry = try [loop.order(.apply, id), loop.order(.dismiss, id, reason: "no"), loop.order(.rollback, "abcdef01")]
        try loop.run(isDryRun: true)
        for order in dry {
            #expect(try loop.orders.order(order)?.state == .refused)
            #expect(try loop.orders.order(order)?.detail == "the loop runs without --apply: it writes nothing but the ledger")
        }
        #expect(try loop.ledger().requests().isEmpty)
        let late = try loop.order(.dismiss, id, reason: "no")
        loop.clock.advance(.hours(25))
        try loop.run()
        #expect(try loop.orders.order(late)?.detail == "no run came so far within a day")
        let gone = try loop.order(.apply, "g-000000000000-00000000")
        try loop.run()
        #expect(try loop.orders.order(gone)?.detail == "it is not offered any more")
        loop.clock.advance(.days(8))
        _ = try loop.order(.apply, id)
        try loop.run()
        #expect(loop.orders.all().count == 1, "what ended a week ago is forgotten")
    }
}

extension HostedLoop {
    var orders: OrderFolder { OrderFolder(state.path + "/orders") }

    /// - Returns: its id.
    func order(_ kind: RequestOrder.Kind, _ object: String, reason: String? = nil) throws -> String {
        let id = "o-" + String(UInt64.random(in: (1 << 60)...(.max)), radix: 16)
        let order = RequestOrder(id: id, kind: kind, object: object, reason: reason, caller: "ops", asked: clock.now)
        try #require(try orders.place(order) == .placed)
        return id
    }
}
