import CostModel
import Forge
import ForgeDouble
import TestSupport
import Testing
import WebClient

@testable import Reconciliation

/// How often a code host is asked. Hosts count, and the next run has to wait for what this one wastes.
@Suite("how often a code host is asked")
struct HostedCallTests {
    private static let count = 10

    /// A workspace with ten open requests, one for each root.
    private func loop(_ kind: CodeHost) throws -> HostedLoop {
        let loop = try HostedLoop(kind, requests: "{grouping: root, maxOpen: \(Self.count), maxNewPerHour: \(Self.count)}")
        for index in 2...Self.count {
            try loop.estate.repository.write(SmallEstate.queue.replacing("jobs", with: "q\(index)"), to: "infra/app/\(index)/main.tf")
        }
        try loop.commit("x", to: "README")
        #expect(try loop.run().run.outcome == .succeeded)
        #expect(loop.host.requests.filter(\.isOpen).count == Self.count)
        return loop
    }

    /// One run, and what it asked the host.
    private func run(_ loop: HostedLoop) throws -> (outcome: Run.Outcome, calls: [String]) {
        let before = loop.host.exchanges.count
        let outcome = try loop.run().run.outcome
        return (outcome, loop.host.exchanges[before...].map { "\($0.request.method.rawValue) \($0.request.url)" })
    }

    @Test(
        "with ten open requests: not at all when nothing changed, and five times at most for a commit elsewhere",
        arguments: CodeHost.allCases)
    func elsewhere(kind: CodeHost) throws {
        let loop = try loop(kind)
        let idle = try run(loop)
        #expect(idle.outcome == .unchanged && idle.calls.isEmpty)
        try loop.commit("y", to: "README")
        let other = try run(loop)
        #expect(other.outcome == .succeeded && other.calls.count <= 5, "\(other.calls)")
        // All that is written is the status of the new commit.
        #expect(other.calls.filter { !$0.hasPrefix("GET") }.count == 1)
        // Long afterwards, and after another prefix of branches, it is no more.
        loop.clock.advance(.days(60))
        let late = try run(loop)
        #expect(late.outcome != .unchanged && late.calls.count <= 5, "\(late.calls)")
        let settings = "{grouping: root, maxOpen: \(Self.count), maxNewPerHour: \(Self.count)}"
        try loop.commit(HostedLoop.workspace(settings, prefix: "cost/"), to: "bursar.yaml")
        let renamed = try run(loop)
        #expect(renamed.outcome != .unchanged && renamed.calls.count <= 5, "\(renamed.calls)")
        #expect(loop.host.requests.count == Self.count)
    }

    @Test("only the request that changes is written", arguments: CodeHost.allCases)
    func oneChange(kind: CodeHost) throws {
        let loop = try loop(kind)
        try loop.commit("# ours\n" + SmallEstate.queue.replacing("jobs", with: "q3"), to: "infra/app/3/main.tf")
        let made = try run(loop)
        // Lists, the status, and reading and writing the one.
        #expect(made.outcome == .succeeded && made.calls.count <= 6, "\(made.calls)")
        #expect(loop.host.requests.filter(\.isOpen).count == Self.count)
    }
}
