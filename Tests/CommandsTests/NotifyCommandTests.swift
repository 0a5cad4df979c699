import Foundation
import TestSupport
import Testing

@testable import Commands

/// A loop that stalls, and a channel whose program is a script of the test, which keeps what it is handed.
@Suite("bursar notify")
struct NotifyCommandTests {
    private let estate: TemporaryRepository
    private let state = TemporaryDirectory()
    private let operators = TemporaryDirectory()

    init() throws {
        estate = try UntaggedQueue.repository()
        try estate.write("kind: Notification\nmetadata: {name: all}\nspec: {on: [run.stalled], to: [topic]}\n", to: "policies/told.yaml")
        try estate.commit("tell somebody")
    }

    /// The operator's document, with a client that keeps its input and its profile and then goes on as the script says.
    private func clients(_ script: String = "exit 0") throws -> String {
        try operators.writeProgram(
            "#!/bin/sh\ncat >>'\(operators.path)/input'\necho \"$AWS_PROFILE\" >>'\(operators.path)/profile'\n\(script)\n", to: "aws")
        try operators.write(
            """
            apiVersion: bursar/v1
            kind: Clients
            metadata: {name: here}
            spec:
              channels:
                - {name: topic, kind: sns, program: "\(operators.path)/aws", to: ["+4912345678"], environment: [AWS_PROFILE]}

            """, to: "clients.yaml")
        try operators.setMode(0o600, of: "clients.yaml")
        return operators.path + "/clients.yaml"
    }

    @discardableResult
    private func run(_ arguments: String..., now: String = "2026-11-01T08:00:00Z") -> Said {
        Said(arguments + ["-C", estate.path, "--state", state.path, "--now", now], environment: ["AWS_PROFILE": "finops", "SECRET": "x"])
    }

    /// What the channel's program was handed.
    private var received: String { (try? operators.read("input")).map { String(decoding: $0, as: UTF8.self) } ?? "" }

    private func stall(_ clients: String, _ arguments: String...) throws -> Said {
        run("reconcile", "--apply", "--clients", clients)
        try estate.write("kind: Nonsense\n", to: "policies/broken.yaml")
        try estate.commit("a mistake")
        return Said(
            ["reconcile", "-C", estate.path, "--state", state.path, "--now", "2026-11-01T09:00:00Z", "--clients", clients] + arguments,
            environment: ["AWS_PROFILE": "finops"])
    }

    @Test("tries a channel with one message, by the variables that its entry names")
    func trial() throws {
        let said = run("notify", "--test", "topic", "--clients", try clients())
        #expect(said.code == 0 && said.error.contains("the channel 'topic' took the message m-"), "\(said)")
        #expect(received.contains("This is a test of the channel 'topic'"))
        #expect(try operators.read("profile") == Array("finops\n".utf8))
        let wrong = run("notify", "--test", "topik", "--clients", try clients())
        #expect(wrong.code == 2 && wrong.error.contains("did you mean 'topic'?"), "\(wrong)")
        let failed = run("notify", "--test", "topic", "--clients", try clients("echo no credentials >&2; exit 253"))
        #expect(failed.code == 3 && failed.error.contains("ended with 253: no credentials"), "\(failed)")
    }

    @Test("says what the next run would tell whom, and sends and keeps nothing")
    func foretold() throws {
        let clients = try clients()
        run("reconcile", "--apply", "--clients", clients)
        try estate.write("kind: Nonsense\n", to: "policies/broken.yaml")
        try estate.commit("a mistake")
        let said = run("notify", "--dry-run", "--clients", clients)
        #expect(said.code == 3 && said.output.contains("the loop waits for a person"), "\(said)")
        #expect(received.isEmpty)
        #expect(!run("notify").output.contains("the loop waits for a person"))
    }

    @Test("shows what a loop with '--apply' has sent")
    func sent() throws {
        _ = try stall(try clients(), "--apply")
        #expect(received.contains("the loop waits for a person"), "\(received)")
        let said = run("notify", "--format", "json")
        #expect(said.output.contains(#""state": "sent""#) && said.output.contains(#""channel": "topic""#), "\(said)")
    }

    @Test("keeps what a channel does not take, says why, and sends it when it is due")
    func later() throws {
        let clients = try clients("echo 'An error occurred (Throttling)' >&2; exit 254")
        let stalled = try stall(clients, "--apply")
        #expect(stalled.error.contains("did not arrive, and are sent again later: AWS's client ended with 254"), "\(stalled)")
        let waiting = run("notify", "--format", "json", now: "2026-11-01T09:00:01Z")
        #expect(waiting.output.contains(#""state": "waiting""#) && waiting.output.contains("(Throttling)"), "\(waiting)")
        let early = run("notify", "--deliver", "--clients", try self.clients(), "--format", "json", now: "2026-11-01T09:00:02Z")
        #expect(early.output.contains(#""state": "waiting""#))
        let due = run("notify", "--deliver", "--clients", try self.clients(), "--format", "json", now: "2026-11-01T10:00:00Z")
        #expect(due.output.contains(#""state": "sent""#) && due.output.contains(#""attempts": 2"#), "\(due)")
    }
}
