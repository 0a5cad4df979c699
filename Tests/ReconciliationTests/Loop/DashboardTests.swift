import CostModel
import Forge
import ForgeDouble
import Store
import TestSupport
import Testing
import WebClient

@testable import Reconciliation

/// A workspace of two roots of which one waits, with a dashboard.
private struct DashboardLoop {
    static let open = "open this request now"
    static let snooze = "snooze for 30 days"
    let loop: HostedLoop

    init(_ kind: CodeHost, _ settings: String = "{}") throws {
        loop = try HostedLoop(kind, requests: "{grouping: root, maxOpen: 1, dashboard: \(settings)}")
        try loop.estate.repository.write(SmallEstate.queue.replacing("jobs", with: "q2"), to: "infra/app/2/main.tf")
        try loop.commit("x", to: "README")
    }

    var host: ForgeDouble { loop.host }
    var body: String { host.issues.first?.body ?? "" }
    var openRequests: Int { host.requests.count { $0.isOpen } }

    /// As when the host says that something happened.
    @discardableResult
    func look() throws -> RunResult { try loop.run(.webhook(host.kind, event: "issues")) }

    func tick(_ words: String, by login: String = "ada") throws {
        loop.clock.advance(.hours(2))
        try host.tick(number, words, by: login)
        loop.clock.advance(TimeSpan(seconds: 60))
    }

    var number: Int { host.issues.first?.number ?? 0 }

    func ticked(_ ledger: Ledger) throws -> [AuditEntry] { try ledger.audits(action: .boxTicked) }
}

@Suite("the dashboard of a workspace")
struct DashboardTests {
    static let kinds = CodeHost.allCases
    /// Those that say who edits.
    static let telling: [CodeHost] = [.github, .gitlab]

    @Test("is one issue, which says what waits and is written only where that changes", arguments: kinds)
    func oneIssue(kind: CodeHost) throws {
        let dashboard = try DashboardLoop(kind)
        #expect(try dashboard.loop.run().run.outcome == .succeeded)
        #expect(dashboard.host.issues.count == 1 && dashboard.openRequests == 1)
        #expect(dashboard.host.issues[0].title == "Cost dashboard" && dashboard.host.issues[0].author == dashboard.host.account)
        #expect(dashboard.body.contains("### Waits (1)") && dashboard.body.contains("maxOpen") && dashboard.body.contains("### Open (1)"))
        #expect(dashboard.body.contains(kind == .gitlab ? "- !1 " : "- #1 "))
        let text = dashboard.body
        for _ in 1...3 {
            try dashboard.loop.commit("\(dashboard.loop.clock.now.seconds)", to: "README")
            dashboard.loop.clock.advance(TimeSpan(seconds: 60))
            try dashboard.loop.run()
        }
        #expect(dashboard.host.issues.count == 1 && dashboard.body == text && dashboard.host.issues[0].edits.isEmpty)
    }

    @Test("costs no call when nothing changed, and five at most for a commit elsewhere", arguments: kinds)
    func calls(kind: CodeHost) throws {
        let dashboard = try DashboardLoop(kind)
        try dashboard.loop.run()
        try dashboard.loop.run()
        let before = dashboard.host.exchanges.count
        #expect(try dashboard.loop.run().run.outcome == .unchanged)
        #expect(dashboard.host.exchanges.count == before)
        try dashboard.loop.commit("y", to: "README")
        #expect(try dashboard.loop.run().run.outcome == .succeeded)
        let calls = dashboard.host.exchanges[before...].map { "\($0.request.method.rawValue) \($0.request.url)" }
        #expect(calls.count <= 5, "\(calls)")
    }

    @Test("opens a request now for who ticks the box, whatever the limit, once", arguments: telling)
    func opens(kind: CodeHost) throws {
        let dashboard = try DashboardLoop(kind)
        try dashboard.loop.run()
        try dashboard.tick(DashboardLoop.open)
        try dashboard.look()
        #expect(dashboard.openRequests == 2)
        #expect(!dashboard.body.contains("- [x]") && dashboard.body.contains("### Open (2)") && !dashboard.body.contains("Waits"))
        for _ in 1...2 { try dashboard.look() }
        #expect(dashboard.host.requests.count == 2 && dashboard.host.issues.count == 1)
        let audit = try dashboard.ticked(dashboard.loop.ledger())
        #expect(audit.count == 1 && audit[0].detail.contains("for ada") && audit[0].object == dashboard.issueURL)
    }

