import CostModel
import JSON
import TestSupport
import Testing
import WebClient

@testable import Notifications

/// Each form is held by what its service documents; Python's own libraries for Slack, CloudEvents and Standard Webhooks agreed when it was
/// written.
@Suite("the form of a channel")
struct ChannelFormTests {
    static let now = Instant("2026-11-01T12:00:00Z")!

    static func message(_ name: String = "payments", isResolution: Bool = false) -> Message {
        Message(
            event: .findingNew, isResolution: isResolution, workspace: "acme", team: name, contact: "#\(name)", severity: .high,
            title: "2 new findings of '\(name)'", amount: Money(FixedDecimal(exactly: "412.5")!, .usd),
            amountMeaning: "at stake in a month",
            since: now, items: [.init("required tag '\(name)' is missing", finding: "f-1", place: "infra/\(name)/main.tf:12")], more: 1,
            next: ["bursar explain f-1"], url: "https://github.com/acme/infra/pull/7")
    }

    static func delivery(_ message: Message, id: String = "m-0123", thread: String = "m-0123") -> MessageDelivery {
        MessageDelivery(id: id, thread: thread, created: now, message: message)
    }

    private func text(_ value: JSONValue) -> String {
        String(decoding: JSONWriter.bytes(of: value, .compact, escaping: .standard), as: UTF8.self)
    }

