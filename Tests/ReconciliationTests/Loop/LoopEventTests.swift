import CostModel
import Store
import Synchronization
import TestSupport
import Testing

@testable import Reconciliation

@Suite("the events of a loop")
struct LoopEventTests {
    private let recorder = EventRecorder()
    private static let fixed = SmallEstate.queue.replacing(
        "team = \"payments\"", with: "team = \"payments\"\n    cost-center = \"CC-9999\"")

    @Test("tell of each stage, of scores and findings before their stage ends, and of requests")
    func order() throws {
        let loop = try LocalLoop(try SmallEstate(), observers: [recorder])
        try loop.run()
        #expect(
            recorder.take() == [
                "stage fetch Succeeded", "stage observe Succeeded", "stage evaluate Succeeded", "scored payments new → 62.50 none",
                "findings opened", "stage score Succeeded", "stage plan Succeeded", "request opened", "stage write Succeeded",
            ])
        try loop.run()
        #expect(recorder.take() == ["stage fetch Succeeded"], "nothing had changed")
    }

    @Test("tell of what people do with a request, once")
    func people() throws {
        let loop = try LocalLoop(try SmallEstate(), observers: [recorder])
        func requests() throws -> [String] {
            _ = recorder.take()
            try loop.run(.api(caller: "test"))
            return recorder.take().filter { $0.hasPrefix("request") }
        }
        #expect(try requests() == ["request opened"])
        #expect(try requests() == [])
        try loop.estate.repository.write("# ours\n" + SmallEstate.queue, to: "infra/app/main.tf")
        try loop.estate.repository.commit()
        #expect(try requests() == ["request updated"])
        let branch = try #require(try loop.ledger.requests().first?.branch)
        try loop.estate.repository.git(["checkout", "--quiet", branch])
        try loop.estate.repository.write("mine", to: "mine")
        try loop.estate.repository.commit("mine")
        try loop.estate.repository.git(["checkout", "--quiet", "main"])
        #expect(try requests() == ["request handedOver"])
        try loop.estate.repository.git(["merge", "--quiet", "--no-edit", branch])
        #expect(try requests() == ["request merged"])
        #expect(try requests() == [])
    }

    @Test("tell of a request that is closed by us, and of one that a person closes")
    func ends() throws {
        let loop = try LocalLoop(try SmallEstate(), observers: [recorder])
        try loop.run()
        try loop.estate.repository.write(Self.fixed, to: "infra/app/main.tf")
        try loop.estate.repository.commit()
        try loop.run()
        #expect(recorder.take().contains("request closed"))
        try loop.estate.repository.write(SmallEstate.queue, to: "infra/app/main.tf")
        try loop.estate.repository.commit()
        loop.advance(.hours(2))
        try loop.run()
        let branch = try #require(try loop.ledger.requests(states: [.open]).first?.branch)
        try loop.estate.repository.git(["branch", "-D", branch])
        try loop.run()
        #expect(recorder.take().filter { $0.hasPrefix("request") } == ["request opened", "request dismissed"])
    }

    /// All that a message on a falling score needs: the port.
    private final class FallingScores: LoopObserver {
        let name = "messages"
        private let sent = Mutex<[String]>([])
        var messages: [String] { sent.withLock { $0 } }

        func observe(_ event: LoopEvent) {
            guard case .scored(let changes) = event.kind else { return }
            for change in changes {
                guard let before = change.before?.score, let after = change.after.score, after < before else { continue }
                sent.withLock {
                    $0.append("\(event.workspace): \(change.team) fell from \(before) to \(after), level \(change.after.level.rawValue)")
                }
            }
        }
    }

    @Test("let a message on a falling score be one observer")
    func falling() throws {
        let messages = FallingScores()
        let loop = try LocalLoop(try SmallEstate(), observers: [messages])
        try loop.estate.repository.write(Self.fixed, to: "infra/app/main.tf")
        try loop.estate.repository.commit()
        try loop.run()
        #expect(messages.messages.isEmpty)
        try loop.estate.repository.write(SmallEstate.queue, to: "infra/app/main.tf")
        try loop.estate.repository.commit()
        // A finding counts from its second sighting on.
        for _ in 1...2 {
            loop.advance(.days(1))
            try loop.run()
        }
        #expect(messages.messages == ["small: payments fell from 100.00 to 62.50, level none"])
    }

    /// Takes nothing.
    private struct Broken: LoopObserver {
        let name = "broken"
        func observe(_ event: LoopEvent) throws(ObserverFailure) { throw ObserverFailure("no room") }
    }

    @Test("an observer that fails disturbs neither the run nor the others, which are told")
    func failing() throws {
        let alone = EventRecorder()
        try LocalLoop(try SmallEstate(), observers: [alone]).run()
        let loop = try LocalLoop(try SmallEstate(), observers: [Broken(), recorder, Broken()])
        #expect(try loop.run().run.outcome == .succeeded)
        let told = recorder.take()
        let warning = "warning an event did not reach 'broken': no room"
        #expect(told.filter { $0 != warning } == alone.take())
        #expect(told.count { $0 == warning } == 2 * told.count { $0 != warning })
    }
}
