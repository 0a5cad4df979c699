import CostModel
import JSON
import TestSupport
import Testing
import WebClient

@testable import Notifications

@Suite("a bot of Slack's")
struct SlackBotTests {
    private let folder = TemporaryDirectory()
    private let channel: MessageChannel

    init() throws {
        try folder.write("xoxb-0123-abcdef\n", to: "token")
        try folder.setMode(0o600, of: "token")
        channel = MessageChannel(name: "chat", kind: .slack, secretFile: folder.path + "/token", recipients: ["C0123ABCD"])
    }

    private struct Slack: HTTPSending {
        var status = 200
        var headers: HTTPHeaders = [:]
        var body: String

        func send(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
            HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
        }
    }

    private func send(_ slack: Slack) -> DeliveryResult {
        MessageSender(channel, version: "1", web: slack).send(
            ChannelFormTests.delivery(ChannelFormTests.message()), at: ChannelFormTests.now)
    }

    @Test("says it in the conversation, with its token, and with an id that tells a second one")
    func request() throws {
        let delivery = ChannelFormTests.delivery(ChannelFormTests.message(), id: "m-2", thread: "m-1")
        let request = try SlackChannel().request(delivery, channel, at: ChannelFormTests.now)
        #expect(request.url == "https://slack.com/api/chat.postMessage" && request.headers["authorization"] == "Bearer xoxb-0123-abcdef")
        let body = try JSONReader.read(request.body)
        #expect(body["channel"] == "C0123ABCD" && body["thread_ts"] == nil && body["link_names"] == false)
        #expect(body["metadata"]?["event_payload"] == ["id": "m-2", "thread": "m-1"])
    }

    @Test("goes on below the message that told of the same")
    func thread() {
        var delivery = ChannelFormTests.delivery(ChannelFormTests.message())
        delivery.parent = .init(id: "m-1", reference: "1793534400.000100")
        #expect(SlackChannel.post(delivery, to: "C0123ABCD")["thread_ts"] == "1793534400.000100")
    }

    @Test("is told what its message is called")
    func reference() {
        #expect(send(Slack(body: #"{"ok":true,"ts":"1793534400.000100","channel":"C0123ABCD"}"#)) == .sentAs("1793534400.000100"))
    }

    @Test(
        "that is refused with 200 has not sent",
        arguments: [
            ("invalid_auth", "failed"), ("channel_not_found", "failed"), ("not_in_channel", "failed"), ("ratelimited", "failed"),
            ("fatal_error", "failed"), ("never_heard_of", "failed"), ("msg_too_long", "refused"), ("invalid_blocks", "refused"),
            ("is_archived", "gone"),
        ])
    func refused(word: String, result: String) {
        let reason = "Slack answered: \(word)"
        switch (send(Slack(body: #"{"ok":false,"error":"\#(word)"}"#)), result) {
        case (.failed(reason, after: nil, isOfChannel: true), "failed"), (.refused(reason), "refused"), (.gone(reason), "gone"): break
        case (let other, _): #expect(Bool(false), "\(other)")
        }
    }

    @Test("waits as long as Slack asks, and takes no page for an answer")
    func odd() {
        let limited = send(Slack(status: 429, headers: ["retry-after": "30"], body: #"{"ok":false,"error":"ratelimited"}"#))
        guard case .failed(_, after: 30, isOfChannel: true) = limited else { return #expect(Bool(false), "\(limited)") }
        for body in ["", "<html>", "[]", "{}", #"{"ok":"true"}"#] {
            guard case .failed = send(Slack(body: body)) else { return #expect(Bool(false), "\(body) is no answer") }
        }
    }

    @Test("can be told that something is over, and a webhook cannot")
    func resolves() {
        #expect(channel.resolves && !MessageChannel(name: "w", kind: .slack, addressFile: "/a").resolves)
    }
}