    @Test("puts a request off for who ticks that box, with reason and end, and opens it when that is over", arguments: telling)
    func snoozes(kind: CodeHost) throws {
        let dashboard = try DashboardLoop(kind, "{snooze: 1d}")
        try dashboard.loop.run()
        let score = try dashboard.loop.ledger().scores()
        try dashboard.tick("snooze for 1 day", by: "grace")
        let now = dashboard.loop.clock.now
        let result = try dashboard.look()
        let snooze = try #require(try dashboard.loop.ledger().snoozes().first)
        #expect(snooze.until == now.adding(.days(1)) && snooze.person == "grace" && snooze.reason == "a box of the dashboard")
        #expect(
            dashboard.body.contains("### Snoozed (1)") && dashboard.body.contains("snoozed by grace until")
                && !dashboard.body.contains("[x]"))
        let waiting = result.requests.contains { outcome in
            if case .wait(_, .snoozed(until: snooze.until, by: "grace")) = outcome.action { true } else { false }
        }
        #expect(waiting)
        #expect(try dashboard.loop.ledger().scores() == score)
        // There is room now, and it waits all the same.
        try dashboard.host.close(dashboard.host.requests[0].number)
        try dashboard.look()
        #expect(dashboard.openRequests == 0)
        dashboard.loop.clock.advance(.hours(25))
        try dashboard.loop.run()
        #expect(dashboard.openRequests == 1)
        #expect(try dashboard.loop.ledger().snoozes().count == 1)
    }

    @Test("ends what was put off when somebody wants it after all", arguments: telling)
    func wakes(kind: CodeHost) throws {
        let dashboard = try DashboardLoop(kind)
        try dashboard.loop.run()
        try dashboard.tick(DashboardLoop.snooze)
        try dashboard.look()
        try dashboard.tick("open this request now, and end this", by: "grace")
        let now = dashboard.loop.clock.now
        try dashboard.look()
        #expect(dashboard.openRequests == 2)
        #expect(try dashboard.loop.ledger().snoozes().map(\.until) == [now])
    }

    @Test("does nothing for who may not write, and says so", arguments: telling)
    func strangers(kind: CodeHost) throws {
        let dashboard = try DashboardLoop(kind)
        try dashboard.loop.run()
        dashboard.host.restrict(["grace"])
        // Also where somebody who may write has a hand in it: whose tick it is nobody can tell.
        for people in [["grace"], ["grace", "ada"], ["nobody"]] {
            try dashboard.tick(DashboardLoop.open, by: people[0])
            for person in people.dropFirst() { try dashboard.host.editIssue(dashboard.number, by: person) { $0 + "\nmine" } }
            try dashboard.look()
            #expect(dashboard.openRequests == 1 && !dashboard.body.contains("[x]"))
            #expect(dashboard.body.contains("\(people[0]), who edited this text, may not write"))
        }
        #expect(try dashboard.ticked(dashboard.loop.ledger()).isEmpty)
        // The next box that counts takes the word away.
        try dashboard.tick(DashboardLoop.open, by: "ada")
        try dashboard.look()
        #expect(dashboard.openRequests == 2 && !dashboard.body.contains("nothing was done"))
    }

    @Test("does nothing where the host does not say who ticked, and says so", arguments: telling)
    func unknown(kind: CodeHost) throws {
        let dashboard = try DashboardLoop(kind)
        try dashboard.loop.run()
        dashboard.host.hideEdits(true)
        try dashboard.tick(DashboardLoop.open)
        try dashboard.look()
        #expect(dashboard.openRequests == 1 && !dashboard.body.contains("[x]") && dashboard.body.contains("does not say by whom"))
        // What was ticked while nobody remembered what had been written counts for nobody either.
        dashboard.host.hideEdits(false)
        try dashboard.tick(DashboardLoop.open)
        dashboard.loop.loseLedger()
        try dashboard.look()
        #expect(dashboard.openRequests == 1 && dashboard.host.issues.count == 1 && !dashboard.body.contains("[x]"))
    }

    @Test("has no boxes on a host that tells no program who edits, and takes none")
    func blind() throws {
        let dashboard = try DashboardLoop(.gitea)
        try dashboard.loop.run()
        #expect(!dashboard.body.contains("- [ ]") && dashboard.body.contains("There are no boxes here"))
        let group = try #require(
            dashboard.loop.run(.webhook(.gitea, event: "issues")).requests.compactMap { outcome -> String? in
                guard case .wait(let group, _) = outcome.action else { return nil }
                return group.identity
            }.first)
        try dashboard.host.editIssue(dashboard.number, by: "ada") {
            $0.replacing("### Open", with: "- [x] <!-- bursar:open \(group) --> open\n### Open")
        }
        try dashboard.look()
        #expect(dashboard.openRequests == 1 && !dashboard.body.contains("[x]"))
    }

    @Test("that a person closed is not wanted: it stays closed, the run says so, and no other is opened", arguments: kinds)
    func closed(kind: CodeHost) throws {
        let dashboard = try DashboardLoop(kind)
        try dashboard.loop.run()
        try dashboard.host.closeIssue(dashboard.number)
        let text = dashboard.body
        for isLost in [false, true] {
            if isLost { dashboard.loop.loseLedger() }
            dashboard.loop.clock.advance(.days(1))
            let run = try dashboard.look().run
            #expect(dashboard.host.issues.count == 1 && !dashboard.host.issues[0].isOpen && dashboard.body == text)
            #expect(run.stages.last?.message.contains("is closed: it is not wanted") == true)
        }
        try dashboard.host.reopenIssue(dashboard.number)
        try dashboard.loop.commit(SmallEstate.queue.replacing("jobs", with: "q3"), to: "infra/app/3/main.tf")
        try dashboard.loop.run()
        #expect(dashboard.body.contains("### Waits (2)") && dashboard.host.issues.count == 1)
        dashboard.host.deleteIssue(dashboard.number)
        #expect(try dashboard.look().run.stages.last?.message.contains("is gone") == true)
        #expect(dashboard.host.issues.isEmpty)
    }

    @Test("leaves what people write around our part, and brings back what they broke of it", arguments: kinds)
    func peoplesText(kind: CodeHost) throws {
        let dashboard = try DashboardLoop(kind)
        try dashboard.loop.run()
        let ours = dashboard.body
        try dashboard.host.editIssue(dashboard.number, by: "ada") { "Read the guide first.\n\n\($0)\n\nAsk @finops." }
        try dashboard.look()
        #expect(dashboard.body == "Read the guide first.\n\n\(ours)\n\nAsk @finops.")
        try dashboard.host.editIssue(dashboard.number, by: "ada") { $0.replacing("### Waits", with: "### Rubbish") }
        try dashboard.look()
        #expect(dashboard.body == "Read the guide first.\n\n\(ours)\n\nAsk @finops.")
        try dashboard.host.editIssue(dashboard.number, by: "ada") { _ in "Nothing but mine." }
        try dashboard.look()
        #expect(dashboard.body == "\(ours)\n\nNothing but mine.")
    }

    @Test("takes nobody else's issue for it, whatever it says", arguments: kinds)
    func forged(kind: CodeHost) throws {
        let dashboard = try DashboardLoop(kind)
        try dashboard.loop.run()
        let text = dashboard.body
        let loop = try DashboardLoop(kind)
        let forged = loop.host.openIssue(title: "Cost dashboard", body: text, by: "ada")
        try loop.loop.run()
        #expect(loop.host.issues.count == 2)
        #expect(loop.host.issues.first { $0.number == forged }?.body == text)
        loop.loop.loseLedger()
        try loop.look()
        #expect(loop.host.issues.count == 2)
    }

    @Test("is one issue whatever the host does, wherever the run is killed, and when two machines open it at once", arguments: kinds)
    func once(kind: CodeHost) throws {
        for fault in [Fault.status(500), .timeOutBefore, .timeOutAfter, .truncated] {
            for request in [3, 6, 8, 9, 10, 11, 12] {
                let dashboard = try DashboardLoop(kind)
                dashboard.host.fail(fault, atRequest: request)
                try dashboard.loop.run()
                for _ in 1...2 { try dashboard.loop.run(.retry) }
                #expect(dashboard.host.issues.count == 1, "\(fault) at \(request)")
                #expect(dashboard.openRequests == 1, "\(fault) at \(request)")
            }
        }
        let killed = try DashboardLoop(kind)
        killed.loop.kill(after: .dashboard)
        try killed.loop.run()
        killed.loop.kill(after: nil)
        try killed.loop.run(.retry)
        #expect(killed.host.issues.count == 1)
    }

    @Test("does not untick unread what somebody ticks while a run is at work", arguments: telling)
    func meanwhile(kind: CodeHost) throws {
        let dashboard = try DashboardLoop(kind)
        try dashboard.loop.run()
        try dashboard.loop.commit(SmallEstate.queue.replacing("jobs", with: "q3"), to: "infra/app/3/main.tf")
        dashboard.loop.meanwhile(.status) { try dashboard.tick(DashboardLoop.open) }
        try dashboard.loop.run()
        #expect(dashboard.body.contains("[x]") && dashboard.openRequests == 1)
        // Not only when somebody asks.
        try dashboard.loop.run()
        #expect(!dashboard.body.contains("[x]") && dashboard.openRequests == 2)
    }

    @Test("killed between writing down what was put off and drawing the box anew, does it once", arguments: telling)
    func killedWhileSnoozing(kind: CodeHost) throws {
        let dashboard = try DashboardLoop(kind)
        try dashboard.loop.run()
        try dashboard.tick(DashboardLoop.snooze)
        dashboard.loop.kill(after: .dashboard)
        try dashboard.look()
        dashboard.loop.kill(after: nil)
        try dashboard.loop.run(.retry)
        #expect(try dashboard.loop.ledger().snoozes().count == 1)
        #expect(try dashboard.ticked(dashboard.loop.ledger()).count == 1)
    }

    @Test("is not drawn, and obeys nobody, while data is missing", arguments: telling)
    func partial(kind: CodeHost) throws {
        let dashboard = try DashboardLoop(kind)
        try dashboard.loop.run()
        try dashboard.tick(DashboardLoop.open)
        dashboard.loop.estate.repository.directory.remove("observed/bill.csv")
        try dashboard.look()
        #expect(dashboard.openRequests == 1 && dashboard.body.contains("[x]"))
    }
}

extension DashboardLoop {
    fileprivate var issueURL: String {
        "https://forge.example/acme/infra/\(host.kind == .gitlab ? "-/" : "")issues/\(number)"
    }
}