    /// Every text in a document.
    private func texts(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let values): values.flatMap(texts)
        case .object(let members): members.flatMap { texts($0.value) }
        default: []
        }
    }

    // MARK: Webhooks

    @Test("of a webhook is an event of CloudEvents, with the message as its data")
    func cloudEvent() throws {
        let event = WebhookChannel.event(Self.delivery(Self.message()))
        #expect(event["specversion"] == "1.0" && event["id"] == "m-0123" && event["source"] == "/bursar/acme")
        #expect(event["type"] == "bursar.finding.new" && event["time"] == "2026-11-01T12:00:00Z" && event["subject"] == "payments")
        #expect(event["datacontenttype"] == "application/json" && event["data"]?["title"] == "2 new findings of 'payments'")
        #expect(event["data"]?["amount"]?["amount"] == "412.5")
        #expect(WebhookChannel.event(Self.delivery(Self.message(isResolution: true)))["type"] == "bursar.finding.new.resolved")
    }

    @Test("of a webhook is signed by each secret, so that receivers can exchange theirs")
    func signatures() throws {
        let folder = TemporaryDirectory()
        // 0123456789abcdef twice, and f's.
        let secrets = ["whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "whsec_ZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY="]
        try folder.write(secrets.joined(separator: "\n") + "\n", to: "secrets")
        try folder.setMode(0o600, of: "secrets")
        let channel = MessageChannel(name: "hook", kind: .webhook, address: "https://h.example", secretFile: folder.path + "/secrets")
        let request = try WebhookChannel().request(Self.delivery(Self.message()), channel, at: Self.now)
        #expect(request.headers["webhook-id"] == "m-0123" && request.headers["webhook-timestamp"] == "1793534400")
        #expect(request.headers["content-type"] == "application/cloudevents+json; charset=utf-8")
        let signatures = try #require(request.headers["webhook-signature"]).split(separator: " ")
        #expect(
            signatures.count == 2 && signatures.allSatisfy { $0.hasPrefix("v1,") && $0.utf8.count == 47 } && signatures[0] != signatures[1])
    }

    @Test(
        "of a webhook is not sent without a good secret",
        arguments: ["", "short", "whsec_!!!", "whsec_c2hvcnQ=", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\nnot base64\n"])
    func badSecrets(content: String) throws {
        let folder = TemporaryDirectory()
        try folder.write(content, to: "secrets")
        try folder.setMode(0o600, of: "secrets")
        let channel = MessageChannel(name: "hook", kind: .webhook, address: "https://h.example", secretFile: folder.path + "/secrets")
        #expect(throws: ChannelFault.self) { try WebhookChannel().request(Self.delivery(Self.message()), channel, at: Self.now) }
    }

    // MARK: Slack

    @Test("of Slack has the title, the facts, what it is about and a button", arguments: [false, true])
    func slack(isResolution: Bool) throws {
        let payload = SlackChannel.payload(Self.message(isResolution: isResolution))
        let blocks = try #require(payload["blocks"]?.elements)
        #expect(blocks.map { $0["type"] } == ["header", "section", "section", "context", "actions"])
        #expect(text(payload).contains("412.50 USD at stake in a month"))
        #expect(text(payload).contains("Team: payments (#payments)"))
        #expect(text(payload).contains(#""url":"https://github.com/acme/infra/pull/7""#))
    }

    @Test("of Slack lets no name mention or mark anything", arguments: HostileNames.all)
    func hostileSlack(name: String) throws {
        let payload = SlackChannel.payload(Self.message(name))
        for text in texts(payload) {
            #expect(!text.contains("<") && !text.contains(">"))
            #expect(text.replacing(/&(amp|lt|gt);/, with: "").contains("&") == false)
        }
        #expect(payload["link_names"] == false && payload["parse"] == "none")
        let blocks = try #require(payload["blocks"]?.elements)
        // Every text is plain, and within Slack's limits.
        func check(_ value: JSONValue) {
            #expect(value["type"] != "mrkdwn")
            if value["type"] == "plain_text", case .string(let text)? = value["text"] { #expect((1...3_000).contains(text.utf16.count)) }
            switch value {
            case .array(let values): values.forEach(check)
            case .object(let members): members.forEach { check($0.value) }
            default: break
            }
        }
        check(.array(blocks))
        if case .string(let title)? = blocks[0]["text"]?["text"] { #expect(title.utf16.count <= 150) }
    }

    // MARK: Teams

    @Test("of Teams is one Adaptive Card whose texts read no Markdown", arguments: HostileNames.all)
    func hostileTeams(name: String) throws {
        let body = TeamsChannel.body(Self.message(name))
        let payload = try JSONReader.read(body)
        #expect(body.count <= 28 * 1_024)
        let attachments = try #require(payload["attachments"]?.elements)
        let card = try #require(attachments.first?["content"])
        let blocks = try #require(card["body"]?.elements)
        #expect(attachments[0]["contentType"] == "application/vnd.microsoft.card.adaptive" && card["type"] == "AdaptiveCard")
        #expect(card["msteams"] == nil && blocks.allSatisfy { $0["type"] == "RichTextBlock" })
    }

    @Test("of Teams leaves out what there is no room for, and says how much")
    func largeTeams() throws {
        var message = Self.message()
        message.items = (0..<400).map { _ in Message.Item(String(repeating: "é", count: 300)) }
        let body = TeamsChannel.body(message)
        #expect(body.count <= TeamsChannel.limit)
        #expect(String(decoding: body, as: UTF8.self).contains("more"))
    }

    // MARK: PagerDuty

    @Test("of PagerDuty triggers what begins and resolves what is over, by one key")
    func pagerDuty() {
        let trigger = PagerDutyChannel.event(Self.delivery(Self.message()), key: "k")
        #expect(trigger["event_action"] == "trigger" && trigger["dedup_key"] == "m-0123" && trigger["routing_key"] == "k")
        #expect(trigger["payload"]?["severity"] == "error" && trigger["payload"]?["source"] == "bursar/acme")
        let resolve = PagerDutyChannel.event(Self.delivery(Self.message(isResolution: true), id: "m-4567"), key: "k")
        #expect(resolve["event_action"] == "resolve" && resolve["dedup_key"] == "m-0123" && resolve["payload"] == nil)
    }

    private struct Refusing: HTTPSending {
        var body: String
        func send(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse { HTTPResponse(status: 404, body: Array(body.utf8)) }
    }

    @Test(
        "of a refusal is without the channel's secret, also where the other side repeats it over the end of what is shown",
        arguments: [0, 60, 110, 119, 150, 180, 199, 390])
    func repeated(offset: Int) throws {
        let key = "R0PL4NT3Dm4rkZq8vXw0Rb2Yd7Lc9kXq"
        let folder = TemporaryDirectory()
        try folder.write(key + "\n", to: "key")
        try folder.setMode(0o600, of: "key")
        let channel = MessageChannel(name: "pd", kind: .pagerduty, secretFile: folder.path + "/key")
        let escaped = key.unicodeScalars.map { "\\u00" + String($0.value, radix: 16) }.joined()
        for said in [key, escaped] {
            let sender = MessageSender(channel, version: "1", web: Refusing(body: String(repeating: "x", count: offset) + said))
            guard case .failed(let reason, _, _) = sender.send(Self.delivery(Self.message()), at: Self.now) else {
                return #expect(Bool(false), "a 404 may come off later")
            }
            #expect(!reason.contains(key.prefix(4)) && !reason.contains("u0052") && reason.contains("answered 404"), "\(reason)")
        }
    }

    @Test("of PagerDuty keeps its limits whatever a name is", arguments: HostileNames.all)
    func hostilePagerDuty(name: String) throws {
        let event = PagerDutyChannel.event(Self.delivery(Self.message(name)), key: "k")
        let summary = try #require(event["payload"]?["summary"]?.text)
        #expect(summary.unicodeScalars.count <= 1_024)
    }

    // MARK: Messages

    @Test("of a message is printable and on one line each, whatever a name is", arguments: HostileNames.all)
    func printable(name: String) {
        let message = Self.message(name)
        for text in [message.title] + message.lines + message.facts.map(\.value) + message.next {
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F || $0 == "\u{202E}" || $0 == "\u{2028}" })
        }
    }

    @Test("of a message is read again as it was written", arguments: HostileNames.all)
    func document(name: String) {
        let message = Self.message(name)
        #expect(Message(document: message.document) == message)
    }

    @Test("of a message has no address but one of the web", arguments: ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
    func addresses(url: String) {
        #expect(Message(event: .requestOpened, workspace: "a", title: "t", url: url).url == nil)
    }
}

extension JSONValue {
    fileprivate var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
}
