import CostModel
import Foundation
import JSON
import TestSupport
import Testing
import WebClient

@testable import Notifications

@Suite("every form of a message")
struct ChannelShapeTests {
    private static let file = ProcessInfo.processInfo.environment["BURSAR_RECORD_MESSAGES"]

    @Test("is recorded for messages.py", .enabled(if: file != nil, "BURSAR_RECORD_MESSAGES names no file"))
    func record() throws {
        let folder = TemporaryDirectory()
        let secrets = ["whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "whsec_ZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY="]
        try folder.write(secrets.joined(separator: "\n") + "\n", to: "secrets")
        try folder.setMode(0o600, of: "secrets")
        let channel = MessageChannel(name: "hook", kind: .webhook, address: "https://h.example", secretFile: folder.path + "/secrets")
        var lines = ""
        func add(_ form: String, _ body: [UInt8], _ more: JSONValue = .object([])) {
            let line = (["form": .string(form), "body": .string(String(decoding: body, as: UTF8.self))] as JSONValue).appending(more)
            lines += String(decoding: JSONWriter.bytes(of: line, .compact, escaping: .standard), as: UTF8.self) + "\n"
        }
        func bytes(_ value: JSONValue) -> [UInt8] { JSONWriter.bytes(of: value, .compact, escaping: .standard) }
        var messages = (["payments"] + HostileNames.all).map { ChannelFormTests.message($0) }
        messages.append(ChannelFormTests.message(isResolution: true))
        // As little as a message may say, and as much.
        messages.append(Message(event: .runStalled, workspace: "acme", title: "stalled"))
        var full = ChannelFormTests.message()
        full.items = (0..<10).map { .init(String(repeating: "long ", count: 200), finding: "f-\($0)", place: "infra/main.tf:\($0)") }
        full.next = (0..<20).map { "bursar explain f-\($0)" }
        messages.append(full)
        for message in messages {
            var delivery = ChannelFormTests.delivery(message)
            add("slack", bytes(SlackChannel.payload(message)))
            add("slack-bot", bytes(SlackChannel.post(delivery, to: "C0123ABCD")))
            delivery.parent = .init(id: "m-1", reference: "1793534400.000100")
            add("slack-bot", bytes(SlackChannel.post(delivery, to: "C0123ABCD")))
            let request = try WebhookChannel().request(delivery, channel, at: ChannelFormTests.now)
            let headers = JSONValue.object(request.headers.fields.map { .init($0.name, .string($0.value)) })
            add("webhook", request.body, ["headers": headers, "secrets": .array(secrets.map(JSONValue.string))])
        }
        try Data(lines.utf8).write(to: URL(fileURLWithPath: try #require(Self.file)))
    }
}
